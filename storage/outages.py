"""Which platforms take nothing at present."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from bot.domain.posting import PostingOutage
from storage.columns import moment, stamp
from storage.sqlite.engine import Database

NOTE = "INSERT OR REPLACE INTO posting_outages (platform, since, reason, next_try) VALUES (?, ?, ?, ?)"


class SqlOutages:
    """See `OutageStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> Mapping[str, PostingOutage]:
        """Every outage; see `OutageStore.all`."""
        with self._database.reading() as connection:
            return {outage.platform: outage for outage in outages_in(connection)}

    def end(self, platform: str) -> None:
        """Forget the outage; see `OutageStore.end`."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM posting_outages WHERE platform = ?", (platform,))


def note_outage(connection: sqlite3.Connection, outage: PostingOutage) -> None:
    """Record that the platform takes nothing."""
    connection.execute(NOTE, (outage.platform, stamp(outage.since), outage.reason, stamp(outage.next_try)))


def outages_in(connection: sqlite3.Connection) -> tuple[PostingOutage, ...]:
    """Every outage in a database, by platform."""
    return tuple(
        PostingOutage(row["platform"], moment(row["since"]), row["reason"], moment(row["next_try"]))
        for row in connection.execute("SELECT * FROM posting_outages ORDER BY platform")
    )
