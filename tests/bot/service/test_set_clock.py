"""The machine's clock is set while the service runs: nothing stands still, and nothing is dropped."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import apscheduler.schedulers.base
import pytest

import bot.service.rounds
from bot.service.rounds import Round, scheduled
from bot.service.set_clock import STEADY_AFTER, SetClock
from tests.builders import NOW

PATIENCE = 20.0


class Clocks:
    """A wall clock that may be set, and a steady one."""

    def __init__(self) -> None:
        """Both begin now."""
        self.set_by = timedelta()
        self.passed = timedelta()

    def wall(self) -> datetime:
        """What the wall clock says."""
        return NOW + self.passed + self.set_by

    def steady(self) -> float:
        """The steady clock's seconds."""
        return 1000.0 + self.passed.total_seconds()


@pytest.fixture
def clocks() -> Clocks:
    """Two clocks that agree."""
    return Clocks()


@pytest.mark.parametrize("by", [timedelta(hours=-8), timedelta(hours=2), timedelta(days=40)])
def test_a_clock_that_was_set_is_noticed_once(clocks: Clocks, by: timedelta) -> None:
    watch = SetClock(clocks.wall, clocks.steady)
    clocks.passed = timedelta(minutes=3)
    assert watch.was_set() == timedelta()
    clocks.set_by = by
    assert watch.was_set() == by
    watch.note()
    assert watch.was_set() == timedelta()


def test_small_corrections_are_noticed_when_they_add_up(clocks: Clocks) -> None:
    watch = SetClock(clocks.wall, clocks.steady)
    clocks.set_by = timedelta(milliseconds=-900)
    assert watch.was_set() == timedelta()
    clocks.set_by *= 2
    assert watch.was_set() == clocks.set_by


def test_a_clock_is_steady_an_hour_after_it_was_set(clocks: Clocks) -> None:
    watch = SetClock(clocks.wall, clocks.steady)
    found = [watch.is_steady]
    clocks.passed = STEADY_AFTER
    found.append(watch.is_steady)
    clocks.set_by = timedelta(days=40)
    found.append(watch.is_steady)
    watch.note()
    clocks.passed = 2 * STEADY_AFTER
    found.append(watch.is_steady)
    assert found == [False, True, False, True]


class Settable:
    """The machine's clock for this process, which a test sets."""

    by = timedelta()

    @classmethod
    def now(cls, zone: dt.tzinfo | None = None) -> datetime:
        """What the clock says."""
        return datetime.now(zone or UTC) + cls.by


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Sets the clock that the scheduler and the service go by."""
    monkeypatch.setattr(Settable, "by", timedelta())
    monkeypatch.setattr(apscheduler.schedulers.base, "datetime", Settable)
    monkeypatch.setattr(bot.service.rounds, "LOOK_EVERY", 0.05)

    def set_clock(by: timedelta) -> None:
        Settable.by = by

    return set_clock


@pytest.mark.parametrize("by", [timedelta(hours=-8), timedelta(days=-400), timedelta(days=40)])
def test_rounds_go_on_when_the_clock_is_set(machine: Callable[[timedelta], None], by: timedelta) -> None:
    began: list[datetime] = []

    tried: list[timedelta] = []

    async def setting_right(by: timedelta) -> bool:
        tried.append(by)
        return len(tried) > 1

    async def run() -> int:
        done = asyncio.Semaphore(0)

        async def work() -> None:
            done.release()

        repeated = Round(work, timedelta(seconds=0.2), first=Settable.now(), began=began.append)
        with scheduled([repeated], SetClock(Settable.now), setting_right) as tasks:
            await done.acquire()
            machine(by)
            async with asyncio.timeout(PATIENCE):
                for _ in range(3):
                    await done.acquire()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return len(began)

    assert asyncio.run(run()) >= 3
    assert abs(began[-1] - Settable.now()) < timedelta(minutes=1)
    assert [abs(found - by) < timedelta(minutes=1) for found in tried] == [True, True]
