"""What is on its way: one delivery a paper and channel, for ever."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain import Address, Claim, Delivery, Fate, Pause, Receipt, Subscription, message_key
from storage.database import Database
from storage.due import BEGIN_DIGEST, END_PAUSE, FOR_EVER, PUT_BACK, UNCLAIM, WAKE, WAKE_RANGE
from storage.papers import as_paper
from storage.values import day_after, maybe_moment, moment, stamp

DIGEST_LIMIT = 40
"""Deliveries that are claimed together at the most: what one message holds everywhere. The rest makes the next."""

DIGEST_PERIOD = timedelta(days=7)
"""The longest time between two digests of a channel."""

BREATH = 0.001
"""Seconds between two such transactions, in which whoever waits to write takes the turn."""

LAST = 2**63 - 1
"""No key is higher."""

STATES = ("due", "claimed", "delivered", "failed", "expired")

# The index of open deliveries is used only where its own condition stands.
DELIVERIES = """
SELECT papers.*, outbox.pk AS delivery, outbox.enqueued_at, subscriptions.text AS query
FROM outbox
JOIN papers ON papers.pk = outbox.paper
LEFT JOIN subscriptions ON subscriptions.channel = outbox.channel AND subscriptions.number = outbox.number
WHERE outbox.channel = ? AND outbox.state = ? AND outbox.state IN ('due', 'claimed') AND outbox.pk <= ?
ORDER BY outbox.pk LIMIT ?
"""

OLDEST = """
SELECT outbox.pk, enqueued_at, digest_due IS NOT NULL AS has_rhythm
FROM outbox JOIN channels ON channels.pk = outbox.channel
WHERE state = 'due' AND outbox.pk > ? ORDER BY outbox.pk LIMIT ?
"""

SLICE = 5_000
"""Deliveries that are written in one transaction at the most, or those of one channel: nobody waits long for it."""

SCRATCH = (
    "CREATE TEMP TABLE IF NOT EXISTS wanted (query INTEGER, place INTEGER, paper INTEGER, before TEXT)",
    """
    CREATE TEMP TABLE IF NOT EXISTS matched
        (channel INTEGER, place INTEGER, paper INTEGER, number INTEGER, PRIMARY KEY (channel, place)) WITHOUT ROWID
    """,
    "DELETE FROM wanted",
    "DELETE FROM matched",
)
"""The queries that papers match; and in which channels somebody is subscribed to one, with the oldest's number.

