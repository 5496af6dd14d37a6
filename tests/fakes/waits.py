"""Time that passes by waiting alone."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field


@dataclass(slots=True)
class Waits:
    """Time that passes by waiting alone; what was waited for is kept."""

    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        """Seconds that were waited in all."""
        return sum(self.slept)

    async def sleep(self, seconds: float) -> None:
        """Wait, without taking any time."""
        self.slept.append(seconds)
        await asyncio.sleep(0)

    def passes_a_day(self) -> None:
        """Let a day pass: nothing that was fresh is any more."""
        self.slept.append(24 * 3600)
