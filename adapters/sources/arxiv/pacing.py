"""At most one request at a time, and one in three seconds, whatever is asked for: https://info.arxiv.org/help/api/tou.html."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable

EVERY = 3.0
"""Seconds between two requests."""

Sleep = Callable[[float], Awaitable[None]]


class Wait(Exception):
    """It would take too long until the next request; ``seconds`` is how long."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.0f} seconds")
        self.seconds = seconds


class Pacing:
    """Gives turns: those for which somebody waits before those that read lists."""

    def __init__(self, *, sleep: Sleep = asyncio.sleep, clock: Callable[[], float] = time.monotonic) -> None:
        """Start free.

        Args:
            sleep: Waits for so many seconds.
            clock: Monotonic seconds.
        """
        self._sleep = sleep
        self.clock = clock
        self._free_at = clock()
        self._changed = asyncio.Condition()
        self._is_taken = False
        self._urgent = 0

    def rest(self, seconds: float) -> None:
        """Let nobody ask for so many seconds."""
        self._free_at = max(self._free_at, self.clock() + seconds)

    @contextlib.asynccontextmanager
    async def turn(self, *, is_urgent: bool, longest: float) -> AsyncIterator[None]:
        """Wait for one's turn, which lasts while the context does.

        Raises:
            Wait: arXiv wants to be left alone for longer than ``longest`` seconds.
        """
        self._urgent += is_urgent
        try:
            await self._take(is_urgent=is_urgent, longest=longest)
        finally:
            if is_urgent:
                self._urgent -= 1
                await self._tell()
        try:
            yield
        finally:
            self._is_taken = False
            self.rest(EVERY)
            await self._tell()

    async def _take(self, *, is_urgent: bool, longest: float) -> None:
        while True:
            async with self._changed:
                await self._changed.wait_for(lambda: not self._is_taken and (is_urgent or not self._urgent))
                pause = self._free_at - self.clock()
                if pause <= 0:
                    self._is_taken = True
                    return
            if pause > longest:
                raise Wait(pause)
            await self._sleep(pause)

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()
