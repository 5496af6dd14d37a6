"""The second step of posting: a message that stands as a sentence with its buttons gets its layout.

By then the message is posted, so nothing that happens here may say otherwise: whoever posts would post it again. Nor do
the next papers wait for it: after `WAITED`, a step that is slow or has to be taken again goes on beside them.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.domain import Address
from bot.errors import DeliveryError, RetryLater, Uncertain

Step = Callable[[], Awaitable[None]]
"""Takes the step; raises a `DeliveryError` if it fails."""

WAITED = timedelta(seconds=3)
"""How long whoever posts waits for a layout, and the program for all of them when it ends."""

AGAIN = (timedelta(seconds=1), timedelta(seconds=5))
"""Pauses before the step is taken again."""

LONGEST_PAUSE = timedelta(seconds=30)

log = logging.getLogger(__name__)


class LayingOut:
    """Takes second steps. What fails for good is logged; the message is laid out when its counts are next changed."""

    def __init__(self, pace: float) -> None:
        """Prepare; ``pace`` is a factor for pauses."""
        self._pace = pace
        self._steps: set[asyncio.Task[None]] = set()

    async def lay_out(self, channel: Address, step: Step) -> None:
        """Take the step, up to three times; return when it is taken or given up, but after `WAITED` at the latest."""
        task = asyncio.create_task(self._taken(channel, step))
        self._steps.add(task)
        task.add_done_callback(self._ended)
        await asyncio.wait([task], timeout=WAITED.total_seconds())

    async def aclose(self) -> None:
        """Wait for the steps that are being taken, for `WAITED` at most, and give the others up."""
        steps = list(self._steps)
        if steps:
            _, late = await asyncio.wait(steps, timeout=WAITED.total_seconds())
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._steps.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("A message has no layout", exc_info=error)

    async def _taken(self, channel: Address, step: Step) -> None:
        for pause in (*AGAIN, None):
            try:
                return await step()
            except DeliveryError as error:
                is_passing = isinstance(error, RetryLater | Uncertain)
                if pause is None or not is_passing or (error.after and error.after > LONGEST_PAUSE):
                    return log.warning("A message in %s has no layout: %s", channel, error)
                wait = max(pause, error.after or pause)
            await asyncio.sleep(wait.total_seconds() * self._pace)
        return None
