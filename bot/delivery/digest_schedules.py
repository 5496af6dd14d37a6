"""Schedules of digests: read as people write them, completed, described, and when the next digest is.

A schedule is written ``daily 09:00 Europe/Berlin``, ``weekdays 09:00 UTC`` or ``weekly mon thu 09:00 UTC``, with
``even if empty`` at its end where digests without papers are wanted too. Its times are those of the clock on the wall,
whatever that does in spring and autumn.
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
"""What is offered to whoever has typed nothing yet."""

LONGEST = 200
"""Characters of a schedule; the longest zone's name has 32."""

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

SHORT_DAYS = tuple(day[:3].lower() for day in DAYS)

WEEK = frozenset(range(7))

WORKING_DAYS = frozenset(range(5))

NO_ZONES = {"Factory", "localtime", "posixrules"}
"""Files among those of the zones that are none."""

NOT_OFFERED = "Etc/"
"""Zones that nobody lives in begin so; ``Etc/GMT+2`` lies two hours *west* of Greenwich."""

REPAIR = "Write it as daily 09:00 Europe/Berlin, weekdays 09:00, weekly mon 09:00, or instant."


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a channel's digests come.

    Attributes:
        weekdays: On which days, Monday being 0; never empty.
        at: The time of day there, to the minute.
        zone: The IANA name of the time zone.
        even_if_empty: Whether a digest without papers comes too.
    """

    weekdays: frozenset[int]
    at: time
    zone: str
    even_if_empty: bool = False

    @classmethod
    def parse(cls, text: str) -> Schedule | None:
        """Read a schedule as people write it; None is ``instant``, papers at once.

        Raises:
            CommandError: It is none.
        """
        words = text[: LONGEST + 1].lower().split()
        if words == [INSTANT]:
            return None
        even_if_empty = " ".join(words[-3:]) == EVEN_IF_EMPTY
        if even_if_empty:
            del words[-3:]
        if len(text) > LONGEST or not words:
            raise CommandError("That is no schedule.", repair=REPAIR)
        weekdays = _weekdays(words)
        at = _time_of_day(words)
        return cls(weekdays, at, _zone("_".join(words)) if words else "UTC", even_if_empty)

    def __str__(self) -> str:
        """The one way in which equal schedules are written; `parse` reads it."""
        some = " ".join(["weekly", *(SHORT_DAYS[day] for day in sorted(self.weekdays))])
        days = {WEEK: "daily", WORKING_DAYS: "weekdays"}.get(self.weekdays, some)
        return f"{days} {self.at:%H:%M} {self.zone}{f' {EVEN_IF_EMPTY}' if self.even_if_empty else ''}"

    def in_words(self) -> str:
        """The schedule as people say it: "every day at 09:00, Europe/Berlin"."""
        some = f"every {listed([DAYS[day] for day in sorted(self.weekdays)])}"
        days = {WEEK: "every day", WORKING_DAYS: "every day from Monday to Friday"}.get(self.weekdays, some)
        empty = ", even when there is nothing new" if self.even_if_empty else ""
        return f"{days} at {self.at:%H:%M}, {self.zone}{empty}"

    def after(self, moment: datetime) -> datetime:
        """The first moment of the schedule after ``moment``, in UTC.

        A time that the clock leaves out comes as much later as the clock was moved; one that it shows twice comes the
        first time: https://peps.python.org/pep-0495/.
        """
        zone = zoneinfo.ZoneInfo(self.zone)
        today = moment.astimezone(zone).date()
        days = (today + timedelta(days=number) for number in range(-1, 9))
        moments = (
            datetime.combine(day, self.at, zone).astimezone(UTC) for day in days if day.weekday() in self.weekdays
        )
        return min(each for each in moments if each > moment)


def completions(text: str) -> Iterator[str]:
    """Schedules that begin with ``text``: common ones, and with the zones that complete its last word."""
    words = text.lower().split()
    place = next((number for number, word in enumerate(words, 1) if ":" in word), 0)
    if not place:
        yield from (each for each in COMMON if each.startswith(" ".join(words)))
        return
    said, typed = " ".join(words[:place]), "_".join(words[place:])
    if not typed or typed in _zones():
        chosen = f"{said} {_zones()[typed]}" if typed else said
        yield chosen
        yield f"{chosen} {EVEN_IF_EMPTY}"
    offered = [name for name in _zones() if not name.startswith(NOT_OFFERED.lower()) and name != typed]
    begun = [name for name in offered if name.startswith(typed)]
    cities = [name for name in offered if name not in begun and name.rpartition("/")[2].startswith(typed)]
    yield from (f"{said} {_zones()[name]}" for name in [*begun, *cities])


def _weekdays(words: list[str]) -> frozenset[int]:
    """Take the days off the beginning."""
    first = words.pop(0)
    if first == "daily":
        return WEEK
    if first == "weekdays":
        return WORKING_DAYS
    if first != "weekly":
        raise CommandError(f"“{first[:40]}” is no schedule that I know.", repair=REPAIR)
    days = set()
    while words and words[0][0].isalpha():
        for name in filter(None, words.pop(0).split(",")):
            days.add(_weekday(name))
    if not days:
        raise CommandError("On which day of the week?", repair="Write it as weekly mon 09:00 Europe/Berlin.")
    return frozenset(days)


def _weekday(name: str) -> int:
    for number, full in enumerate(DAYS):
        if len(name) > 1 and full.lower().startswith(name):
            return number
    raise CommandError(
        f"“{name[:40]}” is no day of the week.", repair="Write it as mon, tue, wed, thu, fri, sat or sun."
    )


def _time_of_day(words: list[str]) -> time:
    """Take the time off the beginning."""
    said = words.pop(0) if words else ""
    found = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", said)
    if not found:
        raise CommandError(
            f"“{said[:40]}” is no time of day." if said else "At what time?",
            repair="Write it as HH:MM, such as 09:00 or 17:30.",
        )
    return time(int(found[1]), int(found[2]))


def _zone(typed: str) -> str:
    """The zone's name as IANA writes it.

    Raises:
        CommandError: There is no such zone.
    """
    known = _zones()
    if typed in known:
        return known[typed]
    offered = {name: full for name, full in known.items() if not full.startswith(NOT_OFFERED)}
    by_city = {name.rpartition("/")[2]: full for name, full in offered.items()}
    near = difflib.get_close_matches(typed, by_city | offered, n=1)
    nearest = (by_city | offered)[near[0]] if near else ""
    raise CommandError(
        f"I know no time zone “{typed[:40]}”.",
        repair=f"Did you mean {nearest}?" if nearest else "Write it as Europe/Berlin, America/New_York or UTC.",
    )


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """The name of every time zone, by itself in lower case."""
    return {name.lower(): name for name in sorted(zoneinfo.available_timezones() - NO_ZONES)}
