"""Cuts a text at the end of a sentence or word, or around a place in it."""

from __future__ import annotations

import re
import unicodedata

from bot.text.characters import JOINER, visible_lines

ELLIPSIS = "…"


SENTENCE_END = re.compile(r"""(?<!\b[A-Za-z])(?<!\bal)(?<!\bvs)(?<!\bcf)[.!?]["'”’)\]]*(?=\s+[^\sa-z])|[。！？]""")
"""Not the stops of initials, "e.g.", "et al."."""


def shorten(text: str, limit: int) -> str:
    """``text``, or as much of its beginning as ``limit`` code points hold with an ellipsis at the end.

    It ends after a sentence if one ends in the second half, else after a word if one does, and never within a character
    that is made of several code points.
    """
    if len(text) <= limit:
        return text
    if limit < 1:
        return ""
    ends = [found.end() for found in SENTENCE_END.finditer(text, limit // 2, limit) if found.end() <= limit - 2]
    if ends:
        return f"{text[: ends[-1]]} {ELLIPSIS}"
    cut = limit - 1
    word = text.rfind(" ", 0, cut + 1)
    if word > limit // 2:
        cut = word
    while cut > 0 and _belongs(text, cut):
        cut -= 1
    return text[:cut].rstrip(" ,;:([") + ELLIPSIS


def first_sentence(text: str, limit: int) -> str:
    """The first sentence of ``text`` in at most ``limit`` code points; a longer one ends after a word."""
    found = SENTENCE_END.search(text, 0, limit)
    return text[: found.end()] if found else shorten(text, limit)


def around_caret(code: str, columns: int) -> str:
    """Lines of fixed-width text in at most so many columns; an ellipsis stands in the column of a cut.

    They are shown around the caret in the last line, if there is one, else from their beginning. Where a screen broke
    them instead, the caret would lose its place.
    """
    lines = [line.rstrip() for line in visible_lines(code).split("\n")]
    caret = len(lines[-1]) - 1 if lines[-1].strip() == "^" else 0
    start = min(max(caret - columns // 2, 0), max(max(map(len, lines)) - columns, 0))
    return "\n".join(_window(line, start, columns) for line in lines)


def _window(line: str, start: int, columns: int) -> str:
    """The columns that are shown; the caret's own line has no ellipsis."""
    shown = line[start : start + columns]
    if start and shown.strip() and shown.strip() != "^":
        shown = ELLIPSIS + shown[1:]
    return shown[:-1] + ELLIPSIS if len(line) > start + columns else shown


def _belongs(text: str, place: int) -> bool:
    """Whether the code point at ``place`` belongs to the character before it."""
    before, after = text[place - 1], text[place]
    if _is_flag_letter(after):
        start = place
        while start > 0 and _is_flag_letter(text[start - 1]):
            start -= 1
        return (place - start) % 2 == 1
    return (
        unicodedata.category(after)[0] == "M"
        or JOINER in (before, after)
        or "\U0001f3fb" <= after <= "\U0001f3ff"  # a skin tone
        or "\u1160" <= after <= "\u11ff"  # the rest of a Korean syllable
    )


def _is_flag_letter(character: str) -> bool:
    """Whether it is half a flag."""
    return "\U0001f1e6" <= character <= "\U0001f1ff"
