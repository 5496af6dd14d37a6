"""A query cut into lexemes: words, quotes, operators and brackets, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from bot.errors import QueryError
from bot.text.plain import plain

LONGEST = 500
"""Characters of a query."""

UNREAD = 20 * LONGEST
"""Characters after which a text is plainly not a query; it is cut there before anything reads it."""

EXAMPLE = "rlhf, reward model"
"""A query to learn from, where the one that was typed gives no better one."""

FULL_WIDTH = str.maketrans("，、（）｜：；＜＞＝＊－﹣−", ",,()|:;<>=*---")
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
# it, so that “diffusion - survey” is refused rather than read as “diffusion -survey”. A comma between digits belongs to
# the number: 1,000.
LEXEME = re.compile(
    rf"""(?P<OPEN>\() | (?P<CLOSE>\))
    | (?P<COMPARISON>[<>=≤≥]+) | (?P<COLON>:)
    | (?P<OR>,|\|)
    | [{QUOTES}] (?P<QUOTED>[^{QUOTES}]*) [{QUOTES}]
    | ['‘‚] (?P<SINGLE>[^\s{QUOTES}{APOSTROPHES}](?:[^{QUOTES}{APOSTROPHES}]|[’'](?=\w))*) (?<!\s)['’‘](?!\w)
    | (?P<NOT>[-–—](?=[^\s)|,:;]))
    | (?P<WORD>(?:[^\s()|,:;<>=≤≥{QUOTES}]|(?<=\d),(?=\d\d\d(?!\d)))+)""",
    re.VERBOSE,
)
OPERATORS = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}


def readable(text: str) -> str:
    """The query as it is read and shown: in plain characters on one line, without the escapes of chat platforms."""
    return plain(text[:UNREAD])


def lexemes(query: str) -> list[Lexeme]:
    """The lexemes of a query from `readable`; the last one is the end.

    Raises:
        QueryError: A quote is not closed, or a character has no meaning.
    """
    line = query.translate(FULL_WIDTH)  # maps one character to one, so positions stay the same
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


def error_at(query: str, position: int, message: str, example: str = EXAMPLE) -> QueryError:
    """An error that points at a character of the query and shows a query that works, unless ``example`` is empty."""
    return QueryError(message, query=query, position=position, repair=f"For example: {example}" if example else "")


def _lexeme(match: re.Match[str]) -> Lexeme:
    name = match.lastgroup or ""
    text = match[name]
    kind = Kind.QUOTED if name == "SINGLE" else Kind[name]
    if kind is Kind.WORD:
        kind = OPERATORS.get(text, kind)
    return Lexeme(kind, text, match.start(), match.end())


def _unreadable(query: str, position: int) -> QueryError:
    """The error for a character that begins no lexeme: a quote that is not closed, or a semicolon."""
    if query[position] in QUOTES:
        return error_at(query, position, "This quote is never closed.", f'{query}"')
    return error_at(query, position, f"“{query[position]}” has no meaning here; put a comma between alternatives.")
