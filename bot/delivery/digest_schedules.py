"""Schedules of digests: parses, completes and describes them, and computes their next moment.

A schedule is written ``daily 09:00 Europe/Berlin``, ``weekdays 09:00 UTC`` or ``weekly mon thu 09:00 UTC``, followed by
``even if empty`` if digests without papers are wanted too. Its times are local: 09:00 is 09:00 in summer and in winter.
"""

from __future__ import annotations

import difflib
import re
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

from bot.errors import CommandError
from bot.text.figures import listed

INSTANT = "instant"

EVEN_IF_EMPTY = "even if empty"

COMMON = ("daily 09:00", "weekdays 09:00", "weekly mon 09:00", INSTANT)
"""Completions while no time of day has been typed."""

LONGEST = 200
"""Longest schedule, in characters; the longest name of a zone has 32."""

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

SHORT_DAYS = tuple(day[:3].lower() for day in DAYS)

WEEK = frozenset(range(7))

WORKING_DAYS = frozenset(range(5))

NOT_ZONES = {"Factory", "localtime", "posixrules"}
"""Files in the tz database that are not time zones."""

NOT_OFFERED = "Etc/"
"""The prefix of zones that are no place; their signs mislead: ``Etc/GMT+2`` is two hours *west* of Greenwich."""

