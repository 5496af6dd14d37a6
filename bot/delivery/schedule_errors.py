"""Words each error in a schedule, with its repair."""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import CommandError, Instead
from bot.text.figures import listed

SHOWN = 40
"""Characters of what was typed that an error quotes."""

EXAMPLES = "Write it as daily 09:00 Europe/Berlin, weekdays 9am, mondays 17:30, or instant."


def not_a_schedule(text: str = "") -> CommandError:
    """It has neither a day nor a time, or is empty or far too long."""
    what = f"the schedule “{text[:SHOWN]}”" if text else "that schedule"
    return CommandError(f"I don't understand {what}.", repair=EXAMPLES)


def without_days(schedules: Sequence[str]) -> CommandError:
    """It is weekly, but names no day."""
    return CommandError(
        "On which days of the week?",
        repair="Write it as mondays 09:00, or mon, wed and fri 09:00.",
        instead=_offered(schedules),
    )


def not_a_day(name: str) -> CommandError:
    """A word where a day of the week belongs."""
    return CommandError(
        f"I can't read “{name[:SHOWN]}” as a day of the week.",
        repair="Write it as mon, tue, wed, thu, fri, sat or sun.",
    )


def not_a_time(word: str) -> CommandError:
    """A word where the time belongs."""
    return CommandError(
        f"I can't read “{word[:SHOWN]}” as a time.", repair="Write it as HH:MM, for example 09:00 or 17:30."
    )


def without_time(schedule: str) -> CommandError:
    """It names no time; ``schedule`` is the same at a usual one."""
    return CommandError("At what time?", repair=f"For example: {schedule}", instead=_offered([schedule]))


def several_times(schedules: Sequence[str]) -> CommandError:
    """It names several times; ``schedules`` has the same at each of them."""
    return CommandError(
        "Digests come once a day, so I can use only one of these times.",
        repair=f"Which one: {listed(schedules, 'or')}?",
        instead=_offered(schedules),
    )


def not_a_top(typed: int, most: int, schedule: str) -> CommandError:
    """It limits a digest to no paper, or to more than ``most``; ``schedule`` is the same with the nearest limit."""
    return CommandError(
        f"I can't limit a digest to the top {typed:,} papers." if typed else "A digest of no papers is no digest.",
        repair=f"The limit can be 1 to {most}. For example: {schedule}",
        instead=_offered([schedule]),
    )


def not_a_zone(typed: str, schedule: str, nearest: str) -> CommandError:
    """A time zone that does not exist; ``nearest`` is one with a similar name, or empty."""
    return CommandError(
        f"I don't know the time zone “{typed[:SHOWN]}”.",
        repair=f"Did you mean {nearest}?" if nearest else "Write it as Europe/Berlin, New York, India or UTC+2.",
        instead=_offered([schedule]) if nearest else (),
    )


def which_zone(typed: str, zones: Sequence[str], schedules: Sequence[str]) -> CommandError:
    """The name of several time zones; ``schedules`` has the same schedule in each of them."""
    return CommandError(
        f"“{typed[:SHOWN]}” can mean several time zones.",
        repair=f"Which one: {listed(zones, 'or')}?",
        instead=_offered(schedules),
    )


def _offered(schedules: Sequence[str]) -> list[Instead]:
    return [Instead(schedule, "papers", f"digest {schedule}") for schedule in schedules]
