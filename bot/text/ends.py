"""Ends of a time as people write them: 3d, until monday, until 24 Dec 9am, tomorrow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.text.clock import time_of_day
from bot.text.dates import days_named
from bot.text.durations import span

UNTIL = re.compile(r"^(?:until|till|til|'til|to|through)\s+")

FOR = re.compile(r"^for\s+(?:the next\s+)?|^the next\s+")

AT = re.compile(r"(.*?)\s*(?:\b(at|,)\s*)?(\S+(?:\s+[ap]\.?m\.?)?)")
"""A day, and a time behind it."""

LATER = {"today": 1, "the end of today": 1, "end of day": 1}
"""Days that end themselves: the pause is over when the next one begins."""

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
        found = [now + length] if length else _moments(UNTIL.sub("", words), now.astimezone(ZoneInfo(zone)))
        return [moment.astimezone(now.tzinfo) for moment in found if moment > now]
    except OverflowError:
        return []


def _moments(words: str, now: datetime) -> Sequence[datetime]:
    """The moments of the day, the time, or both, in the zone of ``now``."""
    today = now.date()
    if at := time_of_day(words):
        days = (today + timedelta(days=ahead) for ahead in range(3))
        return [moment for day in days if (moment := datetime.combine(day, at, now.tzinfo)) > now][:1]
    if words == "next week":
        words = "monday"
    days_of_it = [today + timedelta(days=LATER[words])] if words in LATER else days_named(words, today, ahead=True)
    found = AT.fullmatch(words)
    at = time_of_day(found[3], bare=bool(found[2])) if found and not days_of_it else None
    if found and at:
        days_of_it = days_named(found[1], today, ahead=True)
    return [datetime.combine(day, at or time(), now.tzinfo) for day in days_of_it]
