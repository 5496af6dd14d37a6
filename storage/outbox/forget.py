"""Removes old deliveries, of papers that are forgotten."""

from __future__ import annotations

from datetime import datetime

from storage.columns import stamp
from storage.sqlite.engine import Database
from storage.sqlite.enqueue import SLICE

DELIVERIES = """
SELECT pk, enqueued_at, state NOT IN ('due', 'claimed') AND paper NOT IN (SELECT pk FROM papers) AS is_forgotten
FROM outbox WHERE pk > ? ORDER BY pk LIMIT ?
"""


def forget_deliveries(database: Database, enqueued_before: datetime, limit: int) -> int:
    """Remove some deliveries of forgotten papers; see `Outbox.forget`."""
    place = 0
    while True:
        with database.reading() as connection:
            rows = connection.execute(DELIVERIES, (place, SLICE)).fetchall()
        late = [row for row in rows if row["enqueued_at"] < stamp(enqueued_before)]
        forgotten = [(row["pk"],) for row in late if row["is_forgotten"]][:limit]
        if forgotten:
            with database.writing() as connection:
                connection.executemany("DELETE FROM outbox WHERE pk = ?", forgotten)
        if forgotten or len(late) < SLICE:
            return len(forgotten)
        place = rows[-1]["pk"]
