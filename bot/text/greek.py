"""Greek letters by their names: β is beta."""

from __future__ import annotations

import re
import unicodedata

NAMES = {
    letter: unicodedata.name(letter).removeprefix("GREEK SMALL LETTER ").removeprefix("FINAL ").lower()
    for letter in "αβγδεζηθικλμνξοπρςστυφχψω"
} | {"λ": "lambda"}
"""Unicode spells one of them *lamda*."""

LETTER = re.compile(r"[Α-Ωα-ω]")

PARTS = re.compile(r"(?<![Α-Ωα-ω])[Α-Ωα-ω](?![Α-Ωα-ω])\d*(?:\.\d+)*|(?:[^\WΑ-Ωα-ω]|['’.,]|[Α-Ωα-ω]{2,})+")
"""A Greek letter on its own with its number, or the rest: Δt is Δ and t. In a row they are a Greek word."""

MICRO = re.compile(r"μ[A-Za-z]+")
"""Units such as μm."""


def parts(written: str) -> list[re.Match[str]]:
    """The parts of a word at its single Greek letters; none if it has no such letters, or is a unit."""
    if not LETTER.search(written) or MICRO.fullmatch(written):
        return []
    return list(PARTS.finditer(written))


def by_name(written: str) -> str:
    """The word with its Greek letter by name, if it is one or one with a number: beta, pi0."""
    letter, rest = written[:1].lower(), written[1:]
    return NAMES[letter] + rest if letter in NAMES and not any(map(str.isalpha, rest)) else written
