"""What people type in chats, without what their clients make of it: marks of emphasis, emoji, code, curly quotes.

A platform first undoes its own markup, such as links and mentions; the rest is alike everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.text.characters import one_line

CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^`]+)\1(?!`)")

TYPOGRAPHIC = str.maketrans(dict.fromkeys("“”„‟", '"'))
"""Quotation marks that phones and macOS put in place of the plain one."""

EMOJI = re.compile(r"(?<![\w:\"]):(?=[a-z0-9+-])[a-z0-9_+'-]{1,100}:(?::skin-tone-[2-6]:)?(?![\w\"])")
"""An emoji by its name, as Slack sends every one of them. It names no subject, and colons belong to the language."""

LAYERS = 4
"""Marks around marks that are removed."""

# A mark at the end of a word is a star of the language, and one before a minus is a mistake that the language explains:
# only pairs that stand around whole words are emphasis.
EMPHASIS = re.compile(
    r"(?<![\w*_~|\\])(?P<mark>\*{1,3}|_{1,3}|~{1,2}|\|\|)(?=[\w\"“”„(*_~|])"
    r"(?P<inside>(?:(?!(?P=mark)).)+)(?<![\s\\])(?P=mark)(?![\w*_~|])"
)


def tidy(text: str) -> str:
    """The text on one line with plain quotation marks, and without characters that cannot be seen."""
    return one_line(text.translate(TYPOGRAPHIC))


def outside_code(text: str, read: Callable[[str], str]) -> str:
    """The text without the ticks around code; ``read`` is applied to what is not code."""
    parts, end = [], 0
    for code in CODE.finditer(text):
        parts += [read(text[end : code.start()]), code[2]]
        end = code.end()
    return "".join([*parts, read(text[end:])])


def without_emphasis(text: str) -> str:
    """The text without marks of bold, italic, struck or hidden words, and without names of emoji."""
    text = EMOJI.sub(" ", text)
    for _ in range(LAYERS):
        plain = EMPHASIS.sub(lambda found: found["inside"], text)
        if plain == text:
            break
        text = plain
    return text
