"""Brings the votes, comments and stars of posted messages up to date; see `bot.delivery.edit_policy` for which.

Gently: never while something is to be posted on the platform, slower than any platform asks for, and not at all where
people paused. Nothing depends on an edit: one that is lost in a crash is made again, since what is shown is noted after
it; one that a platform refuses for good, such as that of a deleted message, is not tried again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.delivery.edit_policy import EDIT_EVERY, noticed_from, refreshed
from bot.domain import Address
from bot.domain.edits import Outdated
from bot.errors import ChannelClosed, DeliveryError, Rejected, RetryLater, Uncertain, UnknownRefusal
from bot.ports.platform import Platform
from bot.ports.stores import Stores
from bot.text.figures import counted

PACE = timedelta(seconds=1.5)
"""Between two edits on a platform. Slack takes 50 a minute in a workspace, Discord five in five seconds and channel:
https://docs.slack.dev/reference/methods/chat.update, https://discord.com/developers/docs/topics/rate-limits."""

A_ROUND = 300
"""Edits on a platform in a round at most: what the pace allows within the usual ten minutes between two polls."""

BATCH = 20
"""Messages that are read at a time: what people pause meanwhile is edited for half a minute at most."""

REST = timedelta(minutes=1)
"""How long a platform is left alone, at least, that could not be reached or asked for fewer requests."""

LOOK_AGAIN = timedelta(seconds=0.5)
PATIENCE = 600
"""How often it is looked whether the platform is free for edits, before a round is given up."""

log = logging.getLogger(__name__)


class Refresher:
    """Edits what was posted, one message at a time on each platform."""

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

    async def refresh(self, *, most: int = A_ROUND) -> int:
        """Edit up to ``most`` messages on each platform, those that wait longest first; return how many were.

        Raises:
            StorageError: The database cannot be used.
        """
        await asyncio.to_thread(self._followed.sweep, now=self._now())
        async with asyncio.TaskGroup() as group:
            rounds = [group.create_task(self._round(platform, most)) for platform in self._platforms]
        edited = sum(each.result() for each in rounds)
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
                    break
                edited += await self._edit(platform, message, closed)
                tried += 1
                await asyncio.sleep(self._pace.total_seconds())
        return edited

    async def _edit(self, platform: Platform, message: Outdated, closed: set[Address]) -> bool:
        """Edit the message, and note what came of it; say whether it was changed."""
        changed = refreshed(message.message, message.counts)
        try:
            await platform.update(message.channel, message.receipt, changed, key=message.key)
        except Rejected as error:
            log.info("A message to %s stays as it is from now on: %s", message.channel, error)
            await asyncio.to_thread(self._followed.forget, message)
        except ChannelClosed as error:
            log.info("Messages to %s stay as they are for now: %s", message.channel, error)
            closed.add(message.channel)
            await self._postpone(message)
        except RetryLater as error:
            await self._rest(platform, message, error, max(error.after or REST, REST))
        except UnknownRefusal as error:
            log.info("A message to %s stays as it is for now: %s", message.channel, error)
            await self._postpone(message)
        except Uncertain as error:
            await self._rest(platform, message, error, REST)
        except Exception:  # whatever a platform's client raises costs this edit alone
            log.exception("Editing a message to %s ended in an error that nobody foresaw", message.channel)
            await self._postpone(message)
        else:
            await asyncio.to_thread(self._note, message)
            return True
        return False

    def _note(self, message: Outdated) -> None:
        if message.is_last:
            self._followed.forget(message)
            return
        noticed = {paper_id: noticed_from(counts) for paper_id, counts in message.counts.items()}
        self._followed.shown(message, noticed=noticed, again_at=self._now() + EDIT_EVERY)

    async def _rest(self, platform: Platform, message: Outdated, error: DeliveryError, pause: timedelta) -> None:
        """Leave the platform alone for so long, and the message for longer, lest it stand in the way of others."""
        log.info("Messages to %s stay as they are for %d s: %s", platform.name, pause.total_seconds(), error)
        self._rests_until[platform.name] = self._now() + pause
        await self._postpone(message)

    async def _postpone(self, message: Outdated) -> None:
        await asyncio.to_thread(self._followed.postpone, message, again_at=self._now() + EDIT_EVERY)

    def _rests(self, platform: Platform) -> bool:
        until = self._rests_until.get(platform.name)
        return until is not None and self._now() < until

    async def _is_free(self, platform: Platform) -> bool:
        """Wait until nothing is to be posted on the platform; False if that takes too long."""
        for _ in range(PATIENCE):
            if not await self._is_busy(platform):
                return True
            await asyncio.sleep(LOOK_AGAIN.total_seconds())
        return False

    async def _is_busy(self, platform: Platform) -> bool:
        return await asyncio.to_thread(self._outbox.is_busy, platform.name, now=self._now())
