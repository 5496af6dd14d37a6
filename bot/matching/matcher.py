"""Finds the subscriptions that new papers are for, and puts the deliveries into the outbox.

Papers and subscriptions are *pending* from the transaction that stored them until the one that enqueued their
matches. A crash in between repeats the work, and the outbox takes each paper and channel once. So nobody who
subscribes while a poll is under way falls between two transactions: whichever comes second finds the other.

Only queries that are filed under a word of a paper are looked at for it; see `bot.matching.query_index`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.domain import Paper
from bot.matching.evaluate import fold_paper
from bot.matching.glossary import Glossary
from bot.matching.paper_batch import Batch
from bot.matching.query_index import Filing, file, possible_anchors
from bot.matching.verdicts import BATCH, match, parsed
from bot.ports.stores import Stores
from bot.text.folding import FOLDING_VERSION

FILED_AT_ONCE = 1000
"""Queries that are filed in one transaction: some 20 ms of the write lock."""

log = logging.getLogger(__name__)


class Matcher:
    """Works off what is pending."""

    def __init__(self, stores: Stores, glossary: Glossary, *, now: Callable[[], datetime]) -> None:
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

    def find(self, papers: Sequence[Paper]) -> Mapping[str, Sequence[int]]:
        """The ids of the queries that each of the papers matches, by the paper's id.

        Raises:
            StorageError: The database cannot be used.
        """
        self.file_queries()
        batch = Batch([fold_paper(paper) for paper in papers], self._glossary.acronyms)
        found = batch.matching(self._stores.query_index.under(batch.anchors))
        return {paper.id: queries for paper, queries in zip(papers, found, strict=True)}

    def file_queries(self) -> None:
        """File the queries that are new, or were filed when words were folded in another way.

        Raises:
            StorageError: The database cannot be used; what was not filed is filed next time.
        """
        while unfiled := self._stores.query_index.unfiled(FOLDING_VERSION, limit=FILED_AT_ONCE):
            queries = {number: parsed(text) for number, text in unfiled}
            anchors = {anchor for query in queries.values() if query for anchor in possible_anchors(query)}
            common = self._stores.papers.commonness(anchors)
            places: dict[int, frozenset[Filing]] = {
                number: file(query, common.__getitem__) if query else frozenset() for number, query in queries.items()
            }
            self._stores.query_index.file(places, version=FOLDING_VERSION)
