"""Schedules of digests: parses, completes and describes them, and computes their next moment.

A schedule is kept as ``daily 09:00 Europe/Berlin``, ``weekdays 09:00 UTC`` or ``weekly mon thu 09:00 UTC``, followed by
``top 10`` if a digest shows the papers with most votes and offers the rest, and by ``even if empty`` if digests without
papers are wanted too. People may write it in other ways, such as ``mondays 9am
Berlin``. Its times are local: 09:00 is 09:00 in summer and in winter.
"""

from __future__ import annotations

import logging
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from bot.delivery.schedule_errors import (
    not_a_day,
    not_a_schedule,
    not_a_time,
    not_a_top,
    not_a_zone,
    several_times,
    which_zone,
    without_days,
    without_time,
)
from bot.delivery.schedule_words import WEEK, WORKING_DAYS, ScheduleWords, words_of
from bot.domain import DIGEST_LIMIT
from bot.errors import CommandError
from bot.text.dates import WEEKDAYS
from bot.text.figures import listed, zone_in_words
from bot.text.zones import nearest_zone, zones_beginning, zones_meant

INSTANT = "instant"

OFF = {
    *("instant", "instantly", "immediate", "immediately", "at once", "as they come", "live", "real time"),
    *("off", "none", "never", "no", "stop", "disable", "no digest", "no digests", "cancel"),
}
"""What people write for no digest."""

EVEN_IF_EMPTY = "even if empty"

COMMON = ("daily 09:00", "weekdays 09:00", "weekly mon 09:00", "daily 09:00 top 10", INSTANT)
"""Completions while no time of day has been typed."""

MOST = DIGEST_LIMIT
"""The most papers that a digest can be limited to: those of one message."""

USUAL = time(9)
"""The time that is offered where none is named."""

LONGEST = 200
"""Longest schedule, in characters; the longest name of a zone has 32."""

DAYS = tuple(day.capitalize() for day in WEEKDAYS)

