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
"""Characters of a text that is plainly no query; it is cut there before anything looks at it."""

FULL_WIDTH = str.maketrans("，、（）｜：；＜＞＝＊－﹣−", ",,()|:;<>=*---")
"""Signs of Chinese, Japanese and mathematical keyboards, and the ones they stand for."""

QUOTES = '"“”„‟«»＂'
"""Any of these opens and any closes: languages and telephones disagree on which does what."""

APOSTROPHES = "'‘’‚"
"""These are quotes only around whole words: ‘world model’, but agents’ and don't."""


class Kind(Enum):
    """What a lexeme is."""

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
        kind: What it is.
        text: What stands there; of a quote only what is inside.
        start: Its first character, counted from the start of the query.
        end: The character behind its last.
    """

    kind: Kind
    text: str
    start: int
    end: int


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
    """A query as it is read and shown: chat's escapes undone, plain characters, one line."""
    return plain(text[:UNREAD])


def lexemes(query: str) -> list[Lexeme]:
    """The lexemes of a readable query; the last one is its end.

    Raises:
        QueryError: A quote is not closed, or a sign has no meaning.
    """
    line = query.translate(FULL_WIDTH)
    found: list[Lexeme] = []
    place = 0
    while place < len(line):
        if line[place].isspace():
            place += 1
            continue
        match = LEXEME.match(line, place)
        if match is None:
            raise _unreadable(query, place)
        found.append(_lexeme(match))
        place = match.end()
    return [*found, Lexeme(Kind.END, "", len(line), len(line))]


def _lexeme(match: re.Match[str]) -> Lexeme:
    name = match.lastgroup or ""
    text = match[name]
    kind = Kind.QUOTED if name == "SINGLE" else Kind[name]
    if kind is Kind.WORD:
        kind = OPERATORS.get(text, kind)
    return Lexeme(kind, text, match.start(), match.end())


def _unreadable(query: str, place: int) -> QueryError:
    """What no lexeme begins with: a quote that nothing closes, or a semicolon."""
    if query[place] in QUOTES:
        return QueryError("This quote is never closed.", query=query, position=place, repair=f'For example: {query}"')
    return QueryError(
        f"“{query[place]}” has no meaning here; a comma stands between alternatives.",
        query=query,
        position=place,
        repair="For example: rlhf, reward model",
    )
