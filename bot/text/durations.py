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
"""By the first letter of their names."""

# [0-9], since \d also matches the digits of other scripts.
WRITTEN = re.compile(r"([0-9]{1,9})\s*([a-z]+)")


def duration(text: str, *, units: str) -> timedelta | None:
    """How long that is; None where it is not a duration, or is zero.

    Args:
        text: A number and its unit.
        units: The names of units that are allowed, with blanks between them: where nobody counts in minutes, 3m may be
            meant as months.
    """
    written = WRITTEN.fullmatch(text.strip().lower())
    if not written or written[2] not in units.split():
        return None
    try:
        return int(written[1]) * UNITS[written[2][0]] or None
    except OverflowError:
        return None
