"""One request at a time, one in three seconds, and people first."""

from __future__ import annotations

import asyncio

import pytest

from adapters.sources.arxiv.pacing import EVERY, Pacing, Wait
from bot.domain import Paper, PaperList
from tests.fakes.waits import Waits
from tests.servers.arxiv.reading import Reader
from tests.servers.arxiv.server import ArxivServer


def test_between_two_requests_are_three_seconds_whatever_is_asked_for(server: ArxivServer) -> None:
    reader = Reader(server, ("cs.LG", "cs.CL", "stat.ML", "hep-th"))
    reader.fetch()
    assert len(server.requests) == 6
    assert reader.waits.slept == [EVERY] * 5


def test_who_comes_after_a_while_does_not_wait() -> None:
    waits = Waits()

    async def run() -> None:
        pacing = Pacing(sleep=waits.sleep, clock=waits.clock)
        async with pacing.turn(is_urgent=False, longest=9):
            pass
        waits.slept.append(10)
        async with pacing.turn(is_urgent=False, longest=9):
            pass

    asyncio.run(run())
    assert waits.slept == [10]


def test_somebody_who_waits_comes_before_the_rest_of_a_list(server: ArxivServer) -> None:
    """A harvest of many pages goes on afterwards."""
    server.page_size = 1
    for number in range(8):
        server.world.has_had(server.world.now, id=f"2603.0000{number}")
    for entry in server.world.entries.values():
        entry.changed = server.world.now.date()

    async def run() -> tuple[PaperList, Paper | None]:
        source = Reader(server).source()
        loop, begun = asyncio.get_running_loop(), asyncio.Event()
        server.between_pages = lambda: loop.call_soon_threadsafe(begun.set)
        harvest = asyncio.create_task(source.fetch(server.world.now.date()))
        await begun.wait()
        try:
            return await asyncio.gather(harvest, source.paper("2603.00001"))
        finally:
            await source.aclose()

    read, found = asyncio.run(run())
    assert len(read.papers) == 8
    assert found is not None
    assert "GetRecord" in "".join(server.requests[2:5])


def test_who_gives_up_waiting_lets_the_others_go_on() -> None:
    waits = Waits()

    async def run() -> list[str]:
        pacing = Pacing(sleep=waits.sleep, clock=waits.clock)
        turns: list[str] = []
        first_is_there, first_may_go = asyncio.Event(), asyncio.Event()

        async def first() -> None:
            async with pacing.turn(is_urgent=False, longest=9):
                first_is_there.set()
                await first_may_go.wait()

        async def then(name: str, *, is_urgent: bool) -> None:
            async with pacing.turn(is_urgent=is_urgent, longest=9):
                turns.append(name)

        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(first())
            await first_is_there.wait()
            patient = tasks.create_task(then("patient", is_urgent=False))
            hasty = tasks.create_task(then("hasty", is_urgent=True))
            await asyncio.sleep(0)
            hasty.cancel()
            first_may_go.set()
            await patient
        return turns

    assert asyncio.run(run()) == ["patient"]


def test_who_cannot_wait_that_long_is_told_how_long_it_would_be() -> None:
    waits = Waits()

    async def run() -> None:
        pacing = Pacing(sleep=waits.sleep, clock=waits.clock)
        pacing.rest(60)
        async with pacing.turn(is_urgent=True, longest=10):
            pass

    with pytest.raises(Wait) as caught:
        asyncio.run(run())
    assert caught.value.seconds == 60
    assert waits.slept == []
