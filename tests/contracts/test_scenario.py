"""The main job, the same on every platform: subscribe, read, and never read anything twice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.app import open_service
from bot.config import load_settings
from bot.domain import Paper
from storage.backup import back_up, restore
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


def teapots(*numbers: int, day: date) -> list[Paper]:
    """Papers that the channel is subscribed to, each with a title of its own."""
    return [a_paper(id=f"9901.{number:05}", title=f"Teapots-{number:03}", list_day=day) for number in numbers]


def test_a_restored_backup_posts_nothing_twice_and_loses_nothing(stage: Stage, tmp_path: Path) -> None:
    database, copy = tmp_path / "paperwire.db", tmp_path / "copy.db"
    today = datetime.now(UTC).date()
    listed = teapots(1, day=today)
    stand = Newsstand(lists={today: listed})

    def shown(*numbers: int) -> bool:
        return all(f"Teapots-{number:03}" in stage.seen() for number in numbers)

    async def subscribe_and_back_up() -> None:
        stage.say("subscribe", "teapots")
        await until(lambda: shown(1) and "Subscribed to" in stage.seen())
        await asyncio.to_thread(back_up, database, copy, overwrite=False, at=datetime.now(UTC))
        listed.extend(teapots(2, day=today))
        await until(lambda: shown(2))
        listed.extend(teapots(*range(3, 28), day=today))
        await until(lambda: "25 papers" in stage.seen())

    async def read_on() -> None:
        listed.extend(teapots(28, 29, day=today))
        await until(lambda: shown(28, 29))

    live(stage, tmp_path, stand, subscribe_and_back_up)
    restore(copy, database, at=datetime.now(UTC))
    live(stage, tmp_path, stand, read_on)
    live(stage, tmp_path, stand, lambda: asyncio.sleep(0.1))
    assert {number: stage.seen().count(f"Teapots-{number:03}") for number in range(2, 30)} == dict.fromkeys(
        range(2, 30), 1
    )
