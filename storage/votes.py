"""What was seen of papers' votes: one sighting an hour, for a week."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain import WATCHED_FOR, Sighting
from storage.columns import moment, stamp
from storage.sqlite.engine import Database


class SqlVotes:
    """See `VoteStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def seen(self) -> Mapping[str, Sequence[Sighting]]:
        """What was seen of votes; see `VoteStore.seen`."""
        found: dict[str, list[Sighting]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(
                "SELECT papers.id, votes.at, votes.upvotes FROM votes JOIN papers ON papers.pk = votes.paper"
                " ORDER BY votes.paper, votes.at"
            ):
                found.setdefault(row["id"], []).append(Sighting(moment(row["at"]), row["upvotes"]))
        return found


def note_votes(
    connection: sqlite3.Connection, paper_id: str, upvotes: int, *, at: datetime, before: sqlite3.Row | None
) -> None:
    """Note the votes of a paper that is new, or has others than ``before``, its row in the table.

    Within an hour a sighting takes the place of the one before it, but never of a paper's first.
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
    """Forget what was seen longer than `WATCHED_FOR` ago."""
    connection.execute("DELETE FROM votes WHERE at < ?", (stamp(now - WATCHED_FOR),))
