"""When digests are due."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests import EVERY_DAY, WEEKDAYS, Rhythm, move_on, parse_rhythm, zones_like
from bot.domain import Channel
from bot.errors import CommandError
from bot.ports import Stores
from tests.builders import HERE, NOW

BERLIN = "Europe/Berlin"

rhythms = st.builds(
    Rhythm,
    st.one_of(st.sampled_from([EVERY_DAY, WEEKDAYS]), st.integers(0, 6).map(lambda day: frozenset([day]))),
    st.times(timezones=st.none()).map(lambda at: time(at.hour, at.minute)),
    st.sampled_from(sorted(available_timezones())),
)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - made aware


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("daily 09:00 Europe/Berlin", "daily 09:00 Europe/Berlin"),
        ("  DAILY   9:00 europe/berlin ", "daily 09:00 Europe/Berlin"),
        ("daily 09:00", "daily 09:00 UTC"),
        ("weekdays 17:30 America/New_York", "weekdays 17:30 America/New_York"),
        ("weekly mon 09:00", "weekly mon 09:00 UTC"),
        ("weekly Thursday 00:00 UTC", "weekly thu 00:00 UTC"),
    ],
)
def test_a_schedule_is_read_however_it_is_written(written: str, said: str) -> None:
    assert str(parse_rhythm(written)) == said


@pytest.mark.parametrize("written", ["instant", " Instant "])
def test_instant_is_no_rhythm(written: str) -> None:
    assert parse_rhythm(written) is None


@pytest.mark.parametrize(
    ("written", "repair"),
    [
        ("", "daily 09:00"),
        ("at nine", "daily 09:00"),
        ("daily", "daily 09:00"),
        ("daily 24:00", "23:59"),
        ("daily 09:60", "23:59"),
        ("weekly 09:00", "daily 09:00"),
        ("weekly t 09:00", "weekly mon"),
        ("weekly someday 09:00", "weekly mon"),
        ("daily 09:00 Berlin", "Europe/Berlin"),
        ("daily 09:00 Europe/Berlim", "Europe/Berlin"),
        ("daily 09:00 ../../etc/passwd", "UTC"),
        ("daily 09:00 UTC and more", "daily 09:00"),
        ("daily ٠٩:٠٠", "daily 09:00"),
    ],
)
def test_a_schedule_that_is_none_says_how_to_write_it(written: str, repair: str) -> None:
    with pytest.raises(CommandError) as caught:
        parse_rhythm(written)
    assert repair in caught.value.repair


@given(rhythms)
def test_a_printed_rhythm_is_read_as_the_same(rhythm: Rhythm) -> None:
    assert parse_rhythm(str(rhythm)) == rhythm
    assert rhythm.in_words()


@given(rhythms, moments)
def test_the_next_digest_is_later_and_within_eight_days(rhythm: Rhythm, moment: datetime) -> None:
    due = rhythm.after(moment)
    assert moment < due <= moment + timedelta(days=8, hours=3)
    assert due.tzinfo is UTC


@given(rhythms, moments)
def test_a_digest_comes_at_its_time_on_the_clocks_of_its_zone_unless_they_leave_it_out(
    rhythm: Rhythm, moment: datetime
) -> None:
    shown = rhythm.after(moment).astimezone(ZoneInfo(rhythm.zone))
    meant = datetime.combine(shown.date(), rhythm.at, tzinfo=ZoneInfo(rhythm.zone))
    is_left_out = meant.astimezone(UTC).astimezone(meant.tzinfo).time() != rhythm.at
    assert shown.time() == rhythm.at or is_left_out or shown.date() != meant.astimezone(UTC).date()


@pytest.mark.parametrize(
    ("day", "at", "expected"),
    [
        ("2026-03-28", "02:30", ["2026-03-28 01:30", "2026-03-29 01:30", "2026-03-30 00:30"]),
        ("2026-10-24", "02:30", ["2026-10-24 00:30", "2026-10-25 00:30", "2026-10-26 01:30"]),
    ],
    ids=["the lost hour", "the doubled hour"],
)
def test_a_digest_comes_once_a_day_when_the_clocks_change(day: str, at: str, expected: list[str]) -> None:
    rhythm = parse_rhythm(f"daily {at} {BERLIN}")
    assert rhythm is not None
    moment, due = datetime.fromisoformat(f"{day}T00:00+01:00").astimezone(UTC), []
    for _ in expected:
        moment = rhythm.after(moment)
        due.append(f"{moment:%Y-%m-%d %H:%M}")
    assert due == expected


def test_a_digest_for_which_nothing_came_in_passes(stores: Stores) -> None:
    stores.channels.set_rhythm(HERE, "daily 09:00 UTC", digest_due=NOW - timedelta(hours=3))
    move_on(stores, now=NOW)
    assert stores.channels.idle_digests(now=NOW + timedelta(hours=20)) == []
    assert [channel.address for channel in stores.channels.idle_digests(now=NOW + timedelta(hours=21))] == [HERE]


def test_a_channel_whose_zone_is_no_longer_known_gets_its_papers_at_once(stores: Stores) -> None:
    stores.channels.set_rhythm(HERE, "daily 09:00 Atlantis/Capital", digest_due=NOW)
    move_on(stores, now=NOW)
    assert stores.channels.get(HERE) == Channel(HERE)


def test_zones_are_found_by_any_part_of_their_name() -> None:
    assert zones_like("berl") == ["Europe/Berlin"]
    assert zones_like("utc")[0] == "UTC"
