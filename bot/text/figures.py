"""Numbers, days and times as people read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

FIXED = "Etc/GMT"

LONG_AGO = timedelta(days=60)
"""From when on a day says more than the number of days since."""

OTHER_SIGN = str.maketrans("+-", "-+")


def counted(number: int, noun: str, plural: str = "") -> str:
    """The number with its noun: "no papers", "1 paper", "1,204 papers"; ``plural`` where an s is not enough."""
    if number == 1:
        return f"1 {noun}"
    return f"{f'{number:,}' if number else 'no'} {plural or f'{noun}s'}"


def rounded(estimate: float) -> int:
    """An estimate to two digits; more would look exact."""
    return int(round(estimate, 2 - len(str(int(estimate)))))


def megabytes(size: int) -> str:
    """A size in bytes: "0.4 MB", "213 MB"."""
    millions = size / 1_000_000
    return f"{millions:,.0f} MB" if millions >= 10 else f"{millions:.1f} MB"  # noqa: PLR2004 - two digits are enough


def day(when: date) -> str:
    """A day: "3 August 2026"."""
    return f"{when.day} {when:%B %Y}"


def day_and_month(when: date) -> str:
    """A day of this year: "3 August"."""
    return f"{when.day} {when:%B}"


def day_beside(when: date, beside: date) -> str:
    """A day, with its year where that is not the year of the day beside it: "3 August", "3 August 2025"."""
    return day_and_month(when) if when.year == beside.year else day(when)


def zone_in_words(zone: str) -> str:
    """A time zone by its IANA name; ``Etc/GMT-2``, whose sign is that of POSIX, is "UTC+2"."""
    return f"UTC{zone.removeprefix(FIXED).translate(OTHER_SIGN)}" if zone.startswith(FIXED) else zone


def short_day(when: date, beside: date) -> str:
    """A day in few letters, with its year where that is not the year of the day beside it: "12 Mar", "5 Apr 2023"."""
    return f"{when.day} {when:%b}" + (f" {when.year}" if when.year != beside.year else "")


def moment(when: datetime, zone: str = "UTC") -> str:
    """A moment in a time zone, to the minute: "3 August 2026, 14:05 UTC"."""
    there = when.astimezone(ZoneInfo(zone))
    return f"{day(there.date())}, {there:%H:%M} {zone_in_words(zone)}"


def ago(when: datetime, now: datetime) -> str:
    """How long ago a moment was: "just now", "5 minutes ago", "3 days ago"; the day if it was `LONG_AGO`."""
    passed = now - when
    if passed >= LONG_AGO:
        return f"on {day(when.date())}"
    for length, noun in ((timedelta(days=1), "day"), (timedelta(hours=1), "hour"), (timedelta(minutes=1), "minute")):
        if passed >= length:
            return f"{counted(passed // length, noun)} ago"
    return "just now"


def listed(names: Sequence[str], conjunction: str = "and") -> str:
    """Several things in a sentence: "Monday", "Monday and Thursday", "Monday, Tuesday and Thursday"."""
    return f" {conjunction} ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def days(first: date, last: date, *, beside: date) -> str:
    """The days from ``first`` to ``last``, with the year where that is not the year of the day beside them.

    "Tuesday 24 November", "3–5 August", "31 July – 2 August 2025".
    """
    year = f" {last.year}" if last.year != beside.year else ""
    if first == last:
        return f"{last:%A} {day_and_month(last)}{year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_and_month(last)}{year}"
    since = day_and_month(first) if first.year == last.year else day(first)
    return f"{since} – {day_and_month(last)}{year}" if first.year == last.year else f"{since} – {day(last)}"
