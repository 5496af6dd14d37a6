"""Brings the counts of posted messages up to date; see `bot.delivery.edit_policy` for which ones.

Edits give way to everything else: there are none while something is due on the platform, they are slower than any
platform demands, and there are none in channels that people paused. An edit that is lost in a crash is made again,
since it is recorded only afterwards. An edit that a platform refuses for good, for example because the message was
deleted, is not tried again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.cards import with_counts
from bot.delivery.edit_policy import EDIT_EVERY, noticeable
from bot.domain import Address
from bot.domain.edits import Outdated
from bot.errors import ChannelClosed, DeliveryError, Rejected, RetryLater, Uncertain, UnknownRefusal
from bot.ports.platform import Platform
from bot.ports.stores import Stores
from bot.text.figures import counted

PACE = timedelta(seconds=1.5)
"""Time between two edits on a platform. Slack takes 50 a minute per workspace, Discord 5 in 5 seconds per channel:
https://docs.slack.dev/reference/methods/chat.update, https://discord.com/developers/docs/topics/rate-limits."""

A_ROUND = 300
"""The most edits on a platform in a round: what the pace allows in the usual ten minutes between two polls."""

BATCH = 20
"""Messages that are read at a time: a channel that is paused meanwhile is edited for half a minute more at most."""

REST = timedelta(minutes=1)
"""How long, at least, a platform is left alone after it could not be reached or asked for fewer requests."""

LONGEST_REST = timedelta(hours=1)
"""How long at most, whatever the platform says."""

LOOK_AGAIN = timedelta(seconds=0.5)
"""How often to look whether the platform is free for edits."""

LOOKS = 600
"""How often to look before a round is given up."""

log = logging.getLogger(__name__)


class Editor:
    """Edits posted messages, one at a time on each platform."""

    def __init__(
        self,
        stores: Stores,
        platforms: Mapping[str, Platform],
        *,
        now: Callable[[], datetime],
        pace: timedelta = PACE,
    ) -> None:
        self._outbox = stores.outbox
        self._followed = stores.followed
        self._platforms = [platform for platform in platforms.values() if platform.edits]
        self._now = now
        self._pace = pace
        self._rests_until: dict[str, datetime] = {}

    async def edit_outdated(self, *, most: int = A_ROUND) -> int:
        """Edit up to ``most`` messages on each platform, those that have waited longest first; return how many it was.

        Raises:
            StorageError: The database cannot be used.
        """
        await asyncio.to_thread(self._followed.sweep, now=self._now())
        async with asyncio.TaskGroup() as group:
            rounds = [group.create_task(self._round(platform, most)) for platform in self._platforms]
        edited = sum(done.result() for done in rounds)
        if edited:
            log.info("Brought the counts of %s up to date", counted(edited, "message"))
        return edited

    async def _round(self, platform: Platform, most: int) -> int:
        edited, tried = 0, 0
        closed: set[Address] = set()
        while tried < most and not self._rests(platform) and await self._is_free(platform):
            limit = min(BATCH, most - tried)
            found = await asyncio.to_thread(self._followed.outdated, platform.name, now=self._now(), limit=limit)
            if not found:
                break
            for message in found:
                if message.channel in closed:
                    await self._postpone(message)
                    continue
                if self._rests(platform) or await self._is_busy(platform):
                    break  # to wait until the platform is free, and read again what is outdated by then
                edited += await self._edit(platform, message, closed)
                tried += 1
                await asyncio.sleep(self._pace.total_seconds())
        return edited

    async def _edit(self, platform: Platform, message: Outdated, closed: set[Address]) -> bool:
        """Edit the message, and record the outcome; return whether it was edited."""
        changed = with_counts(message.message, message.counts)
        try:
            await platform.update(message.channel, message.receipt, changed, key=message.key)
        except Rejected as error:
            log.info("A message in %s can no longer be edited: %s", message.channel, error)
            await asyncio.to_thread(self._followed.forget, message)
        except ChannelClosed as error:
            # Only the courier pauses channels: posting is what finds out when they open again.
            log.info("Messages in %s cannot be edited for now: %s", message.channel, error)
            closed.add(message.channel)
            await self._postpone(message)
        except RetryLater as error:
            await self._rest(platform, message, error, min(max(error.after or REST, REST), LONGEST_REST))
        except UnknownRefusal as error:
            log.info("A message in %s cannot be edited for now: %s", message.channel, error)
            await self._postpone(message)
        except Uncertain as error:
            await self._rest(platform, message, error, REST)
        except Exception:  # whatever a platform's client raises costs this edit alone
            log.exception("Unexpected error while editing a message in %s", message.channel)
            await self._postpone(message)
        else:
            await asyncio.to_thread(self._record, message)
            return True
        return False

    def _record(self, message: Outdated) -> None:
        if message.is_last:
            self._followed.forget(message)
            return
        noticed = {paper_id: noticeable(counts) for paper_id, counts in message.counts.items()}
        self._followed.shown(message, noticed=noticed, again_at=self._now() + EDIT_EVERY)

    async def _rest(self, platform: Platform, message: Outdated, error: DeliveryError, pause: timedelta) -> None:
        """Leave the platform alone for ``pause``."""
        log.info("No edits on %s for %d s: %s", platform.name, pause.total_seconds(), error)
        self._rests_until[platform.name] = self._now() + pause
        # The message goes to the back of the queue: if it is the cause, the others must not wait for it.
        await self._postpone(message)

    async def _postpone(self, message: Outdated) -> None:
        await asyncio.to_thread(self._followed.postpone, message, again_at=self._now() + EDIT_EVERY)

    def _rests(self, platform: Platform) -> bool:
        until, now = self._rests_until.get(platform.name), self._now()
        return until is not None and now < until <= now + LONGEST_REST  # later, if the clock was set back

    async def _is_free(self, platform: Platform) -> bool:
        """Wait until nothing is due on the platform; return whether that was soon enough."""
        for _ in range(LOOKS):
            if not await self._is_busy(platform):
                return True
            await asyncio.sleep(LOOK_AGAIN.total_seconds())
        return False

    async def _is_busy(self, platform: Platform) -> bool:
        return await asyncio.to_thread(self._outbox.is_busy, platform.name, now=self._now())
