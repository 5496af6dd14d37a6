"""The terms by which papers name their subjects."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from bot.domain import Paper
from bot.domain.terms import NamedTerm, TermCounts
from storage.paper_rows import as_paper, changed_since
from storage.sqlite.engine import Database
from storage.sqlite.paper_index import first_row

TITLE, KEYWORD, SUBJECT, HEAD = 1, 2, 4, 8
"""How a paper names a term, as the bits of ``kinds``."""

RECENT = """
paper >= (SELECT min(pk) FROM papers WHERE unnamed_on >= :since)
AND +paper IN (SELECT pk FROM papers WHERE unnamed_on >= :since)
"""
"""Recent papers have the highest keys, so that of each term few others are read. The sign keeps SQLite from looking up
each term with each paper: https://www.sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_."""

KNOWN = f"""
SELECT value FROM (
    SELECT value, (SELECT count(*) FROM (SELECT 1 FROM terms WHERE term = value AND {RECENT} LIMIT :most + 1)) AS naming
    FROM json_each(:terms)
) WHERE naming BETWEEN :least AND :most
"""  # noqa: S608 - our own
"""What is too common is not counted to the end."""

COUNTS = f"""
SELECT term, spelling, count(*) AS naming, sum(kinds & 1) AS titles, sum(kinds >> 1 & 1) AS keywords,
    sum(kinds >> 2 & 1) AS subjects, sum(kinds >> 3 & 1) AS heads, max(paper) AS latest
FROM json_each(:terms) CROSS JOIN terms ON term = value WHERE {RECENT}
GROUP BY term, spelling ORDER BY term, naming DESC, latest DESC
"""  # noqa: S608 - our own
"""The commonest spelling of each term comes first."""

FREQUENT = f"""
SELECT term FROM terms WHERE {RECENT}
GROUP BY term HAVING count(*) BETWEEN :least AND :most ORDER BY count(*) DESC, term LIMIT :limit
"""  # noqa: S608 - our own

HAVING = """
SELECT count(*) FROM (
    SELECT 1 FROM papers_folded JOIN papers ON papers.folded = papers_folded.rowid
    WHERE papers_folded MATCH :row AND papers_folded.rowid > :first AND unnamed_on >= :since LIMIT :most
)
"""
"""The index goes through the rows of recent papers alone: they are in the order of days."""


PAPERS_AT_ONCE = 200
"""Papers whose terms are removed in one transaction, which holds the write lock for about 20 ms."""

OLD = """
SELECT pk FROM papers WHERE unnamed_on < :day AND EXISTS (SELECT 1 FROM terms WHERE paper = papers.pk)
ORDER BY unnamed_on DESC LIMIT :limit
"""
"""Those that became old since yesterday are found first."""

OLD_UNCOUNTED = "DELETE FROM uncounted WHERE (SELECT unnamed_on FROM papers WHERE pk = paper) < :day"


