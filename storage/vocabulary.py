"""The terms by which papers name their subjects."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot.domain import Paper
from bot.domain.terms import NamedTerm, TermCounts
from storage.papers import as_paper, changed_since
from storage.sqlite.engine import Database

TITLE, KEYWORD, SUBJECT, HEAD = 1, 2, 4, 8
"""How a paper names a term, as the bits of ``kinds``."""

RECENT = """
paper >= (SELECT min(pk) FROM papers WHERE list_day >= :since)
AND paper IN (SELECT pk FROM papers WHERE list_day >= :since)
"""
"""Recent papers have the highest keys, so that of each term few others are read."""

FIGURES = """
count(*) AS naming, sum(kinds & 1) AS titles, sum(kinds >> 1 & 1) AS keywords, sum(kinds >> 2 & 1) AS subjects,
sum(kinds >> 3 & 1) AS heads
"""

COUNTS = f"""
SELECT term, {FIGURES} FROM json_each(:terms) CROSS JOIN terms ON term = value WHERE {RECENT}
GROUP BY term HAVING naming >= :least
"""  # noqa: S608 - our own

FREQUENT = f"""
SELECT term, {FIGURES} FROM terms WHERE {RECENT}
GROUP BY term HAVING naming BETWEEN :least AND :most ORDER BY naming DESC, term LIMIT :limit
"""  # noqa: S608 - our own

SPELLINGS = f"""
SELECT term, spelling, count(*) AS papers, max(paper) AS latest FROM json_each(:terms) CROSS JOIN terms ON term = value
WHERE {RECENT} GROUP BY term, spelling ORDER BY papers, latest
"""  # noqa: S608 - our own

HAVING = """
SELECT count(*) FROM (
    SELECT 1 FROM papers_folded JOIN papers ON papers.folded = papers_folded.rowid
    WHERE papers_folded MATCH :row AND list_day >= :since LIMIT :most
)
"""


class SqlVocabulary:
    """See `VocabularyStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def uncounted(self, version: int, *, limit: int) -> Sequence[Paper]:
        """Papers whose terms are to be counted; see `VocabularyStore.uncounted`."""
        with self._database.reading() as connection:
            is_current = connection.execute("SELECT version FROM counting").fetchone()[0] == version
            which = "JOIN uncounted ON uncounted.paper = papers.pk" if is_current else ""
            rows = connection.execute(
                f"SELECT papers.* FROM papers {which} ORDER BY list_day DESC, position LIMIT ?",  # noqa: S608
                (limit,),
            )
            return [as_paper(row) for row in rows]

    def count(self, named: Mapping[str, Sequence[NamedTerm]], *, version: int, as_read: Sequence[Paper] = ()) -> None:
        """Store the terms of papers; see `VocabularyStore.count`."""
        with self._database.writing() as connection:
            if connection.execute("SELECT version FROM counting").fetchone()[0] != version:
                connection.execute("DELETE FROM terms")
                connection.execute("INSERT OR IGNORE INTO uncounted SELECT pk FROM papers")
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

    def papers(self, *, since: date) -> int:
        """How many papers there are; see `VocabularyStore.papers`."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT count(*) FROM papers WHERE list_day >= ?", (since.isoformat(),)).fetchone()
            return int(row[0])

    def counts(self, terms: Iterable[str], *, since: date, least: int) -> Mapping[str, TermCounts]:
        """How many papers name terms; see `VocabularyStore.counts`."""
        return self._counts(COUNTS, terms=json.dumps(list(terms)), since=since.isoformat(), least=least)

    def frequent(self, *, since: date, least: int, most: int, limit: int) -> Mapping[str, TermCounts]:
        """Terms that many papers name; see `VocabularyStore.frequent`."""
        return self._counts(FREQUENT, since=since.isoformat(), least=least, most=most, limit=limit)

    def having(self, terms: Iterable[str], *, since: date, most: int) -> Mapping[str, int]:
        """How many papers have terms anywhere; see `VocabularyStore.having`."""
        with self._database.reading() as connection:
            return {
                term: connection.execute(
                    HAVING, {"row": _row(term), "since": since.isoformat(), "most": most}
                ).fetchone()[0]
                for term in terms
            }

    def _counts(self, statement: str, *, since: str, **values: object) -> Mapping[str, TermCounts]:
        with self._database.reading() as connection:
            rows = connection.execute(statement, {"since": since, **values}).fetchall()
            asked = json.dumps([row["term"] for row in rows])
            # The commonest comes last, and stays.
            spellings = {
                row["term"]: row["spelling"] or row["term"]
                for row in connection.execute(SPELLINGS, {"since": since, "terms": asked})
            }
        return {term: TermCounts(spellings[term], *figures) for term, *figures in rows}


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
