"""The word index of papers, on SQLite's full-text search (FTS5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain import Paper
from bot.domain.index_query import AllOf, FoldedText, IndexQuery, Row, WordCondition
from bot.domain.merging import CONTENT
from bot.ports.stores import Hits
from storage.paper_rows import as_paper, changed_since, on_list_of
from storage.sqlite.engine import Database

WEIGHED = """
SELECT papers.pk, weight, upvotes, list_day, position
FROM (SELECT rowid, round(bm25(papers_folded, 10.0, 1.0, 1.0, 0.0), 1) AS weight
      FROM papers_folded WHERE papers_folded MATCH ?) AS filed
JOIN papers ON papers.folded = filed.rowid
"""
"""The title weighs ten times as much; weights are rounded, so that votes decide between similar papers."""

UNWEIGHED = "SELECT pk, 0 AS weight, upvotes, list_day, position FROM papers"

BEST = """
WITH best AS (
    SELECT *, count(*) OVER () AS passed FROM ({passing}) ORDER BY weight, upvotes DESC, list_day DESC, position LIMIT ?
)
SELECT papers.*, best.passed FROM best JOIN papers USING (pk)
ORDER BY best.weight, best.upvotes DESC, best.list_day DESC, best.position
"""

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

    def unfiled(self, version: int, *, limit: int) -> Sequence[Paper]:
        """Papers that are not filed yet; see `PaperIndex.unfiled`."""
        with self._database.reading() as connection:
            is_current = connection.execute("SELECT version FROM folding").fetchone()[0] == version
            which = "WHERE folded IS NULL" if is_current else ""
            rows = connection.execute(f"SELECT * FROM papers {which} ORDER BY list_day DESC LIMIT ?", (limit,))  # noqa: S608
            return [as_paper(row) for row in rows]

    def file(self, texts: Mapping[str, FoldedText], *, version: int, as_read: Sequence[Paper] = ()) -> None:
        """File papers; see `PaperIndex.file`."""
        with self._database.writing() as connection:
            if connection.execute("SELECT version FROM folding").fetchone()[0] != version:
                connection.execute("INSERT INTO papers_folded (papers_folded) VALUES ('delete-all')")
                connection.execute("UPDATE papers SET folded = NULL")
                connection.execute("UPDATE folding SET version = ?", (version,))
            changed = changed_since(connection, as_read)
            for paper_id, text in texts.items():
                paper = connection.execute("SELECT pk FROM papers WHERE id = ?", (paper_id,)).fetchone()
                if paper and paper_id not in changed:
                    filed = connection.execute(
                        "INSERT INTO papers_folded (title, body, joined, names) VALUES (?, ?, ?, ?)", text
                    )
                    connection.execute("UPDATE papers SET folded = ? WHERE pk = ?", (filed.lastrowid, paper["pk"]))

    def search(self, index_query: IndexQuery, *, limit: int) -> Hits:
        """The papers that pass; see `PaperIndex.search`."""
        conditions = [f"coalesce({_column(name)}, 0) >= ?" for name, _ in index_query.least]
        conditions += [f"{_column(name)} != ''" for name in index_query.having]
        conditions += ["instr(categories, ?)"] * len(index_query.categories)
        on_list, listed = on_list_of(index_query.source)
        conditions.append(on_list)
        values = [
            *([_expression(index_query.words)] if index_query.words else ()),
            *(number for _, number in index_query.least),
            *(
                f'"{pattern.removesuffix("*")}' if pattern.endswith("*") else f'"{pattern}"'
                for pattern in index_query.categories
            ),
            *listed,
            limit,
        ]
        passing = WEIGHED if index_query.words else UNWEIGHED
        statement = BEST.format(passing=f"{passing} WHERE {' AND '.join(conditions)}" if conditions else passing)
        with self._database.reading() as connection:
            rows = connection.execute(statement, values).fetchall()
        return Hits(rows[0]["passed"] if rows else 0, tuple(as_paper(row) for row in rows))

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
