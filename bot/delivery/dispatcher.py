"""Sends the courier to the channels that have something due.

Channels are independent. Each has a task of its own, which delivers one message after the other: a slow or closed
channel does not hold up the others, and the order within a channel is the outbox's. Each platform has a number of
places for such tasks. If more channels wait than there are places, a channel gets one message and then queues again.
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
"""How many channels of a platform are posted to at the same time."""

SHORTEST_REST = timedelta(milliseconds=500)
LONGEST_REST = timedelta(minutes=1)

STORAGE_PAUSE = timedelta(seconds=5)
"""How long to wait after the database could not be used, or after an unexpected error."""

LAST_CALL = timedelta(seconds=6)
"""How long the messages that are being posted when the service stops may take to arrive."""

log = logging.getLogger(__name__)


class Dispatcher:
    """Runs one task for each channel with due deliveries."""

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
        """Make a dispatcher.

        Args:
            courier: Delivers the messages.
            outbox: Says which channels have something due.
            platforms: The names of the platforms to deliver to.
            now: The clock.
            trouble: Where to put the reason while the database cannot be used, as in `bot.status.Status.storage`.
            pause: How long to wait before the database is tried again.
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
        """Look for due deliveries now rather than later. Call this in the event loop's thread."""
        self._work.set()

    async def run(self) -> None:
        """Deliver until cancelled; messages that are being posted then get `LAST_CALL` to arrive and be settled."""
        self._closing = False
        try:
            while True:
                # Cleared before looking: what becomes due while looking must not be missed.
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
        """Deliver until nothing is due; rescheduled deliveries are left for later.

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
        """Start a task for each due channel, as far as there are free places; return whether any was started."""
        started = False
        for platform in self._platforms:
            free = CHANNELS_AT_ONCE - sum(address.platform == platform for address in self._busy)
            due = await asyncio.to_thread(
                self._outbox.due, now=self._now(), platforms=[platform], limit=CHANNELS_AT_ONCE + 1
            )
            # A second task for a channel would break the order of its messages.
            waiting = [channel for channel in due if channel not in self._busy]
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
                    break  # the outbox lists the channels that have waited longest first
        except StorageError as error:
            log.error("Delivering to %s failed: %s", channel, error)  # noqa: TRY400 - a line says it all
            self._trouble[str(channel)] = str(error)
            await self._recover(channel)
            self._trouble.pop(str(channel), None)
        except Exception:  # a claim that is neither settled nor released would block the channel for good
            log.exception("Unexpected error while delivering to %s; will go on in %d s", channel, self._pause)
            await self._recover(channel)

    async def _recover(self, channel: Address) -> None:
        """Release the channel's claim as uncertain, once the database can be used again."""
        while not self._closing:
            await asyncio.sleep(self._pause)
            with contextlib.suppress(StorageError):
                await asyncio.to_thread(self._outbox.release, channel)
                return

    def _leave(self, channel: Address, _task: asyncio.Task[None]) -> None:
        del self._busy[channel]
        self._work.set()

    async def _rest(self) -> None:
        """Wait until something new may be due, or a rescheduled delivery is."""
        next_due = await asyncio.to_thread(self._outbox.next_due, platforms=list(self._platforms))
        # Not longer than a minute, in case the clock of the machine is set meanwhile.
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