A paper's place is that among the papers that are enqueued together.
"""

MATCH = """
INSERT INTO matched SELECT channel, place, paper, min(number)
FROM wanted CROSS JOIN subscriptions ON subscriptions.query = wanted.query
WHERE created_at < before GROUP BY channel, place
"""

ENQUEUE = """
INSERT INTO outbox (channel, paper, number, state, enqueued_at)
SELECT channel, paper, number, 'due', :at FROM matched WHERE channel BETWEEN :first AND :last ORDER BY channel, place
ON CONFLICT (channel, paper) DO NOTHING
"""


class SqliteOutbox:
    """See `bot.ports.Outbox`."""

    def __init__(self, database: Database) -> None:
        """Remember where deliveries are kept."""
        self._database = database

    def enqueue(self, found: Mapping[str, Sequence[int]], *, at: datetime) -> int:
        """Make papers due where they match; see `bot.ports.Outbox.enqueue`."""
        enqueued = 0
        for first, last in self._match(found):
            with self._database.writing() as connection:
                values = {"at": stamp(at), "first": first, "last": last}
                added = connection.execute(ENQUEUE, values).rowcount
                if added:
                    connection.execute(WAKE, values)
                enqueued += added
            time.sleep(BREATH)
        with self._database.writing() as connection:
            connection.executemany(
                "UPDATE papers SET pending = 0 WHERE id = ? AND changed_at <= ?", [(each, stamp(at)) for each in found]
            )
        return enqueued

    def enqueue_first(self, subscription: Subscription, paper_ids: Sequence[str], *, at: datetime) -> int:
        """Make papers due for a new subscription; see `bot.ports.Outbox.enqueue_first`."""
        with self._database.writing() as connection:
            row = connection.execute(
                "UPDATE subscriptions SET pending = 0 WHERE number = ?"
                " AND channel = (SELECT pk FROM channels WHERE platform = ? AND id = ?) RETURNING channel, created_at",
                (subscription.number, subscription.channel.platform, subscription.channel.id),
            ).fetchone()
            if row is None:
                return 0
            enqueued = connection.execute(
                "INSERT INTO outbox (paper, channel, number, state, enqueued_at)"
                " SELECT papers.pk, ?, ?, 'due', ? FROM json_each(?) AS found JOIN papers ON papers.id = found.value"
                " WHERE substr(?, 1, 10) <= papers.list_day ORDER BY found.key"
                " ON CONFLICT (channel, paper) DO NOTHING",
                (row["channel"], subscription.number, stamp(at), json.dumps(list(paper_ids)), row["created_at"]),
            ).rowcount
            if enqueued:
                connection.execute(WAKE_RANGE, {"at": stamp(at), "first": row["channel"], "last": row["channel"]})
            return enqueued

    def release(self, channel: Address | None = None) -> int:
        """Take what is claimed as uncertain and due; see `bot.ports.Outbox.release`."""
        with self._database.writing() as connection:
            released = connection.execute(
                "UPDATE channels SET uncertain = 1, next_due = max(claimed_at, coalesce(quiet_until, ''))"
                " WHERE claim_key IS NOT NULL AND next_due IS NULL"
                " AND (:platform IS NULL OR (platform = :platform AND id = :id)) RETURNING pk",
                {"platform": channel.platform if channel else None, "id": channel.id if channel else None},
            ).fetchall()
            return sum(
                connection.execute(
                    "SELECT count(*) FROM outbox WHERE channel = ? AND state = 'claimed'", (row["pk"],)
                ).fetchone()[0]
                for row in released
            )

    def due(self, *, now: datetime, platforms: Sequence[str], limit: int) -> Sequence[Address]:
        """Channels that are due; see `bot.ports.Outbox.due`."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT platform, id FROM channels WHERE next_due <= ?"
                " AND platform IN (SELECT value FROM json_each(?)) ORDER BY next_due LIMIT ?",
                (stamp(now), json.dumps(list(platforms)), limit),
            )
            return [Address(row["platform"], row["id"]) for row in rows]

    def next_due(self, *, platforms: Sequence[str]) -> datetime | None:
        """When a channel is due again; see `bot.ports.Outbox.next_due`."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT min(next_due) FROM channels WHERE next_due < ?"
                " AND platform IN (SELECT value FROM json_each(?))",
                (FOR_EVER, json.dumps(list(platforms))),
            ).fetchone()
            return maybe_moment(row[0])

    def claim(
        self, channel: Address, *, now: datetime, flood_limit: int, next_digest: datetime | None = None
    ) -> Claim | None:
        """Claim the channel's next message; see `bot.ports.Outbox.claim`."""
        with self._database.writing() as connection:
            row = connection.execute(
                "SELECT * FROM channels WHERE platform = ? AND id = ? AND next_due <= ?",
                (channel.platform, channel.id, stamp(now)),
            ).fetchone()
            if row is None:
                return None
            contents = []
            if not row["claim_key"] and row["digest_due"] and row["digest_due"] <= stamp(now):
                if next_digest is None:
                    return None  # the rhythm is newer than what the courier knows
                if row["empty_digests"] and row["digest_due"] >= (row["quiet_until"] or ""):
                    contents = [row["digest_due"]]
                row = connection.execute(BEGIN_DIGEST, {"channel": row["pk"], "next": stamp(next_digest)}).fetchone()
            waiting = _waiting(connection, row, flood_limit)
            contents = [each["id"] for each in waiting] or contents
            if not (contents or row["claim_key"]):
                connection.execute(UNCLAIM, {"at": stamp(now), "channel": row["pk"]})
                return None
            claim = Claim(
                key=row["claim_key"] or message_key(channel, contents),
                channel=channel,
                deliveries=tuple(_delivery(each, channel, row["attempts"]) for each in waiting),
                claimed_at=maybe_moment(row["claimed_at"]) or now,
                uncertain=bool(row["uncertain"]),
                attempts=row["attempts"],
            )
            connection.executemany(
                "UPDATE outbox SET state = 'claimed' WHERE pk = ?", [(each["delivery"],) for each in waiting]
            )
            connection.execute(
                "UPDATE channels SET next_due = NULL, claim_key = ?, claimed_at = ? WHERE pk = ?",
                (claim.key, stamp(claim.claimed_at), row["pk"]),
            )
            return claim

    def deliver(self, claim: Claim, receipt: Receipt, *, at: datetime) -> None:
        """Settle the claim as delivered; see `bot.ports.Outbox.deliver`."""
        with self._database.writing() as connection:
            pk = _claimed_channel(connection, claim)
            settled = connection.execute(
                "UPDATE outbox SET state = 'delivered', settled_at = ?, receipt = ?, link = ?"
                " WHERE channel = ? AND state = 'claimed'",
                (stamp(at), receipt.id, receipt.link, pk),
            ).rowcount
            _count(connection, "delivered", settled)
            connection.execute(END_PAUSE, (pk,))
            connection.execute(UNCLAIM, {"at": stamp(at), "channel": pk})

    def reschedule(self, claim: Claim, *, due_at: datetime, reason: str, uncertain: bool) -> None:
        """Put the claim back; see `bot.ports.Outbox.reschedule`."""
        with self._database.writing() as connection:
            _put_back(connection, claim, due_at=due_at, reason=reason, uncertain=uncertain)

    def hold(self, claim: Claim, pause: Pause) -> None:
        """Put the claim back and pause its channel; see `bot.ports.Outbox.hold`."""
        with self._database.writing() as connection:
            pk = _put_back(connection, claim, due_at=pause.probe_at, reason=pause.reason, uncertain=claim.uncertain)
            connection.execute(
                "UPDATE channels SET pause_reason = ?, pause_repair = ?, probe_at = ?,"
                " paused_since = coalesce(paused_since, ?) WHERE pk = ?",
                (pause.reason, pause.repair, stamp(pause.probe_at), stamp(pause.since), pk),
            )

    def fail(self, claim: Claim, *, reason: str, at: datetime) -> None:
        """Settle the claim as failed; see `bot.ports.Outbox.fail`."""
        with self._database.writing() as connection:
            pk = _claimed_channel(connection, claim)
            settled = connection.execute(
                "UPDATE outbox SET state = 'failed', settled_at = ?, reason = ?"
                " WHERE channel = ? AND state = 'claimed'",
                (stamp(at), reason, pk),
            ).rowcount
            _count(connection, "failed", settled)
            connection.execute(UNCLAIM, {"at": stamp(at), "channel": pk})

    def withdraw(self, claim: Claim, paper_ids: Sequence[str]) -> None:
        """Forget part of the claim; see `bot.ports.Outbox.withdraw`."""
        with self._database.writing() as connection:
            pk = _claimed_channel(connection, claim)
            connection.execute(
                "DELETE FROM outbox WHERE channel = ? AND state = 'claimed' AND paper IN"
                " (SELECT pk FROM papers WHERE id IN (SELECT value FROM json_each(?)))",
                (pk, json.dumps(list(paper_ids))),
            )
            connection.execute("UPDATE outbox SET state = 'due' WHERE channel = ? AND state = 'claimed'", (pk,))
            connection.execute(UNCLAIM, {"at": stamp(claim.claimed_at), "channel": pk})

    def expire(self, *, enqueued_before: datetime, at: datetime) -> int:
        """Settle as expired what waited too long; see `bot.ports.Outbox.expire`."""
        before = {False: stamp(enqueued_before), True: stamp(enqueued_before - DIGEST_PERIOD)}
        expired, last, more = 0, 0, True
        while more:
            with self._database.writing() as connection:
                oldest = connection.execute(OLDEST, (last, SLICE)).fetchall()
                late = [row["pk"] for row in oldest if row["enqueued_at"] < before[bool(row["has_rhythm"])]]
                connection.executemany(
                    "UPDATE outbox SET state = 'expired', settled_at = ? WHERE pk = ?", [(stamp(at), pk) for pk in late]
                )
                _count(connection, "expired", len(late))
            expired += len(late)
            more = len(oldest) == SLICE and oldest[-1]["enqueued_at"] < before[False]
            last = oldest[-1]["pk"] if oldest else 0
        return expired

    def fate(self, channel: Address, paper_id: str) -> Fate | None:
        """What became of the paper; see `bot.ports.Outbox.fate`."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT state, enqueued_at, settled_at, reason, link FROM outbox"
                " WHERE channel = (SELECT pk FROM channels WHERE platform = ? AND id = ?)"
                " AND paper = (SELECT pk FROM papers WHERE id = ?)",
                (channel.platform, channel.id, paper_id),
            ).fetchone()
        if row is None:
            return None
        return Fate(
            row["state"],
            moment(row["enqueued_at"]),
            maybe_moment(row["settled_at"]),
            row["reason"] or "",
            row["link"] or "",
        )

    def counts(self) -> Mapping[str, int]:
        """How many deliveries there are by state; see `bot.ports.Outbox.counts`."""
        with self._database.reading() as connection:
            settled = connection.execute("SELECT state, deliveries FROM settled").fetchall()
            due = connection.execute("SELECT count(*) FROM outbox WHERE state = 'due'").fetchone()[0]
            claimed = connection.execute(
                "SELECT count(*) FROM channels JOIN outbox ON channel = channels.pk AND state = 'claimed'"
                " WHERE claim_key IS NOT NULL"
            ).fetchone()[0]
        return dict.fromkeys(STATES, 0) | {row[0]: row[1] for row in settled} | {"due": due, "claimed": claimed}

    def _match(self, found: Mapping[str, Sequence[int]]) -> Sequence[tuple[int, int]]:
        """Note in ``matched`` which channels the papers are for; return the first and last channel of each slice."""
        with self._database.noting() as connection:
            for statement in SCRATCH:
                connection.execute(statement)
            for place, (paper_id, queries) in enumerate(found.items()):
                row = connection.execute("SELECT pk, list_day FROM papers WHERE id = ?", (paper_id,)).fetchone()
                before = day_after(row["list_day"])
                connection.executemany(
                    "INSERT INTO wanted VALUES (?, ?, ?, ?)", ((query, place, row["pk"], before) for query in queries)
                )
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


def _waiting(connection: sqlite3.Connection, channel: sqlite3.Row, flood_limit: int) -> list[sqlite3.Row]:
    """What the channel's next message brings: what was claimed, what is left of its digest, or what else is due."""
    pk = channel["pk"]
    if channel["claim_key"]:
        return connection.execute(DELIVERIES, (pk, "claimed", LAST, LAST)).fetchall()
    if channel["digest_due"]:
        return connection.execute(DELIVERIES, (pk, "due", channel["digest_last"] or 0, DIGEST_LIMIT)).fetchall()
    due = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM outbox WHERE channel = ? AND state = 'due' LIMIT ?)", (pk, flood_limit + 1)
    ).fetchone()[0]
    return connection.execute(DELIVERIES, (pk, "due", LAST, DIGEST_LIMIT if due > flood_limit else 1)).fetchall()


