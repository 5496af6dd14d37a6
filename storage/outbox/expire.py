"""Drops deliveries that waited too long, and counts settled ones."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from storage.columns import stamp
from storage.outbox.next_due import DOUBTED_TOO_LONG, UNCLAIM
from storage.outbox.set_aside import HELD, expire_set_aside
from storage.sqlite.engine import Database
from storage.sqlite.enqueue import SLICE

OLDEST = """
SELECT outbox.pk, enqueued_at, digest_due IS NOT NULL AS has_digests
FROM outbox JOIN channels ON channels.pk = outbox.channel
WHERE state = 'due' AND outbox.pk > ? ORDER BY outbox.pk LIMIT ?
"""


def count(connection: sqlite3.Connection, state: str, deliveries: int) -> None:
    """Add to the number of deliveries that were settled in that state."""
    connection.execute(
        "INSERT INTO settled (state, deliveries) VALUES (?, ?)"
        " ON CONFLICT (state) DO UPDATE SET deliveries = deliveries + excluded.deliveries",
        (state, deliveries),
    )


def expire(database: Database, *, enqueued_before: datetime, in_digests_before: datetime, at: datetime) -> int:
    """Settle as expired what waited too long; see `Outbox.expire`."""
    before = {False: stamp(enqueued_before), True: stamp(in_digests_before)}
    expired, last, more = 0, 0, True
    while more:
        with database.writing() as connection:
            oldest = connection.execute(OLDEST, (last, SLICE)).fetchall()
            late = [row["pk"] for row in oldest if row["enqueued_at"] < before[bool(row["has_digests"])]]
            connection.executemany(
                "UPDATE outbox SET state = 'expired', settled_at = ? WHERE pk = ?", [(stamp(at), pk) for pk in late]
            )
            count(connection, "expired", len(late))
        expired += len(late)
        # Keys rise with the time of enqueueing, so nothing behind a young delivery is late.
        more = len(oldest) == SLICE and oldest[-1]["enqueued_at"] < before[False]
        last = oldest[-1]["pk"] if oldest else 0
    return expired + _expire_claims(database, before[False], stamp(at))


def _expire_claims(database: Database, before: str, at: str) -> int:
    """Settle claims as expired that were uncertain for too long, so that their channels go on."""
    expired, more = 0, True
    while more:
        with database.writing() as connection:
            doubted = connection.execute(DOUBTED_TOO_LONG, {"before": before, "at": at, "limit": SLICE}).fetchall()
            aside, late = expire_set_aside(connection, before=before, at=at, limit=SLICE)
            for row in doubted:
                late += connection.execute(
                    f"UPDATE outbox SET state = 'expired', settled_at = ? WHERE channel = ? AND {HELD}",  # noqa: S608 - ours
                    (at, row["pk"]),
                ).rowcount
                connection.execute(UNCLAIM, {"at": at, "channel": row["pk"]})
            count(connection, "expired", late)
        expired += late
        more = SLICE in {len(doubted), aside}
    return expired
