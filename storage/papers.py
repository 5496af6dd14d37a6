"""Papers, and when each list was read.

Of a paper that is forgotten the id is kept for ever, so that it is not new when it is listed again. Its deliveries can
go: a paper that is not in the store is never enqueued.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from bot.domain import WATCHED_FOR, Paper, PaperList
from storage.columns import day, maybe_moment, maybe_stamp, moment, stamp, texts, words
from storage.sqlite.engine import Database
from storage.votes import forget_votes, note_votes

CONTENT = (
    "title",
    "url",
    "abstract",
    "authors",
    "published_at",
    "summary",
    "keywords",
    "organization",
    "organization_handle",
    "submitter",
    "submitter_handle",
    "upvotes",
    "comments",
    "stars",
    "code_url",
    "project_url",
    "thumbnail_url",
)
"""The columns that a source fills anew each time, named as the attributes of `Paper`."""

WRITTEN: Mapping[str, Callable[[Any], Any]] = {
    "authors": words,
    "keywords": words,
    "published_at": maybe_stamp,
}
"""How attributes are written that are neither texts nor numbers, …"""

READ: Mapping[str, Callable[[Any], Any]] = {
    "authors": texts,
    "keywords": texts,
    "published_at": maybe_moment,
}
"""… and read."""

KEPT = ("summary", "keywords", "organization", "organization_handle", "submitter", "submitter_handle", "stars")
"""The columns that keep their value when a source no longer gives one: it comes back within days."""

NOTHING = ("", "[]", None)

INSERT = f"""
INSERT INTO papers (id, list_day, position, changed_at, pending, {", ".join(CONTENT)})
VALUES (:id, :list_day, :position, :changed_at, 1, {", ".join(f":{column}" for column in CONTENT)})
"""  # noqa: S608 - column names of our own

UPDATE = f"""
UPDATE papers SET changed_at = :changed_at, pending = max(pending, :is_watched),
    {", ".join(f"{column} = :{column}" for column in CONTENT)}
WHERE id = :id
"""  # noqa: S608 - column names of our own

PAPERS_AT_ONCE = 50
"""Papers that are removed in one transaction, which holds the write lock for about 20 ms."""

# The last paper stays, however old: SQLite gives a key again once the highest one is gone, and what refers to a paper
# by its key must never find another one.
OLD = """
SELECT pk FROM papers WHERE list_day < :day AND changed_at < :day AND NOT pending
  AND pk < (SELECT max(pk) FROM papers)
  AND pk NOT IN (SELECT paper FROM outbox WHERE state IN ('due', 'claimed'))
ORDER BY list_day LIMIT :limit
"""

REMEMBER = """
INSERT INTO forgotten (id) SELECT id FROM papers WHERE pk = :pk AND NOT pending
  AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.pk > :newest AND paper = papers.pk)
ON CONFLICT DO NOTHING
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
            return sum(_save(connection, paper, position, at) for position, paper in enumerate(papers.papers))

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

    def listed(self, *, since: date, until: date | None = None) -> Sequence[Paper]:
        """The papers of these days; see `PaperStore.listed`."""
        return self._papers(
            "WHERE list_day BETWEEN ? AND ? ORDER BY list_day DESC, position",
            since.isoformat(),
            (until or date.max).isoformat(),
        )

    def days(self, *, since: date, until: date | None = None) -> Mapping[date, int]:
        """How many papers each day has; see `PaperStore.days`."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT list_day, count(*) FROM papers WHERE list_day BETWEEN ? AND ?"
                " GROUP BY list_day ORDER BY list_day DESC",
                (since.isoformat(), (until or date.max).isoformat()),
            )
            return {day(row[0]): row[1] for row in rows}

    def titles_with(self, text: str, *, since: date, limit: int) -> Sequence[tuple[str, str]]:
        """The titles of papers with that text; see `PaperStore.titles_with`."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, title FROM papers WHERE list_day >= ? ORDER BY list_day DESC, position",
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

    def forget(self, *, listed_before: date) -> int:
        """Remove some old papers; see `PaperStore.forget`."""
        with self._database.reading() as connection:  # finding them is slow, and need not keep others from writing
            newest = connection.execute("SELECT coalesce(max(pk), 0) FROM outbox").fetchone()[0]
            old = connection.execute(OLD, {"day": listed_before.isoformat(), "limit": PAPERS_AT_ONCE}).fetchall()
        if not old:
            return 0
        with self._database.writing() as connection:
            before = connection.execute("SELECT count(*) FROM papers").fetchone()[0]
            connection.executemany(REMEMBER, [{"pk": row["pk"], "newest": newest} for row in old])
            connection.executemany(REMOVE, [{"pk": row["pk"]} for row in old])
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


def as_paper(row: sqlite3.Row | Mapping[str, Any]) -> Paper:
    """The paper of a row of the table ``papers``."""
    content = {name: READ.get(name, _same)(row[name]) for name in CONTENT}
    return Paper(id=row["id"], list_day=day(row["list_day"]), **content)


def as_columns(paper: Paper) -> dict[str, Any]:
    """A paper as a row of the table ``papers``, as far as sources tell it."""
    content = {name: WRITTEN.get(name, _same)(getattr(paper, name)) for name in CONTENT}
    return {"id": paper.id, "list_day": paper.list_day.isoformat(), **content}


def changed_since(connection: sqlite3.Connection, as_read: Iterable[Paper]) -> set[str]:
    """The ids of those papers that differ by now from what was read.

    They are compared rather than the times of their changes: the clock may have been set in between.
    """
    return {
        paper.id
        for paper in as_read
        if (row := connection.execute("SELECT * FROM papers WHERE id = ?", (paper.id,)).fetchone())
        and as_paper(row) != paper
    }


def _save(connection: sqlite3.Connection, paper: Paper, position: int, at: datetime) -> bool:
    """Insert the paper, or update it where it differs; return whether it is new."""
    values = as_columns(paper)
    row = connection.execute("SELECT * FROM papers WHERE id = ?", (paper.id,)).fetchone()
    if row is None:
        if connection.execute("SELECT 1 FROM forgotten WHERE id = ?", (paper.id,)).fetchone():
            return False
        connection.execute(INSERT, {**values, "position": position, "changed_at": stamp(at)})
        note_votes(connection, paper.id, paper.upvotes, at=at, before=None)
        return True
    for column in KEPT:
        if values[column] in NOTHING:
            values[column] = row[column]
    if paper.upvotes != row["upvotes"]:
        note_votes(connection, paper.id, paper.upvotes, at=at, before=row)
    if any(values[column] != row[column] for column in CONTENT):
        is_watched = at.date() - day(row["list_day"]) <= WATCHED_FOR
        connection.execute(UPDATE, {**values, "changed_at": stamp(at), "is_watched": is_watched})
    if values["list_day"] < row["list_day"]:
        connection.execute(
            "UPDATE papers SET list_day = ?, position = ? WHERE id = ?", (values["list_day"], position, paper.id)
        )
    return False


def _same(value: Any) -> Any:  # noqa: ANN401 - texts and numbers
    return value