REPAIR = "Write it as daily 09:00 Europe/Berlin, weekdays 09:00, weekly mon 09:00, or instant."


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a channel's digests are posted.

    Attributes:
        weekdays: The days of the week, Monday being 0; never empty.
        at: The local time of day, to the minute.
        zone: The IANA name of the time zone.
        even_if_empty: Whether digests without papers are posted too.
    """

    weekdays: frozenset[int]
    at: time
    zone: str
    even_if_empty: bool = False

    @classmethod
    def parse(cls, text: str) -> Schedule | None:
        """Parse a schedule as people write it; None for ``instant``, which means no digests.

        Raises:
            CommandError: ``text`` is not a schedule.
        """
        # The limit is checked below; until then, do not split a text of any length.
        words = text[: LONGEST + 1].lower().split()
        if words == [INSTANT]:
            return None
        even_if_empty = " ".join(words[-3:]) == EVEN_IF_EMPTY
        if even_if_empty:
            del words[-3:]
        if len(text) > LONGEST or not words:
            raise CommandError("I don't understand that schedule.", repair=REPAIR)
        weekdays = _take_weekdays(words)
        at = _take_time(words)
        # What is left is the zone, whose spaces people type where IANA has underscores.
        return cls(weekdays, at, _zone("_".join(words)) if words else "UTC", even_if_empty)

    def __str__(self) -> str:
        """The canonical form, the same for equal schedules; `parse` reads it."""
        weekly = " ".join(["weekly", *(SHORT_DAYS[day] for day in sorted(self.weekdays))])
        days = {WEEK: "daily", WORKING_DAYS: "weekdays"}.get(self.weekdays, weekly)
        return f"{days} {self.at:%H:%M} {self.zone}{f' {EVEN_IF_EMPTY}' if self.even_if_empty else ''}"

    def in_words(self) -> str:
        """The schedule as people say it: "every day at 09:00 (Europe/Berlin)"."""
        weekly = f"every {listed([DAYS[day] for day in sorted(self.weekdays)])}"
        days = {WEEK: "every day", WORKING_DAYS: "every weekday"}.get(self.weekdays, weekly)
        empty = ", even if there is nothing new" if self.even_if_empty else ""
        return f"{days} at {self.at:%H:%M} ({self.zone}){empty}"

    def after(self, moment: datetime) -> datetime:
        """The first moment of the schedule after ``moment``, in UTC.

        When the clocks go forward, a time that is left out moves by as much as they do. When they go back, a time that
        comes twice counts the first time: https://peps.python.org/pep-0495/.
        """
        zone = zoneinfo.ZoneInfo(self.zone)
        today = moment.astimezone(zone).date()
        # From yesterday, whose time may have moved past midnight, to the same weekday of next week and the day after.
        days = (today + timedelta(days=number) for number in range(-1, 9))
        moments = (
            datetime.combine(day, self.at, zone).astimezone(UTC) for day in days if day.weekday() in self.weekdays
        )
        return min(candidate for candidate in moments if candidate > moment)


def completions(text: str) -> Iterator[str]:
    """Schedules that complete ``text``: common ones until it has a time, then ones with the zones that it may mean."""
    words = text.lower().split()
    time_ends = next((number for number, word in enumerate(words, 1) if ":" in word), 0)
    if not time_ends:
        yield from (schedule for schedule in COMMON if schedule.startswith(" ".join(words)))
        return
    beginning, typed = " ".join(words[:time_ends]), "_".join(words[time_ends:])
    if not typed or typed in _zones():  # it is complete as it stands
        complete = f"{beginning} {_zones()[typed]}" if typed else beginning
        yield complete
        yield f"{complete} {EVEN_IF_EMPTY}"
    offered = [name for name in _zones() if not name.startswith(NOT_OFFERED.lower()) and name != typed]
    by_name = [name for name in offered if name.startswith(typed)]
    by_city = [name for name in offered if name not in by_name and name.rpartition("/")[2].startswith(typed)]
    yield from (f"{beginning} {_zones()[name]}" for name in [*by_name, *by_city])


def _take_weekdays(words: list[str]) -> frozenset[int]:
    """Remove the days from the beginning of ``words``, and return them.

    Raises:
        CommandError: ``words`` does not begin with days.
    """
    first = words.pop(0)
    if first == "daily":
        return WEEK
    if first == "weekdays":
        return WORKING_DAYS
    if first != "weekly":
        raise CommandError(f"I don't understand the schedule “{first[:40]}”.", repair=REPAIR)
    days = set()
    while words and words[0][0].isalpha():
        for name in filter(None, words.pop(0).split(",")):
            days.add(_weekday(name))
    if not days:
        raise CommandError("On which days of the week?", repair="Write it as weekly mon 09:00 Europe/Berlin.")
    return frozenset(days)


def _weekday(name: str) -> int:
    for number, full in enumerate(DAYS):
        if len(name) > 1 and full.lower().startswith(name):  # "t" may be Tuesday or Thursday
            return number
    raise CommandError(
        f"I can't read “{name[:40]}” as a day of the week.",
        repair="Write it as mon, tue, wed, thu, fri, sat or sun.",
    )


def _take_time(words: list[str]) -> time:
    """Remove the time from the beginning of ``words``, and return it.

    Raises:
        CommandError: ``words`` does not begin with a time.
    """
    word = words.pop(0) if words else ""
    found = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", word)
    if not found:
        raise CommandError(
            f"I can't read “{word[:40]}” as a time." if word else "At what time?",
            repair="Write it as HH:MM, for example 09:00 or 17:30.",
        )
    return time(int(found[1]), int(found[2]))


def _zone(typed: str) -> str:
    """The name of a time zone as IANA spells it.

    Raises:
        CommandError: There is no such zone.
    """
    zones = _zones()
    if typed in zones:
        return zones[typed]
    offered = {name: full for name, full in zones.items() if not full.startswith(NOT_OFFERED)}
    # People know the zone of their city by the city, so "berlin" must be near to "Europe/Berlin".
    by_city = {name.rpartition("/")[2]: full for name, full in offered.items()}
    near = difflib.get_close_matches(typed, by_city | offered, n=1)
    nearest = (by_city | offered)[near[0]] if near else ""
    raise CommandError(
        f"I don't know the time zone “{typed[:40]}”.",
        repair=f"Did you mean {nearest}?" if nearest else "Write it as Europe/Berlin, America/New_York or UTC.",
    )


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """The name of every time zone, by its lower-case form."""
    return {name.lower(): name for name in sorted(zoneinfo.available_timezones() - NOT_ZONES)}