class SqlVocabulary:
    """See `VocabularyStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def uncounted(self, version: int, *, limit: int) -> Sequence[Paper]:
        """Papers whose terms are to be counted; see `VocabularyStore.uncounted`."""
        with self._database.reading() as connection:
            is_current = connection.execute("SELECT version FROM counting").fetchone()[0] == version
            which = "JOIN uncounted ON uncounted.paper = papers.pk" if is_current else "WHERE unnamed_on IS NOT NULL"
            rows = connection.execute(
                f"SELECT papers.* FROM papers {which} ORDER BY unnamed_on DESC, position LIMIT ?",  # noqa: S608
                (limit,),
            )
            return [as_paper(row) for row in rows]

    def count(self, named: Mapping[str, Sequence[NamedTerm]], *, version: int, as_read: Sequence[Paper] = ()) -> None:
        """Store the terms of papers; see `VocabularyStore.count`."""
        with self._database.writing() as connection:
            if connection.execute("SELECT version FROM counting").fetchone()[0] != version:
                connection.execute("INSERT OR IGNORE INTO uncounted SELECT DISTINCT paper FROM terms")
                connection.execute("DELETE FROM terms")
                connection.execute("UPDATE counting SET version = ?", (version,))
            changed = changed_since(connection, as_read)
            for paper_id, terms in named.items():
                paper = connection.execute("SELECT pk FROM papers WHERE id = ?", (paper_id,)).fetchone()
                if paper and paper_id not in changed:
                    connection.execute("DELETE FROM terms WHERE paper = ?", (paper["pk"],))
                    connection.execute("DELETE FROM uncounted WHERE paper = ?", (paper["pk"],))
                    connection.executemany(
                        "INSERT INTO terms (term, paper, kinds, spelling) VALUES (?, ?, ?, ?)",
                        ((term.term, paper["pk"], _kinds(term), _shortened(term)) for term in terms),
                    )

    def forget(self, *, listed_before: date) -> int:
        """Remove the terms of old papers; see `VocabularyStore.forget`."""
        values = {"day": listed_before.isoformat(), "limit": PAPERS_AT_ONCE}
        with self._database.reading() as connection:  # finding them may be slow, and need not keep others from writing
            old = connection.execute(OLD, values).fetchall()
        with self._database.writing() as connection:
            connection.execute(OLD_UNCOUNTED, {"day": listed_before.isoformat()})
            connection.executemany("DELETE FROM terms WHERE paper = ?", old)
        return len(old)

    def papers(self, *, since: date) -> int:
        """How many papers there are; see `VocabularyStore.papers`."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT count(*) FROM papers WHERE unnamed_on >= ?", (since.isoformat(),)
            ).fetchone()
            return int(row[0])

    def counts(self, terms: Iterable[str], *, since: date, least: int, most: int) -> Mapping[str, TermCounts]:
        """How many papers name terms; see `VocabularyStore.counts`."""
        values = {"terms": json.dumps(list(terms)), "since": since.isoformat(), "least": least, "most": most}
        with self._database.reading() as connection:
            known = json.dumps([row["value"] for row in connection.execute(KNOWN, values)])
            rows = connection.execute(COUNTS, {"terms": known, "since": since.isoformat()}).fetchall()
        return {term: _added_up(list(spelled)) for term, spelled in groupby(rows, key=lambda row: row["term"])}

    def frequent(self, *, since: date, least: int, most: int, limit: int) -> Mapping[str, TermCounts]:
        """Terms that many papers name; see `VocabularyStore.frequent`."""
        values = {"since": since.isoformat(), "least": least, "most": most, "limit": limit}
        with self._database.reading() as connection:
            terms = [row["term"] for row in connection.execute(FREQUENT, values)]
        counts = self.counts(terms, since=since, least=least, most=most)
        return {term: counts[term] for term in terms if term in counts}

    def having(self, most: Mapping[str, int], *, since: date) -> Mapping[str, int]:
        """How many papers have terms anywhere; see `VocabularyStore.having`."""
        with self._database.reading() as connection:
            values = {"since": since.isoformat(), "first": first_row(since)}
            return {
                term: connection.execute(HAVING, values | {"row": _row(term), "most": enough}).fetchone()[0]
                for term, enough in most.items()
            }


def _added_up(rows: Sequence[sqlite3.Row]) -> TermCounts:
    """The counts of a term, of which each row has those of a spelling."""
    naming, titles, keywords, subjects, heads = (
        sum(row[name] for row in rows) for name in ("naming", "titles", "keywords", "subjects", "heads")
    )
    return TermCounts(rows[0]["spelling"] or rows[0]["term"], naming, titles, keywords, subjects, heads)


def _kinds(term: NamedTerm) -> int:
    return sum(
        bit
        for bit, holds in zip(
            (TITLE, KEYWORD, SUBJECT, HEAD),
            (term.in_title, term.is_keyword, term.is_subject, term.is_head),
            strict=True,
        )
        if holds
    )


def _shortened(term: NamedTerm) -> str:
    """Its spelling; empty where that is the folded words, as it mostly is."""
    return "" if term.spelling == term.term else term.spelling


def _row(term: str) -> str:
    """The words side by side in a text, in FTS5's own language: https://www.sqlite.org/fts5.html#full_text_query_syntax."""
    quoted = term.replace('"', '""')
    return f'{{title body}} : "{quoted}"'
