"""Papers, and when each list was read.

Of a paper that is forgotten the id is kept for ever, so that it is not new when it is listed again. Its deliveries can
go: a paper that is not in the store is never enqueued.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import islice

from bot.domain import Paper, PaperList
from bot.domain.sources import UNNAMED
from storage.columns import day, moment, stamp
from storage.paper_rows import as_paper, day_of_list
from storage.save_paper import save_paper
from storage.sqlite.engine import Database
from storage.votes import forget_votes

PAPERS_AT_ONCE = 50
"""Papers that are removed in one transaction, which holds the write lock for about 20 ms."""

# The last paper stays, however old: SQLite gives a key again once the highest one is gone, and what refers to a paper
# by its key must never find another one.
OLD = """
SELECT pk FROM papers WHERE {old} AND changed_at < :day AND NOT pending
  AND pk < (SELECT max(pk) FROM papers)
  AND pk NOT IN (SELECT paper FROM outbox WHERE state IN ('due', 'claimed'))
ORDER BY last_listed LIMIT :limit
"""

OLD_OF_ANY = "last_listed < :day"

UNWANTED = "unnamed_on IS NULL AND NOT is_wanted AND last_listed < :day AND json_extract(listings, :source) IS NOT NULL"
"""Of a source that has to be named, and never on its way to a channel."""

REMEMBER = """
INSERT INTO forgotten (id, source) SELECT id, :source FROM papers WHERE pk = :pk AND NOT pending
  AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.pk > :newest AND paper = papers.pk)
