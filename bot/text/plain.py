"""Text from outside as one plain line, without markup or characters that cannot be seen.

Sources send text that is neither markup throughout nor free of it: ``<think>`` may be a word of the paper. So tags are
removed only if they are HTML and closed again, LaTeX only if it is recognized (see `bot.text.latex`), and whatever has
no plain form stays as it was written. The time grows only linearly with the length of the text.
"""

from __future__ import annotations

import re
import unicodedata

from bot.text.characters import one_line, visible
from bot.text.latex import without_latex

PASSES = 8
"""Layers of nested markup that are removed; text with more of them is left as it is."""

MOST_MARKS = 8
"""Accents on one letter. More are a nuisance on the screen, and normalizing them takes quadratic time."""

TAG = re.compile(
    r"<(?P<end>/?)(?P<name>a|b|i|u|p|em|strong|sub|sup|span|div|code|tt|ul|ol|li|br)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
BLOCKS = {"p", "div", "ul", "ol", "li", "br"}
ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#39);")
ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&nbsp;": " ", "&#39;": "'"}

MARKUP = re.compile(r"[\\$<&`{_^]")


def plain(text: str) -> str:
    """One line of plain text.

    White space becomes single blanks, invisible characters go (see `bot.text.characters.visible`), and LaTeX and HTML
    are replaced by what they show. Doing it again changes nothing; markup that is not understood stays as it is.
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
    text = visible(text)
    if not text.isascii():
        marked = _with_fewer_marks(text, 2 * MOST_MARKS)
        text = _with_fewer_marks(unicodedata.normalize("NFC", marked), MOST_MARKS)
    return one_line(text)


def _with_fewer_marks(text: str, most: int) -> str:
    """The text with at most so many marks on a character."""
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if character > "\u02ff" and unicodedata.category(character)[0] == "M" else 0
        if marks <= most:
            kept.append(character)
    return "".join(kept)


def _without_html(line: str) -> str:
    """The line without tags that are opened and closed, and with entities resolved."""
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
