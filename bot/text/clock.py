"""Times of day as people write them: 9:00, 9am, 9.30, noon."""

from __future__ import annotations

import re
from datetime import time

NAMED = {"noon": time(12), "midday": time(12), "midnight": time(0)}

# [0-9], since \d also matches the digits of other scripts.
WITH_MINUTES = re.compile(r"([0-9]{1,2})[:.h]([0-9]{2})\s*([ap])?(?:\.?m\.?)?")
HOUR = re.compile(r"([0-9]{1,2})\s*(?:([ap])\.?m\.?|h|o'?clock)")
BARE_HOUR = re.compile(r"([0-9]{1,2})")

HALF_A_DAY = 12


def time_of_day(text: str, *, bare: bool = False) -> time | None:
    """The time that ``text`` means, to the minute; None where it means none.

    Args:
        text: Such as ``9:00``, ``9.30``, ``9h30``, ``9am``, ``5 p.m.`` or ``noon``.
        bare: Whether a number alone is an hour, too.
    """
    word = text.strip().lower().replace("’", "'")
    if word in NAMED:
        return NAMED[word]
    if found := WITH_MINUTES.fullmatch(word):
        # An a or p without its m is a slip of the fingers, and means the same.
        return _time(int(found[1]), int(found[2]), found[3])
    if found := HOUR.fullmatch(word):
        return _time(int(found[1]), 0, found[2])
    found = BARE_HOUR.fullmatch(word) if bare else None
    return _time(int(found[1]), 0, None) if found else None


def _time(hour: int, minute: int, half: str | None) -> time | None:
    if half:
        if not 1 <= hour <= HALF_A_DAY:
            return None
        hour = hour % HALF_A_DAY + (HALF_A_DAY if half == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None
