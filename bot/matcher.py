"""Finds the subscriptions that new papers are for, and puts the deliveries into the outbox.

Papers and subscriptions are *pending* from the transaction that stored them until the one that enqueued their
matches. A crash in between repeats the work, and the outbox takes each paper and channel once. So nobody who
subscribes while a poll is under way falls between two transactions: whichever comes second finds the other.

Only queries that are filed under a word of a paper are looked at for it; see `bot.query.filing`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from bot.domain import Match, Paper, Subscription
from bot.errors import QueryError
from bot.glossary import Glossary
from bot.ports.stores import PaperIndex, Stores
from bot.query import (
    FOLDING_VERSION,
    Acronyms,
    Batch,
    Filing,
    FoldedPaper,
    Query,
    file,
    find,
    fold_paper,
    folded_text,
    glance,
    lacks_counts_alone,
    nearest_miss,
    parse,
    possible_anchors,
    words_of,
)

BATCH = 100
"""Papers folded at a time: about four lists, a few megabytes."""

REMEMBERED = 4096
"""Papers whose words are remembered, at 6 kB each: those of half a year; folded ones have 98 kB."""
BATCHES_FILED = 5
"""Batches that are filed for searching before other work has its turn: about a second."""

FILED_AT_ONCE = 1000
"""Queries that are filed in one transaction: some 20 ms of the write lock."""

log = logging.getLogger(__name__)


class Matcher:
    """Works off what is pending."""

    def __init__(self, stores: Stores, glossary: Glossary, *, now: Callable[[], datetime]) -> None:
        """Remember the stores, where acronyms are learned, and the clock."""
        self._stores = stores
        self._glossary = glossary
        self._now = now

    def match_subscriptions(self) -> int:
        """Enqueue what every pending subscription finds in the store; return how many deliveries are new.

        Like `match_papers` it takes as long as there is work, and is meant for a worker thread.

        Raises:
            StorageError: The database cannot be used; what was not enqueued stays pending.
        """
        enqueued = 0
        while pending := self._stores.subscriptions.pending(limit=BATCH):
            papers = self._stores.papers.listed(since=min(each.since for each in pending).date())
            for subscription in pending:
                found = [paper.id for paper in papers if match(subscription.query, paper, self._glossary.acronyms)]
                enqueued += self._stores.outbox.enqueue_first(subscription, found, at=self._now())
        return enqueued

    def match_papers(self) -> int:
        """Enqueue every pending paper for the subscriptions it matches; return how many deliveries are new.

        Raises:
            StorageError: The database cannot be used; what was not enqueued stays pending.
        """
        enqueued = 0
        read_at = self._now()
        while pending := self._stores.papers.pending(limit=BATCH):
            self._glossary.read(pending)
            enqueued += self._stores.outbox.enqueue(self.find(pending), at=read_at)
            read_at = self._now()
        return enqueued

    def file_papers(self) -> None:
        """File some of the papers that cannot be searched yet, the latest first.

        Raises:
            StorageError: The database cannot be used; what was not filed is filed next time.
        """
        file_papers(self._stores.words, now=self._now)

    def find(self, papers: Sequence[Paper]) -> Mapping[str, Sequence[int]]:
        """The ids of the queries that each of the papers matches, by the paper's id.

        Raises:
            StorageError: The database cannot be used.
        """
        self.file_queries()
        batch = Batch([fold_paper(paper) for paper in papers], self._glossary.acronyms)
        found = batch.matching(self._stores.index.under(batch.anchors))
        return {paper.id: queries for paper, queries in zip(papers, found, strict=True)}

    def file_queries(self) -> None:
        """File the queries that are new, or were filed when words were folded in another way.

        Raises:
            StorageError: The database cannot be used; what was not filed is filed next time.
        """
        while unfiled := self._stores.index.unfiled(FOLDING_VERSION, limit=FILED_AT_ONCE):
            queries = {number: _parsed(text) for number, text in unfiled}
            anchors = {anchor for query in queries.values() if query for anchor in possible_anchors(query)}
            common = self._stores.papers.commonness(anchors)
            places: dict[int, frozenset[Filing]] = {
                number: file(query, common.__getitem__) if query else frozenset() for number, query in queries.items()
            }
            self._stores.index.file(places, version=FOLDING_VERSION)


def file_papers(index: PaperIndex, *, now: Callable[[], datetime]) -> bool:
    """File some papers that are new, were changed, or were filed when words were folded in another way.

    Returns whether all of them are filed then.

    Raises:
        StorageError: The database cannot be used; what was not filed is filed next time.
    """
    for _ in range(BATCHES_FILED):
        read_at = now()
        unfiled = index.unfiled(FOLDING_VERSION, limit=BATCH)
        if not unfiled:
            return True
        texts = {paper.id: folded_text(_folded(paper)) for paper in unfiled}
        index.file(texts, version=FOLDING_VERSION, at=read_at)
    return not index.unfiled(FOLDING_VERSION, limit=1)


def match(query: str, paper: Paper, acronyms: Acronyms) -> Match | None:
    """The paper's match with ``query``, or None; a stored query that is no longer understood matches nothing."""
    parsed = _parsed(query)
    if parsed is None:
        return None
    evidence = find(parsed, _folded(paper), acronyms)
    return None if evidence is None else Match(query, evidence)


