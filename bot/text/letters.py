"""Text in plain letters, character by character, with the places where they came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

MARKS = "".join(
    character for character in map(chr, range(0x300, 0x3100)) if unicodedata.category(character).startswith("M")
)
"""Combining marks."""

ACCENTS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff"
)
"""Marks that fold away: accents, the vowel points of Hebrew and Arabic, variations and skin tones of emoji."""

RUN = re.compile(rf"[\x00-\x7f]+(?![{MARKS}])|(?s:.)[{MARKS}\u1160-\u11ff]{{0,15}}")
"""ASCII as it is, else one character with its marks; the bound keeps a flood of marks from being sorted."""

DROPPED = re.compile(f"[{ACCENTS}]")
LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ħ": "h", "Ħ": "H", "ı": "i"}
    | {
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "þ": "th",
        "Þ": "TH",
        "ŧ": "t",
        "Ŧ": "T",
        "ŋ": "n",
        "Ŋ": "N",
        "ʼ": "",
    }
)
"""Letters with a stroke, and ligatures, that Unicode does not take apart."""

UMLAUT = re.compile("[äöüÄÖÜåÅøØ]")
SPELLED_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "Å": "Aa", "ø": "oe", "Ø": "Oe"}
)
"""How names are written where a keyboard lacks these letters: Schoelkopf."""


def spelled_out(written: str) -> str:
    """A word with its umlauts as two letters, in lower case and plain letters; empty if it has none."""
    if written.isascii() or not UMLAUT.search(written):
        return ""
    return plain_letters(written.translate(SPELLED_OUT))[0].casefold()


def plain_letters(text: str) -> tuple[str, Sequence[int] | None, Sequence[int] | None]:
    """``text`` in plain letters, and for each of its characters where its original begins and ends.

    These are None if nothing moved.
    """
    if text.isascii():
        return text, None, None
    pieces = [(run, run if run.isascii() else _letters(run)) for run in RUN.findall(text)]
    line = "".join(letters for _, letters in pieces)
    if all(len(run) == len(letters) for run, letters in pieces):
        return line, None, None
    starts = list(_places(pieces, ends=False))
    return line, starts, list(_places(pieces, ends=True))


def _places(pieces: Sequence[tuple[str, str]], *, ends: bool) -> Iterator[int]:
    place = 0
    for run, letters in pieces:
        if len(run) == len(letters):
            yield from range(place + ends, place + ends + len(run))
        else:
            yield from [place + len(run) * ends] * len(letters)
        place += len(run)


@lru_cache(maxsize=1 << 14)
def _letters(cluster: str) -> str:
    """One character with its marks, without those that fold away; only letters, numbers and marks change."""
    if cluster[0] in "ʼ＇":
        return "'"
    if cluster[0] == "∆":  # the mathematical sign for the letter
        return "Δ"
    category = unicodedata.category(cluster[0])
    if category == "Cf" or DROPPED.match(cluster):
        return ""
    if category[0] not in "LNM":
        return cluster[0]
    bare = DROPPED.sub("", unicodedata.normalize("NFKD", cluster)).translate(LETTERS)
    bare = unicodedata.normalize("NFKC", bare)
    return (
        bare
        if all(character.isalnum() or unicodedata.category(character)[0] == "M" for character in bare)
        else cluster[0] + DROPPED.sub("", cluster[1:])
    )
