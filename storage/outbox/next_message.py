"""Which deliveries a channel's next message holds."""

from __future__ import annotations

import sqlite3

from storage.outbox.next_due import BEGIN_FLOOD
from storage.sqlite.enqueue import LAST

# SQLite uses the index of open deliveries only where the index's own condition is repeated.
DELIVERIES = """
SELECT papers.*, outbox.pk AS delivery, outbox.enqueued_at, outbox.second_chance, at_most,
    subscriptions.text AS query
FROM outbox
JOIN papers ON papers.pk = outbox.paper
LEFT JOIN subscriptions ON subscriptions.channel = outbox.channel AND subscriptions.number = outbox.number
WHERE outbox.channel = ? AND outbox.state = ? AND outbox.state IN ('due', 'claimed') AND outbox.pk <= ?
ORDER BY outbox.pk LIMIT ?
"""
BEST_FIRST = DELIVERIES.replace("ORDER BY", "ORDER BY papers.upvotes DESC,")


def next_message(
    connection: sqlite3.Connection, channel: sqlite3.Row, *, flood_limit: int, digest_limit: int
) -> list[sqlite3.Row]:
    """The deliveries of the channel's next message: what was claimed, the rest of its digest, or what else is due."""
    pk = channel["pk"]
    if channel["claim_key"]:
        return connection.execute(DELIVERIES, (pk, "claimed", LAST, LAST)).fetchall()
    last = channel["digest_last"] or 0
    if not channel["digest_due"]:
        due = connection.execute(
            "SELECT count(*) FROM (SELECT 1 FROM outbox WHERE channel = ? AND state = 'due' LIMIT ?)",
            (pk, flood_limit + 1),
        ).fetchone()[0]
        if due > flood_limit:
            last = connection.execute(BEGIN_FLOOD, (pk,)).fetchone()["digest_last"]
    digest = _together(connection.execute(BEST_FIRST, (pk, "due", last, digest_limit)).fetchall())
    if digest or channel["digest_due"]:
        return digest
    return connection.execute(DELIVERIES, (pk, "due", LAST, 1)).fetchall()


def _together(deliveries: list[sqlite3.Row]) -> list[sqlite3.Row]:
    """As many of the first as may be in one message: a larger one with some of them may have been refused."""
    most = len(deliveries)
    for count, delivery in enumerate(deliveries, 1):
        most = min(most, delivery["at_most"] or most)
        if count > most:
            return deliveries[: count - 1]
    return deliveries
