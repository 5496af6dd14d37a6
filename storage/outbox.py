"""What is on its way: one delivery a paper and channel, for ever."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain import Address, Claim, Delivery, Pause, Receipt, Subscription, message_key
from storage.database import Database
from storage.papers import as_paper
from storage.values import maybe_moment, moment, stamp

DIGEST_LIMIT = 200
"""Deliveries that are claimed together at the most; the rest makes the next message."""

STATES = ("due", "claimed", "delivered", "failed", "expired")

DELIVERIES = """
SELECT papers.*, outbox.pk AS delivery, outbox.enqueued_at, subscriptions.text AS query
FROM outbox
JOIN papers ON papers.pk = outbox.paper
LEFT JOIN subscriptions ON subscriptions.pk = outbox.subscription
WHERE outbox.channel = ? AND outbox.state = ?
ORDER BY outbox.pk LIMIT ?
"""

WAKE = """
UPDATE channels SET next_due = :at
WHERE next_due IS NULL AND claim_key IS NULL
  AND pk IN (SELECT channel FROM outbox WHERE paper = :paper AND state = 'due')
"""
"""A channel with something new to come is due, unless it waits for a time or an answer already."""

UNCLAIM = """
UPDATE channels SET claim_key = NULL, claimed_at = NULL, uncertain = 0, attempts = 0,
    next_due = CASE WHEN EXISTS (SELECT 1 FROM outbox WHERE channel = channels.pk AND state = 'due') THEN :at END
