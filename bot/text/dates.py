"""Days as people write them: tuesday, last friday, 24 Nov, 24.11., 2026-11-24, 3 days ago."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from bot.text.durations import span

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTHS = "january february march april may june july august september october november december".split()

RELATIVE = {
    "today": 0,
    "now": 0,
    "this morning": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "day before yesterday": -2,
    "day after tomorrow": 2,
}

DAY = timedelta(days=1)

WEEK = 7

SOON = timedelta(days=7)
"""How far ahead a day without a year may lie where days gone by are meant."""

FIRST_YEAR = 1900
"""An earlier year is a slip."""

LEAP = 8
"""Years within which there is a 29 February: 1900 and 2100 have none."""

SHORTEST = 3
"""Letters by which the name of a weekday or month is known."""

LONGEST_TEXT = 60
"""Characters that are read."""

AROUND = re.compile(r"^(?:on|the|from|of) |(?:'s)?(?: papers| list)?$")
"""What people write around a day."""

# [0-9], since \d also matches the digits of other scripts.
YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})")
FIGURES = re.compile(r"([0-9]{1,2}) ?([-/.]) ?([0-9]{1,2})(?: ?\2 ?([0-9]{4}|[0-9]{2})?)?")
DAY_FIRST = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ .-]{0,2}(?:of )?([a-z]{3,9})(?:[ .-]{0,2}([0-9]{4}))?")
MONTH_FIRST = re.compile(r"([a-z]{3,9})[ .-]{0,2}([0-9]{1,2})(?:st|nd|rd|th)?(?: ([0-9]{4}))?")
ORDINAL = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)")
WITH_WEEKDAY = re.compile(r"([a-z]{3,9})\.? (.+)")


def days_named(text: str, today: date, *, ahead: bool = False) -> tuple[date, ...]:
    """The days that ``text`` may mean: one, none, or the two that figures such as ``3/4`` may be.

    Args:
        text: As people write it, in English.
        today: The present day.
        ahead: Whether a weekday, or a day without a year, is the next one; otherwise it is the latest.
    """
    words = " ".join(text.lower().replace(",", " ").split()) if len(text) <= LONGEST_TEXT else ""
    words = AROUND.sub("", AROUND.sub("", words))
    if words in RELATIVE:
        return (today + RELATIVE[words] * DAY,)
    days = _Days(today, ahead=ahead)
    forms = (days.counted, days.weekday, _year_first, days.figures, days.with_month, days.ordinal, days.with_weekday)
    found = next((found for read in forms if (found := read(words))), ())
    return tuple(dict.fromkeys(found))


def weekday_named(word: str) -> int | None:
    """The weekday, Monday being 0, by its name, or the beginning of it: ``mon``, ``tues``, ``Fridays``; else None."""
    name = word.lower().removesuffix(".").removesuffix("'s")
    name = name.removesuffix("s") if name.endswith("days") else {"weds": "wed"}.get(name, name)
    found = [number for number, weekday in enumerate(WEEKDAYS) if len(name) > 1 and weekday.startswith(name)]
    return found[0] if len(found) == 1 else None


class _Days:
    """Reads days as seen from the present one, a form at a time; none where the words have another form."""

    def __init__(self, today: date, *, ahead: bool) -> None:
        self._today = today
        self._ahead = ahead

    def counted(self, words: str) -> Iterable[date]:
        """``3 days ago``, ``in a week``; with ``ahead`` also ``3 days from now``."""
        ago, within = re.fullmatch(r"(.+) ago", words), re.fullmatch(r"in (.+)|(.+) from (?:now|today)", words)
        found = ago or within
        length = span(found[1] or found[2]) if found else None
        if length is None or length % DAY:
            return ()
        try:
            return (self._today - length if ago else self._today + length,)
        except OverflowError:
            return ()

    def weekday(self, words: str) -> Iterable[date]:
        """``tuesday``, ``last friday``, ``next mon``, ``this thursday``."""
        which, _, name = words.rpartition(" ")
        weekday = weekday_named(name) if len(name) >= SHORTEST else None
        if weekday is None or which not in {"", "last", "past", "previous", "next", "this", "coming"}:
            return ()
        back = (self._today.weekday() - weekday) % WEEK
        if which == "this":
            return (self._today + (weekday - self._today.weekday()) * DAY,)
        if which in {"next", "coming"} or (self._ahead and not which):
            return (self._today + (WEEK - back) * DAY,)
        return (self._today - (back or (WEEK if which else 0)) * DAY,)

    def figures(self, words: str) -> Iterable[date]:
        """``24.11.`` is always the 24th of November; ``24/11`` and ``11/24`` are, and ``3/4`` may be either."""
        found = FIGURES.fullmatch(words)
        if not found:
            return ()
        first, mark, second, year = found.groups()
        orders = [(first, second)] if mark == "." else [(first, second), (second, first)]
        return [day for number, month in orders for day in self._in_year(int(number), int(month), year or "")]

    def with_month(self, words: str) -> Iterable[date]:
        """``24 Nov``, ``Nov 24``, ``24th of November 2026``, ``November 24, 2026``."""
        if found := DAY_FIRST.fullmatch(words):
            number, name, year = found.groups()
        elif found := MONTH_FIRST.fullmatch(words):
            name, number, year = found.groups()
        else:
            return ()
        months = [number for number, month in enumerate(MONTHS, 1) if len(name) >= SHORTEST and month.startswith(name)]
        return self._in_year(int(number), months[0], year or "") if len(months) == 1 else ()

    def ordinal(self, words: str) -> Iterable[date]:
        """``24th``: the latest 24th of a month, or the next one."""
        found = ORDINAL.fullmatch(words)
        if not found:
            return ()
        near = [self._today + number * DAY for number in (range(1, 63) if self._ahead else range(0, -63, -1))]
        return [day for day in near if day.day == int(found[1])][:1]

    def with_weekday(self, words: str) -> Iterable[date]:
        """``Tue 24 Nov``, where the weekday is right."""
        found = WITH_WEEKDAY.fullmatch(words)
        weekday = weekday_named(found[1]) if found else None
        if found is None or weekday is None:
            return ()
        days = next((days for read in (_year_first, self.figures, self.with_month) if (days := read(found[2]))), ())
        return [day for day in days if day.weekday() == weekday]

    def _in_year(self, number: int, month: int, year: str) -> list[date]:
        """That day, of the year if one is written, else of the year that fits."""
        if year:
            return _dates([(f"20{year}"[-4:], str(month), str(number))])
        years = range(self._today.year - LEAP, self._today.year + LEAP + 1)
        days = _dates((str(one), str(month), str(number)) for one in years)
        if self._ahead:
            return [day for day in days if day >= self._today][:1]
        return [day for day in days if day <= self._today + SOON][-1:]


def _year_first(words: str) -> Iterable[date]:
    """``2026-11-24``, ``2026/11/24``, ``20261124``."""
    found = YEAR_FIRST.fullmatch(words)
    return _dates([(found[1] or found[5], found[3] or found[6], found[4] or found[7])]) if found else ()


def _dates(parts: Iterable[tuple[str, str, str]]) -> list[date]:
    """The dates of these years, months and days that exist, in years that somebody may mean."""
    found = []
    for year, month, number in parts:
        try:
            day = date(int(year), int(month), int(number))
        except ValueError:
            continue
        if day.year >= FIRST_YEAR:
            found.append(day)
    return found
