"""The whole service, run in this process while a test acts."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.app.wiring import open_service
from bot.ports.platform import Platform
from bot.service.service import Service
from tests.builders import impatient_settings
from tests.fakes.source import Newsstand

PATIENCE = 20.0
"""The most seconds that a run may take."""


def run_service(
    database: Path, source: Newsstand, platform: Platform, act: Callable[[Service], Awaitable[None]]
) -> None:
    """Run the service, as a new process would, until ``act`` is done."""

    async def run() -> None:
        stop = asyncio.Event()
        async with (
            asyncio.timeout(PATIENCE),
            open_service(impatient_settings(database), (source,), (platform,)) as service,
        ):
            running = asyncio.create_task(service.run(stop))
            await act(service)
            stop.set()
            await running

    asyncio.run(run())


async def until(happened: Callable[[], object]) -> None:
    """Wait until it has happened."""
    while not happened():  # noqa: ASYNC110 - it happens in another thread
        await asyncio.sleep(0.02)
