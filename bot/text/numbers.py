"""Numbers of a list, as people write them: 9, 10 and #12, or 9–11."""

from __future__ import annotations

import re
from collections.abc import Iterator

NUMBER_WORDS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}

NUMBER = r"(?:#|no\.? ?|number )?([0-9]{1,9})[.:]?"

ONE = re.compile(NUMBER)

MANY = re.compile(
    rf"{NUMBER}(?:\s*(?:-|–|\.\.|to|through)\s*{NUMBER})?(?:\s*(?:(?:,\s*)?and\b|[,;&+]|\s)\s*|$)", re.IGNORECASE
)

LONGEST_TEXT = 500
"""Characters that are read."""

WIDEST = 10_000
"""The most numbers that a range may hold."""


def numbers(text: str) -> list[range]:
    """The numbers and ranges of numbers in ``text``, in their order; an empty list where it is anything else."""
    # Headings of a list of numbers say nothing more.
    text = re.sub(r"^(?:numbers?|nos?\.?|subscriptions?)\s+(?=[#0-9])", "", text.strip().lower())
    return list(_ranges(text)) if len(text) <= LONGEST_TEXT and _is_list(text) else []


def _is_list(text: str) -> bool:
    found = list(_parts(text))
    return bool(found) and found[-1].end() == len(text) and all(part for part in _ranges(text))


def _parts(text: str) -> Iterator[re.Match[str]]:
    place = 0
    while place < len(text) and (found := MANY.match(text, place)):
        yield found
        place = found.end()


def _ranges(text: str) -> Iterator[range]:
    for part in _parts(text):
        first, last = int(part[1]), int(part[2] or part[1])
        yield range(first, last + 1) if last - first < WIDEST else range(0)
