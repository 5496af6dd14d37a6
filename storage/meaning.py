"""The space of meaning, and where papers lie in it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from bot.domain import Paper
from bot.ports.stores.meaning import FittedSpace, Fitting
from storage.columns import moment, stamp
from storage.paper_rows import as_paper, changed_since, day_of_list
from storage.sqlite.engine import Database

SAMPLE = """
SELECT * FROM (
    SELECT papers.*, row_number() OVER (ORDER BY id) AS number, count(*) OVER () AS every
    FROM papers WHERE list_day >= :since
)
WHERE every <= :most OR number * :most / every > (number - 1) * :most / every ORDER BY id
"""
"""Of more than are wanted, each that takes the rising number of chosen ones across a whole number."""

LATEST = "SELECT pk, id, list_day FROM papers ORDER BY list_day DESC, position DESC LIMIT ?"

UNPLACED = f"""
SELECT papers.* FROM papers JOIN ({LATEST}) AS latest USING (pk)
WHERE pk NOT IN (SELECT paper FROM places) ORDER BY papers.list_day DESC, papers.position DESC LIMIT ?
"""  # noqa: S608 - our own

PLACES = """
SELECT id, place FROM places JOIN papers ON papers.pk = places.paper
WHERE EXISTS (SELECT 1 FROM space WHERE fitted_at = ?) AND {condition} ORDER BY places.paper
"""

PLACES_OF = PLACES.format(condition="id IN (SELECT value FROM json_each(?))")

PLACE = "INSERT OR REPLACE INTO places (paper, place, is_new) SELECT pk, ?, ? FROM papers WHERE id = ?"


class SqlMeaning:
    """See `MeaningStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def fitting(self, *, version: int) -> Fitting | None:
        """What is known of the stored space; see `MeaningStore.fitting`."""
        with self._database.reading() as connection:
            return fitting_in(connection, version=version)

    def space(self, *, version: int) -> FittedSpace | None:
        """The stored space; see `MeaningStore.space`."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT * FROM space WHERE version = ?", (version,)).fetchone()
        if row is None:
            return None
        return FittedSpace(row["version"], moment(row["fitted_at"]), row["papers"], row["terms"], row["weights"])

    def count(self, *, since: date) -> int:
        """How many papers were listed; see `MeaningStore.count`."""
        with self._database.reading() as connection:
            return int(
                connection.execute("SELECT count(*) FROM papers WHERE list_day >= ?", (since.isoformat(),)).fetchone()[
                    0
                ]
            )

    def sample(self, *, since: date, most: int) -> Sequence[Paper]:
        """Papers, evenly among all; see `MeaningStore.sample`."""
        with self._database.reading() as connection:
            return [as_paper(row) for row in connection.execute(SAMPLE, {"since": since.isoformat(), "most": most})]

    def latest(self, *, most: int) -> Sequence[str]:
        """The papers that were listed last; see `MeaningStore.latest`."""
        with self._database.reading() as connection:
            return [row["id"] for row in connection.execute(LATEST, (most,))]

    def replace(self, space: FittedSpace, places: Mapping[str, bytes]) -> None:
        """Store a space instead of the one before; see `MeaningStore.replace`."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM places")
            connection.execute("DELETE FROM space")
            connection.execute(
                "INSERT INTO space (version, fitted_at, papers, terms, weights) VALUES (?, ?, ?, ?, ?)",
                (space.version, stamp(space.fitted_at), space.papers, space.terms, space.weights),
            )
            connection.executemany(PLACE, ((place, 0, paper_id) for paper_id, place in places.items()))

    def unplaced(self, *, among: int, limit: int) -> Sequence[Paper]:
        """Papers without a place; see `MeaningStore.unplaced`."""
        with self._database.reading() as connection:
            return [as_paper(row) for row in connection.execute(UNPLACED, (among, limit))]

    def place(self, places: Mapping[str, bytes], *, fitted_at: datetime, as_read: Sequence[Paper]) -> None:
        """Store the places of papers; see `MeaningStore.place`."""
        with self._database.writing() as connection:
            row = connection.execute("SELECT fitted_at FROM space").fetchone()
            if row is None or row["fitted_at"] != stamp(fitted_at):
                return
            changed = changed_since(connection, as_read)
            connection.executemany(
                PLACE, ((place, 1, paper_id) for paper_id, place in places.items() if paper_id not in changed)
            )

    def places(self, *, fitted_at: datetime, source: str | None = None) -> Sequence[tuple[str, bytes]]:
        """Every paper with a place; see `MeaningStore.places`."""
        listed, values = day_of_list(source)
        with self._database.reading() as connection:
            rows = connection.execute(PLACES.format(condition=f"{listed} IS NOT NULL"), (stamp(fitted_at), *values))
            return [(row[0], row[1]) for row in rows]

    def places_of(self, paper_ids: Collection[str], *, fitted_at: datetime) -> Mapping[str, bytes]:
        """The places of these papers; see `MeaningStore.places_of`."""
        with self._database.reading() as connection:
            rows = connection.execute(PLACES_OF, (stamp(fitted_at), json.dumps(list(paper_ids)))).fetchall()
        return {row["id"]: row["place"] for row in rows}


def fitting_in(connection: sqlite3.Connection, *, version: int | None = None) -> Fitting | None:
    """What is known of the space in a database; None without one, of that version where it is given."""
    row = connection.execute(
        "SELECT fitted_at, papers FROM space WHERE version = coalesce(?, version)", (version,)
    ).fetchone()
    if row is None:
        return None
    new = connection.execute("SELECT count(*) FROM places WHERE is_new").fetchone()[0]
    return Fitting(moment(row["fitted_at"]), row["papers"], new)