ON CONFLICT (id) DO UPDATE SET source = excluded.source
"""

REMOVE = "DELETE FROM papers WHERE pk = :pk AND id IN (SELECT id FROM forgotten)"


class SqlPapers:
    """See `PaperStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, source: str, papers: PaperList, *, at: datetime) -> int:
        """Store a list as it was read at ``at``; see `PaperStore.save`."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO lists (source, day, read_at) VALUES (?, ?, ?)"
                " ON CONFLICT (source, day) DO UPDATE SET read_at = excluded.read_at",
                (source, papers.day.isoformat(), stamp(at)),
            )
            forget_votes(connection, now=at)
            return sum(
                save_paper(connection, source, paper, position, at, is_of_this_day=paper.list_day == papers.day)
                for position, paper in enumerate(papers.papers)
            )

    def last_read(self, source: str, *, since: date) -> Mapping[date, datetime]:
        """When each list was last saved; see `PaperStore.last_read`."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT day, read_at FROM lists WHERE source = ? AND day >= ?", (source, since.isoformat())
            )
            return {day(row["day"]): moment(row["read_at"]) for row in rows}

    def pending(self, *, limit: int) -> Sequence[Paper]:
        """Papers whose matches are still to be enqueued; see `PaperStore.pending`."""
        return self._papers("WHERE pending ORDER BY list_day, position LIMIT ?", limit)

    def get(self, paper_id: str) -> Paper | None:
        """The paper with that id; see `PaperStore.get`."""
        return next(iter(self._papers("WHERE id = ?", paper_id)), None)

    def listed(self, *, since: date, until: date | None = None, source: str | None = None) -> Sequence[Paper]:
        """The papers of these days; see `PaperStore.listed`."""
        first, last = since.isoformat(), (until or date.max).isoformat()
        if source == UNNAMED:
            return self._papers(
                "WHERE unnamed_on BETWEEN ? AND ? ORDER BY unnamed_on DESC, list_day DESC, position", first, last
            )
        found = self._papers(
            "WHERE last_listed >= ? AND list_day <= ? ORDER BY last_listed DESC, list_day DESC, position", first, last
        )
        end = until or date.max
        return [
            paper
            for paper in found
            if any(since <= each.day <= end and source in {None, each.source} for each in paper.listings)
        ]

    def days(self, *, since: date, until: date | None = None, source: str | None = None) -> Mapping[date, int]:
        """How many papers each day has; see `PaperStore.days`."""
        listed, values = day_of_list(source)
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {listed} AS day, count(*) FROM papers WHERE last_listed >= ? AND day BETWEEN ? AND ?"  # noqa: S608 - ours
                " GROUP BY day ORDER BY day DESC",
                (*values, since.isoformat(), since.isoformat(), (until or date.max).isoformat()),
            )
            return {day(row[0]): row[1] for row in rows}

    def titles_with(self, text: str, *, since: date, limit: int) -> Sequence[tuple[str, str]]:
        """The titles of papers with that text; see `PaperStore.titles_with`."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, title FROM papers WHERE last_listed >= ? ORDER BY last_listed DESC, position",
                (since.isoformat(),),
            )
            # SQLite compares without regard to case in English alone.
            wanted = text.casefold()
            found = ((row["id"], row["title"]) for row in rows if wanted in f"{row['id']} {row['title']}".casefold())
            return list(islice(found, limit))

    def commonness(self, words: Iterable[str]) -> Mapping[str, int]:
        """In how many papers words stand; see `PaperStore.commonness`."""
        with self._database.reading() as connection:
            return {word: _papers_with(connection, word) for word in words}

    def define(self, definitions: Mapping[str, Iterable[tuple[str, str]]]) -> None:
        """Store the acronyms that papers define; see `PaperStore.define`."""
        with self._database.writing() as connection:
            for paper_id, pairs in definitions.items():
                connection.execute(
                    "DELETE FROM definitions WHERE paper = (SELECT pk FROM papers WHERE id = ?)", (paper_id,)
                )
                connection.executemany(
                    "INSERT INTO definitions (paper, acronym, full_form) SELECT pk, ?, ? FROM papers WHERE id = ?",
                    ((short, full, paper_id) for short, full in pairs),
                )

    def definitions(self) -> Sequence[tuple[str, str, int]]:
        """Every definition of an acronym; see `PaperStore.definitions`."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT acronym, full_form, count(*) FROM definitions GROUP BY acronym, full_form"
            )
            return [(row[0], row[1], row[2]) for row in rows]

    def forget(self, *, listed_before: date, source: str = "") -> int:
        """Remove some old papers; see `PaperStore.forget`."""
        values = {"day": listed_before.isoformat(), "limit": PAPERS_AT_ONCE, "source": f"$.{source}"}
        with self._database.reading() as connection:  # finding them is slow, and need not keep others from writing
            newest = connection.execute("SELECT coalesce(max(pk), 0) FROM outbox").fetchone()[0]
            old = connection.execute(OLD.format(old=UNWANTED if source else OLD_OF_ANY), values).fetchall()
        if not old:
            return 0
        with self._database.writing() as connection:
            before = connection.execute("SELECT count(*) FROM papers").fetchone()[0]
            connection.executemany(REMEMBER, [{"pk": row["pk"], "newest": newest, "source": source} for row in old])
            connection.executemany(REMOVE, [{"pk": row["pk"]} for row in old])
            if not source:
                connection.execute("DELETE FROM lists WHERE day < ?", (listed_before.isoformat(),))
                connection.execute("DELETE FROM gaps WHERE until < ?", (listed_before.isoformat(),))
            return int(before - connection.execute("SELECT count(*) FROM papers").fetchone()[0])

    def _papers(self, condition: str, *values: object) -> list[Paper]:
        with self._database.reading() as connection:
            rows = connection.execute(f"SELECT papers.* FROM papers {condition}", values)  # noqa: S608 - our own
            return [as_paper(row) for row in rows]


def _papers_with(connection: sqlite3.Connection, word: str) -> int:
    """Papers with that word, or with one that begins so where it ends in a star."""
    beginning = word.removesuffix("*")
    last = f"{beginning}\U0010ffff" if beginning != word else word
    statement = "SELECT sum(doc) FROM papers_words WHERE term BETWEEN ? AND ?"
    return connection.execute(statement, (beginning, last)).fetchone()[0] or 0
