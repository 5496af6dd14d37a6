"""The main job, the same on every platform: subscribe, read, and never read anything twice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import open_service
from bot.config import load_settings
from tests.builders import a_paper
from tests.contracts.test_platforms import PLATFORMS, Stage
from tests.newsstand import Newsstand

PATIENCE = 20.0
"""Seconds that anything here may take at the most."""


@pytest.fixture(params=PLATFORMS)
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    """One platform after the other."""
    stage = PLATFORMS[request.param](tmp_path)
    yield stage
    stage.close()


def live(stage: Stage, folder: Path, stand: Newsstand, act: Callable[[], Awaitable[None]]) -> None:
    """Run the service as a new process does, while people act."""
    settings = load_settings(
        None, {"PAPERWIRE_STORAGE__PATH": str(folder / "paperwire.db"), "PAPERWIRE_POLL__INTERVAL": "1s"}
    )

    async def run() -> None:
        stop = asyncio.Event()
        async with asyncio.timeout(PATIENCE), open_service(settings, (stand,), (stage.open(),)) as service:
            running = asyncio.create_task(service.run(stop))
            await act()
            stop.set()
            await running

    asyncio.run(run())


async def until(happened: Callable[[], bool]) -> None:
    """Wait for it."""
    while not happened():  # noqa: ASYNC110 - what happens, happens in another thread
        await asyncio.sleep(0.02)


def test_people_subscribe_and_read_each_paper_once_across_polls_and_restarts(stage: Stage, tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    listed = [a_paper(id="9901.00001", title="Teapots in Orbit", list_day=today)]
    stand = Newsstand(lists={today: listed})

    async def subscribe() -> None:
        stage.say("subscribe", "teapots")
        await until(lambda: "Teapots in Orbit" in stage.seen() and "Subscribed to" in stage.seen())
        listed.append(a_paper(id="9901.00002", title="Teapots under Water", list_day=today))
        listed.append(a_paper(id="9901.00003", title="Kettles", list_day=today))
        await until(lambda: "Teapots under Water" in stage.seen())

    async def read_on() -> None:
        listed.append(a_paper(id="9901.00004", title="Teapots on the Moon", list_day=today))
        await until(lambda: "Teapots on the Moon" in stage.seen())

    live(stage, tmp_path, stand, subscribe)
    live(stage, tmp_path, stand, read_on)
    cards = [stage.seen().count(title) for title in ("Teapots under Water", "Teapots on the Moon")]
    assert cards == [1, 1]
    assert "Kettles" not in stage.seen()
