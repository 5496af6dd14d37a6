"""Sends the courier to the channels that have something due.

Channels are independent: each is worked off by a task of its own, one message after the other, so a slow or closed
one holds up nobody else, and the order within a channel is the outbox's. Every platform has its own places; where
more channels wait than there are places, each posts one message and goes to the end of the queue.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, MutableMapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.delivery.courier import Courier
from bot.domain import Address
from bot.errors import StorageError
from bot.ports.stores import Outbox

CHANNELS_AT_ONCE = 32
"""How many channels of a platform are posted to side by side."""

SHORTEST_REST = timedelta(milliseconds=500)
LONGEST_REST = timedelta(minutes=1)

STORAGE_PAUSE = timedelta(seconds=5)
"""How long to wait when the database cannot be used, or a delivery broke off for a reason that nobody foresaw."""

LAST_CALL = timedelta(seconds=6)
"""How long a message that is being posted may take to arrive when the service stops."""

log = logging.getLogger(__name__)


class Dispatcher:
    """Keeps every channel with due deliveries going, and no channel twice."""

    def __init__(
        self,
        courier: Courier,
        outbox: Outbox,
        platforms: Sequence[str],
        *,
        now: Callable[[], datetime],
        trouble: MutableMapping[str, str] | None = None,
        pause: timedelta = STORAGE_PAUSE,
    ) -> None:
        """Remember the courier, whose channels to look after, and the clock.

        Why the database cannot be used is told in ``trouble``, as in `bot.status.Status.storage`. It is tried again
        after ``pause``.
        """
        self._pause = pause.total_seconds()
        self._courier = courier
        self._outbox = outbox
        self._platforms = tuple(platforms)
        self._now = now
        self._trouble: MutableMapping[str, str] = {} if trouble is None else trouble
        self._work = asyncio.Event()
        self._busy: dict[Address, asyncio.Task[None]] = {}
        self._crowded: set[str] = set()
        self._closing = False

    def wake(self) -> None:
        """Say that something new may be due; call it from the event loop's thread."""
        self._work.set()

    async def run(self) -> None:
        """Deliver until cancelled; what is being posted then is settled first, within `LAST_CALL`."""
        self._closing = False
        try:
            while True:
                self._work.clear()
                try:
                    await self._dispatch()
                    await self._rest()
                    self._trouble.pop("deliveries", None)
                except StorageError as error:
                    self._trouble["deliveries"] = str(error)
                    log.error("Nothing can be delivered at present: %s", error)  # noqa: TRY400 - a line says it all
                    await asyncio.sleep(self._pause)
        finally:
            await self._finish()

    async def run_once(self) -> None:
        """Deliver until nothing is due; what was rescheduled meanwhile waits for another time.

        Raises:
            StorageError: The database cannot be used.
        """
        self._closing = False
        try:
            while await self._dispatch() or self._busy:
                await asyncio.wait(self._busy.values(), return_when=asyncio.FIRST_COMPLETED)
        finally:
            await self._finish()

    async def _dispatch(self) -> bool:
        """Set to work on every due channel, as far as places are free; say whether there was one."""
        started = False
        for platform in self._platforms:
            free = CHANNELS_AT_ONCE - sum(address.platform == platform for address in self._busy)
            due = await asyncio.to_thread(
                self._outbox.due, now=self._now(), platforms=[platform], limit=CHANNELS_AT_ONCE + 1
            )
            waiting = [each for each in due if each not in self._busy]
            if len(waiting) > free:
                self._crowded.add(platform)
            else:
                self._crowded.discard(platform)
            for channel in waiting[:free]:
                task = asyncio.create_task(self._work_off(channel))
                self._busy[channel] = task
                task.add_done_callback(partial(self._leave, channel))
                started = True
        return started

    async def _work_off(self, channel: Address) -> None:
        try:
            while not self._closing and await self._courier.deliver_next(channel):
                if channel.platform in self._crowded:
                    break  # whoever waits longest comes first
        except StorageError as error:
            log.error("Delivering to %s broke off: %s", channel, error)  # noqa: TRY400 - a line says it all
            self._trouble[str(channel)] = str(error)
            await self._recover(channel)
            self._trouble.pop(str(channel), None)
        except Exception:  # whatever was not foreseen is no reason to leave a channel with a claim that nobody settles
            log.exception("Delivering to %s broke off; it goes on in %d s", channel, self._pause)
            await self._recover(channel)

    async def _recover(self, channel: Address) -> None:
        """Take what was claimed as uncertain, once the database answers again."""
        while not self._closing:
            await asyncio.sleep(self._pause)
            with contextlib.suppress(StorageError):
                await asyncio.to_thread(self._outbox.release, channel)
                return

    def _leave(self, channel: Address, _task: asyncio.Task[None]) -> None:
        del self._busy[channel]
        self._work.set()

    async def _rest(self) -> None:
        """Wait until something new may be due, or what was rescheduled is."""
        next_due = await asyncio.to_thread(self._outbox.next_due, platforms=list(self._platforms))
        rest = LONGEST_REST if next_due is None else min(max(next_due - self._now(), SHORTEST_REST), LONGEST_REST)
        with contextlib.suppress(TimeoutError):
            # Not wait_for, which in Python 3.11 loses a cancellation that comes together with the event.
            async with asyncio.timeout(rest.total_seconds()):
                await self._work.wait()

    async def _finish(self) -> None:
        self._closing = True
        if self._busy:
            _, late = await asyncio.wait(self._busy.values(), timeout=LAST_CALL.total_seconds())
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
