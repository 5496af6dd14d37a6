"""Finds the subscriptions that new papers match, and puts deliveries into the outbox.

Papers and subscriptions are *pending* from the transaction that stores them until the one that enqueues their matches.
A crash in between repeats the work, and the outbox takes a paper only once for each channel. When somebody subscribes
during a poll, nothing is lost either: whichever transaction comes second finds the other's rows.

A paper is compared only with queries that are indexed under one of its words; see `bot.matching.query_index`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.domain import Paper
from bot.matching.folded_paper import FoldedPaper, fold_paper
from bot.matching.glossary import Glossary
from bot.matching.paper_batch import Batch
from bot.matching.paper_index import every_match, file_papers, index_papers
from bot.matching.query_index import IndexEntry, index_entries, possible_anchors
from bot.matching.verdicts import BATCH, was_listed_since
from bot.ports.stores import Stores
from bot.query.stored import parsed
from bot.text.folding import FOLDING_VERSION

INDEXED_AT_ONCE = 1000
"""Queries that are indexed in one transaction: it holds the write lock for about 20 ms."""

FEW_FOR_A_PAPER = 25
"""Entries of the index, for each paper of a batch, up to which all are tried: looking them up would take longer."""

log = logging.getLogger(__name__)


class Matcher:
    """Matches what is pending."""

    def __init__(self, stores: Stores, glossary: Glossary, *, now: Callable[[], datetime]) -> None:
        self._stores = stores
        self._glossary = glossary
        self._now = now

    def match_subscriptions(self) -> int:
        """Enqueue the stored papers that pending subscriptions match; return how many deliveries are new.

        Like `match_papers` it runs until nothing is pending, so it belongs in a worker thread.

        Raises:
            StorageError: The database cannot be used; what was not enqueued stays pending.
        """
        enqueued = 0
        while pending := self._stores.subscriptions.pending(limit=BATCH):
            since = min(subscription.since for subscription in pending).date()
            while not index_papers(self._stores.paper_index, since=since):
                pass
            for subscription in pending:
                query = parsed(subscription.query)
                with self._glossary.deciding() as known:
                    papers = every_match(query, self._stores.paper_index, known, since=since) if query else ()
                    matching = [
                        paper.id
                        for paper in papers
                        if not paper.is_withdrawn and was_listed_since(subscription.query, paper, subscription.since)
                    ]
                enqueued += self._stores.outbox.enqueue_first(subscription, matching, at=self._now())
        return enqueued

    def match_papers(self) -> int:
        """Enqueue every pending paper for the subscriptions it matches; return how many deliveries are new.

        Raises:
            StorageError: The database cannot be used; what was not enqueued stays pending.
        """
        enqueued = 0
        while pending := self._stores.papers.pending(limit=BATCH):
            self._glossary.read(pending)
            folded = [fold_paper(paper) for paper in pending]
            self._file(folded)
            found = self._find([one for one in folded if not one.paper.is_withdrawn])
            every = {paper.id: found.get(paper.id, ()) for paper in pending}
            enqueued += self._stores.outbox.enqueue(every, at=self._now(), as_read=pending)
        return enqueued

    def _file(self, papers: Sequence[FoldedPaper]) -> None:
        """Index the papers by their words where these are new: they are folded already."""
        unfiled = self._stores.paper_index.unfiled_of([one.paper.id for one in papers], FOLDING_VERSION)
        file_papers(self._stores.paper_index, [one for one in papers if one.paper.id in unfiled])

    def find(self, papers: Sequence[Paper]) -> Mapping[str, Sequence[int]]:
        """The ids of the queries that match each paper, by the paper's id.

        Raises:
            StorageError: The database cannot be used.
        """
        return self._find([fold_paper(paper) for paper in papers])

    def _find(self, papers: Sequence[FoldedPaper]) -> Mapping[str, Sequence[int]]:
        self.index_queries()
        with self._glossary.deciding() as known:
            batch = Batch(papers, known)
            index = self._stores.query_index
            few = index.few(at_most=FEW_FOR_A_PAPER * len(papers))
            matching = batch.matching(index.under(batch.anchors) if few is None else few)
        return {folded.paper.id: queries for folded, queries in zip(papers, matching, strict=True)}

    def index_queries(self) -> None:
        """Index the queries that are new, or were indexed when words were folded or subjects worded in another way.

        Raises:
            StorageError: The database cannot be used; queries that were not indexed are next time.
        """
        version, names = self._glossary.index_version, self._glossary.known.names
        while missing := self._stores.query_index.unfiled(version, limit=INDEXED_AT_ONCE):
            queries = {number: parsed(text) for number, text in missing}
            anchors = {anchor for query in queries.values() if query for anchor in possible_anchors(query, names)}
            common = self._stores.papers.commonness(anchors)
            entries: dict[int, frozenset[IndexEntry]] = {
                number: index_entries(query, common.__getitem__, names) if query else frozenset()
                for number, query in queries.items()
            }
            sources = {number: query.sources for number, query in queries.items() if query}
            self._stores.query_index.file(entries, version=version, sources=sources)
