"""The word index of papers, on SQLite's full-text search (FTS5).

The rows of the index are in the order of the days on which papers were listed last, so that the papers of some days are
a range of rows, of which FTS5 reads nothing else: a row is numbered by its day, and from 1 within the day.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from bot.domain import Paper
from bot.domain.index_query import AllOf, FoldedText, IndexQuery, Row, WordCondition
from bot.domain.merging import CONTENT
from bot.ports.stores import Candidate, Hits
from storage.paper_rows import as_paper, changed_since, day_of_list
from storage.sqlite.engine import Database

DAY_BITS = 24
"""Bits of a row's number within its day."""

LAST = 2**63 - 1
"""No row has a higher number."""

WEIGHED = """
SELECT papers.pk, weight, upvotes, list_day, position
FROM (SELECT rowid, round(bm25(papers_folded, 10.0, 1.0, 1.0, 0.0), 1) AS weight
      FROM papers_folded WHERE papers_folded MATCH ? AND rowid >= ?) AS filed
JOIN papers ON papers.folded = filed.rowid
"""
"""The title weighs ten times as much; weights are rounded, so that votes decide between similar papers."""

UNWEIGHED = "SELECT pk, 0 AS weight, upvotes, list_day, position FROM papers WHERE folded >= ?"

BEST = """
WITH best AS (
    SELECT *, count(*) OVER () AS passed FROM ({passing}) ORDER BY weight, upvotes DESC, list_day DESC, position LIMIT ?
)
SELECT papers.*, best.passed, paper_words.words
FROM best JOIN papers USING (pk) JOIN paper_words ON paper_words.paper = best.pk
ORDER BY best.weight, best.upvotes DESC, best.list_day DESC, best.position
"""

WITH_WORDS = """
papers_folded CROSS JOIN papers ON papers.folded = papers_folded.rowid
WHERE papers_folded MATCH ? AND papers_folded.rowid BETWEEN ? AND ?
"""

WITHOUT_WORDS = "papers WHERE papers.folded BETWEEN ? AND ?"

COUNT = "SELECT count(*) FROM {found}"

LATEST = """
WITH latest AS (SELECT papers.pk, papers.folded FROM {found} ORDER BY {place} DESC LIMIT ?)
SELECT latest.folded AS place, papers.*, paper_words.words
FROM latest CROSS JOIN papers USING (pk) CROSS JOIN paper_words ON paper_words.paper = latest.pk
ORDER BY papers.last_listed DESC, papers.list_day DESC, papers.position, papers.pk
"""

STATE = """
SELECT count(*), sum(folded % 16777213 * (pk % 9973)), sum(upvotes * (pk % 9973)),
       sum(comments * (pk % 9973)), sum(stars * (pk % 9973)), sum(code_url != ''), sum(project_url != '')
FROM papers WHERE folded >= ?
"""
"""Votes are weighed by the papers that have them, since one may gain what another loses. A new text is filed anew."""

PAGES_AT_ONCE = 64
"""Pages of the index that are merged in one transaction."""

REFILE = """
UPDATE folding SET version = 0
WHERE (SELECT count(*) FROM papers_folded_docsize) > 2 * (SELECT count(*) FROM papers) + 100
"""
"""Nothing can be removed from an index that stores no texts, so it is rebuilt when most of it is out of date:
https://www.sqlite.org/fts5.html#contentless_tables."""


