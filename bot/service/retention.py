"""Forgets papers when they are old enough, a few at a time, so that the database does not grow for ever.

Nothing is posted twice for it. A subscription gets papers that were listed on its day or later, and lists are read for
30 days at most; so a paper that was listed two months ago has reached everybody it ever will, and what became of it
is of interest to people only. Should it be listed anew, its id is still known.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import date, datetime, timedelta

from bot.domain.times import start_of
from bot.errors import StorageError
from bot.ports.stores import Stores
from bot.text.figures import counted

REST = 0.05
"""Seconds between two transactions, in which others write."""

DELIVERIES_AT_ONCE = 5_000
"""Deliveries that are removed in one transaction."""

log = logging.getLogger(__name__)


class Retention:
    """Keeps papers, and what became of them, for so long."""

    def __init__(self, stores: Stores, keep: timedelta | None) -> None:
        self._stores = stores
        self._keep = keep

    async def work(self, *, now: datetime) -> None:
        """Forget what is old; what cannot be forgotten now is so the next time. May be cancelled anywhere."""
        if self._keep is None:
            return
        try:
            papers, deliveries = await self._forget(now.date() - self._keep)
        except StorageError as error:
            log.error("Old papers cannot be removed at present: %s", error)  # noqa: TRY400 - a line says it all
            return
        if papers or deliveries:
            log.info(
                "Removed %s, listed more than %d days ago, and %s",
                counted(papers, "paper"),
                self._keep.days,
                counted(deliveries, "delivery", "deliveries"),
            )

    async def _forget(self, day: date) -> tuple[int, int]:
        papers = deliveries = 0
        while removed := await asyncio.to_thread(self._stores.papers.forget, listed_before=day):
            papers += removed
            await asyncio.sleep(REST)
        has_more = papers > 0
        while has_more:
            has_more = await asyncio.to_thread(self._stores.words.tidy)
            await asyncio.sleep(REST)
        forget, before = self._stores.outbox.forget, start_of(day)
        while removed := await asyncio.to_thread(forget, enqueued_before=before, limit=DELIVERIES_AT_ONCE):
            deliveries += removed
            await asyncio.sleep(REST)
        return papers, deliveries