@dataclass(frozen=True, slots=True)
class Remembered:
    """A paper and its folded words, see `bot.query.words_of`."""

    paper: Paper
    words: str


def remember(papers: Iterable[Paper]) -> list[Remembered]:
    """The papers with their words: at once for those that were asked about before, else a millisecond each."""
    return [Remembered(paper, _words(_text_alone(paper))) for paper in papers]


def is_match(query: str, remembered: Remembered, acronyms: Acronyms) -> bool:
    """Whether ``query`` matches the paper, as `match` says."""
    parsed = _parsed(query)
    if parsed is None:
        return False
    seen = glance(parsed, remembered.paper, remembered.words, acronyms)
    return find(parsed, _folded(remembered.paper), acronyms) is not None if seen is None else seen


def miss(query: str, paper: Paper, acronyms: Acronyms) -> str:
    """What the paper lacks to be what ``query`` asks for, as a clause; empty when it is that."""
    parsed = _parsed(query)
    return "its query is no longer understood" if parsed is None else nearest_miss(parsed, _folded(paper), acronyms)


def may_come(query: str, paper: Paper, acronyms: Acronyms) -> bool:
    """Whether the paper lacks nothing but upvotes, comments or stars to be what ``query`` asks for."""
    parsed = _parsed(query)
    return parsed is not None and lacks_counts_alone(parsed, _folded(paper), acronyms)


def matches(subscriptions: Sequence[Subscription], paper: Paper, acronyms: Acronyms) -> tuple[Match, ...]:
    """Why a channel with these subscriptions gets the paper: a match for each of them that counts for it."""
    return tuple(
        found
        for subscription in subscriptions
        if subscription.created_at.date() <= paper.list_day and (found := match(subscription.query, paper, acronyms))
    )


@lru_cache(maxsize=4096)
def _parsed(query: str) -> Query | None:
    try:
        return parse(query)
    except QueryError as error:
        log.warning("A stored query is no longer understood and matches nothing: %s", error.message)
        return None


@lru_cache(maxsize=BATCH)
def _folded(paper: Paper) -> FoldedPaper:
    return fold_paper(paper)


def _text_alone(paper: Paper) -> Paper:
    """The paper without what changes from poll to poll."""
    return replace(paper, summary="", upvotes=0, comments=0, stars=None, code_url="", project_url="", thumbnail_url="")


@lru_cache(maxsize=REMEMBERED)
def _words(paper: Paper) -> str:
    return words_of(_folded(paper))
