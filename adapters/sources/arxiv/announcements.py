"""When arXiv announces what is submitted: https://info.arxiv.org/help/availability.html.

What arrives by 14:00 in New York on a working day is announced at 20:00, from Sunday to Thursday: at 00:00 or 01:00 UTC
of the next day, which is the day of the list here. On holidays, and when arXiv looks closer at a paper, it is later.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

NEW_YORK = ZoneInfo("America/New_York")

DEADLINE = 14
"""The hour in New York until which papers are taken for the announcement of the evening."""

FRIDAY, SATURDAY = 4, 5


def earliest_list(submitted: datetime) -> date:
    """The first list that a paper can be on which was submitted at that time."""
    local = submitted.astimezone(NEW_YORK)
    taken = local.date() + timedelta(days=local.hour >= DEADLINE)
    if taken.weekday() >= SATURDAY:  # until Monday, for Monday evening
        taken += timedelta(days=7 - taken.weekday())
    # What is taken on Friday is announced on Sunday evening.
    return taken + timedelta(days=3 if taken.weekday() == FRIDAY else 1)


def may_announce(day: date) -> bool:
    """Whether there can be an announcement for the list of that day; on holidays there is none after all."""
    return day.weekday() < SATURDAY


def day_in_new_york(moment: datetime) -> date:
    """The day there, by which the feeds go."""
    return moment.astimezone(NEW_YORK).date()