class SqlitePaperIndex:
    """See `PaperIndex`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._is_merging = False

    def unfiled(self, version: int, *, limit: int, since: date | None = None) -> Sequence[Paper]:
        """Papers that are not filed yet; see `PaperIndex.unfiled`."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT * FROM papers WHERE {_unfiled(connection, version)} AND last_listed >= ?"  # noqa: S608 - our own
                " ORDER BY last_listed DESC LIMIT ?",
                (since.isoformat() if since else "", limit),
            )
            return [as_paper(row) for row in rows]

    def unfiled_of(self, paper_ids: Collection[str], version: int) -> AbstractSet[str]:
        """Those of some papers that are not filed yet; see `PaperIndex.unfiled_of`."""
        with self._database.reading() as connection:
            statement = f"SELECT 1 FROM papers WHERE {_unfiled(connection, version)} AND id = ?"  # noqa: S608 - our own
            return {each for each in paper_ids if connection.execute(statement, (each,)).fetchone()}

    def file(self, texts: Mapping[str, FoldedText], *, version: int, as_read: Sequence[Paper] = ()) -> None:
        """File papers; see `PaperIndex.file`."""
        with self._database.writing() as connection:
            if connection.execute("SELECT version FROM folding").fetchone()[0] != version:
                connection.execute("INSERT INTO papers_folded (papers_folded) VALUES ('delete-all')")
                connection.execute("UPDATE papers SET folded = NULL")
                connection.execute("UPDATE folding SET version = ?", (version,))
            changed = changed_since(connection, as_read)
            papers = [
                (row["last_listed"], row["pk"], text)
                for paper_id, text in texts.items()
                if paper_id not in changed
                and (
                    row := connection.execute(
                        "SELECT pk, last_listed FROM papers WHERE id = ? AND folded IS NULL", (paper_id,)
                    ).fetchone()
                )
            ]
            # FTS5 writes what it has gathered to the file whenever a row comes before the one that came last.
            for last_listed, pk, text in sorted(papers, key=lambda paper: paper[0]):
                _file(connection, pk, date.fromisoformat(last_listed), text)

    def search(self, index_query: IndexQuery, *, limit: int, since: date | None = None) -> Hits:
        """The papers that pass; see `PaperIndex.search`."""
        passing = WEIGHED if index_query.words else UNWEIGHED
        conditions, values = _conditions(index_query, since or date.min)
        first = first_row(since) if since else 0
        statement = BEST.format(passing=" AND ".join([passing, *conditions]))
        with self._database.reading() as connection:
            rows = connection.execute(statement, [*_words(index_query), first, *values, limit]).fetchall()
        words = tuple(_read_words(row) for row in rows)
        return Hits(rows[0]["passed"] if rows else 0, tuple(as_paper(row) for row in rows), words)

    def count(self, index_query: IndexQuery, *, since: date) -> int:
        """How many papers pass; see `PaperIndex.count`."""
        found, values = _found(index_query, since, LAST)
        with self._database.reading() as connection:
            return int(connection.execute(COUNT.format(found=found), values).fetchone()[0])

    def latest(
        self, index_query: IndexQuery, *, since: date, limit: int, before: int | None = None
    ) -> Sequence[Candidate]:
        """The latest papers that pass; see `PaperIndex.latest`."""
        found, values = _found(index_query, since, LAST if before is None else before - 1)
        place = "papers_folded.rowid" if index_query.words else "papers.folded"
        with self._database.reading() as connection:
            rows = connection.execute(LATEST.format(found=found, place=place), [*values, limit]).fetchall()
        return [Candidate(row["place"], as_paper(row), _read_words(row)) for row in rows]

    def state(self, *, since: date) -> tuple[int, ...]:
        """What papers were filed; see `PaperIndex.state`."""
        with self._database.reading() as connection:
            row = connection.execute(STATE, (first_row(since),)).fetchone()
        return tuple(int(number or 0) for number in row)

    def tidy(self) -> bool:
        """Free some of what forgotten papers' words take; see `PaperIndex.tidy`.

        FTS5 only marks what was deleted, and drops it when segments are merged, which it seldom does by itself:
        https://www.sqlite.org/fts5.html#the_merge_command.
        """
        # A negative number begins with all segments, a positive one goes on.
        pages = PAGES_AT_ONCE if self._is_merging else -PAGES_AT_ONCE
        with self._database.writing() as connection:
            before = connection.total_changes
            connection.execute("INSERT INTO papers_text (papers_text, rank) VALUES ('merge', ?)", (pages,))
            self._is_merging = connection.total_changes - before > 1  # fewer when there was nothing to do
            if not self._is_merging:
                connection.execute(REFILE)
        return self._is_merging


