"""The whole service while the machine's clock is set: every paper comes, once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import apscheduler.schedulers.base
import pytest

import bot.app.wiring
import bot.service.rounds
import bot.service.service
from bot.domain import PaperList
from bot.domain.times import start_of
from bot.errors import RetryLater
from bot.service.service import Service
from storage import open_stores
from tests.builders import HERE, a_paper, subscribe
from tests.fakes.platform import Pinboard
from tests.fakes.source import Newsstand
from tests.running_service import run_service, until


class Machine:
    """The machine's clock, as far as the service goes by it."""

    set_by = timedelta()

    @classmethod
    def now(cls, zone: dt.tzinfo | None = None) -> datetime:
        """What it says."""
        return datetime.now(zone or UTC) + cls.set_by


@pytest.fixture(autouse=True)
def _machine(monkeypatch: pytest.MonkeyPatch, impatient: None) -> None:  # noqa: ARG001 - a fixture
    """A clock that is right until it is set; services look at it every moment."""
    monkeypatch.setattr(Machine, "set_by", timedelta())
    monkeypatch.setattr(apscheduler.schedulers.base, "datetime", Machine)
    monkeypatch.setattr(bot.app.wiring, "clock", Machine.now)
    monkeypatch.setattr(bot.service.rounds, "LOOK_EVERY", 0.05)


@dataclass(slots=True)
class Stand(Newsstand):
    """A source at which something happens while a list is read."""

    on_fetch: Callable[[], None] = field(default=lambda: None)

    async def fetch(self, day: date) -> PaperList:
        """Return the list of that day."""
        self.on_fetch()
        return await Newsstand.fetch(self, day)


def today() -> date:
    """The day by the right clock."""
    return datetime.now(UTC).date()


def stand_with(count: int) -> Stand:
    """A source with so many papers on today's list."""
    papers = [a_paper(id=f"9901.{number:05}", title=f"Robots {number}", list_day=today()) for number in range(count)]
    return Stand(lists={today(): papers})


def subscribed(database: Path, *, since: timedelta = timedelta()) -> Path:
    """The database, with a channel that is subscribed to everything, for so long already."""
    with open_stores(database) as stores:
        subscribe(stores, HERE, "*", at=datetime.now(UTC) - since)
    return database


def count(board: Pinboard) -> int:
    """How many papers have come."""
    with_cards = [getattr(message, "cards", (message,)) for _, _, message in board.posted]
    return sum(map(len, with_cards))


@pytest.mark.parametrize("minutes", [-5, -120, -1800, 120])
def test_every_paper_comes_if_the_clock_is_set_while_lists_are_read(tmp_path: Path, minutes: int) -> None:
    stand, board = stand_with(50), Pinboard()

    def set_clock() -> None:
        Machine.set_by = timedelta(minutes=minutes)

    stand.on_fetch = set_clock

    async def act(service: Service) -> None:
        await until(lambda: count(board) == 50)
        assert service.stores.papers.pending(limit=9) == []

    run_service(subscribed(tmp_path / "paperwire.db"), stand, board, act)
    assert count(board) == 50


@pytest.mark.parametrize("minutes", [-5, -45, -480])
def test_what_waits_to_be_tried_again_does_not_wait_longer_when_the_clock_is_set_back(
    tmp_path: Path, minutes: int
) -> None:
    stand, board = stand_with(3), Pinboard()
    board.closed[HERE] = RetryLater("busy")

    async def act(service: Service) -> None:
        await until(lambda: service.courier.tally.rescheduled)
        board.closed.clear()
        Machine.set_by = timedelta(minutes=minutes)
        await until(lambda: count(board) == 3)

    run_service(subscribed(tmp_path / "paperwire.db"), stand, board, act)


def test_polls_go_on_when_the_clock_is_set_back(tmp_path: Path) -> None:
    stand, board = stand_with(0), Pinboard()

    async def act(service: Service) -> None:
        await until(lambda: service.status.last_poll)
        Machine.set_by = timedelta(hours=-8)
        day = Machine.now().date()  # in the morning, that of the day before
        stand.lists[day] = [a_paper(list_day=day)]
        await until(lambda: count(board) == 1)

    run_service(subscribed(tmp_path / "paperwire.db", since=timedelta(days=1)), stand, board, act)


@pytest.mark.parametrize("days", [1, 40, 400])
def test_what_waits_is_neither_lost_nor_late_if_the_clock_was_ahead_at_a_start(tmp_path: Path, days: int) -> None:
    database = subscribed(tmp_path / "paperwire.db")
    stand, board = stand_with(3), Pinboard()
    board.closed[HERE] = RetryLater("busy")

    async def fail(service: Service) -> None:
        polls = service.status.last_poll
        await until(lambda: service.status.last_poll is not polls and service.courier.tally.rescheduled)

    run_service(database, stand, board, fail)
    Machine.set_by = timedelta(days=days)
    run_service(database, stand, board, fail)
    Machine.set_by = timedelta()
    board.closed.clear()

    async def post(_: Service) -> None:
        await until(lambda: count(board) == 3)

    run_service(database, stand, board, post)


def test_today_s_digest_comes_though_the_clock_was_ahead_at_a_start(tmp_path: Path) -> None:
    database = subscribed(tmp_path / "paperwire.db")
    stand, board = stand_with(1), Pinboard()
    Machine.set_by = timedelta(days=40)
    now = Machine.now()
    with open_stores(database) as stores:
        stores.channels.set_schedule(HERE, "daily 00:00 UTC", now, at=now)

    async def poll(service: Service) -> None:
        await until(lambda: service.status.last_poll)

    run_service(database, stand, board, poll)
    Machine.set_by = timedelta()
    run_service(database, stand, board, poll)
    with open_stores(database) as stores:
        channel = stores.channels.get(HERE)
    assert channel is not None
    assert channel.digest_due is not None
    assert channel.digest_due <= datetime.now(UTC) + timedelta(days=1)


@pytest.mark.parametrize(("days_ago", "kept"), [(1, 0), (400, 1)])
def test_nothing_is_removed_while_lists_and_clock_disagree(tmp_path: Path, days_ago: int, kept: int) -> None:
    database = subscribed(tmp_path / "paperwire.db")
    listed, long_ago = today() - timedelta(days=days_ago), today() - timedelta(days=500)
    with open_stores(database) as stores:
        old = a_paper(id="9901.00009", list_day=long_ago)
        stores.papers.save("newsstand", PaperList(long_ago, (old,)), at=start_of(long_ago))
        stores.outbox.enqueue({old.id: []}, at=start_of(long_ago))
        newer = a_paper(id="9901.00010", list_day=listed)
        stores.papers.save("another", PaperList(listed, (newer,)), at=start_of(listed))
    stand = Stand(lists={listed: [newer]})
    left: list[int] = []

    async def tidy(service: Service) -> None:
        await until(lambda: service.status.last_poll)
        await service.tidy()
        left.append(len(service.stores.papers.listed(since=long_ago, until=long_ago)))

    run_service(database, stand, Pinboard(), tidy)
    assert left == [kept]
