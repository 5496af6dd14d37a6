"""Ends of a time as people write them: 3d, until monday, until 24 Dec 9am, tomorrow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.text.clock import time_of_day
from bot.text.dates import days_named
from bot.text.durations import span

UNTIL = re.compile(r"^(?:until|till|til|'til|to|through)\s+")

FOR = re.compile(r"^for\s+(?:the next\s+)?|^the next\s+")

THE = re.compile(r"^(?:over |through )?(?:the )?(?:rest of |end of )?(?:the |this )?")

PERIODS = {"today": "tomorrow", "day": "tomorrow", "tonight": "tomorrow", "week": "monday", "weekend": "monday"}
"""What ends itself, and the day that begins then: the rest of the day, this week, the weekend."""

MORNING, EVENING = time(9), time(18)
"""When people come to work, and leave it."""

BETWEEN = {"at", "in", "the"}

PARTS = {"morning": MORNING, "noon": time(12), "afternoon": time(12), "evening": EVENING}

LONGEST_TEXT = 60
"""Characters that are read."""


def ends_named(text: str, now: datetime, zone: str) -> Sequence[datetime]:
    """The moments that ``text`` may mean, in UTC and after ``now``: one, none, or two where figures may be two days.

    A day without a time ends when the day begins in that zone.
    """
    words = " ".join(text.lower().split()) if len(text) <= LONGEST_TEXT else ""
    is_end = UNTIL.match(words)
    length = None if is_end else span(FOR.sub("", words))
    try:
        there = now.astimezone(ZoneInfo(zone))
        words = FOR.sub("", UNTIL.sub("", words))
        found = [now + length] if length else _moments(words, there, bare=bool(is_end))
        return [moment.astimezone(now.tzinfo) for moment in found if moment > now]
    except OverflowError:
        return []


def _moments(words: str, now: datetime, *, bare: bool) -> Sequence[datetime]:
    """The moments of the day, the time, or both, in the zone of ``now``; a ``bare`` number is a time, too."""
    today = now.date()
    if at := time_of_day(words, bare=bare):
        days = (today + timedelta(days=ahead) for ahead in range(3))
        return [moment for day in days if (moment := datetime.combine(day, at, now.tzinfo)) > now][:1]
    if named := _days(words, today):
        return [datetime.combine(day, time(), now.tzinfo) for day in named]
    return [
        datetime.combine(day, at, now.tzinfo)
        for words_of_day, at in _days_with_time(words.replace(",", " ").split())
        for day in _days(words_of_day, today)
    ][:2]


def _days_with_time(words: list[str]) -> Iterator[tuple[str, time]]:
    """A day and the time behind it, or before it: ``friday at 9``, ``9:00 tomorrow``, ``monday in the morning``."""
    for size in (1, 2):
        for day, written in ((words[:-size], words[-size:]), (words[size:], words[:size])):
            at = PARTS.get(" ".join(written)) or time_of_day(" ".join(written), bare=day[-1:] == ["at"])
            while day and day[-1] in BETWEEN:
                day.pop()
            if day and at:
                yield " ".join(day), at


def _days(words: str, today: date) -> Sequence[date]:
    """The days that begin when what the words name is over, or that they name themselves."""
    if words == "next month":
        return [(today.replace(day=1) + timedelta(days=32)).replace(day=1)]
    words = "monday" if words == "next week" else PERIODS.get(THE.sub("", words), words)
    return days_named(words, today, ahead=True)
