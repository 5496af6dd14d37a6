"""How often papers come, as people count."""

from __future__ import annotations

from math import floor

WEEK, MONTH = 7, 30
"""Days."""

UNITS = (("day", 1), ("week", WEEK), ("month", MONTH))
"""Units of time, each with its length in days."""

NEARLY_ONE = 0.9
"""Papers per unit from which the unit is used: 26 papers in 30 days read better as 6 a week than as 1 a day."""

NEAR = 0.25
"""How close to a whole number a rate must be to be given as that number, rather than as a range."""

WHOLE_FROM = 10
"""Papers per unit from which a rate is always given as a whole number."""


def rate(papers: int, days: int) -> str:
    """How often papers come, given how many came in how many days: "about 3 a day", "about 1–2 a week"."""
    for unit, length in UNITS:
        number = papers * length / days
        if number >= NEARLY_ONE:
            return f"about {_rounded(number)} a {unit}"
    return f"less than 1 a {unit}"


def often(papers: int, days: int) -> str:
    """How often papers come, to go on with after their number: ", about 2 a week"; empty where that says it all."""
    is_rare = papers * WEEK / days < NEARLY_ONE
    return "" if not papers or (is_rare and days <= MONTH) else f", {rate(papers, days)}"


def _rounded(number: float) -> str:
    low = floor(number)
    if number >= WHOLE_FROM or number - low <= NEAR or number - low >= 1 - NEAR:
        return f"{round(number):,}"
    return f"{low}–{low + 1}"
