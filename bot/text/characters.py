"""Characters that cannot be seen are dropped; length in UTF-16 units."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

JOINER = "\u200d"
"""The zero-width joiner, which makes one emoji of several; anywhere else it is as invisible as what is dropped."""

BLANKS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and symbols that look like a blank, besides those that Unicode calls white space."""

UNSEEN_MARKS = "\u034f\u17b4\u17b5\u180b-\u180d\ufe00-\ufe0d\U000e0100-\U000e01ef"
"""Marks that show nothing; variation selectors, except the two that tell text from emoji."""

LOOKS_EMPTY = re.compile(f"[{BLANKS}{UNSEEN_MARKS}]")
"""What cannot be seen although Python calls it printable."""

FIRST_EMOJI, LAST_EMOJI = "\U0001f000", "\U0001faff"
JOINED = f"\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff{FIRST_EMOJI}-{LAST_EMOJI}"
STRAY_JOINER = re.compile(rf"(?<![{JOINED}\ufe0f]){JOINER}|{JOINER}(?![{JOINED}])")


def visible(text: str) -> str:
    """The text on one line, without characters that hide, reorder or break it.

    White space, and what looks like it, becomes a blank for each character. Control, format, private and unassigned
    characters, lone surrogates and marks that show nothing are dropped, so that text cannot run backwards, colour a
    terminal or break JSON. Doing it again changes nothing.
    """
    # Texts are measured again and again while a message is laid out, and nearly all of them are clean: these two looks
    # run in C, where a look at each character does not.
    if text.isprintable() and (text.isascii() or not LOOKS_EMPTY.search(text)):
        return text
    return STRAY_JOINER.sub("", "".join(map(_shown, text)))


def visible_lines(text: str) -> str:
    """As `visible`, with a line feed for every line end."""
    return "\n".join(map(visible, text.splitlines()))


def one_line(text: str) -> str:
    """As `visible`, with single blanks between words and none around them."""
    return " ".join(visible(text).split())


def hidden_in(text: str) -> str:
    """The first character that `visible` would drop or replace, by its number and name; "" if there is none.

    "U+202E RIGHT-TO-LEFT OVERRIDE"
    """
    for character in text:
        if _shown(character) != character:
            return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
    return ""


def units(text: str) -> int:
    """Length in UTF-16 code units: never less than what a service counts, whether it counts these or code points."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@lru_cache(maxsize=10_000)
def _shown(character: str) -> str:
    """The character, a blank if it looks like one, or nothing."""
    if character.isspace() or character in BLANKS:
        return " "
    category = unicodedata.category(character)
    if category == "Cn":  # an emoji may be younger than this Python's tables
        return character if FIRST_EMOJI <= character <= LAST_EMOJI else ""
    if category[0] == "C":
        return character if character == JOINER else ""
    return "" if LOOKS_EMPTY.match(character) else character
