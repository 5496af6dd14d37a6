"""The monitor that is called after polls."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

import pytest

from adapters.monitoring.heartbeat import beating
from bot.domain.polls import Poll
from tests.builders import NOW
from tests.servers.monitor import Monitor

GOOD = Poll(NOW, lists=3)
BAD = Poll(NOW, failures=("huggingface, list of 2026-03-10: no answer", "huggingface, list of 2026-03-09: no answer"))


@pytest.fixture
def monitor() -> Iterator[Monitor]:
    """A monitor on loopback."""
    with Monitor() as monitor:
        yield monitor


def tell(monitor: Monitor, *polls: Poll) -> None:
    """Tell of polls one after the other, each when the monitor was called about the one before."""

    async def told() -> None:
        async with beating(monitor.url) as pulse:
            for number, poll in enumerate(polls, start=1):
                pulse(poll)
                await monitor.until(number)

    asyncio.run(told())


def test_a_good_poll_calls_the_address_itself(monitor: Monitor) -> None:
    tell(monitor, GOOD)
    assert monitor.calls == [("GET", "/ping/planted-secret", "")]


def test_a_poll_that_failed_calls_the_address_of_failures_with_the_reasons(monitor: Monitor) -> None:
    tell(monitor, BAD)
    assert monitor.calls == [("POST", "/ping/planted-secret/fail", "\n".join(BAD.failures))]


def test_reasons_are_short_and_few(monitor: Monitor) -> None:
    tell(monitor, Poll(NOW, failures=("x" * 5_000,) * 31))
    [(_, _, body)] = monitor.calls
    assert [len(line) for line in body.splitlines()] == [300] * 10


def test_the_last_call_is_still_made_when_the_service_stops(monitor: Monitor) -> None:
    async def told() -> None:
        async with beating(monitor.url) as pulse:
            pulse(GOOD)

    asyncio.run(told())
    assert len(monitor.calls) == 1


def test_a_monitor_that_does_not_answer_holds_nothing_up_but_the_end_for_a_moment(monitor: Monitor) -> None:
    monitor.faults.append(0)

    async def told() -> None:
        async with asyncio.timeout(5), beating(monitor.url, grace=0.1) as pulse:
            pulse(GOOD)
            await monitor.until(1)
            for _ in range(1_000):
                pulse(GOOD)

    asyncio.run(told())
    assert len(monitor.calls) == 1


def test_of_polls_that_end_during_a_call_only_the_latest_is_reported(monitor: Monitor) -> None:
    async def told() -> None:
        async with beating(monitor.url) as pulse:
            pulse(BAD)
            pulse(BAD)
            pulse(GOOD)

    asyncio.run(told())
    assert [method for method, _, _ in monitor.calls] == ["GET"]


def test_a_monitor_that_refuses_is_logged_once_and_without_its_address(
    monitor: Monitor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "adapters.monitoring.heartbeat")
    monitor.faults.extend([404, 404, 200])
    tell(monitor, GOOD, BAD, GOOD)
    assert caplog.messages == [
        "Could not call the monitor at heartbeat.url: it answers 404",
        "The monitor at heartbeat.url can be called again",
    ]


def test_a_monitor_that_cannot_be_reached_is_logged_without_its_address(caplog: pytest.LogCaptureFixture) -> None:
    async def told() -> None:
        async with beating("http://127.0.0.1:1/planted-secret") as pulse:
            pulse(GOOD)

    asyncio.run(told())
    assert "cannot be reached (ConnectError)" in caplog.text
    assert "planted-secret" not in caplog.text


def test_without_an_address_nobody_is_called() -> None:
    async def told() -> None:
        async with beating("") as pulse:
            pulse(GOOD)

    asyncio.run(told())
