"""Quotes a match from the original text."""

from __future__ import annotations

import re

from bot.domain import Evidence
from bot.text.shorten import ELLIPSIS

SURROUNDINGS = 40
"""Characters of the original shown on each side of a match, cut at a word."""

CLOSING = {"(": ")", "[": "]", "{": "}", "“": "”", "«": "»", "⟨": "⟩"}
OPENING = {close: opened for opened, close in CLOSING.items()}

FARTHEST = 30
"""Characters beyond a match in which the other end of its bracket is looked for: SO(3), O(n log n)."""

BESIDE = re.compile(r"\w+")
"""A word right before a bracket belongs to it."""


def quote(field: str, text: str, start: int, end: int) -> Evidence:
    """The text from ``start`` to ``end`` with whole brackets, quotes and formulas, and what surrounds it."""
    start, end = _whole(text, start, end)
    return Evidence(field, text[start:end], _before(text, start), _after(text, end))


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The place, extended by the other end of every bracket, quote or formula that begins or ends in it."""
    opened: list[str] = []
    for place in range(start, end):
        character = text[place]
        if character in CLOSING:
            opened.append(character)
        elif character in OPENING:
            if opened and opened[-1] == OPENING[character]:
                opened.pop()
            elif not opened:
                start = _opening(text, start, OPENING[character], character)
    while opened:
        end = _closing(text, end, opened.pop())
    for mark in '$"':
        if text.count(mark, start, end) % 2:
            other = text.find(mark, end, end + FARTHEST)
            end = other + 1 if other >= 0 else end
    return start, end


def _closing(text: str, end: int, opened: str) -> int:
    """The place behind the bracket's other end; ``end`` if it is far away."""
    depth = 1
    for place in range(end, min(len(text), end + FARTHEST)):
        depth += (text[place] == opened) - (text[place] == CLOSING[opened])
        if not depth:
            return place + 1
    return end


def _opening(text: str, start: int, opened: str, closed: str) -> int:
    """The place of the bracket's other end, with the word right before it; ``start`` if it is far away."""
    depth = 1
    for place in range(start - 1, max(-1, start - FARTHEST - 1), -1):
        depth += (text[place] == closed) - (text[place] == opened)
        if not depth:
            before = [word for word in BESIDE.finditer(text, max(0, place - FARTHEST), place) if word.end() == place]
            return before[0].start() if before else place
    return start


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
