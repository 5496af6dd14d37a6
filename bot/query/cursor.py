"""A position among the lexemes of a query, and mistakes that point at a place in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.query.lexer import QUOTES, Kind, Lexeme
from bot.query.mistake import Mistake

WORDING = {Kind.WORD, Kind.COLON, Kind.COMPARISON}
"""Kinds that people put into plain sentences: these belong between the same quotes as the words around them."""

QUOTE = re.compile(f"[{QUOTES}]")


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

    def closing(self, bracket: Lexeme) -> Lexeme:
        """The bracket that closes an opening one; the end if none does."""
        depth = 0
        for lexeme in self._lexemes[self._lexemes.index(bracket) :]:
            depth += (lexeme.kind is Kind.OPEN) - (lexeme.kind is Kind.CLOSE)
            if not depth:
                return lexeme
        return self._lexemes[-1]

    def inside(self, bracket: Lexeme) -> Sequence[Lexeme]:
        """The lexemes between an opening bracket and the one that closes it."""
        first = self._lexemes.index(bracket) + 1
        return self._lexemes[first : self._lexemes.index(self.closing(bracket))]

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
        return changed.replace("( ", "(").replace(" )", ")").replace(" ,", ",")

    def replacing(self, lexeme: Lexeme, text: str) -> str:
        """The whole query with ``text`` in place of a lexeme."""
        return self.changed(lexeme.start, lexeme.end, text)

    def quoted(self) -> str:
        """The whole query with quotes around the words, colons, comparisons and quotes that surround `here`."""
        first = last = self._next
        while first and self._joins(first - 1):
            first -= 1
        while self._joins(last):
            last += 1
        start, end = self._lexemes[first].start, self._lexemes[last - 1].end
        inner = QUOTE.sub("", self._query[start:end])
        return self.changed(start, end, f'"{inner}"')

    def _joins(self, index: int) -> bool:
        """Whether the lexeme belongs to the words around `here`; a quote does if it touches what is before it."""
        lexeme, before = self._lexemes[index], self._lexemes[index - 1]
        return lexeme.kind in WORDING or (lexeme.kind is Kind.QUOTED and index > 0 and before.end == lexeme.start)

    def mistake(self, message: str, position: int, *corrected: str) -> Mistake:
        """A mistake at a character of the query; ``corrected`` are whole queries without it, best first."""
        return Mistake(message, query=self._query, position=position, corrected=corrected)
