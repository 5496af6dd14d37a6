"""Slack's limit: about one message per second and channel, with short bursts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.errors import RetryLater

EVERY = timedelta(seconds=1)
BURST = 5
"""One message per second and channel, with short bursts: https://docs.slack.dev/apis/web-api/rate-limits."""

MOST_CHANNELS = 1_000
"""Channels that are remembered before idle ones are forgotten."""


class RateLimit:
    """When each channel may be posted to."""

    def __init__(
        self,
        every: timedelta = EVERY,
        *,
        burst: int = BURST,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Prepare.

        Args:
            every: The pause between two messages.
            burst: How many messages need no pause, after a quiet while.
            clock: Monotonic seconds.
            sleep: Waits for so many seconds.
        """
        self._every = every.total_seconds()
        self._burst = burst
        self._clock = clock
        self._sleep = sleep
        self._booked: dict[str, float] = {}
        self._held: dict[str, float] = {}

    async def turn(self, channel: str) -> None:
        """Wait until it is the caller's turn to post to the channel.

        Raises:
            RetryLater: Slack asked us to wait.
        """
        now = self._clock()
        held = self._held.get(channel, now) - now
        if held > 0:
            raise RetryLater("Slack is rate-limiting us", after=timedelta(seconds=held))
        # A channel's time is booked message by message at the steady rate. A burst may run ahead of it, by as many
        # messages as the burst has after its first.
        free_at = max(self._booked.get(channel, now), now)
        self._booked[channel] = free_at + self._every
        self._forget(now)
        wait = free_at - (self._burst - 1) * self._every - now
        if wait > 0:
            await self._sleep(wait)

    def hold(self, channel: str, span: timedelta) -> None:
        """Post nothing to the channel for so long, as Slack asked."""
        self._held[channel] = self._clock() + span.total_seconds()

    def _forget(self, now: float) -> None:
        for times in (self._booked, self._held):
            if len(times) > MOST_CHANNELS:
                for channel in [channel for channel, at in times.items() if at <= now]:
                    del times[channel]
