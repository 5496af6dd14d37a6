"""Which lists are read, and what is kept of them."""

from __future__ import annotations

import asyncio
import itertools
from datetime import date, datetime, timedelta

import pytest

from bot.domain import PaperList
from bot.domain.polls import Poll
from bot.errors import NotYetListed, SourceError
from bot.polling.poller import Poller
from bot.ports.source import Rhythm
from bot.ports.stores import Stores
from tests.builders import NOW, TODAY, a_paper
from tests.fakes.source import Newsstand

YESTERDAY = TODAY - timedelta(days=1)
MINUTE = timedelta(minutes=1)


class Setup:
    """A poller with its source and store."""

    def __init__(self, stores: Stores, *, lookback_days: int = 3) -> None:
        """Start with a new database."""
        self.stand = Newsstand()
        self.poller = Poller([self.stand], stores.papers, lookback_days=lookback_days)

    def poll(self, now: datetime = NOW) -> Poll:
        """Poll once; ``stand.asked`` then has only the days of this poll."""
        self.stand.asked.clear()
        return asyncio.run(self.poller.poll(now=now))


@pytest.fixture
def setup(stores: Stores) -> Setup:
    """A poller over a new database."""
    return Setup(stores)


def test_a_new_database_reads_the_last_thirty_days_earliest_first(setup: Setup) -> None:
    setup.poll()
    assert setup.stand.asked == [TODAY - timedelta(days=ago) for ago in range(30, -1, -1)]


def test_the_next_poll_reads_todays_list_and_those_within_lookback(setup: Setup) -> None:
    setup.poll()
    setup.poll(NOW + MINUTE)
    assert setup.stand.asked == [TODAY - timedelta(days=ago) for ago in (3, 2, 1, 0)]


def test_without_lookback_only_todays_list_is_read_again(stores: Stores) -> None:
    setup = Setup(stores, lookback_days=0)
    setup.poll()
    setup.poll(NOW + MINUTE)
    assert setup.stand.asked == [TODAY]


def test_a_list_is_read_once_more_after_it_has_closed(stores: Stores) -> None:
    setup = Setup(stores, lookback_days=0)
    setup.poll()
    setup.poll(NOW + timedelta(hours=12))
    assert TODAY in setup.stand.asked
    setup.poll(NOW + timedelta(hours=12, minutes=1))
    assert setup.stand.asked == [TODAY + timedelta(days=1)]


def test_lists_of_the_last_week_are_read_every_hour_for_their_counts(setup: Setup) -> None:
    setup.poll()
    setup.poll(NOW + timedelta(hours=1))
    assert setup.stand.asked == [TODAY - timedelta(days=ago) for ago in range(7, -1, -1)]


def test_lists_of_the_week_before_are_read_every_six_hours_for_weekly_digests(setup: Setup) -> None:
    setup.poll()
    setup.poll(NOW + timedelta(hours=5))
    assert setup.stand.asked[0] == TODAY - timedelta(days=7)
    setup.poll(NOW + timedelta(hours=6))
    assert setup.stand.asked == [TODAY - timedelta(days=ago) for ago in range(14, -1, -1)]


class TestASourceWithARhythmOfItsOwn:
    """Such as arXiv: its lists are complete soon after their day, and nothing on them counts votes."""

    @pytest.fixture
    def setup(self, stores: Stores) -> Setup:
        """Lists that are read every two hours, and again three hours and a day after their day."""
        setup = Setup(stores)
        again_after = (timedelta(hours=3), timedelta(days=1))
        setup.stand.rhythm = Rhythm(read_every=timedelta(hours=2), again_after=again_after, counts_grow=False)
        return setup

    def test_a_new_database_reads_the_last_thirty_days(self, setup: Setup) -> None:
        setup.poll()
        assert len(setup.stand.asked) == 31

    def test_an_open_list_is_read_when_it_is_time_and_no_other(self, setup: Setup) -> None:
        setup.poll()
        setup.poll(NOW + timedelta(hours=1, minutes=59))
        assert setup.stand.asked == []
        setup.poll(NOW + timedelta(hours=2))
        assert setup.stand.asked == [TODAY]

    def test_after_its_day_it_is_read_again_when_it_is_time_once_each(self, setup: Setup) -> None:
        read = []
        for hours in range(80):
            setup.poll(NOW + timedelta(hours=hours))
            read += [hours] * (TODAY in setup.stand.asked)
        assert read == [0, 2, 4, 6, 8, 10, 15, 36]

    def test_one_that_was_missed_is_read_once(self, setup: Setup) -> None:
        setup.poll(NOW + timedelta(days=5))
        setup.poll(NOW + timedelta(days=6))
        assert TODAY not in setup.stand.asked

    def test_a_list_that_failed_is_read_again_at_the_next_poll(self, setup: Setup) -> None:
        setup.stand.faults[TODAY] = SourceError("cut off")
        setup.poll()
        setup.poll(NOW + MINUTE)
        assert setup.stand.asked == [TODAY]


