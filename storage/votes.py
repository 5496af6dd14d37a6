"""Papers' votes over time: at most one sighting an hour, for a week."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.domain import WATCHED_FOR, Sighting, Voted
from storage.columns import day, moment, stamp
from storage.sqlite.engine import Database


class SqlVotes:
    """See `VoteStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def seen(self, *, since: date = date.min) -> Mapping[str, Sequence[Sighting]]:
        """Every paper's votes; see `VoteStore.seen`."""
        found: dict[str, list[Sighting]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(
                "SELECT papers.id, votes.at, votes.upvotes FROM papers CROSS JOIN votes ON votes.paper = papers.pk"
                " WHERE papers.list_day >= ? ORDER BY votes.paper, votes.at",
                (since.isoformat(),),
            ):
                found.setdefault(row["id"], []).append(Sighting(moment(row["at"]), row["upvotes"]))
        return found

    def voted(self, *, since: date) -> Sequence[Voted]:
        """The papers with votes; see `VoteStore.voted`."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, unnamed_on, upvotes FROM papers WHERE unnamed_on >= ? AND upvotes > 0"
                " ORDER BY unnamed_on DESC, list_day DESC, position",
                (since.isoformat(),),
            )
            return [Voted(row["id"], day(row["unnamed_on"]), row["upvotes"]) for row in rows]


def note_votes(
    connection: sqlite3.Connection, paper_id: str, upvotes: int, *, at: datetime, before: sqlite3.Row | None
) -> None:
    """Record the votes of a paper that is new, or whose votes differ from ``before``, its row in the table.

    A sighting replaces an earlier one of the same hour, but never a paper's first.
    """
    if before is not None:
        connection.execute(
            "INSERT INTO votes (paper, at, upvotes) SELECT pk, changed_at, upvotes FROM papers"
            " WHERE pk = ? AND NOT EXISTS (SELECT 1 FROM votes WHERE paper = papers.pk)",
            (before["pk"],),
        )
        connection.execute(
            "DELETE FROM votes WHERE paper = :paper AND at >= :hour"
            " AND at > (SELECT min(at) FROM votes WHERE paper = :paper)",
            {"paper": before["pk"], "hour": stamp(at.replace(minute=0, second=0, microsecond=0))},
        )
    connection.execute(
        "INSERT INTO votes (paper, at, upvotes) SELECT pk, ?, ? FROM papers WHERE id = ?"
        " ON CONFLICT (paper, at) DO UPDATE SET upvotes = excluded.upvotes",
        (stamp(at), upvotes, paper_id),
    )


def forget_votes(connection: sqlite3.Connection, *, now: datetime) -> None:
    """Forget sightings that are older than `WATCHED_FOR`."""
    connection.execute("DELETE FROM votes WHERE at < ?", (stamp(now - WATCHED_FOR),))
