"""Notices when a platform takes nothing that is posted, on any channel, and when it does again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime

from bot.domain.posting import PostingOutage
from bot.ports.stores import OutageStore


class PostingOutages:
    """The outages of this database's platforms, kept in the store and, for those who may not wait, in memory."""

    def __init__(self, store: OutageStore, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self._known: dict[str, PostingOutage] = {}

    @property
    def known(self) -> Mapping[str, PostingOutage]:
        """The outages, by their platforms; it changes with them."""
        return self._known

    async def load(self) -> None:
        """Learn what was noted before this process began.

        Raises:
            StorageError: The database cannot be used.
        """
        now = self._now()
        noted = await asyncio.to_thread(self._store.all)
        self._known.update({name: outage for name, outage in noted.items() if outage.lasts(now)})
        for name in noted.keys() - self._known.keys():  # a new outage must not seem to have begun with an old one
            await asyncio.to_thread(self._store.end, name)

    def refused(self, platform: str, reason: str, *, next_try: datetime) -> PostingOutage:
        """Note a message that the platform did not take; return the outage, which is stored with what became of it."""
        now, known = self._now(), self._known.get(platform)
        since = min(known.since, now) if known and known.lasts(now) else now
        self._known[platform] = outage = PostingOutage(platform, since, reason, next_try)
        return outage

    async def taken(self, platform: str) -> None:
        """Note that something went through.

        Raises:
            StorageError: The database cannot be used.
        """
        if self._known.pop(platform, None) is not None:
            await asyncio.to_thread(self._store.end, platform)