def _unfiled(connection: sqlite3.Connection, version: int) -> str:
    """The condition under which papers are not filed with this version of the folding."""
    is_current = connection.execute("SELECT version FROM folding").fetchone()[0] == version
    return "folded IS NULL" if is_current else "1"


def _file(connection: sqlite3.Connection, pk: int, day: date, text: FoldedText) -> None:
    first = first_row(day)
    row = connection.execute(
        "SELECT coalesce(max(id), ?) + 1 FROM papers_folded_docsize WHERE id BETWEEN ? AND ?",
        (first, first, first + (1 << DAY_BITS) - 1),
    ).fetchone()[0]
    connection.execute(
        "INSERT INTO papers_folded (rowid, title, body, joined, names) VALUES (?, ?, ?, ?, ?)",
        (row, text.title, text.body, text.joined, text.names),
    )
    connection.execute("UPDATE papers SET folded = ? WHERE pk = ?", (row, pk))
    connection.execute(
        "INSERT INTO paper_words (paper, words) VALUES (?, ?) ON CONFLICT (paper) DO UPDATE SET words = excluded.words",
        (pk, zlib.compress(text.words.encode())),
    )


def _read_words(row: sqlite3.Row) -> str:
    return zlib.decompress(row["words"]).decode()


def first_row(day: date) -> int:
    """The number before those of the rows of that day's papers."""
    return day.toordinal() << DAY_BITS


def _words(index_query: IndexQuery) -> list[str]:
    return [_expression(index_query.words)] if index_query.words else []


def _found(index_query: IndexQuery, since: date, last: int) -> tuple[str, list[str | int]]:
    """The papers since that day, up to a row, that pass, as SQL, and its values."""
    conditions, values = _conditions(index_query, since)
    found = WITH_WORDS if index_query.words else WITHOUT_WORDS
    return " AND ".join([found, *conditions]), [*_words(index_query), first_row(since), last, *values]


def _conditions(index_query: IndexQuery, since: date) -> tuple[list[str], list[str | int]]:
    """What a paper must have besides words, as SQL, and its values."""
    listed, sources = day_of_list(index_query.source)
    conditions = [f"coalesce({_column(name)}, 0) >= ?" for name, _ in index_query.least]
    conditions += [f"{_column(name)} != ''" for name in index_query.having]
    conditions += ["instr(categories, ?)"] * len(index_query.categories)
    conditions += [f"{listed} >= ?"]
    least = [number for _, number in index_query.least]
    return conditions, [*least, *map(_in_list, index_query.categories), *sources, since.isoformat()]


def _in_list(category: str) -> str:
    """How a category, or the beginning of one, stands in a column of several."""
    return f'"{category.removesuffix("*")}' if category.endswith("*") else f'"{category}"'


def _column(name: str) -> str:
    """The column of that name; the name is part of a statement, so it is one of ours or refused."""
    if name not in CONTENT:
        message = f"papers have no column {name!r}"
        raise ValueError(message)
    return name


def _expression(wanted: WordCondition) -> str:
    """The condition in FTS5's own language, every word in quotes: https://www.sqlite.org/fts5.html#full_text_query_syntax."""
    if isinstance(wanted, Row):
        words = " ".join(wanted.words)
        star = " *" if words.endswith("*") else ""
        quoted = words.removesuffix("*").replace('"', '""') if star else words.replace('"', '""')
        return f'{f"{wanted.column} : " if wanted.column else ""}"{quoted}"{star}'
    word = " AND " if isinstance(wanted, AllOf) else " OR "
    return f"({word.join(map(_expression, wanted.parts))})"
