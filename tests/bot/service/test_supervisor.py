"""A platform that dies is started again, and the others go on."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.errors import DeliveryError
from bot.ports.platform import FrontDesk
from bot.service.supervisor import supervise
from bot.status import Status
from tests.builders import NOW
from tests.fakes.desk import Reception
from tests.fakes.platform import Pinboard


@dataclass(slots=True)
class Frail(Pinboard):
    """A platform that dies of these errors in turn, and then ends well."""

    deaths: deque[Exception] = field(default_factory=deque)
    served: int = 0

    async def serve(self, desk: FrontDesk) -> None:  # noqa: ARG002 - the contract's
        """Die, or end."""
        self.served += 1
        if self.deaths:
            raise self.deaths.popleft()


def supervised(platform: Frail) -> tuple[Status, list[float]]:
    """Supervise it; return the status afterwards, and the pauses in seconds."""
    status, pauses = Status(NOW, timedelta(minutes=10)), list[float]()

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    asyncio.run(supervise(platform, Reception(), status, sleep=sleep))
    return status, pauses


def test_a_platform_that_dies_is_started_again_with_growing_pauses() -> None:
    platform = Frail(deaths=deque([OSError("gone"), AttributeError("odd"), OSError("gone")]))
    status, pauses = supervised(platform)
    assert platform.served == 4
    assert pauses == [2, 4, 8]
    assert status.platforms == {"terminal": ""}


def test_a_connection_that_was_lost_is_a_line_and_no_traceback(caplog: pytest.LogCaptureFixture) -> None:
    status, pauses = supervised(Frail(deaths=deque([ConnectionError("the proxy refuses us")])))
    assert pauses == [2]
    assert status.platforms == {"terminal": ""}
    assert "terminal: the proxy refuses us; trying again in 2 s" in caplog.text
    assert "Traceback" not in caplog.text


def test_pauses_grow_to_five_minutes_and_no_further() -> None:
    _, pauses = supervised(Frail(deaths=deque(OSError("gone") for _ in range(12))))
    assert max(pauses) == 300


def test_a_platform_that_refuses_us_is_not_restarted_and_says_why() -> None:
    platform = Frail(deaths=deque([DeliveryError("the token was revoked")]))
    status, pauses = supervised(platform)
    assert pauses == []
    assert "the token was revoked" in status.platforms["terminal"]


def test_what_cuts_a_served_platform_off_is_reported() -> None:
    platform = Frail()
    status, _ = supervised(platform)
    assert status.troubles(now=NOW) == []
    platform.trouble = "not connected since 12:00"
    assert status.troubles(now=NOW) == ["terminal: not connected since 12:00"]


def test_the_status_says_what_a_platform_died_of_until_it_serves_again() -> None:
    status = Status(NOW, timedelta(minutes=10))
    troubles = list[str]()

    async def sleep(_seconds: float) -> None:
        troubles.append(status.platforms["terminal"])

    asyncio.run(supervise(Frail(deaths=deque([OSError("secret detail")])), Reception(), status, sleep=sleep))
    assert troubles == ["stopped by OSError, starting again"]
