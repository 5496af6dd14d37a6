"""Which papers a day's list has, and on which day each of them is listed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.errors import NotYetListed
from tests.servers.arxiv.reading import Reader
from tests.servers.arxiv.server import ArxivServer

MONDAY = date(2026, 3, 9)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = (MONDAY + timedelta(days=ahead) for ahead in range(1, 6))
DAY = timedelta(days=1)


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    """That time, in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@pytest.fixture
def reader(server: ArxivServer) -> Reader:
    """A reader of cs.LG; it is Tuesday noon."""
    return Reader(server)


def test_what_is_submitted_in_the_morning_is_on_the_next_days_list(reader: Reader) -> None:
    paper_id = reader.server.world.submit()
    reader.server.world.advance(at(WEDNESDAY))
    assert reader.listed() == {paper_id: WEDNESDAY}


def test_a_paper_of_another_category_that_is_cross_listed_is_on_the_list(reader: Reader) -> None:
    paper_id = reader.server.world.submit(primary="cs.RO", crosses=("cs.LG",))
    other = reader.server.world.submit(primary="cs.RO")
    reader.server.world.advance(at(WEDNESDAY))
    assert reader.listed() == {paper_id: WEDNESDAY}
    assert other not in reader.listed()


def test_an_older_paper_that_is_cross_listed_is_on_that_days_list(reader: Reader) -> None:
    world = reader.server.world
    paper_id = world.has_had(at(date(2025, 6, 2)), primary="cs.RO")
    world.cross_list(paper_id, "cs.LG")
    world.advance(at(WEDNESDAY))
    assert reader.listed() == {paper_id: WEDNESDAY}


def test_a_replaced_paper_keeps_the_day_on_which_it_must_have_been_announced(reader: Reader) -> None:
    world = reader.server.world
    paper_id = world.submit()
    world.advance(at(WEDNESDAY))
    world.replace(paper_id)
    world.advance(at(THURSDAY))
    assert reader.listed() == {paper_id: WEDNESDAY}


def test_a_paper_that_is_replaced_is_no_news_however_its_dates_look(reader: Reader) -> None:
    world = reader.server.world
    paper_id = world.submit()
    world.advance(at(WEDNESDAY))
    world.replace(paper_id)
    world.entries[paper_id].versions[0].at = at(WEDNESDAY)
    world.advance(at(THURSDAY))
    assert reader.listed() == {paper_id: WEDNESDAY}


def test_replacements_of_older_papers_are_left_out(reader: Reader) -> None:
    world = reader.server.world
    paper_id = world.has_had(at(date(2025, 6, 2)))
    world.replace(paper_id)
    world.advance(at(WEDNESDAY))
    assert reader.listed() == {}


def test_a_record_that_is_edited_is_no_news(reader: Reader) -> None:
    world = reader.server.world
    paper_id = world.submit()
    world.advance(at(WEDNESDAY))
    world.edit(paper_id, at(THURSDAY, 9))
    world.advance(at(THURSDAY))
    assert reader.listed() == {paper_id: WEDNESDAY}
    assert reader.listed(WEDNESDAY) == {}


def test_a_paper_that_arxiv_looked_at_for_a_week_is_on_the_list_of_its_announcement(reader: Reader) -> None:
    world = reader.server.world
    paper_id = world.submit()
    world.hold(paper_id, days=7)
    world.advance(at(WEDNESDAY + 7 * DAY))
    assert reader.listed() == {paper_id: WEDNESDAY + 7 * DAY}


@pytest.mark.parametrize("day", [SATURDAY, SATURDAY + DAY, WEDNESDAY])
def test_weekends_and_holidays_have_no_new_papers(reader: Reader, day: date) -> None:
    world = reader.server.world
    world.holidays.add(TUESDAY)
    before = world.has_had(at(MONDAY))
    world.submit()
    world.edit(before, at(day, 9))
    world.advance(at(day))
    assert reader.listed(day) == {before: TUESDAY}


def test_what_a_holiday_holds_up_is_on_the_next_list(reader: Reader) -> None:
    reader.server.world.holidays.add(TUESDAY)
    paper_id = reader.server.world.submit()
    reader.server.world.advance(at(THURSDAY))
    assert reader.listed() == {paper_id: THURSDAY}


def test_a_day_to_come_has_no_list_yet(reader: Reader) -> None:
    with pytest.raises(NotYetListed):
        reader.fetch(WEDNESDAY)
    assert reader.server.requests == []


