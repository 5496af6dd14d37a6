"""When something happened by a platform's clock, if ours is wrong or was set."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import pytest

from bot.domain.platform_clock import PlatformClock
from tests.builders import NOW

HOURS = timedelta(hours=8)


class Machine:
    """A machine with a clock that is set, and one that goes on steadily."""

    def __init__(self) -> None:
        """Start at noon, by the right time."""
        self.right = NOW
        self.ahead = timedelta()
        self.clock = PlatformClock(lambda: self.right + self.ahead, self._steady)

    def _steady(self) -> float:
        return self.right.timestamp()

    def hear(self) -> None:
        """Get an answer of the platform, whose clock is right."""
        self.clock.hear(format_datetime(self.right, usegmt=True))


def test_without_an_answer_the_platform_s_clock_is_ours() -> None:
    clock = Machine().clock
    assert clock.earliest(NOW) == clock.latest(NOW) == NOW


def test_by_a_clock_that_is_ahead_it_was_earlier() -> None:
    machine = Machine()
    machine.ahead = HOURS
    machine.hear()
    assert machine.clock.earliest(NOW) == NOW - HOURS
    assert machine.clock.latest(NOW) == NOW


def test_by_a_clock_that_is_behind_it_was_later_unless_the_clock_was_set_back_since() -> None:
    machine = Machine()
    machine.ahead = -HOURS
    machine.hear()
    assert machine.clock.earliest(NOW) == NOW
    assert machine.clock.latest(NOW) == NOW + HOURS


def test_a_clock_that_is_set_after_the_answer_is_noticed() -> None:
    machine = Machine()
    machine.hear()
    machine.right += timedelta(minutes=30)
    machine.ahead = HOURS
    assert machine.clock.earliest(NOW) == NOW - HOURS


def test_a_minute_makes_no_difference() -> None:
    machine = Machine()
    machine.ahead = timedelta(minutes=1)
    machine.hear()
    assert machine.clock.earliest(NOW) == machine.clock.latest(NOW) == NOW


@pytest.mark.parametrize("date", [None, "", "soon", "Tue, 99 Mar 2026 12:00:09 GMT", "Tue, 10 Mar 99999 12:00:09 GMT"])
def test_a_date_that_makes_no_sense_is_passed_over(date: str | None) -> None:
    machine = Machine()
    machine.ahead = HOURS
    machine.clock.hear(date)
    assert machine.clock.earliest(NOW) == NOW