def test_after_an_outage_of_a_week_every_list_of_it_is_read(setup: Setup) -> None:
    setup.poll()
    setup.poll(NOW + timedelta(days=9))
    missed = [TODAY + timedelta(days=later) for later in range(-3, 10)]
    assert [day for day in setup.stand.asked if day >= missed[0]] == missed


def test_after_an_outage_of_a_year_thirty_days_are_read(setup: Setup) -> None:
    setup.poll()
    setup.poll(NOW + timedelta(days=365))
    assert len(setup.stand.asked) == 31


def test_a_list_that_fails_is_reported_and_does_not_affect_the_others(setup: Setup, stores: Stores) -> None:
    setup.stand.lists = {YESTERDAY: [a_paper(id="9901.00001")], TODAY: [a_paper(id="9901.00002")]}
    setup.stand.faults[YESTERDAY] = SourceError("cut off")
    poll = setup.poll()
    assert poll.failures == (f"newsstand, list of {YESTERDAY}: cut off",)
    assert stores.papers.get("9901.00002") is not None


def test_a_list_that_failed_is_read_again_however_old_it_is(setup: Setup) -> None:
    old = TODAY - timedelta(days=20)
    setup.stand.faults[old] = SourceError("cut off")
    setup.poll()
    setup.stand.faults.clear()
    setup.poll(NOW + MINUTE)
    assert old in setup.stand.asked


def test_a_list_of_today_that_does_not_exist_yet_is_not_a_failure(setup: Setup) -> None:
    setup.stand.faults[TODAY] = NotYetListed("no list yet")
    assert setup.poll().failures == ()


def test_a_list_that_is_still_missing_a_day_later_is_a_failure(setup: Setup) -> None:
    setup.stand.faults[YESTERDAY] = NotYetListed("no list yet")
    assert len(setup.poll().failures) == 1


def test_a_poll_counts_lists_papers_and_new_papers(setup: Setup) -> None:
    setup.stand.lists = {TODAY: [a_paper(id="9901.00001"), a_paper(id="9901.00002")]}
    first, second = setup.poll(), setup.poll(NOW + MINUTE)
    assert (first.lists, first.papers, first.new, first.newest) == (31, 2, 2, TODAY)
    assert (second.lists, second.papers, second.new, second.newest) == (4, 2, 0, TODAY)


def test_a_paper_on_two_lists_keeps_the_day_of_the_first(setup: Setup, stores: Stores) -> None:
    setup.stand.lists = {
        YESTERDAY: [a_paper(id="9901.00001", list_day=YESTERDAY)],
        TODAY: [a_paper(id="9901.00001", list_day=TODAY)],
    }
    setup.poll()
    paper = stores.papers.get("9901.00001")
    assert paper is not None
    assert paper.list_day == YESTERDAY


def test_a_source_that_gives_its_lists_slowly_goes_on_with_the_next_poll(stores: Stores) -> None:
    minutes = itertools.count()
    stand = Newsstand()
    poller = Poller([stand], stores.papers, lookback_days=3, clock=lambda: 60.0 * next(minutes))
    asyncio.run(poller.poll(now=NOW))
    assert stand.asked == [TODAY - timedelta(days=ago) for ago in range(30, 25, -1)]
    asyncio.run(poller.poll(now=NOW + MINUTE))
    assert stand.asked[5:] == [TODAY - timedelta(days=ago) for ago in range(25, 20, -1)]


def test_sources_are_read_side_by_side(stores: Stores) -> None:
    class Awaiting(Newsstand):
        async def fetch(self, day: date) -> PaperList:
            await other_is_read.wait()
            return await super().fetch(day)

    class Awaited(Newsstand):
        async def fetch(self, day: date) -> PaperList:
            other_is_read.set()
            return await super().fetch(day)

    other_is_read = asyncio.Event()
    first, second = Awaiting("first"), Awaited("second")
    poll = asyncio.run(Poller([first, second], stores.papers, lookback_days=3).poll(now=NOW))
    assert poll.lists == 62
