"""SQLite FTS5: the papers are indexed in memory, and every query is run."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Sequence

from bench.rivals.folded import AllOf, AnyOf, Condition, Expression, Words

TABLE = """
CREATE VIRTUAL TABLE papers USING fts5 (
    words, content = '', tokenize = "unicode61 remove_diacritics 0 tokenchars '+#.'"
)
"""


class Fts5:
    """See `bench.rivals.Rival`."""

    def __init__(self, matches: Sequence[str]) -> None:
        self._matches = matches

    def match(self, lines: Sequence[str]) -> Sequence[Sequence[int]]:
        """Index the lines and run every query."""
        with contextlib.closing(sqlite3.connect(":memory:")) as connection:
            connection.execute(TABLE)
            connection.executemany("INSERT INTO papers (rowid, words) VALUES (?, ?)", enumerate(lines))
            connection.commit()
            run = connection.execute
            return [
                [row[0] for row in run("SELECT rowid FROM papers WHERE papers MATCH ?", (match,))]
                for match in self._matches
            ]


def prepare(expressions: Sequence[Expression]) -> Fts5:
    """Say every query in FTS5's language."""
    return Fts5([_said(expression.condition) for expression in expressions])


def _said(condition: Condition) -> str:
    match condition:
        case Words(words, prefix):
            return f'"{" ".join(words)}"{" *" if prefix else ""}'
        case AllOf(wanted, unwanted):
            said = " AND ".join(f"({_said(part)})" for part in wanted)
            return f"({said}) NOT ({' OR '.join(f'({_said(part)})' for part in unwanted)})" if unwanted else said
        case AnyOf(parts):
            return " OR ".join(f"({_said(part)})" for part in parts)
