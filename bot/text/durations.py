"""Durations as people write them: 30s, 10m, 12h, 3d, 2 weeks."""

from __future__ import annotations

import re
from datetime import timedelta

UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}

# [0-9], since \d also stands for the digits of other scripts.
WRITTEN = re.compile(r"([0-9]{1,9})\s*(?:([smhdw])|(second|minute|hour|day|week)s?)", re.IGNORECASE)


def duration(text: str, *, units: str) -> timedelta | None:
    """How long that is; None where it is not a duration, or takes no time.

    Args:
        text: A number and its unit, as one letter or as a word.
        units: The letters of the units that are allowed: in some places nobody counts in seconds, and 3m may be months.
    """
    written = WRITTEN.fullmatch(text.strip())
    unit = (written[2] or written[3][0]).lower() if written else ""
    if not written or unit not in units:
        return None
    try:
        return int(written[1]) * UNITS[unit] or None
    except OverflowError:
        return None
