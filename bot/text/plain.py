"""Text from outside made plain: one line of characters that mean themselves.

What sources send is not trusted to be markup throughout, nor free of it: ``<think>`` may be a word of the paper's. So
tags are taken off only where they are HTML's and closed again, LaTeX where it is recognized (see `bot.text.latex`), and
whatever has no plain form stays as it was written. The time grows with the length of the text and no faster.
"""

from __future__ import annotations

import re
import unicodedata

from bot.text.latex import without_latex

JOINER = "\u200d"
"""Joins emoji into one; elsewhere it is as invisible as other characters that are left out."""

PASSES = 8
"""Layers of markup around markup that are taken off; text with more of them is left as it is."""

MOST_MARKS = 8
"""Accents on one letter. More are a nuisance on the screen, and normalizing them takes quadratic time."""

BLANKS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and symbols that look like a blank, besides those that Unicode calls white space."""

INVISIBLE = re.compile("[\u034f\u17b4\u17b5\u180b-\u180d\ufe00-\ufe0d\U000e0100-\U000e01ef]")
"""Marks that show nothing; variation selectors, but for the two that tell text from emoji."""

EMOJI = "\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
STRAY_JOINER = re.compile(rf"(?<![{EMOJI}\ufe0f]){JOINER}|{JOINER}(?![{EMOJI}])")

TAG = re.compile(
    r"<(?P<end>/?)(?P<name>a|b|i|u|p|em|strong|sub|sup|span|div|code|tt|ul|ol|li|br)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
BLOCKS = {"p", "div", "ul", "ol", "li", "br"}
ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#39);")
ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&nbsp;": " ", "&#39;": "'"}

MARKUP = re.compile(r"[\\$<&`{_^]")


def plain(text: str) -> str:
    """One line of plain text, in characters that mean themselves.

    White space and characters that look like it become single blanks; control, format and other invisible characters
    go, so that text cannot run backwards or hide; LaTeX and HTML are replaced by what they show. Doing it again
    changes nothing; text that is not to be understood stays as it is.
    """
    cleaned = line = _clean(text)
    for _ in range(PASSES):
        if not MARKUP.search(line):
            return line
        read = _clean(without_latex(_without_html(line)))
        if read == line:
            return line
        line = read
    return cleaned


def _clean(text: str) -> str:
    """The visible characters, composed, with single blanks."""
    if not (text.isascii() and text.isprintable()):
        visible = "".join(_visible(character) for character in text)
        marked = _with_fewer_marks(STRAY_JOINER.sub("", visible), 2 * MOST_MARKS)
        text = _with_fewer_marks(unicodedata.normalize("NFC", marked), MOST_MARKS)
    return " ".join(text.split())


def _visible(character: str) -> str:
    """The character, a blank if it looks like one, or nothing."""
    if " " < character <= "~":
        return character
    if character.isspace() or character in BLANKS:
        return " "
    category = unicodedata.category(character)
    if category == "Cn":  # emoji that are younger than this Python's tables
        return character if "\U0001f000" <= character <= "\U0001faff" else ""
    if category[0] == "C":
        return character if character == JOINER else ""
    return "" if INVISIBLE.match(character) else character


def _with_fewer_marks(text: str, most: int) -> str:
    """The text with no more than so many marks on a character."""
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if character > "\u02ff" and unicodedata.category(character)[0] == "M" else 0
        if marks <= most:
            kept.append(character)
    return "".join(kept)


def _without_html(line: str) -> str:
    """Without the tags that are opened and closed, and with the entities resolved."""
    if "<" in line:
        tags = {(found["end"], found["name"].lower()) for found in TAG.finditer(line)}
        pairs = {name for end, name in tags if end and ("", name) in tags} | {"br"}
        line = TAG.sub(lambda found: _tag(found) if found["name"].lower() in pairs else found[0], line)
    return ENTITY.sub(lambda found: ENTITIES[found[0]], line)


def _tag(found: re.Match[str]) -> str:
    name = found["name"].lower()
    if name in {"sub", "sup"}:
        return "}" if found["end"] else {"sub": "_{", "sup": "^{"}[name]
    return " " if name in BLOCKS else ""