WHERE pk = :channel
"""
"""A channel whose message is settled is due at once if there is another."""


class SqliteOutbox:
    """See `bot.ports.Outbox`."""

    def __init__(self, database: Database) -> None:
        """Remember where deliveries are kept."""
        self._database = database

    def enqueue(self, paper_id: str, query_ids: Sequence[int], *, at: datetime) -> int:
        """Make the paper due where it matches; see `bot.ports.Outbox.enqueue`."""
        with self._database.writing() as connection:
            paper = connection.execute("SELECT pk FROM papers WHERE id = ?", (paper_id,)).fetchone()["pk"]
            enqueued = connection.execute(
                "INSERT INTO outbox (paper, channel, subscription, state, enqueued_at)"
                " SELECT papers.pk, channel, min(subscriptions.pk), 'due', ?"
                " FROM papers, json_each(?) AS matched JOIN subscriptions ON subscriptions.query = matched.value"
                " WHERE papers.pk = ? AND substr(subscriptions.created_at, 1, 10) <= papers.list_day"
                " GROUP BY channel ON CONFLICT (paper, channel) DO NOTHING",
                (stamp(at), json.dumps(list(query_ids)), paper),
            ).rowcount
            if enqueued:
                connection.execute(WAKE, {"at": stamp(at), "paper": paper})
            connection.execute("UPDATE papers SET pending = 0 WHERE pk = ? AND changed_at <= ?", (paper, stamp(at)))
            return enqueued

    def enqueue_first(self, subscription: Subscription, paper_ids: Sequence[str], *, at: datetime) -> int:
        """Make papers due for a new subscription; see `bot.ports.Outbox.enqueue_first`."""
        with self._database.writing() as connection:
            row = connection.execute(
                "UPDATE subscriptions SET pending = 0 WHERE number = ?"
                " AND channel = (SELECT pk FROM channels WHERE platform = ? AND id = ?) RETURNING pk, channel",
                (subscription.number, subscription.channel.platform, subscription.channel.id),
            ).fetchone()
            if row is None:
                return 0
            enqueued = 0
            for paper_id in paper_ids:
                enqueued += connection.execute(
                    "INSERT INTO outbox (paper, channel, subscription, state, enqueued_at)"
                    " SELECT papers.pk, channel, subscriptions.pk, 'due', ? FROM papers, subscriptions"
                    " WHERE papers.id = ? AND subscriptions.pk = ?"
                    " AND substr(subscriptions.created_at, 1, 10) <= papers.list_day"
                    " ON CONFLICT (paper, channel) DO NOTHING",
                    (stamp(at), paper_id, row["pk"]),
                ).rowcount
            if enqueued:
                connection.execute(
                    "UPDATE channels SET next_due = ? WHERE pk = ? AND next_due IS NULL AND claim_key IS NULL",
                    (stamp(at), row["channel"]),
                )
            return enqueued

    def release(self, channel: Address | None = None) -> int:
        """Take what is claimed as uncertain and due; see `bot.ports.Outbox.release`."""
        with self._database.writing() as connection:
            released = connection.execute(
                "UPDATE channels SET uncertain = 1, next_due = claimed_at"
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
                "SELECT min(next_due) FROM channels WHERE next_due IS NOT NULL"
                " AND platform IN (SELECT value FROM json_each(?))",
                (json.dumps(list(platforms)),),
            ).fetchone()
            return maybe_moment(row[0])

    def claim(self, channel: Address, *, now: datetime, flood_limit: int) -> Claim | None:
        """Claim the channel's next message; see `bot.ports.Outbox.claim`."""
        with self._database.writing() as connection:
            row = connection.execute(
                "SELECT * FROM channels WHERE platform = ? AND id = ? AND next_due <= ?",
                (channel.platform, channel.id, stamp(now)),
            ).fetchone()
            if row is None:
                return None
            state = "claimed" if row["claim_key"] else "due"
            waiting = connection.execute(DELIVERIES, (row["pk"], state, DIGEST_LIMIT)).fetchall()
            if state == "due" and len(waiting) <= flood_limit:
                waiting = waiting[:1]
            if not waiting:
                connection.execute(UNCLAIM, {"at": stamp(now), "channel": row["pk"]})
                return None
            claim = Claim(
                key=row["claim_key"] or message_key(channel, [each["id"] for each in waiting]),
                channel=channel,
                deliveries=tuple(_delivery(each, channel, row["attempts"]) for each in waiting),
                claimed_at=maybe_moment(row["claimed_at"]) or now,
                uncertain=bool(row["uncertain"]),
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
            connection.execute(
                "UPDATE outbox SET state = 'delivered', settled_at = ?, receipt = ?, link = ?"
                " WHERE channel = ? AND state = 'claimed'",
                (stamp(at), receipt.id, receipt.link, pk),
            )
            connection.execute(
                "UPDATE channels SET pause_reason = NULL, pause_repair = NULL, paused_since = NULL, probe_at = NULL"
                " WHERE pk = ?",
                (pk,),
            )
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
            connection.execute(
                "UPDATE outbox SET state = 'failed', settled_at = ?, reason = ?"
                " WHERE channel = ? AND state = 'claimed'",
                (stamp(at), reason, pk),
            )
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
        with self._database.writing() as connection:
            return connection.execute(
                "UPDATE outbox SET state = 'expired', settled_at = ? WHERE state = 'due' AND enqueued_at < ?",
                (stamp(at), stamp(enqueued_before)),
            ).rowcount

    def counts(self) -> Mapping[str, int]:
        """How many deliveries there are by state; see `bot.ports.Outbox.counts`."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall()
            return dict.fromkeys(STATES, 0) | {row[0]: row[1] for row in rows}


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
    connection.execute(
        "UPDATE channels SET next_due = ?, attempts = attempts + 1, uncertain = ?,"
        " claim_key = CASE WHEN ? THEN claim_key END, claimed_at = CASE WHEN ? THEN claimed_at END WHERE pk = ?",
        (stamp(due_at), uncertain, uncertain, uncertain, pk),
    )
    return pk


def _delivery(row: sqlite3.Row, channel: Address, attempts: int) -> Delivery:
    return Delivery(as_paper(row), channel, row["query"], moment(row["enqueued_at"]), attempts)
