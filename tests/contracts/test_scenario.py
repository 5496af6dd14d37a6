"""The main job, the same on every platform: subscribe, read, and never read anything twice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import open_service, open_stores
from bot.config import Settings, load_settings
from bot.domain import PaperList
from tests.builders import a_paper, list_of
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


def settings_in(folder: Path) -> Settings:
    """The settings of a service whose database is in the folder."""
    return load_settings(
        None, {"PAPERWIRE_STORAGE__PATH": str(folder / "paperwire.db"), "PAPERWIRE_POLL__INTERVAL": "1s"}
    )


def live(stage: Stage, folder: Path, stand: Newsstand, act: Callable[[], Awaitable[None]]) -> None:
    """Run the service as a new process does, while people act."""
    settings = settings_in(folder)

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


def test_a_card_follows_its_counts_in_place_across_a_restart_and_stays_one_card(stage: Stage, tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    paper = a_paper(title="Teapots in Orbit", list_day=today, upvotes=3)
    stand = Newsstand(lists={today: []})

    async def subscribe() -> None:
        stage.say("subscribe", "teapots")
        await until(lambda: "Subscribed to" in stage.seen())
        stand.lists[today] = [paper]
        await until(lambda: "▲ 3" in seen(stage))

    async def watch() -> None:
        shown = "▲ 1,234 · 5 comments · ★ 678" if stage.open().edits else "▲ 3"
        await until(lambda: shown in seen(stage) and stand.asked.count(today) > 1)

    live(stage, tmp_path, stand, subscribe)
    stand.lists[today] = [replace(paper, upvotes=1234, comments=5, stars=678)]
    stand.asked.clear()
    let_an_hour_pass(tmp_path, stage.channel.platform, list_of(*stand.lists[today]))
    live(stage, tmp_path, stand, watch)
    assert seen(stage).count("Teapots in Orbit") == 1
    assert ("▲ 3" in seen(stage)) != stage.open().edits


def test_a_paper_comes_when_it_has_the_votes_that_were_asked_for(stage: Stage, tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    paper = a_paper(title="Teapots in Orbit", list_day=today, upvotes=3)
    stand = Newsstand(lists={today: [paper]})

    async def wait() -> None:
        stage.say("subscribe", "upvotes>=20")
        await until(lambda: "Subscribed to" in stage.seen())
        stand.asked.clear()
        await until(lambda: stand.asked.count(today) > 1)
        assert "▲" not in seen(stage)
        stand.lists[today] = [replace(paper, upvotes=25)]
        await until(lambda: "▲ 25" in seen(stage))

    live(stage, tmp_path, stand, wait)
    assert seen(stage).count("▲ 25") == 1


def seen(stage: Stage) -> str:
    """What stands in the channel, with blanks that are blanks."""
    return stage.seen().replace("\u00a0", " ")


def let_an_hour_pass(folder: Path, platform: str, papers: PaperList) -> None:
    """These papers are listed, and what was posted of them is as if nobody had touched it for an hour."""
    now = datetime.now(UTC)
    with open_stores(settings_in(folder)) as stores:
        stores.papers.save("newsstand", papers, at=now)
        for message in stores.followed.outdated(platform, now=now + timedelta(hours=2), limit=9):
            stores.followed.postpone(message, again_at=now)
