"""Which lists are read, and what is kept of them."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.domain.polls import Poll
from bot.errors import NotYetListed, SourceError
from bot.polling.poller import Poller
from bot.ports.stores import Stores
from tests.builders import NOW, TODAY, a_paper
from tests.fakes.source import Newsstand

YESTERDAY = TODAY - timedelta(days=1)
MINUTE = timedelta(minutes=1)


class Desk:
    """A poller with its source and store."""

    def __init__(self, stores: Stores, *, lookback_days: int = 3) -> None:
        """A new database."""
        self.stand = Newsstand()
        self.poller = Poller([self.stand], stores.papers, lookback_days=lookback_days)

    def poll(self, now: datetime = NOW) -> Poll:
        """Poll once; ``stand.asked`` then has the days of this poll alone."""
        self.stand.asked.clear()
        return asyncio.run(self.poller.poll(now=now))


@pytest.fixture
def desk(stores: Stores) -> Desk:
    """A poller over a new database."""
    return Desk(stores)


def test_a_new_database_reads_the_last_thirty_days_earliest_first(desk: Desk) -> None:
    desk.poll()
    assert desk.stand.asked == [TODAY - timedelta(days=ago) for ago in range(30, -1, -1)]


def test_the_next_poll_reads_todays_list_and_those_within_lookback(desk: Desk) -> None:
    desk.poll()
    desk.poll(NOW + MINUTE)
    assert desk.stand.asked == [TODAY - timedelta(days=ago) for ago in (3, 2, 1, 0)]


def test_without_lookback_only_todays_list_is_read_again(stores: Stores) -> None:
    desk = Desk(stores, lookback_days=0)
    desk.poll()
    desk.poll(NOW + MINUTE)
    assert desk.stand.asked == [TODAY]


def test_a_list_is_read_once_more_after_it_has_closed(stores: Stores) -> None:
    desk = Desk(stores, lookback_days=0)
    desk.poll()
    desk.poll(NOW + timedelta(hours=12))
    assert TODAY in desk.stand.asked
    desk.poll(NOW + timedelta(hours=12, minutes=1))
    assert desk.stand.asked == [TODAY + timedelta(days=1)]


def test_lists_of_the_last_week_are_read_every_hour_for_their_counts(desk: Desk) -> None:
    desk.poll()
    desk.poll(NOW + timedelta(hours=1))
    assert desk.stand.asked == [TODAY - timedelta(days=ago) for ago in range(7, -1, -1)]


def test_lists_of_the_week_before_are_read_every_six_hours_for_weekly_digests(desk: Desk) -> None:
    desk.poll()
    desk.poll(NOW + timedelta(hours=5))
    assert desk.stand.asked[0] == TODAY - timedelta(days=7)
    desk.poll(NOW + timedelta(hours=6))
    assert desk.stand.asked == [TODAY - timedelta(days=ago) for ago in range(14, -1, -1)]


def test_after_an_outage_of_a_week_every_list_of_it_is_read(desk: Desk) -> None:
    desk.poll()
    desk.poll(NOW + timedelta(days=9))
    missed = [TODAY + timedelta(days=later) for later in range(-3, 10)]
    assert [day for day in desk.stand.asked if day >= missed[0]] == missed


def test_after_an_outage_of_a_year_thirty_days_are_read(desk: Desk) -> None:
    desk.poll()
    desk.poll(NOW + timedelta(days=365))
    assert len(desk.stand.asked) == 31


def test_a_list_that_fails_is_reported_and_does_not_affect_the_others(desk: Desk, stores: Stores) -> None:
    desk.stand.lists = {YESTERDAY: [a_paper(id="9901.00001")], TODAY: [a_paper(id="9901.00002")]}
    desk.stand.faults[YESTERDAY] = SourceError("cut off")
    poll = desk.poll()
    assert poll.failures == (f"newsstand, list of {YESTERDAY}: cut off",)
    assert stores.papers.get("9901.00002") is not None


def test_a_list_that_failed_is_read_again_however_old_it_is(desk: Desk) -> None:
    old = TODAY - timedelta(days=20)
    desk.stand.faults[old] = SourceError("cut off")
    desk.poll()
    desk.stand.faults.clear()
    desk.poll(NOW + MINUTE)
    assert old in desk.stand.asked


def test_a_list_of_today_that_does_not_exist_yet_is_not_a_failure(desk: Desk) -> None:
    desk.stand.faults[TODAY] = NotYetListed("no list yet")
    assert desk.poll().failures == ()


def test_a_list_that_is_still_missing_a_day_later_is_a_failure(desk: Desk) -> None:
    desk.stand.faults[YESTERDAY] = NotYetListed("no list yet")
    assert len(desk.poll().failures) == 1


def test_a_poll_counts_lists_papers_and_new_papers(desk: Desk) -> None:
    desk.stand.lists = {TODAY: [a_paper(id="9901.00001"), a_paper(id="9901.00002")]}
    first, second = desk.poll(), desk.poll(NOW + MINUTE)
    assert (first.lists, first.papers, first.new, first.newest) == (31, 2, 2, TODAY)
    assert (second.lists, second.papers, second.new, second.newest) == (4, 2, 0, TODAY)


def test_a_paper_on_two_lists_keeps_the_day_of_the_first(desk: Desk, stores: Stores) -> None:
    desk.stand.lists = {
        YESTERDAY: [a_paper(id="9901.00001", list_day=YESTERDAY)],
        TODAY: [a_paper(id="9901.00001", list_day=TODAY)],
    }
    desk.poll()
    paper = stores.papers.get("9901.00001")
    assert paper is not None
    assert paper.list_day == YESTERDAY
