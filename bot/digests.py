"""When a channel gets its papers together: the rhythm of its digests."""

from __future__ import annotations

import difflib
import logging
import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from bot.domain import Channel
from bot.errors import CommandError
from bot.ports import Stores

INSTANT = "instant"
"""How it is said that every paper comes as soon as it is found."""

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EVERY_DAY, WEEKDAYS = frozenset(range(7)), frozenset(range(5))

EXAMPLE = "Write it as daily 09:00 Europe/Berlin, weekdays 09:00, weekly mon 09:00, or instant."

WRITTEN = re.compile(
    r"(?P<how>daily|weekdays|weekly\s+(?P<day>[a-z]+))\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?:\s+(?P<zone>\S+))?",
    re.IGNORECASE | re.ASCII,
)


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Digests on certain days of the week, at a time of day.

    Attributes:
        days: Of the week, Monday is 0.
        at: The time on the clocks of the zone.
        zone: Its IANA name: https://www.iana.org/time-zones.
    """

    days: frozenset[int]
    at: time
    zone: str = "UTC"

    def __str__(self) -> str:
        """As it is written; `parse_rhythm` reads it again."""
        if self.days == EVERY_DAY:
            how = "daily"
        elif self.days == WEEKDAYS:
            how = "weekdays"
        else:
            how = f"weekly {DAYS[min(self.days)][:3]}"
        return f"{how} {self.at:%H:%M} {self.zone}"

    def in_words(self) -> str:
        """As it is said: "every Monday at 09:00 (Europe/Berlin)"."""
        if self.days == EVERY_DAY:
            how = "every day"
        elif self.days == WEEKDAYS:
            how = "Monday to Friday"
        else:
            how = f"every {DAYS[min(self.days)].capitalize()}"
        return f"{how} at {self.at:%H:%M} ({self.zone})"

    def after(self, moment: datetime) -> datetime:
        """The first digest after ``moment``, in UTC.

        A time that the clocks leave out comes once, as much later as they were put forward; of one that they show
        twice, the first counts.
        """
        zone = ZoneInfo(self.zone)
        today = moment.astimezone(zone).date()
        days = (today + timedelta(days=ahead) for ahead in range(-1, 9))
        moments = (
            datetime.combine(day, self.at, tzinfo=zone).astimezone(UTC) for day in days if day.weekday() in self.days
        )
        return next(each for each in moments if each > moment)


def parse_rhythm(text: str) -> Rhythm | None:
    """Read a rhythm; None is every paper at once.

    Raises:
        CommandError: It is written in another way.
    """
    if text.strip().lower() == INSTANT:
        return None
    written = WRITTEN.fullmatch(text.strip())
    if written is None:
        raise CommandError(f"I do not understand the schedule “{text[:60]}”.", repair=EXAMPLE)
    hour, minute = int(written["hour"]), int(written["minute"])
    if hour not in range(24) or minute not in range(60):
        raise CommandError(f"There is no time {hour}:{minute:02}.", repair="Times go from 00:00 to 23:59.")
    days = _days(written["day"]) if written["day"] else WEEKDAYS if written["how"].lower() == "weekdays" else EVERY_DAY
    return Rhythm(days, time(hour, minute), _zone(written["zone"] or "UTC"))


def rhythm_of(channel: Channel) -> Rhythm | None:
    """The channel's rhythm; None for one that has none, or whose zone is no longer known."""
    try:
        return parse_rhythm(channel.rhythm or INSTANT)
    except CommandError as error:
        log.warning("%s gets its papers at once: %s", channel.address, error.message)
        return None


def move_on(stores: Stores, *, now: datetime) -> None:
    """Let digests pass for which nothing has come in: what comes later waits for the next.

    Raises:
        StorageError: The database cannot be used.
    """
    for channel in stores.channels.idle_digests(now=now):
        rhythm = rhythm_of(channel)
        due = rhythm.after(now) if rhythm else None
        stores.channels.set_rhythm(channel.address, str(rhythm or ""), digest_due=due)


def zones_like(text: str) -> list[str]:
    """Zones whose names have ``text`` in them, those that begin so first."""
    wanted = text.casefold()
    found = [zone for name, zone in _zones().items() if wanted in name]
    return sorted(found, key=lambda zone: (not zone.casefold().startswith(wanted), zone))


def _days(name: str) -> frozenset[int]:
    found = [number for number, day in enumerate(DAYS) if len(name) > 1 and day.startswith(name.lower())]
    if len(found) != 1:
        raise CommandError(f"“{name[:20]}” is no day of the week.", repair=EXAMPLE)
    return frozenset(found)


def _zone(name: str) -> str:
    zones = _zones()
    if name.casefold() in zones:
        return zones[name.casefold()]
    cities = {zone.rpartition("/")[2]: zone for zone in zones}
    near = difflib.get_close_matches(name[:60].casefold(), [*zones, *cities], n=1)
    meant = zones[cities.get(near[0], near[0])] if near else "Europe/Berlin"
    raise CommandError(
        f"I know no time zone “{name[:60]}”.", repair=f"Zones are called like {meant}; leave it out for UTC."
    )


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """The names of all zones, by their names in lower case."""
    return {zone.casefold(): zone for zone in sorted(available_timezones())}