class TestBeforeTheFeedIsThere:
    """Records come at 22:30 in New York, feeds at midnight there."""

    def test_nothing_is_listed_before_the_records_are_there(self, reader: Reader) -> None:
        reader.server.world.submit()
        reader.server.world.advance(at(WEDNESDAY, 2))
        assert reader.listed() == {}

    def test_what_is_new_beyond_doubt_is_listed(self, reader: Reader) -> None:
        paper_id = reader.server.world.submit()
        reader.server.world.advance(at(WEDNESDAY, 3))
        assert reader.listed() == {paper_id: WEDNESDAY}
        assert reader.server.asked("/rss") == []

    def test_what_may_be_older_waits_for_the_feed(self, reader: Reader) -> None:
        world = reader.server.world
        held, crossed, replaced = world.submit(), world.has_had(at(MONDAY), "cs.RO"), world.has_had(at(MONDAY))
        world.hold(held, days=1)
        world.advance(at(WEDNESDAY))
        world.cross_list(crossed, "cs.LG")
        world.replace(replaced)
        world.advance(at(THURSDAY, 3))
        assert reader.listed() == {}
        world.advance(at(THURSDAY, 5))
        assert reader.listed() == {held: THURSDAY, crossed: THURSDAY, replaced: TUESDAY}

    def test_a_feed_that_is_a_day_old_says_nothing_about_today(self, reader: Reader) -> None:
        world = reader.server.world
        world.feeds_late = timedelta(hours=1)
        paper_id = world.submit()
        world.advance(at(WEDNESDAY))
        world.replace(paper_id)
        world.advance(at(THURSDAY, 4, 30))
        assert reader.listed() == {}
        world.advance(at(THURSDAY, 5, 30))
        assert reader.listed() == {paper_id: WEDNESDAY}


class TestWithoutAFeed:
    """Of days past, records are all there is."""

    def test_a_paper_that_has_not_changed_since_is_on_its_own_list(self, reader: Reader) -> None:
        paper_id = reader.server.world.submit()
        reader.server.world.advance(at(WEDNESDAY + 14 * DAY))
        assert reader.listed(WEDNESDAY) == {paper_id: WEDNESDAY}
        assert reader.server.asked("/rss") == []

    def test_so_is_one_that_a_holiday_held_up(self, reader: Reader) -> None:
        reader.server.world.holidays.add(TUESDAY)
        paper_id = reader.server.world.submit()
        reader.server.world.advance(at(WEDNESDAY + 14 * DAY))
        assert reader.listed(THURSDAY) == {paper_id: THURSDAY}

    def test_a_paper_that_was_replaced_meanwhile_is_met_then_with_its_own_day(self, reader: Reader) -> None:
        world = reader.server.world
        paper_id = world.submit()
        world.advance(at(WEDNESDAY))
        world.replace(paper_id)
        world.advance(at(WEDNESDAY + 14 * DAY))
        assert reader.listed(WEDNESDAY) == {}
        assert reader.listed(THURSDAY) == {paper_id: WEDNESDAY}

    def test_a_record_that_changed_on_a_weekend_has_the_day_of_its_announcement(self, reader: Reader) -> None:
        world = reader.server.world
        paper_id = world.submit(at(THURSDAY))
        world.edit(paper_id, at(SATURDAY))
        world.advance(at(WEDNESDAY + 14 * DAY))
        assert reader.listed(SATURDAY) == {paper_id: FRIDAY}

    def test_feeds_that_cannot_be_read_leave_what_is_new_beyond_doubt(self, reader: Reader) -> None:
        world = reader.server.world
        paper_id = world.submit()
        world.advance(at(WEDNESDAY))
        reader.server.broken["/rss"] = 503
        assert reader.listed() == {paper_id: WEDNESDAY}


class TestALongFeed:
    """Feeds have 2,000 entries at the most, and new papers are what they leave out."""

    @pytest.fixture(autouse=True)
    def short(self, server: ArxivServer, monkeypatch: pytest.MonkeyPatch) -> None:
        """Four entries must do here."""
        server.capacity = 4
        monkeypatch.setattr("adapters.sources.arxiv.rss.CAPACITY", 4)

    def test_each_category_is_asked_for_alone(self, server: ArxivServer) -> None:
        ids = [server.world.submit(primary=category) for category in ("cs.LG", "cs.CL", "cs.CV") for _ in range(3)]
        server.world.advance(at(WEDNESDAY))
        reader = Reader(server, ("cs.LG", "cs.CL", "cs.CV"))
        assert reader.listed() == dict.fromkeys(ids, WEDNESDAY)
        assert server.asked("/rss") == ["/rss/cs.LG+cs.CL+cs.CV", "/rss/cs.LG", "/rss/cs.CL", "/rss/cs.CV"]

    def test_new_papers_that_it_leaves_out_come_by_their_records(self, reader: Reader) -> None:
        world = reader.server.world
        old = [world.submit() for _ in range(4)]
        world.advance(at(WEDNESDAY))
        for paper_id in old:
            world.replace(paper_id)
        new = [world.submit() for _ in range(2)]
        world.advance(at(THURSDAY))
        assert reader.listed() == dict.fromkeys(old, WEDNESDAY) | dict.fromkeys(new, THURSDAY)
