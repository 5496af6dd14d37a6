"""One paper, one query: match, near miss, or neither; with caches, since both are asked about again and again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from bot.domain import Match, Paper, Subscription
from bot.matching.evaluate import find
from bot.matching.evaluate import matches as satisfies
from bot.matching.folded_paper import FoldedPaper, fold_paper
from bot.matching.missing import lacks_counts_alone, nearest_miss
from bot.matching.quick_check import quick_check, words_of
from bot.query import Knowledge, Query
from bot.query.stored import parsed

BATCH = 100
"""Papers that are folded at a time: about four lists, a few megabytes."""


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
    """The papers with their words, in a millisecond each: for those that are not stored, or few."""
    return [PaperWords(paper, words_of(folded(paper))) for paper in papers]


def is_match(query: Query, candidate: PaperWords, known: Knowledge) -> bool:
    """Whether the query matches the paper, by its words alone where these are enough."""
    result = quick_check(query, candidate.paper, candidate.words, known)
    return satisfies(query.scoped, folded(candidate.paper), known) if result is None else result


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
        and was_listed_since(subscription.query, paper, subscription.created_at)
        and (matching := match(subscription.query, paper, known))
    )


def was_listed_since(query: str, paper: Paper, since: datetime) -> bool:
    """Whether the first list that has the paper, of the sources that a stored query is about, is of that day or later.

    Whoever subscribes gets what is on that day's lists and on later ones.
    """
    listed = listed_for(query, paper)
    return listed is not None and since.date() <= listed


def listed_for(query: str, paper: Paper) -> date | None:
    """The day of the first list that has the paper, of the sources that a stored query is about; None without one."""
    stored = parsed(query)
    return paper.listed_on(stored.sources) if stored else None


def queries_of(subscriptions: Iterable[Subscription]) -> list[Query]:
    """The queries of these subscriptions, without those that can no longer be read."""
    return [query for subscription in subscriptions if (query := parsed(subscription.query))]


@lru_cache(maxsize=BATCH)
def folded(paper: Paper) -> FoldedPaper:
    """The paper folded; the cache holds a batch."""
    return fold_paper(paper)
