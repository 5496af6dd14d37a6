"""A query cut into tokens: words, quotes, operators, brackets, each with its place."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from bot.errors import QueryError

OPERATORS = ("AND", "OR", "NOT")

CURLY_QUOTES = str.maketrans("“”„‟«»″‘’", '"' * 7 + "''")
"""Devices put them where people typed straight ones."""

FACT = re.compile(r"([A-Za-z]+)\s*(>=|<=|=>|=<|==|[<>=≥≤])\s*([^\s(),|\"]*)")
BARE = re.compile(r"[^\s(),|\"]+")
SIGNS = {"(": "(", ")": ")", ",": "OR", "|": "OR"}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query.

    Attributes:
        kind: ``word``, ``quoted``, ``fact``, ``AND``, ``OR``, ``NOT``, ``(``, ``)`` or ``end``.
        text: What stands there; of a quoted text what is inside.
        position: Where it begins, in characters.
    """

    kind: str
    text: str
    position: int


def tidy(query: str) -> str:
    """The query as it is read and shown: chat's escapes and curly quotes undone, white space single."""
    return " ".join(html.unescape(query).translate(CURLY_QUOTES).split())


def tokens_of(query: str) -> list[Token]:
    """The tokens of a tidy query; the last one is its end.

    Raises:
        QueryError: A quote is not closed.
    """
    tokens: list[Token] = []
    place = 0
    while place < len(query):
        sign = query[place]
        if sign == " ":
            place += 1
        elif sign in SIGNS:
            tokens.append(Token(SIGNS[sign], sign, place))
            place += 1
        elif sign == '"':
            end = query.find('"', place + 1)
            if end < 0:
                raise QueryError("This quote is not closed.", query=query, position=place, repair=f'Close it: {query}"')
            tokens.append(Token("quoted", query[place + 1 : end], place))
            place = end + 1
        elif sign == "-":
            if query[place + 1 : place + 2] in {"", " ", "-", ")", ","}:
                raise QueryError(
                    "A minus stands right before what you do not want.",
                    query=query,
                    position=place,
                    repair="For example: diffusion -survey",
                )
            tokens.append(Token("NOT", sign, place))
            place += 1
        else:
            token = _word(query, place)
            tokens.append(token)
            place = place + len(token.text)
    return [*tokens, Token("end", "", len(query))]


def _word(query: str, place: int) -> Token:
    fact = FACT.match(query, place)
    if fact:
        return Token("fact", fact[0], place)
    bare = BARE.match(query, place)
    assert bare is not None  # noqa: S101 - blanks, signs and quotes were dealt with
    word = bare[0]
    return Token(word if word in OPERATORS else "word", word, place)
