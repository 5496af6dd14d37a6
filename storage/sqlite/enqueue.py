"""Inserts deliveries, in slices: papers for the channels that are subscribed to a query they match."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot.domain import Paper, Subscription
from storage.columns import day_after, stamp
from storage.outbox.next_due import WAKE, WAKE_RANGE
from storage.paper_rows import as_paper, changed_since
from storage.sqlite.engine import Database

SLICE = 5_000
"""Deliveries that one transaction writes at most, or those of one channel, so that other writers need not wait long."""

LAST = 2**63 - 1
"""No key is higher."""

BREATH = 0.003
"""Seconds between two such transactions, so that other writers get their turn: they ask every other millisecond."""


SCRATCH = (
    "CREATE TEMP TABLE IF NOT EXISTS wanted (query INTEGER, place INTEGER)",
    """
    CREATE TEMP TABLE IF NOT EXISTS listed (
        place INTEGER, sources TEXT, paper INTEGER, before TEXT, again INTEGER, PRIMARY KEY (place, sources)
    ) WITHOUT ROWID
    """,
    """
    CREATE TEMP TABLE IF NOT EXISTS matched (
        channel INTEGER, place INTEGER, paper INTEGER, number INTEGER, query INTEGER, again INTEGER,
        PRIMARY KEY (channel, place)
    ) WITHOUT ROWID
    """,
    "DELETE FROM wanted",
    "DELETE FROM listed",
    "DELETE FROM matched",
)
"""``wanted`` has the queries that papers match; ``listed`` on which day each paper came on a list of the sources that a
query is about; ``matched`` the channels with such a subscription, and which it is.

A paper's place is its position among the papers that are enqueued together; ``again`` says that it was matched before.
"""

MATCH = """
INSERT INTO matched SELECT channel, place, paper, min(number), subscriptions.query, again
FROM wanted CROSS JOIN queries ON queries.pk = wanted.query CROSS JOIN listed USING (place, sources)
CROSS JOIN subscriptions ON subscriptions.query = wanted.query
WHERE coalesce(counts_from, created_at) < before AND paused_at IS NULL GROUP BY channel, place
"""

ENQUEUE = """
INSERT INTO outbox (channel, paper, number, state, enqueued_at, second_chance)
SELECT matched.channel, paper, coalesce(subscriptions.number, 0), 'due', :at, again
FROM matched LEFT JOIN subscriptions USING (channel, number, query)
WHERE matched.channel BETWEEN :first AND :last ORDER BY matched.channel, place
ON CONFLICT (channel, paper) DO NOTHING
"""
"""A subscription that was changed since the matching no longer wants the paper, but another of its channel may."""


def enqueue(
    database: Database, found: Mapping[str, Sequence[int]], *, at: datetime, as_read: Sequence[Paper] = ()
) -> int:
    """Make papers due where they match; see `Outbox.enqueue`."""
    enqueued = 0
    for first, last in _match(database, found):
        with database.writing() as connection:
            values = {"at": stamp(at), "first": first, "last": last}
            added = connection.execute(ENQUEUE, values).rowcount
            if added:
                connection.execute(WAKE, values)
            enqueued += added
        time.sleep(BREATH)
    with database.writing() as connection:
        changed = changed_since(connection, as_read)
        connection.executemany(
            "UPDATE papers SET matched_at = coalesce(matched_at, ?), pending = pending AND ?,"
            " is_wanted = max(is_wanted, ?) WHERE id = ?",
            [(stamp(at), paper_id in changed, bool(queries), paper_id) for paper_id, queries in found.items()],
        )
    return enqueued


def enqueue_first(database: Database, subscription: Subscription, paper_ids: Sequence[str], *, at: datetime) -> int:
    """Make papers due for a new subscription; see `Outbox.enqueue_first`."""
    with database.writing() as connection:
        row = connection.execute(
            "UPDATE subscriptions SET pending = 0 WHERE number = ? AND text = ? AND paused_at IS NULL"
            " AND coalesce(counts_from, created_at) = ?"
            " AND channel = (SELECT pk FROM channels WHERE platform = ? AND id = ?)"
            " RETURNING channel, coalesce(counts_from, created_at) AS since",
            (
                subscription.number,
                subscription.query,
                stamp(subscription.since),
                subscription.channel.platform,
                subscription.channel.id,
            ),
        ).fetchone()
        if row is None:
            return 0
        enqueued = connection.execute(
            "INSERT INTO outbox (paper, channel, number, state, enqueued_at)"
            " SELECT papers.pk, ?, ?, 'due', ? FROM json_each(?) AS found JOIN papers ON papers.id = found.value"
            " WHERE substr(?, 1, 10) <= papers.last_listed ORDER BY found.key"
            " ON CONFLICT (channel, paper) DO NOTHING",
            (row["channel"], subscription.number, stamp(at), json.dumps(list(paper_ids)), row["since"]),
        ).rowcount
        if enqueued:
            connection.executemany("UPDATE papers SET is_wanted = 1 WHERE id = ?", ((each,) for each in paper_ids))
            connection.execute(WAKE_RANGE, {"at": stamp(at), "first": row["channel"], "last": row["channel"]})
        return enqueued


def _match(database: Database, found: Mapping[str, Sequence[int]]) -> Sequence[tuple[int, int]]:
    """Fill ``matched`` with the channels that the papers are for; return each slice's first and last channel."""
    with database.noting() as connection:
        for statement in SCRATCH:
            connection.execute(statement)
        every = [row[0] for row in connection.execute("SELECT DISTINCT sources FROM queries")]
        for place, (paper_id, queries) in enumerate(found.items()):
            row = connection.execute("SELECT * FROM papers WHERE id = ?", (paper_id,)).fetchone()
            paper = as_paper(row)
            days = ((sources, paper.listed_on(sources.split(" "))) for sources in every)
            connection.executemany(
                "INSERT INTO listed VALUES (?, ?, ?, ?, ?)",
                (
                    (place, sources, row["pk"], day_after(day.isoformat()), row["matched_at"] is not None)
                    for sources, day in days
                    if day
                ),
            )
            connection.executemany("INSERT INTO wanted VALUES (?, ?)", ((query, place) for query in queries))
        connection.execute(MATCH)
        return list(_slices(connection))


def _slices(connection: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Ranges of the channels in ``matched``, each with `SLICE` deliveries or little more."""
    first = 0
    while row := connection.execute(
        "SELECT channel FROM matched WHERE channel >= ? ORDER BY channel LIMIT 1 OFFSET ?", (first, SLICE - 1)
    ).fetchone():
        yield first, row[0]
        first = row[0] + 1
    yield first, LAST
