"""When schedules are due in every zone, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.delivery.digest_schedules import Schedule
from tests.bot.delivery.schedules import SCHEDULES, parsed

MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2045, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants them bare


def local(moments: list[datetime], zone: str) -> list[str]:
    """The moments in local time."""
    return [f"{moment.astimezone(ZoneInfo(zone)):%d %b %H:%M}" for moment in moments]


def following(schedule: Schedule, moment: datetime, count: int) -> list[datetime]:
    """The next ``count`` moments of the schedule."""
    found = [moment]
    for _ in range(count):
        found.append(schedule.after(found[-1]))
    return found[1:]


def exists(day: datetime, zone: ZoneInfo) -> bool:
    """Whether that local time exists, or is left out when the clocks go forward."""
    return day.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == day


@given(schedule=SCHEDULES, moment=MOMENTS)
def test_the_next_moment_is_later_and_in_utc(schedule: Schedule, moment: datetime) -> None:
    found = schedule.after(moment)
    assert moment < found <= moment + timedelta(days=8)
    assert found.tzinfo is UTC


@given(schedule=SCHEDULES, moment=MOMENTS)
def test_a_digest_comes_at_its_local_time_unless_that_is_left_out_that_day(
    schedule: Schedule, moment: datetime
) -> None:
    zone = ZoneInfo(schedule.zone)
    shown = schedule.after(moment).astimezone(zone)
    assume(exists(datetime.combine(shown.date(), schedule.at), zone))
    assume(exists(datetime.combine(shown.date() - timedelta(days=1), schedule.at), zone))
    assert shown.time() == schedule.at
    assert shown.weekday() in schedule.weekdays
    assert shown.fold == 0


@given(schedule=SCHEDULES, moment=MOMENTS)
def test_no_day_of_the_schedule_is_left_out_or_comes_twice(schedule: Schedule, moment: datetime) -> None:
    zone = ZoneInfo(schedule.zone)
    first, second = following(schedule, moment, 2)
    between = (second.astimezone(zone).date() - first.astimezone(zone).date()).days
    days = {(first.astimezone(zone).date() + timedelta(days=number)).weekday() for number in range(1, between)}
    assume(exists(datetime.combine(first.astimezone(zone).date(), schedule.at), zone))
    assert between >= 1
    assert not days & schedule.weekdays


@given(schedule=SCHEDULES, moment=MOMENTS, part=st.floats(0, 1))
def test_nothing_lies_between_a_moment_and_the_next(schedule: Schedule, moment: datetime, part: float) -> None:
    found = schedule.after(moment)
    between = min(moment + (found - moment) * part, found - timedelta(microseconds=1))
    assert schedule.after(between) == found


@pytest.mark.parametrize(
    ("written", "start", "shown"),
    [
        (
            "daily 02:30 Europe/Berlin",
            datetime(2026, 3, 28, tzinfo=UTC),
            ["28 Mar 02:30", "29 Mar 03:30", "30 Mar 02:30"],
        ),
        (
            "daily 02:30 Europe/Berlin",
            datetime(2026, 10, 24, tzinfo=UTC),
            ["24 Oct 02:30", "25 Oct 02:30", "26 Oct 02:30"],
        ),
        (
            "daily 02:30 America/New_York",
            datetime(2026, 3, 7, tzinfo=UTC),
            ["07 Mar 02:30", "08 Mar 03:30", "09 Mar 02:30"],
        ),
        (
            "daily 01:30 America/New_York",
            datetime(2026, 10, 31, tzinfo=UTC),
            ["31 Oct 01:30", "01 Nov 01:30", "02 Nov 01:30"],
        ),
        (
            "daily 02:15 Australia/Lord_Howe",
            datetime(2026, 10, 2, 18, tzinfo=UTC),
            ["04 Oct 02:45", "05 Oct 02:15", "06 Oct 02:15"],
        ),
        (
            "daily 00:15 Asia/Kolkata",
            datetime(2026, 3, 28, tzinfo=UTC),
            ["29 Mar 00:15", "30 Mar 00:15", "31 Mar 00:15"],
        ),
        (
            "weekly sun 02:30 Europe/Berlin",
            datetime(2026, 3, 23, tzinfo=UTC),
            ["29 Mar 03:30", "05 Apr 02:30", "12 Apr 02:30"],
        ),
        (
            "weekdays 23:30 Pacific/Auckland",
            datetime(2026, 4, 2, tzinfo=UTC),
            ["02 Apr 23:30", "03 Apr 23:30", "06 Apr 23:30"],
        ),
    ],
)
def test_changes_of_the_clock_neither_double_nor_drop_a_digest(written: str, start: datetime, shown: list[str]) -> None:
    schedule = parsed(written)
    assert local(following(schedule, start, 3), schedule.zone) == shown


def test_a_time_that_comes_twice_comes_the_first_time() -> None:
    schedule = parsed("daily 02:30 Europe/Berlin")
    [found] = following(schedule, datetime(2026, 10, 24, 12, tzinfo=UTC), 1)
    assert found == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert schedule.after(found) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def test_a_day_that_a_zone_left_out_brings_no_second_digest() -> None:
    """Samoa crossed the date line: there was no 30 December 2011."""
    schedule = parsed("daily 09:00 Pacific/Apia")
    assert local(following(schedule, datetime(2011, 12, 29, tzinfo=UTC), 3), schedule.zone) == [
        "29 Dec 09:00",
        "31 Dec 09:00",
        "01 Jan 09:00",
    ]
