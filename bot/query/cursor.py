"""A position among the lexemes of a query, and errors that point at a place in it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import QueryError
from bot.query.lexer import EXAMPLE, Kind, Lexeme, error_at

WORDING = {Kind.WORD, Kind.COLON, Kind.COMPARISON}
"""Kinds that people put into plain sentences: these belong between the same quotes as the words around them."""


class Cursor:
    """Reads a query's lexemes from left to right."""

    def __init__(self, query: str, lexemes: Sequence[Lexeme]) -> None:
        """Start at the first lexeme; the last one is of the kind END."""
        self._query = query
        self._lexemes = lexemes
        self._next = 0

    @property
    def here(self) -> Lexeme:
        """The lexeme that is read next."""
        return self._lexemes[self._next]

    def peek(self, ahead: int) -> Lexeme:
        """The lexeme that many places after `here`; beyond the end, the end."""
        return self._lexemes[min(self._next + ahead, len(self._lexemes) - 1)]

    @property
    def before(self) -> Lexeme | None:
        """The lexeme that was read last."""
        return self._lexemes[self._next - 1] if self._next else None

    def take(self) -> Lexeme:
        """Read a lexeme and move on; the cursor stays at the end."""
        lexeme = self.here
        if lexeme.kind is not Kind.END:
            self._next += 1
        return lexeme

    def written(self, start: int, end: int) -> str:
        """The query from ``start`` to ``end``."""
        return self._query[start:end]

    def changed(self, start: int, end: int, replacement: str) -> str:
        """The whole query with ``replacement`` from ``start`` to ``end``."""
        changed = " ".join(f"{self._query[:start]}{replacement}{self._query[end:]}".split())
        return changed.replace("( ", "(").replace(" )", ")")

    def replacing(self, lexeme: Lexeme, text: str) -> str:
        """The whole query with ``text`` in place of a lexeme."""
        return self.changed(lexeme.start, lexeme.end, text)

    def quoted(self) -> str:
        """The whole query with quotes around the words, colons and comparisons that surround `here`."""
        first = last = self._next
        while first and self._lexemes[first - 1].kind in WORDING:
            first -= 1
        while self._lexemes[last].kind in WORDING:
            last += 1
        start, end = self._lexemes[first].start, self._lexemes[last - 1].end
        return self.changed(start, end, f'"{self._query[start:end]}"')

    def error(self, message: str, position: int, example: str = EXAMPLE) -> QueryError:
        """An error that points at a character and shows a query that works."""
        return error_at(self._query, position, message, example)
