"""One paper, one query: match, near miss, or neither; with caches, since both are asked about again and again."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.domain import Match, Paper, Subscription
from bot.errors import QueryError
from bot.matching.evaluate import find
from bot.matching.folded_paper import FoldedPaper, fold_paper
from bot.matching.missing import lacks_counts_alone, nearest_miss
from bot.matching.quick_check import quick_check, words_of
from bot.query import Knowledge, Query, parse

BATCH = 100
"""Papers that are folded at a time: about four lists, a few megabytes."""

MOST_PAPERS_CACHED = 4096
"""Papers whose words are cached, at 6 kB each: those of half a year. Folded papers would take 33 kB each."""

log = logging.getLogger(__name__)


def match(query: str, paper: Paper, known: Knowledge) -> Match | None:
    """The paper's match with the query, or None; a stored query that can no longer be read matches nothing."""
    stored = parsed(query)
    if stored is None:
        return None
    evidence = find(stored, folded(paper), known)
    return None if evidence is None else Match(query, evidence)


@dataclass(frozen=True, slots=True)
class PaperWords:
    """A paper and its folded words; see `bot.matching.quick_check.words_of`."""

    paper: Paper
    words: str


def with_words(papers: Iterable[Paper]) -> list[PaperWords]:
    """The papers with their words: at once for those in the cache, a millisecond for each of the others."""
    return [PaperWords(paper, _words(_text_alone(paper))) for paper in papers]


def is_match(query: Query, candidate: PaperWords, known: Knowledge) -> bool:
    """Whether the query matches the paper, by its words alone where these are enough."""
    result = quick_check(query, candidate.paper, candidate.words, known)
    return find(query, folded(candidate.paper), known) is not None if result is None else result


def miss(query: str, paper: Paper, known: Knowledge) -> str:
    """What the paper lacks to match the query, as a clause; empty if it matches."""
    stored = parsed(query)
    return "I can no longer read its query" if stored is None else nearest_miss(stored, folded(paper), known)


def may_come(query: str, paper: Paper, known: Knowledge) -> bool:
    """Whether the paper lacks nothing but upvotes, comments or stars to match the query."""
    stored = parsed(query)
    return stored is not None and lacks_counts_alone(stored, folded(paper), known)


def matches(subscriptions: Sequence[Subscription], paper: Paper, known: Knowledge) -> tuple[Match, ...]:
    """Why a channel with these subscriptions gets the paper: its match with each of them that counts for it."""
    return tuple(
        matching
        for subscription in subscriptions
        if not subscription.is_paused
        and subscription.created_at.date() <= paper.list_day
        and (matching := match(subscription.query, paper, known))
    )


def queries_of(subscriptions: Iterable[Subscription]) -> list[Query]:
    """The queries of these subscriptions, without those that can no longer be read."""
    return [query for subscription in subscriptions if (query := parsed(subscription.query))]


@lru_cache(maxsize=4096)
def parsed(query: str) -> Query | None:
    """The stored query; None, and a warning in the log, if it can no longer be read."""
    # A newer version may have changed the language since the query was stored; other subscriptions go on.
    try:
        return parse(query)
    except QueryError as error:
        log.warning("A stored query can no longer be read and matches nothing: %s", error.message)
        return None


@lru_cache(maxsize=BATCH)
def folded(paper: Paper) -> FoldedPaper:
    """The paper folded; the cache holds a batch."""
    return fold_paper(paper)


def _text_alone(paper: Paper) -> Paper:
    """The paper without what changes between polls, so that the cache still finds it when its votes rise."""
    return replace(paper, summary="", upvotes=0, comments=0, stars=None, code_url="", project_url="", thumbnail_url="")


@lru_cache(maxsize=MOST_PAPERS_CACHED)
def _words(paper: Paper) -> str:
    return words_of(folded(paper))
