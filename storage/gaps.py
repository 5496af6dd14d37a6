"""Gaps: times of which the database knows nothing, because it was restored from an older copy.

What was posted then is not in its outbox, and must not be posted again: see `bot.domain.Gap`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain import WATCHED_FOR, Gap, Receipt
from storage.columns import moment, stamp

UNKNOWN = 2 * WATCHED_FOR
"""How far back a gap goes if nobody knows when it began: nothing that was found earlier still waits."""

UNCERTAIN = timedelta(days=2)
"""How far the clock may have been out when a gap began or ended."""

LAST_KNOWN = """
SELECT max(at) FROM (
    SELECT max(read_at) AS at FROM lists UNION ALL SELECT max(created_at) FROM subscriptions
    UNION ALL SELECT max(enqueued_at) FROM outbox UNION ALL SELECT max(settled_at) FROM outbox
)
"""
"""The latest moment that is stored anywhere: a copy that does not say when it was made is not older than that."""

GAP = "SELECT min(since) AS since, max(until) AS until FROM gaps WHERE until >= ?"


def begin_gap(connection: sqlite3.Connection, at: datetime) -> None:
    """Record that nothing is known from ``at`` on; schemas from before there were gaps have no place for it."""
    if _has_gaps(connection):
        connection.execute("INSERT INTO gaps (since) VALUES (?)", (stamp(at),))


def begun_gap(connection: sqlite3.Connection) -> datetime | None:
    """When the gap without an end begins, if there is one: the moment when the copy was made."""
    if not _has_gaps(connection):
        return None
    since: str | None = connection.execute("SELECT max(since) FROM gaps WHERE until IS NULL").fetchone()[0]
    return moment(since) if since else None


def end_gap(connection: sqlite3.Connection, at: datetime) -> None:
    """Record that things are known again from ``at`` on."""
    connection.execute("UPDATE gaps SET until = ? WHERE until IS NULL", (stamp(at),))


def last_known(connection: sqlite3.Connection) -> datetime | None:
    """The latest moment that the database knows of; None when it is empty."""
    at: str | None = connection.execute(LAST_KNOWN).fetchone()[0]
    return moment(at) if at else None


def gap_for(connection: sqlite3.Connection, listed: Sequence[str]) -> Gap | None:
    """The time in which what is about to be posted may already have been posted, whatever the clock was.

    Args:
        connection: To the database.
        listed: Its papers' list days, or the moment that a digest without papers was due.
    """
    row = connection.execute(GAP, (stamp(moment(min(listed)) - UNCERTAIN),)).fetchone()
    if not row["until"]:
        return None
    return Gap(moment(row["since"]) - UNCERTAIN, moment(row["until"]) + UNCERTAIN)


def settle_posted(connection: sqlite3.Connection, channel: int, posted: Mapping[str, Receipt], at: datetime) -> int:
    """Settle what is open in the channel and was posted, by the papers' ids; return how many deliveries."""
    waiting = connection.execute(
        "SELECT outbox.pk, papers.id FROM outbox JOIN papers ON papers.pk = paper"
        " WHERE channel = ? AND state IN ('due', 'claimed')",
        (channel,),
    ).fetchall()
    found = [(posted[row["id"]], row["pk"]) for row in waiting if row["id"] in posted]
    connection.executemany(
        "UPDATE outbox SET state = 'delivered', settled_at = ?, receipt = ?, link = ? WHERE pk = ?",
        [(stamp(at), receipt.id, receipt.link, pk) for receipt, pk in found],
    )
    return len(found)


def _has_gaps(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'gaps'").fetchone() is not None
