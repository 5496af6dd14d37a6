"""How fast a channel is posted to."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from adapters.platforms.slack.rate_limit import MOST_CHANNELS, RateLimit
from bot.errors import RetryLater


class Clock:
    """A clock that goes on while somebody sleeps."""

    def __init__(self) -> None:
        """Some moment."""
        self.time = 1000.0

    def __call__(self) -> float:
        """The time."""
        return self.time

    async def sleep(self, seconds: float) -> None:
        """Let time go by."""
        self.time += seconds


@pytest.fixture
def clock() -> Clock:
    """A clock of the test's own."""
    return Clock()


def turns(pace: RateLimit, clock: Clock, *channels: str) -> list[float]:
    """When each got its turn, in seconds from now."""
    began = clock()

    async def run() -> list[float]:
        times = []
        for channel in channels:
            await pace.turn(channel)
            times.append(clock() - began)
        return times

    return asyncio.run(run())


def test_a_short_burst_needs_no_pause_and_what_follows_one_second_each(clock: Clock) -> None:
    pace = RateLimit(burst=3, clock=clock, sleep=clock.sleep)
    assert turns(pace, clock, *"aaaaaa") == [0, 0, 0, 1, 2, 3]


def test_channels_have_turns_of_their_own(clock: Clock) -> None:
    pace = RateLimit(burst=2, clock=clock, sleep=clock.sleep)
    assert turns(pace, clock, *"abababab") == [0, 0, 0, 0, 1, 1, 2, 2]


def test_after_a_rest_there_may_be_a_burst_again(clock: Clock) -> None:
    pace = RateLimit(burst=2, clock=clock, sleep=clock.sleep)
    turns(pace, clock, *"aaa")
    clock.time += 60
    assert turns(pace, clock, *"aa") == [0, 0]


def test_a_channel_that_slack_holds_back_gets_no_turn_until_then(clock: Clock) -> None:
    pace = RateLimit(clock=clock, sleep=clock.sleep)
    pace.hold("a", timedelta(seconds=30))
    clock.time += 10
    with pytest.raises(RetryLater) as caught:
        turns(pace, clock, "a")
    assert caught.value.after == timedelta(seconds=20)
    assert turns(pace, clock, "b") == [0]
    clock.time += 20
    assert turns(pace, clock, "a") == [0]


def test_channels_at_rest_are_forgotten(clock: Clock) -> None:
    pace = RateLimit(clock=clock, sleep=clock.sleep)
    for number in range(3 * MOST_CHANNELS):
        turns(pace, clock, f"{number}")
        clock.time += 2
    assert len(pace._booked) <= MOST_CHANNELS + 1  # noqa: SLF001 - what is kept shows nowhere else
