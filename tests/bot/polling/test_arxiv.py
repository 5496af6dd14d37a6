"""Days and weeks of arXiv, polled by a service: every paper comes once, whatever happens to it and to us."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain import Paper
from bot.domain.polls import Poll
from bot.polling.poller import Poller
from bot.ports.stores import Stores
from tests.servers.arxiv.reading import Reader
from tests.servers.arxiv.server import ArxivServer
from tests.servers.arxiv.world import World, any_in

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

CATEGORIES = ("cs.LG", "cs.CL")


def at(month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    """That time in 2026, in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@dataclass(slots=True)
class Subscriber:
    """A service that polls arXiv by the clock of the server's world, with a real store.

    Attributes:
        server: The source.
        stores: Where papers are stored.
        polls: The results of its polls.
    """

    server: ArxivServer
    stores: Stores
    polls: list[Poll] = field(default_factory=list)

    @property
    def world(self) -> World:
        """What arXiv holds."""
        return self.server.world

    def goes_on(self, until: datetime, every: timedelta = HOUR) -> None:
        """Poll until that time, as one process."""
        reader = Reader(self.server, CATEGORIES, tries=1)

        async def run() -> None:
            source = reader.source()
            poller = Poller([source], self.stores.papers, lookback_days=3)
            try:
                while self.world.now + every <= until:
                    self.world.advance(self.world.now + every)
                    # Time passes for what was fresh, too.
                    reader.waits.slept.append(every.total_seconds())
                    self.polls.append(await poller.poll(now=self.world.now))
            finally:
                await source.aclose()

        asyncio.run(run())

    def rests(self, until: datetime) -> None:
        """Be down until that time."""
        self.world.advance(until)

    def stored(self, ids: Iterable[str]) -> dict[str, Paper]:
        """Those of the papers that are stored."""
        found = {paper_id: self.stores.papers.get(paper_id) for paper_id in ids}
        return {paper_id: paper for paper_id, paper in found.items() if paper}

    def days(self, ids: Iterable[str]) -> dict[str, date]:
        """The days of the lists that these papers are on, as far as they are stored."""
        return {paper_id: paper.list_day for paper_id, paper in self.stored(ids).items()}

    def new(self) -> int:
        """How many papers were new at a poll, in all."""
        return sum(poll.new for poll in self.polls)


@pytest.fixture
def subscriber(server: ArxivServer, stores: Stores) -> Subscriber:
    """A service with a new store."""
    return Subscriber(server, stores)


def first_announced(world: World, categories: Iterable[str] = CATEGORIES) -> dict[str, date]:
    """The papers of these categories that were announced, and the day on which each first was."""
    found: dict[str, date] = {}
    for day, changes in sorted(world.announced.items()):
        for change in changes:
            is_new = change.kind == "new" and any_in(change.categories, categories)
            if is_new or (change.kind == "cross" and any_in([change.category], categories)):
                found.setdefault(change.entry.id, day)
    return found


def test_a_week_with_a_weekend_and_a_holiday(subscriber: Subscriber) -> None:
    """Juneteenth is a Friday here: what is announced on Thursday evening in other weeks comes on Sunday evening."""
    world = subscriber.world
    world.now = at(6, 14, 0)
    world.holidays.add(date(2026, 6, 18))
    for hour in range(9 * 24):
        moment = world.now + hour * HOUR
        paper_id = world.submit(moment, primary=("cs.LG", "cs.CL", "cs.RO")[hour % 3])
        if hour % 5 == 0:
            world.replace(paper_id, moment + (hour % 70) * HOUR)
        if hour % 6 == 0:
            world.edit(paper_id, moment + (hour % 100) * HOUR)
        if hour % 7 == 0:
            world.cross_list(paper_id, "cs.LG", moment + (hour % 60) * HOUR)
        if hour % 11 == 0:
            world.withdraw(paper_id, moment + (hour % 50) * HOUR)
    subscriber.goes_on(at(6, 24, 12), every=3 * HOUR)
    expected = first_announced(world)
    assert len(expected) > 150
    assert subscriber.days(world.entries) == expected
    assert subscriber.new() == len(expected)
    assert date(2026, 6, 18) in expected.values()
    assert date(2026, 6, 19) not in expected.values()
    assert all(not poll.failures for poll in subscriber.polls)


def test_after_three_days_away_nothing_is_missing(subscriber: Subscriber) -> None:
    """Also what was replaced or edited since, which stands under a later day by now."""
    world = subscriber.world
    for hour in range(6 * 24):
        moment = world.now + hour * HOUR
        paper_id = world.submit(moment)
        if hour % 2 == 0:
            world.replace(paper_id, moment + 30 * HOUR)
        if hour % 3 == 0:
            world.edit(paper_id, moment + 50 * HOUR)
    subscriber.goes_on(world.now + 20 * HOUR)
    subscriber.rests(world.now + 3 * DAY)
    subscriber.goes_on(world.now + 5 * DAY, every=3 * HOUR)
    expected = first_announced(world)
    assert set(subscriber.stored(world.entries)) == set(expected)
    assert subscriber.new() == len(expected)
    # What was only edited may have been held up by a holiday, for all that is known: then it stands on a later list.
    late = {paper_id: day - expected[paper_id] for paper_id, day in subscriber.days(expected).items()}
    assert set(late.values()) <= {0 * DAY, DAY, 2 * DAY}


def test_an_outage_of_arxiv_costs_nothing(subscriber: Subscriber) -> None:
    world = subscriber.world
    ids = [world.submit(world.now + hour * HOUR) for hour in range(4 * 24)]
    subscriber.goes_on(world.now + DAY)
    subscriber.server.broken |= {"/oai": 503, "/rss": 503}
    subscriber.goes_on(world.now + 2 * DAY)
    assert subscriber.polls[-1].outages
    subscriber.server.broken.clear()
    subscriber.goes_on(world.now + 5 * DAY, every=3 * HOUR)
    assert set(subscriber.stored(ids)) == set(ids)
    assert subscriber.new() == len(ids)


