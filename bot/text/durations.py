"""Durations: strictly as settings have them, and as people write them."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.text.numbers import NUMBER_WORDS

UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
"""By the letter that settings use."""

NAMES = {
    "s sec secs second seconds": timedelta(seconds=1),
    "min mins minute minutes": timedelta(minutes=1),
    "h hr hrs hour hours": timedelta(hours=1),
    "d day days night nights": timedelta(days=1),
    "w wk wks week weeks": timedelta(weeks=1),
    "fortnight fortnights": timedelta(weeks=2),
    "mo month months": timedelta(days=30),
    "y yr yrs year years": timedelta(days=365),
}
"""By the names that people use. A lone m is not among them, since it may be a minute or a month."""

NAMED = {name: length for names, length in NAMES.items() for name in names.split()}

# [0-9], since \d also matches the digits of other scripts.
WRITTEN = re.compile(r"([0-9]{1,9})\s*([a-z]+)")

PART = re.compile(
    r"(?:((?:half )?an?|[a-z]{1,6})[ -]|([0-9]{1,9}(?:[.,][0-9]{1,3})?) ?-?)"
    r"([a-z]{1,10})(?: ?(?:,(?: and\b)?|&| and\b) ?| ?)"
)

MINUTES_AFTER_HOURS = re.compile(r"(?<=[0-9]h)( ?)([0-5]?[0-9]) ?m?$")
"""The rest of ``1h30m`` and ``1h30``: behind hours, even a lone m is minutes."""

AMBIGUOUS = re.compile(r"([0-9]{1,9}) ?m")

LONGEST_TEXT = 60
"""Characters that are read."""


def duration(text: str, *, units: str) -> timedelta | None:
    """How long that is, as settings write it; None where it is not a duration, or is zero.

    Args:
        text: A number and its unit: ``30s``, ``10m``.
        units: The letters of the units that are allowed, with blanks between them.
    """
    written = WRITTEN.fullmatch(text.strip().lower())
    if not written or written[2] not in units.split():
        return None
    try:
        return int(written[1]) * UNITS[written[2]] or None
    except OverflowError:
        return None


def span(text: str) -> timedelta | None:
    """How long that is, as people write it: ``3d``, ``2 weeks``, ``an hour``, ``1h30min``; None where it is no length.

    A month has 30 days, a year 365. Zero is no length, and neither is ``3m``; see `minutes_or_months`.
    """
    left, total = MINUTES_AFTER_HOURS.sub(r"\1\2min", _tidied(text)), timedelta()
    if not left:
        return None
    while left:
        part = PART.match(left)
        number = _number(part[1] or part[2]) if part else None
        if part is None or number is None or part[3] not in NAMED:
            return None
        try:
            total += number * NAMED[part[3]]
        except OverflowError:
            return None
        left = left[part.end() :]
    return total or None


def minutes_or_months(text: str) -> int:
    """The number of a length such as ``3m``, which may be minutes or months; 0 where the text is none of these."""
    found = AMBIGUOUS.fullmatch(_tidied(text))
    return int(found[1]) if found else 0


def _tidied(text: str) -> str:
    return " ".join(text[:LONGEST_TEXT].lower().split()) if len(text) <= LONGEST_TEXT else ""


def _number(word: str) -> float | None:
    """A number in figures or in words; None where it is neither."""
    if word.startswith("half a"):
        return 0.5
    if word in {"a", "an"}:
        return 1
    if word[0].isdigit():
        return float(word.replace(",", "."))
    return NUMBER_WORDS.get(word)
