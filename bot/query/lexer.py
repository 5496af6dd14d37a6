"""A query cut into lexemes: words, quotes, operators and brackets, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from bot.query.mistake import Mistake
from bot.text.characters import one_line
from bot.text.folding import fold
from bot.text.plain import plain

LONGEST = 500
"""Characters of a query."""

UNREAD = 20 * LONGEST
"""Characters after which a text is plainly not a query; it is cut there before anything reads it."""

FULL_WIDTH = str.maketrans("，、（）｜：；＜＞＝＊－﹣−～∼", ",,()|:;<>=*---~~")
"""Signs from Chinese, Japanese and mathematical keyboards, and the ones they stand for."""

QUOTES = '"“”„‟«»＂'
"""Any of these opens a quote and any closes it: languages and phones disagree about which does which."""

APOSTROPHES = "'‘’‚"
"""Quotes only around whole words: ‘world model’, but not in agents’ and don't."""


class Kind(Enum):
    """The kinds of lexemes."""

    WORD = auto()
    QUOTED = auto()
    OPEN = auto()
    CLOSE = auto()
    OR = auto()
    AND = auto()
    NOT = auto()
    ABOUT = auto()
    COLON = auto()
    COMPARISON = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of a query.

    Attributes:
        kind: The kind.
        text: The characters; of a quote only those inside.
        start: The index of its first character in the query.
        end: The index after its last character.
    """

    kind: Kind
    text: str
    start: int
    end: int


# The order matters: a minus comes before the word that it would otherwise be a part of. It needs something right after
# it, so that “diffusion - survey” is refused rather than read as “diffusion -survey”. So does a tilde, and it has
# nothing right before it either: another search engine writes a distance that way, "x"~2. A comma between digits
# belongs to the number: 1,000.
LEXEME = re.compile(
    rf"""(?P<OPEN>\() | (?P<CLOSE>\))
    | (?P<COMPARISON>[<>=≤≥]+) | (?P<COLON>:)
    | (?P<OR>,|\|\|?)
    | [{QUOTES}] (?P<QUOTED>[^{QUOTES}]*) [{QUOTES}]
    | ['‘‚] (?P<SINGLE>[^\s{QUOTES}{APOSTROPHES}](?:[^{QUOTES}{APOSTROPHES}]|[’'](?=\w))*) (?<!\s)['’‘](?!\w)
    | (?P<NOT>[-–—](?=[^\s)|,:;]))
    | (?P<ABOUT>(?<![^\s(,|:~\-–—])~(?=[^\s)|,:;]))
    | (?P<WORD>(?:[^\s()|,:;<>=≤≥{QUOTES}]|(?<=\d),(?=\d\d\d(?!\d)))+)""",
    re.VERBOSE,
)
OPERATORS = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}

QUOTE_ENDS = re.compile(r"\s?(?:[,|;)]|\b(?:AND|OR|NOT)\b|$)")
"""What most likely follows a quote that somebody forgot to close."""


def readable(text: str) -> str:
    """The query as it is read and shown: in plain characters on one line, without the escapes of chat platforms."""
    return plain(text[:UNREAD])


def lexemes(query: str) -> list[Lexeme]:
    """The lexemes of a query from `readable`; the last one is the end.

    Raises:
        Mistake: A quote is not closed, or a character has no meaning.
    """
    line = _ascii_signs(query)
    result: list[Lexeme] = []
    position = 0
    while position < len(line):
        if line[position].isspace():
            position += 1
            continue
        match = LEXEME.match(line, position)
        if match is None:
            raise _unreadable(query, position)
        result.append(_lexeme(match))
        position = match.end()
    return [*result, Lexeme(Kind.END, "", len(line), len(line))]


def lexemes_anyway(query: str) -> list[Lexeme]:
    """The lexemes of a query that may be wrong, without the characters that belong to none; the last one is the end."""
    end = len(query)
    return [*map(_lexeme, LEXEME.finditer(_ascii_signs(query))), Lexeme(Kind.END, "", end, end)]


def _ascii_signs(query: str) -> str:
    """The query with the signs of other keyboards replaced, one character by one, so that positions stay the same."""
    return query.translate(FULL_WIDTH)


def _lexeme(match: re.Match[str]) -> Lexeme:
    name = match.lastgroup or ""
    text = match[name]
    kind = Kind.QUOTED if name == "SINGLE" else Kind[name]
    if kind is Kind.WORD:
        kind = OPERATORS.get(text, kind)
    return Lexeme(kind, text, match.start(), match.end())


def _unreadable(query: str, position: int) -> Mistake:
    """The mistake of a character that begins no lexeme: a quote that is not closed, or a semicolon."""
    before, after = query[:position], query[position + 1 :]
    if query[position] not in QUOTES:
        message = f"“{query[position]}” has no meaning here; put a comma between alternatives."
        corrected = query.replace(query[position], ",")
    elif not fold(after) or (before and before[-1].isalnum()):
        message, corrected = "This quote is never closed.", f"{before}{after}"
    else:
        message, corrected = "This quote is never closed.", QUOTE_ENDS.sub(lambda end: f'"{end[0]}', after, count=1)
        corrected = f'{before}"{corrected}'
    return Mistake(message, query=query, position=position, corrected=(one_line(corrected),))
