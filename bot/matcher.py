"""Finds the subscriptions that new papers are for, and puts the deliveries into the outbox.

Papers and subscriptions are *pending* from the transaction that stored them until the one that enqueued their
matches. A crash in between repeats the work, and the outbox takes each paper and channel once. So nobody who
subscribes while a poll is under way falls between two transactions: whichever comes second finds the other.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache

from bot.domain import Match, Paper, Subscription
from bot.errors import QueryError
from bot.ports import Stores
from bot.query import FoldedPaper, Query, find, fold_paper, parse

BATCH = 100
"""Papers folded at a time: about four lists, a few megabytes."""

log = logging.getLogger(__name__)


class Matcher:
    """Works off what is pending."""

    def __init__(self, stores: Stores, *, now: Callable[[], datetime]) -> None:
        """Remember the stores, and the clock."""
        self._stores = stores
        self._now = now

    def match_subscriptions(self) -> int:
        """Enqueue what every pending subscription finds in the store; return how many deliveries are new.

        Like `match_papers` it takes as long as there is work, and is meant for a worker thread.

        Raises:
            StorageError: The database cannot be used; what was not enqueued stays pending.
        """
        enqueued = 0
        while pending := self._stores.subscriptions.pending(limit=BATCH):
            papers = self._stores.papers.listed(since=min(each.created_at for each in pending).date())
            for subscription in pending:
                found = [paper.id for paper in papers if match(subscription.query, paper)]
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
            queries = self._stores.subscriptions.queries()
            for paper in pending:
                ids = [number for number, text in queries if match(text, paper)]
                enqueued += self._stores.outbox.enqueue(paper.id, ids, at=read_at)
            read_at = self._now()
        return enqueued


def match(query: str, paper: Paper) -> Match | None:
    """The paper's match with ``query``, or None; a stored query that is no longer understood matches nothing."""
    parsed = _parsed(query)
    if parsed is None:
        return None
    evidence = find(parsed, _folded(paper))
    return None if evidence is None else Match(query, evidence)


def matches(subscriptions: Sequence[Subscription], paper: Paper) -> tuple[Match, ...]:
    """Why a channel with these subscriptions gets the paper: a match for each of them that counts for it."""
    return tuple(
        found
        for subscription in subscriptions
        if subscription.created_at.date() <= paper.list_day and (found := match(subscription.query, paper))
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
