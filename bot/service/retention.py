"""Removes old papers, a few at a time, so that the database does not grow for ever.

Nothing is posted twice because of that. A subscription gets papers that were listed on its day or later, and lists are
read for at most 30 days; so a paper that was listed two months ago has reached every channel it ever will. If it is
listed again, its id is still known.

A source that lists far more than anybody reads may have a shorter time. It holds for papers that no other source has
and that no subscription has ever matched; the others stay as long as any.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.domain.times import start_of
from bot.errors import StorageError
from bot.matching.terms import COUNTED_FOR
from bot.ports.stores import Stores
from bot.text.figures import counted

REST = 0.05
"""Seconds between two transactions, so that others can write."""

DELIVERIES_AT_ONCE = 5_000
"""Deliveries that are removed in one transaction."""

log = logging.getLogger(__name__)


class Retention:
    """Removes papers that are older than ``keep``, and their deliveries; None keeps them for ever.

    Their terms are removed sooner.
    """

    def __init__(
        self, stores: Stores, keep: timedelta | None, of_source: Mapping[str, timedelta | None] | None = None
    ) -> None:
        """Make one.

        Args:
            stores: The stores.
            keep: How long papers are kept; None means for ever.
            of_source: The same for papers of a large source that nobody wanted, by its name.
        """
        self._stores = stores
        self._keep = keep
        self._of_source = {source: span for source, span in (of_source or {}).items() if span is not None}

    async def work(self, *, now: datetime) -> None:
        """Remove what is old; what fails is tried again next time. May be cancelled at any moment."""
        try:
            await self._forget_terms(now.date() - COUNTED_FOR)
            unwanted = sum([await self._forget(now.date() - span, source) for source, span in self._of_source.items()])
            papers = await self._forget(now.date() - self._keep) if self._keep else 0
            await self._tidy(has_more=unwanted + papers > 0)
            deliveries = await self._forget_deliveries(now.date() - self._keep) if self._keep else 0
        except StorageError as error:
            log.error("Old papers cannot be removed at present: %s", error)  # noqa: TRY400 - a line says it all
            return
        if unwanted:
            log.info("Removed %s that nobody has subscribed to", counted(unwanted, "old paper"))
        if self._keep and (papers or deliveries):
            log.info(
                "Removed %s, listed more than %d days ago, and %s",
                counted(papers, "paper"),
                self._keep.days,
                counted(deliveries, "delivery", "deliveries"),
            )

    async def _forget_terms(self, day: date) -> None:
        has_more = True
        while has_more:
            has_more = await asyncio.to_thread(self._stores.vocabulary.forget, listed_before=day) > 0
            await asyncio.sleep(REST)

    async def _forget(self, day: date, source: str = "") -> int:
        papers = 0
        while removed := await asyncio.to_thread(self._stores.papers.forget, listed_before=day, source=source):
            papers += removed
            await asyncio.sleep(REST)
        return papers

    async def _tidy(self, *, has_more: bool) -> None:
        while has_more:
            has_more = await asyncio.to_thread(self._stores.paper_index.tidy)
            await asyncio.sleep(REST)

    async def _forget_deliveries(self, day: date) -> int:
        """Last, since only deliveries of papers that are removed already can go."""
        deliveries = 0
        forget, before = self._stores.outbox.forget, start_of(day)
        while removed := await asyncio.to_thread(forget, enqueued_before=before, limit=DELIVERIES_AT_ONCE):
            deliveries += removed
            await asyncio.sleep(REST)
        return deliveries