def test_feeds_that_are_away_for_a_day_cost_nothing_and_nothing_old_becomes_news(subscriber: Subscriber) -> None:
    world = subscriber.world
    old = [world.has_had(at(2, 20) - day * DAY) for day in range(40)]
    new = [world.submit(world.now + hour * HOUR) for hour in range(30)]
    for number, paper_id in enumerate(old):
        world.replace(paper_id, world.now + number * HOUR)
        world.edit(paper_id, world.now + number * HOUR)
    subscriber.server.broken["/rss"] = "reset"
    subscriber.goes_on(world.now + 3 * DAY)
    assert set(subscriber.stored(new)) == set(new)
    assert all(day < date(2026, 3, 9) for day in subscriber.days(old).values())


def test_records_that_come_a_day_late_come_all_the_same(subscriber: Subscriber) -> None:
    world = subscriber.world
    world.records_late = DAY
    ids = [world.submit(world.now + hour * HOUR) for hour in range(48)]
    subscriber.goes_on(world.now + 7 * DAY, every=3 * HOUR)
    assert subscriber.days(ids) == first_announced(world)


def test_withdrawn_papers_are_marked(subscriber: Subscriber) -> None:
    world = subscriber.world
    kept, gone = world.submit(), world.submit()
    subscriber.goes_on(world.now + DAY)
    assert not any(paper.is_withdrawn for paper in subscriber.stored([kept, gone]).values())
    world.withdraw(gone)
    subscriber.goes_on(world.now + 2 * DAY)
    # The store keeps the day, and what the source says of the paper by now.
    assert subscriber.days([gone]) == {gone: date(2026, 3, 11)}


class TestHowOftenItIsAsked:
    """ArXiv announces once a day, and allows one request in three seconds."""

    def test_an_open_list_is_read_once_an_hour(self, subscriber: Subscriber) -> None:
        subscriber.goes_on(subscriber.world.now + 10 * MINUTE, every=10 * MINUTE)
        subscriber.server.requests.clear()
        subscriber.goes_on(subscriber.world.now + 6 * HOUR, every=10 * MINUTE)
        assert len(subscriber.server.asked("/oai")) == 6 * len(CATEGORIES)

    def test_a_feed_is_asked_for_once_a_day(self, subscriber: Subscriber) -> None:
        subscriber.world.advance(at(3, 11, 4, 10))
        subscriber.goes_on(at(3, 12, 4, 0))
        assert len(subscriber.server.asked("/rss")) == 1

    def test_a_list_is_read_when_its_day_is_over_and_once_more_a_day_later(self, subscriber: Subscriber) -> None:
        def readings(until: datetime) -> int:
            subscriber.server.requests.clear()
            subscriber.goes_on(until)
            return sum("from=2026-03-10" in request for request in subscriber.server.asked("/oai")) // len(CATEGORIES)

        assert readings(at(3, 11, 0)) == 11
        assert readings(at(3, 11, 12)) == 1
        assert readings(at(3, 13, 12)) == 1
        assert readings(at(3, 16, 12)) == 0


def happens(world: World, chance: random.Random, until: datetime, papers: int = 60) -> None:
    """Let papers be submitted until then, looked at more closely, replaced, withdrawn, edited and cross-listed."""

    def some_time(after: datetime) -> datetime:
        return after + chance.random() * (until - after)

    start = world.now
    world.holidays |= {start.date() + chance.randrange(9) * DAY for _ in range(2)}
    for _ in range(papers):
        crosses = tuple(chance.sample(["cs.CL", "cs.CV", "stat.ML"], chance.randrange(3)))
        submitted = some_time(start)
        paper_id = world.submit(submitted, primary=chance.choice(["cs.LG", "cs.CL", "cs.RO"]), crosses=crosses)
        if chance.random() < 0.1:
            world.hold(paper_id, days=chance.randrange(4))
        for _ in range(chance.randrange(3)):
            work = chance.choice([world.replace, world.withdraw, world.edit])
            work(paper_id, some_time(submitted))
        if chance.random() < 0.2:
            world.cross_list(paper_id, "cs.LG", some_time(submitted))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_every_paper_comes_once(subscriber: Subscriber, seed: int) -> None:
    """Two weeks around the end of daylight saving time in New York, with short pages, and outages of arXiv and ours."""
    chance = random.Random(seed)  # noqa: S311 - the same each time, no secrets
    server, world = subscriber.server, subscriber.world
    world.now = at(10, 26, 0)
    server.page_size = chance.choice([3, 7, 2_500])
    happens(world, chance, world.now + 9 * DAY)
    while world.now < at(11, 8):
        match chance.choice(["well", "away", "no records", "no feeds"]):
            case "away":
                subscriber.rests(world.now + chance.random() * 3 * DAY)
            case "no records":
                server.broken = {"/oai": 503}
            case "no feeds":
                server.broken = {"/rss": 400}
        subscriber.goes_on(world.now + DAY * chance.random(), every=chance.choice([HOUR, 5 * HOUR]))
        server.broken.clear()
    subscriber.goes_on(at(11, 13), every=5 * HOUR)
    expected = first_announced(world)
    assert set(subscriber.stored(world.entries)) == set(expected)
    assert subscriber.new() == len(expected)
    for paper_id, day in subscriber.days(expected).items():
        assert world.entries[paper_id].versions[0].at.date() <= day <= expected[paper_id] + 5 * DAY