def _count(connection: sqlite3.Connection, state: str, deliveries: int) -> None:
    """Count deliveries that were settled so."""
    connection.execute(
        "INSERT INTO settled (state, deliveries) VALUES (?, ?)"
        " ON CONFLICT (state) DO UPDATE SET deliveries = deliveries + excluded.deliveries",
        (state, deliveries),
    )


def _claimed_channel(connection: sqlite3.Connection, claim: Claim) -> int:
    """The key of the claim's channel while the claim is its latest; 0, which no channel has, afterwards."""
    row = connection.execute(
        "SELECT pk FROM channels WHERE platform = ? AND id = ? AND claim_key = ?",
        (claim.channel.platform, claim.channel.id, claim.key),
    ).fetchone()
    return int(row["pk"]) if row else 0


def _put_back(connection: sqlite3.Connection, claim: Claim, *, due_at: datetime, reason: str, uncertain: bool) -> int:
    """Make the claim due again, kept together if it may have arrived; return its channel's key."""
    pk = _claimed_channel(connection, claim)
    state = "claimed" if uncertain else "due"
    connection.execute(
        "UPDATE outbox SET state = ?, reason = ? WHERE channel = ? AND state = 'claimed'", (state, reason, pk)
    )
    connection.execute(PUT_BACK, {"channel": pk, "at": stamp(due_at), "uncertain": uncertain})
    return pk


def _delivery(row: sqlite3.Row, channel: Address, attempts: int) -> Delivery:
    return Delivery(as_paper(row), channel, row["query"], moment(row["enqueued_at"]), attempts)
