"""A place among the lexemes of a query, and the errors that point at it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import QueryError
from bot.query.lexer import Kind, Lexeme

EXAMPLE = "rlhf, reward model"

WORDING = {Kind.WORD, Kind.COLON, Kind.COMPARISON}


class Cursor:
    """Goes through a query's lexemes from left to right."""

    def __init__(self, query: str, lexemes: Sequence[Lexeme]) -> None:
        """Begin at the first lexeme; the last one is of the kind END."""
        self._query = query
        self._lexemes = lexemes
        self._next = 0

    @property
    def here(self) -> Lexeme:
        """The lexeme that is to be read."""
        return self._lexemes[self._next]

    def peek(self, ahead: int) -> Lexeme:
        """The lexeme that far ahead of `here`; the end stands for all behind it."""
        return self._lexemes[min(self._next + ahead, len(self._lexemes) - 1)]

    @property
    def before(self) -> Lexeme | None:
        """The one that was read last."""
        return self._lexemes[self._next - 1] if self._next else None

    def take(self) -> Lexeme:
        """Read a lexeme; the end stays."""
        lexeme = self.here
        if lexeme.kind is not Kind.END:
            self._next += 1
        return lexeme

    def written(self, start: int, end: int) -> str:
        """The query from ``start`` to ``end``."""
        return self._query[start:end]

    def changed(self, start: int, end: int, better: str) -> str:
        """The whole query with ``better`` in place of what stands from ``start`` to ``end``."""
        changed = " ".join(f"{self._query[:start]}{better}{self._query[end:]}".split())
        return changed.replace("( ", "(").replace(" )", ")")

    def quoted(self) -> str:
        """The whole query with quotes around the words, colons and comparisons that surround `here`."""
        first = last = self._next
        while first and self._lexemes[first - 1].kind in WORDING:
            first -= 1
        while self._lexemes[last].kind in WORDING:
            last += 1
        start, end = self._lexemes[first].start, self._lexemes[last - 1].end
        return self.changed(start, end, f'"{self._query[start:end]}"')

    def error(self, message: str, at: int, example: str = EXAMPLE) -> QueryError:
        """An error that points at the character ``at`` and shows a query that would do."""
        return QueryError(message, query=self._query, position=at, repair=f"For example: {example}" if example else "")
