"""Quotes a match from the original text."""

from __future__ import annotations

from bot.domain import Evidence
from bot.text.shorten import ELLIPSIS

SURROUNDINGS = 40
"""Characters of the original shown on each side of a match, cut at a word."""


def quote(field: str, text: str, start: int, end: int) -> Evidence:
    """The text from ``start`` to ``end``, and what surrounds it."""
    return Evidence(field, text[start:end], _before(text, start), _after(text, end))


def _before(text: str, start: int) -> str:
    first = start - SURROUNDINGS
    if first <= 0:
        return text[:start]
    shown = text[first:start]
    if not text[first - 1].isspace():
        shown = _from_word(shown)
    return f"{ELLIPSIS}{shown.lstrip()}"


def _after(text: str, end: int) -> str:
    last = end + SURROUNDINGS
    if last >= len(text):
        return text[end:]
    shown = text[end:last]
    if not text[last].isspace():
        shown = _from_word(shown[::-1])[::-1]
    return f"{shown.rstrip()}{ELLIPSIS}"


def _from_word(shown: str) -> str:
    """The text without the word that was cut, if another one follows."""
    _, space, rest = shown.partition(" ")
    return rest if space else shown
