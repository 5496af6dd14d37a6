"""One paper, one query: match, near miss, or neither; remembered."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.domain import Match, Paper, Subscription
from bot.errors import QueryError
from bot.matching.evaluate import FoldedPaper, find, fold_paper
from bot.matching.missing import lacks_counts_alone, nearest_miss
from bot.matching.quick_check import glance, words_of
from bot.query import Acronyms, Query, parse

BATCH = 100
"""Papers folded at a time: about four lists, a few megabytes."""

REMEMBERED = 4096
"""Papers whose words are remembered, at 6 kB each: those of half a year; folded ones have 98 kB."""

log = logging.getLogger(__name__)


def match(query: str, paper: Paper, acronyms: Acronyms) -> Match | None:
    """The paper's match with ``query``, or None; a stored query that is no longer understood matches nothing."""
    read = parsed(query)
    if read is None:
        return None
    evidence = find(read, folded(paper), acronyms)
    return None if evidence is None else Match(query, evidence)


@dataclass(frozen=True, slots=True)
class Remembered:
    """A paper and its folded words, see `bot.matching.quick_check.words_of`."""

    paper: Paper
    words: str


def remember(papers: Iterable[Paper]) -> list[Remembered]:
    """The papers with their words: at once for those that were asked about before, else a millisecond each."""
    return [Remembered(paper, _words(_text_alone(paper))) for paper in papers]


def is_match(query: Query, remembered: Remembered, acronyms: Acronyms) -> bool:
    """Whether the query matches the paper, by its words alone if these decide it."""
    seen = glance(query, remembered.paper, remembered.words, acronyms)
    return find(query, folded(remembered.paper), acronyms) is not None if seen is None else seen


def miss(query: str, paper: Paper, acronyms: Acronyms) -> str:
    """What the paper lacks to be what ``query`` asks for, as a clause; empty when it is that."""
    read = parsed(query)
    return "its query is no longer understood" if read is None else nearest_miss(read, folded(paper), acronyms)


def may_come(query: str, paper: Paper, acronyms: Acronyms) -> bool:
    """Whether the paper lacks nothing but upvotes, comments or stars to be what ``query`` asks for."""
    read = parsed(query)
    return read is not None and lacks_counts_alone(read, folded(paper), acronyms)


def matches(subscriptions: Sequence[Subscription], paper: Paper, acronyms: Acronyms) -> tuple[Match, ...]:
    """Why a channel with these subscriptions gets the paper: a match for each of them that counts for it."""
    return tuple(
        found
        for subscription in subscriptions
        if subscription.created_at.date() <= paper.list_day and (found := match(subscription.query, paper, acronyms))
    )


def queries_of(subscriptions: Iterable[Subscription]) -> list[Query]:
    """The queries of these subscriptions, without those that are no longer understood."""
    return [query for subscription in subscriptions if (query := parsed(subscription.query))]


@lru_cache(maxsize=4096)
def parsed(query: str) -> Query | None:
    """The stored query; None, and a warning, when it is no longer understood."""
    try:
        return parse(query)
    except QueryError as error:
        log.warning("A stored query is no longer understood and matches nothing: %s", error.message)
        return None


@lru_cache(maxsize=BATCH)
def folded(paper: Paper) -> FoldedPaper:
    """The paper folded, remembered for a batch of them."""
    return fold_paper(paper)


def _text_alone(paper: Paper) -> Paper:
    """The paper without what changes from poll to poll."""
    return replace(paper, summary="", upvotes=0, comments=0, stars=None, code_url="", project_url="", thumbnail_url="")


@lru_cache(maxsize=REMEMBERED)
def _words(paper: Paper) -> str:
    return words_of(folded(paper))