SHORT_DAYS = tuple(day[:3] for day in WEEKDAYS)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a channel's digests are posted.

    Attributes:
        weekdays: The days of the week, Monday being 0; never empty.
        at: The local time of day, to the minute.
        zone: The IANA name of the time zone.
        even_if_empty: Whether digests without papers are posted too.
        top: How many papers a digest shows, from 1 to `MOST`; None for all.
    """

    weekdays: frozenset[int]
    at: time
    zone: str
    even_if_empty: bool = False
    top: int | None = None

    @classmethod
    def parse(cls, text: str, *, zone: str = "UTC") -> Schedule | None:
        """Parse a schedule as people write it; None for ``instant``, which means no digests.

        Args:
            text: The schedule.
            zone: The IANA name of the zone of its time where it names none.

        Raises:
            CommandError: ``text`` is not a schedule.
        """
        # The limit comes first, so that a text of any length is not split.
        typed = " ".join(text.split()) if len(text) <= LONGEST else ""
        if typed.lower().removesuffix(".") in OFF:
            return None
        words = words_of(typed)
        if words.skips:
            raise not_a_schedule(typed)
        if not (words.weekdays or words.is_weekly or words.times or words.says_nothing):
            number = next((word for word in words.zone if word[0].isdigit()), "")
            raise not_a_time(number) if number else not_a_schedule(typed)
        usual = cls(
            frozenset(words.weekdays or WEEK),
            (*words.times, USUAL)[0],
            zone,
            words.even_if_empty,
            None if words.top is None else min(max(words.top, 1), MOST),
        )
        named = replace(usual, zone=_zone(words, typed, usual))
        if words.is_weekly and not words.weekdays:
            raise without_days([str(replace(named, weekdays=frozenset({day}))) for day in sorted(WORKING_DAYS)])
        if words.top != named.top:
            raise not_a_top(words.top or 0, MOST, str(named))
        if not words.times:
            raise without_time(str(named))
        if len(words.times) > 1:
            raise several_times([str(replace(named, at=at)) for at in words.times])
        return named

    def __str__(self) -> str:
        """The canonical form, the same for equal schedules; `parse` reads it."""
        return f"{self.days} {self.at:%H:%M} {self.zone} {self.ending}".rstrip()

    @property
    def days(self) -> str:
        """The first words of the canonical form: ``daily``, ``weekdays`` or ``weekly mon thu``."""
        weekly = " ".join(["weekly", *(SHORT_DAYS[day] for day in sorted(self.weekdays))])
        return {WEEK: "daily", WORKING_DAYS: "weekdays"}.get(self.weekdays, weekly)

    @property
    def ending(self) -> str:
        """The last words of the canonical form, after the zone: ``top 10 even if empty``; may be empty."""
        return " ".join(filter(None, [f"top {self.top}" if self.top else "", EVEN_IF_EMPTY * self.even_if_empty]))

    @property
    def without_zone(self) -> str:
        """The canonical form without the zone: ``daily 09:00 top 10``."""
        return f"{self.days} {self.at:%H:%M} {self.ending}".rstrip()

    def in_words(self) -> str:
        """The schedule as people say it: "every day at 09:00 (Europe/Berlin)"."""
        weekly = f"every {listed([DAYS[day] for day in sorted(self.weekdays)])}"
        days = {WEEK: "every day", WORKING_DAYS: "every weekday"}.get(self.weekdays, weekly)
        top = f", top {self.top} by votes" if self.top else ""
        empty = ", even if there is nothing new" if self.even_if_empty else ""
        return f"{days} at {self.at:%H:%M} ({zone_in_words(self.zone)}){top}{empty}"

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


def read_stored(text: str) -> Schedule | None:
    """A stored schedule; None if it is no longer understood, since its time zone has left the tz database."""
    try:
        return Schedule.parse(text)
    except CommandError as error:
        log.warning("A stored schedule is no longer understood: %s", error.message)
        return None


def completions(text: str) -> Iterator[str]:
    """Schedules that complete ``text``: common ones until it has a time, then ones with the zones that it may mean."""
    yield from dict.fromkeys(_completions(text.lower().split()))


def _completions(words: list[str]) -> Iterator[str]:
    yield from (schedule for schedule in COMMON if schedule.startswith(" ".join(words)))
    time_ends = next((number for number, word in enumerate(words, 1) if ":" in word), 0)
    beginning, zone = " ".join(words[:time_ends]), " ".join(words[time_ends:])
    if time_ends and not zone:
        # The zone is left to that of the person.
        yield from (beginning, f"{beginning} top {MOST}", f"{beginning} {EVEN_IF_EMPTY}")
    elif meant := _readable(" ".join(words)):
        yield from (str(meant), str(replace(meant, top=meant.top or MOST)), str(replace(meant, even_if_empty=True)))
    if zone and f"top {MOST}".startswith(zone):
        yield f"{beginning} top {MOST}"
    if time_ends:
        yield from (f"{beginning} {name}" for name in zones_beginning(zone))


def _readable(text: str) -> Schedule | None:
    """The schedule in ``text``; None if it is none, or cannot be read."""
    try:
        return Schedule.parse(text)
    except CommandError:
        return None


def _zone(words: ScheduleWords, typed: str, schedule: Schedule) -> str:
    """The zone that the words name; that of ``schedule`` if they name none.

    Raises:
        CommandError: They name none that exists, or several; or there are words that nobody understands.
    """
    if not words.zone:
        return schedule.zone
    named = " ".join(words.zone)
    place = typed.lower().find(named)
    named = typed[place : place + len(named)] if place >= 0 else named
    zones = zones_meant(named)
    if len(zones) == 1 and not words.strange:
        return zones[0]
    number = next((word for word in words.zone if word[0].isdigit()), "")
    if not zones and number and (not words.times or number == named):
        raise not_a_time(number)
    if words.strange or (words.leads and not zones):
        # What stands before the time is more likely meant as days than as a zone.
        raise not_a_day(words.zone[0]) if words.is_weekly and words.times else not_a_schedule(typed)
    if zones:
        raise which_zone(named, zones, [str(replace(schedule, zone=zone)) for zone in zones])
    nearest = nearest_zone(named)
    raise not_a_zone(named, str(replace(schedule, zone=nearest or schedule.zone)), nearest)
