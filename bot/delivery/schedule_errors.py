"""Words each error in a schedule, with its repair."""

from __future__ import annotations

from bot.errors import CommandError

SHOWN = 40
"""Characters of what was typed that an error quotes."""

EXAMPLES = "Write it as daily 09:00 Europe/Berlin, weekdays 09:00, weekly mon 09:00, or instant."


def not_a_schedule(first_word: str = "") -> CommandError:
    """It does not begin like a schedule, or is empty or far too long."""
    what = f"the schedule “{first_word[:SHOWN]}”" if first_word else "that schedule"
    return CommandError(f"I don't understand {what}.", repair=EXAMPLES)


def without_days() -> CommandError:
    """Nothing follows ``weekly``."""
    return CommandError("On which days of the week?", repair="Write it as weekly mon 09:00 Europe/Berlin.")


def not_a_day(name: str) -> CommandError:
    """A word where a day of the week belongs."""
    return CommandError(
        f"I can't read “{name[:SHOWN]}” as a day of the week.",
        repair="Write it as mon, tue, wed, thu, fri, sat or sun.",
    )


def not_a_time(word: str) -> CommandError:
    """A word where the time belongs, or nothing at all."""
    return CommandError(
        f"I can't read “{word[:SHOWN]}” as a time." if word else "At what time?",
        repair="Write it as HH:MM, for example 09:00 or 17:30.",
    )


def not_a_zone(typed: str, nearest: str) -> CommandError:
    """A time zone that does not exist; ``nearest`` is one with a similar name, or empty."""
    return CommandError(
        f"I don't know the time zone “{typed[:SHOWN]}”.",
        repair=f"Did you mean {nearest}?" if nearest else "Write it as Europe/Berlin, America/New_York or UTC.",
    )
