"""Claims, settles and counts deliveries: one per paper and channel, for ever."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain import Address, Claim, Delivery, Fate, Paper, Pause, Receipt, Subscription, message_key
from bot.domain.edits import Followed
from bot.domain.posting import PostingOutage
from storage.channels import set_pause
from storage.columns import maybe_moment, moment, stamp
from storage.gaps import gap_for, settle_posted
from storage.outages import note_outage
from storage.outbox.expire import count, expire
from storage.outbox.fates import counts, fate_of
from storage.outbox.followed import begin_following
from storage.outbox.forget import forget_deliveries
from storage.outbox.next_due import BEGIN_DIGEST, END_PAUSE, FOR_EVER, PUT_BACK, UNCLAIM
from storage.outbox.next_message import Contents, next_message
from storage.outbox.set_aside import (
    ARE_ALONE,
    HELD,
    LET_GO,
    NOT_SHOWN,
    due_set_aside,
    let_pass,
    next_set_aside,
    next_turn,
    wait_for_those_before,
)
from storage.paper_rows import as_paper
from storage.sqlite.engine import Database
from storage.sqlite.enqueue import enqueue, enqueue_first


class SqlOutbox:
    """See `Outbox`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def enqueue(self, found: Mapping[str, Sequence[int]], *, at: datetime, as_read: Sequence[Paper] = ()) -> int:
        """Make papers due where they match; see `Outbox.enqueue`."""
        return enqueue(self._database, found, at=at, as_read=as_read)

    def enqueue_first(self, subscription: Subscription, paper_ids: Sequence[str], *, at: datetime) -> int:
        """Make papers due for a new subscription; see `Outbox.enqueue_first`."""
        return enqueue_first(self._database, subscription, paper_ids, at=at)

    def release(self, channel: Address | None = None) -> int:
        """Make open claims uncertain and due; see `Outbox.release`."""
        with self._database.writing() as connection:
            released = connection.execute(
                "UPDATE channels SET uncertain = 1, next_due = max(claimed_at, coalesce(quiet_until, ''))"
                " WHERE claim_key IS NOT NULL AND next_due IS NULL"
                " AND (:platform IS NULL OR (platform = :platform AND id = :id)) RETURNING pk",
                {"platform": channel.platform if channel else None, "id": channel.id if channel else None},
            ).fetchall()
            return sum(
                connection.execute(
                    f"SELECT count(*) FROM outbox WHERE channel = ? AND {HELD}",  # noqa: S608 - ours
                    (row["pk"],),
                ).fetchone()[0]
                for row in released
            )

    def due(self, *, now: datetime, platforms: Sequence[str], limit: int) -> Sequence[Address]:
        """Channels that are due; see `Outbox.due`."""
        with self._database.reading() as connection:
            # One platform at a time, in the order of the index: for all at once, SQLite would sort all that is due.
            rows = [
                row
                for platform in platforms
                for row in connection.execute(
                    "SELECT platform, id, next_due FROM channels WHERE platform = ? AND next_due <= ?"
                    " ORDER BY next_due LIMIT ?",
                    (platform, stamp(now), limit),
                )
            ]
            rows += due_set_aside(connection, platforms, now)
            earliest = sorted(rows, key=lambda row: str(row["next_due"]))
            return list(dict.fromkeys(Address(row["platform"], row["id"]) for row in earliest))[:limit]

    def is_busy(self, platform: str, *, now: datetime) -> bool:
        """Whether something is due or under way; see `Outbox.is_busy`."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT EXISTS (SELECT 1 FROM channels WHERE platform = :platform AND next_due <= :now) OR EXISTS"
                " (SELECT 1 FROM channels WHERE platform = :platform AND claim_key IS NOT NULL AND next_due IS NULL)",
                {"platform": platform, "now": stamp(now)},
            ).fetchone()
            return bool(row[0])

    def next_due(self, *, platforms: Sequence[str]) -> datetime | None:
        """When a channel is due again; see `Outbox.next_due`."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT min(next_due) FROM channels WHERE next_due < ?"
                " AND platform IN (SELECT value FROM json_each(?))",
                (FOR_EVER, json.dumps(list(platforms))),
            ).fetchone()
            moments = [row[0], next_set_aside(connection, platforms)]
            return maybe_moment(min((at for at in moments if at), default=None))

    def claim(
        self,
        channel: Address,
        *,
        now: datetime,
        flood_limit: int,
        digest_limit: int,
        next_digest: datetime | None = None,
    ) -> Claim | None:
        """Claim the channel's next message; see `Outbox.claim`."""
        with self._database.writing() as connection:
            row = connection.execute(
                "SELECT * FROM channels WHERE platform = ? AND id = ?", (channel.platform, channel.id)
            ).fetchone()
            row = next_turn(connection, row, now) if row else None
            if row is None:
                return None
            contents = []
            if not row["claim_key"] and row["digest_due"] and row["digest_due"] <= stamp(now):
                if next_digest is None:
                    return None  # the courier does not know of the schedule yet
                if row["empty_digests"] and row["digest_due"] >= (row["quiet_until"] or ""):
                    contents = [row["digest_due"]]
                row = connection.execute(BEGIN_DIGEST, {"channel": row["pk"], "next": stamp(next_digest)}).fetchone()
            found = next_message(connection, row, flood_limit=flood_limit, digest_limit=digest_limit)
            waiting = [*found.shown, *found.rest]
            contents = [delivery["id"] for delivery in found.shown] or contents
            if not (contents or row["claim_key"]):
                connection.execute(UNCLAIM, {"at": stamp(now), "channel": row["pk"]})
                return None
            posted_after = row["posted_after"] if row["claim_key"] else row["last_receipt"]
            claim = Claim(
                key=row["claim_key"] or message_key(channel, contents),
                channel=channel,
                deliveries=tuple(_delivery(delivery, channel) for delivery in found.shown),
                claimed_at=maybe_moment(row["claimed_at"]) or now,
                uncertain=bool(row["uncertain"]),
                attempts=row["attempts"],
                refusals=row["refusals"],
                posted_after=Receipt(posted_after) if posted_after else None,
                alone=bool(row["alone"]),
                gap=gap_for(
                    connection, [delivery["list_day"] for delivery in waiting] or [*contents, row["claimed_at"]][:1]
                ),
                rest=tuple(_delivery(delivery, channel) for delivery in found.rest),
                part=found.part,
            )
            if not row["claim_key"]:
                _hold_together(connection, row["pk"], claim.key, found)
            connection.execute(
                "UPDATE channels SET next_due = NULL, claim_key = ?, claimed_at = ?, posted_after = ? WHERE pk = ?",
                (claim.key, stamp(claim.claimed_at), posted_after, row["pk"]),
            )
            return claim

    def deliver(self, claim: Claim, receipt: Receipt, *, at: datetime, followed: Followed | None = None) -> None:
        """Settle the claim as delivered; see `Outbox.deliver`."""
        with self._database.writing() as connection:
            pk = _claimed_channel(connection, claim)
            settled = connection.execute(
                "UPDATE outbox SET state = 'delivered', settled_at = ?, receipt = ?, link = ?"  # noqa: S608 - ours
                f" WHERE channel = ? AND {HELD}",
                (stamp(at), receipt.id, receipt.link, pk),
            ).rowcount
            count(connection, "delivered", settled)
            if settled and followed:
                begin_following(connection, pk, claim.key, receipt, followed)
            connection.execute("UPDATE channels SET last_receipt = ? WHERE pk = ?", (receipt.id, pk))
            connection.execute(END_PAUSE, (pk,))
            connection.execute(ARE_ALONE, {"channel": pk, "at": stamp(at)})
            connection.execute(UNCLAIM, {"at": stamp(at), "channel": pk})

    def reschedule(
        self,
        claim: Claim,
        *,
        due_at: datetime,
        reason: str,
        uncertain: bool,
        refused: bool = False,
        passed_at: datetime | None = None,
        outage: PostingOutage | None = None,
    ) -> bool:
        """Put the claim back; see `Outbox.reschedule`."""
        with self._database.writing() as connection:
            if outage:
                note_outage(connection, outage)
            pk = _put_back(connection, claim, due_at=due_at, reason=reason, uncertain=uncertain, refused=refused)
            if uncertain and passed_at and let_pass(connection, pk, passed_at):
                return True
            wait_for_those_before(connection, pk)
            return False

    def hold(self, claim: Claim, pause: Pause) -> None:
        """Put the claim back and pause its channel; see `Outbox.hold`."""
        with self._database.writing() as connection:
            pk = _put_back(connection, claim, due_at=pause.probe_at, reason=pause.reason, uncertain=claim.uncertain)
            set_pause(connection, pk, pause)

    def fail(self, claim: Claim, *, reason: str, at: datetime) -> None:
        """Settle the claim as failed; see `Outbox.fail`."""
        with self._database.writing() as connection:
            pk = _claimed_channel(connection, claim)
            settled = connection.execute(
                "UPDATE outbox SET state = 'failed', settled_at = ?, reason = ?"  # noqa: S608 - ours
                f" WHERE channel = ? AND {HELD} AND rest_of IS NULL",
                (stamp(at), reason, pk),
            ).rowcount
            count(connection, "failed", settled)
            connection.execute(LET_GO, (pk,))
            connection.execute(UNCLAIM, {"at": stamp(at), "channel": pk})

    def take_apart(self, claim: Claim, *, at: datetime) -> None:
        """Make the claim's deliveries due in smaller messages; see `Outbox.take_apart`."""
        with self._database.writing() as connection:
            pk = _claimed_channel(connection, claim)
            connection.execute(
                f"UPDATE outbox SET reason = NULL, at_most = ? WHERE channel = ? AND {HELD} AND rest_of IS NULL",  # noqa: S608 - ours
                (max(len(claim.deliveries) // 2, 1), pk),
            )
            connection.execute(NOT_SHOWN, (pk,))
            connection.execute(LET_GO, (pk,))
            connection.execute(UNCLAIM, {"at": stamp(at), "channel": pk})

    def withdraw(self, claim: Claim, paper_ids: Sequence[str]) -> None:
        """Forget part of the claim; see `Outbox.withdraw`."""
        with self._database.writing() as connection:
            pk = _claimed_channel(connection, claim)
            connection.execute(NOT_SHOWN, (pk,))
            connection.execute(
                f"DELETE FROM outbox WHERE channel = ? AND {HELD} AND paper IN"  # noqa: S608 - ours
                " (SELECT pk FROM papers WHERE id IN (SELECT value FROM json_each(?)))",
                (pk, json.dumps(list(paper_ids))),
            )
            connection.execute(LET_GO, (pk,))
            connection.execute(UNCLAIM, {"at": stamp(claim.claimed_at), "channel": pk})

    def recognize(self, claim: Claim, posted: Mapping[str, Receipt], *, at: datetime) -> int:
        """Settle what was posted in the claim's gap; see `Outbox.recognize`."""
        with self._database.writing() as connection:
            pk = _claimed_channel(connection, claim)
            connection.execute(NOT_SHOWN, (pk,))
            # First of all, as what was found was posted in other messages: it has no place in this one.
            connection.execute(LET_GO, (pk,))
            settled = settle_posted(connection, pk, posted, at)
            count(connection, "delivered", settled)
            connection.execute(UNCLAIM, {"at": stamp(claim.claimed_at), "channel": pk})
            return settled

    def expire(self, *, enqueued_before: datetime, in_digests_before: datetime, at: datetime) -> int:
        """Settle as expired what waited too long; see `Outbox.expire`."""
        return expire(self._database, enqueued_before=enqueued_before, in_digests_before=in_digests_before, at=at)

    def forget(self, *, enqueued_before: datetime, limit: int) -> int:
        """Remove some deliveries of forgotten papers; see `Outbox.forget`."""
        return forget_deliveries(self._database, enqueued_before, limit)

    def fate(self, channel: Address, paper_id: str) -> Fate | None:
        """What became of the paper; see `Outbox.fate`."""
        with self._database.reading() as connection:
            return fate_of(connection, channel, paper_id)

    def rest(self, key: str) -> Sequence[Paper]:
        """The papers that a message offers; see `Outbox.rest`."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT papers.* FROM outbox JOIN papers ON papers.pk = outbox.paper"
                " WHERE rest_of = ? ORDER BY upvotes DESC, outbox.pk",
                (key,),
            )
            return [as_paper(row) for row in rows]

    def counts(self) -> Mapping[str, int]:
        """How many deliveries there are by state; see `Outbox.counts`."""
        with self._database.reading() as connection:
            return counts(connection)


def _claimed_channel(connection: sqlite3.Connection, claim: Claim) -> int:
    """The key of the claim's channel while the claim is its latest; afterwards 0, which no channel has."""
    row = connection.execute(
        "SELECT pk FROM channels WHERE platform = ? AND id = ? AND claim_key = ?",
        (claim.channel.platform, claim.channel.id, claim.key),
    ).fetchone()
    return int(row["pk"]) if row else 0


def _hold_together(connection: sqlite3.Connection, channel: int, key: str, found: Contents) -> None:
    """Claim these deliveries, each with its place in the message."""
    first, total = (found.part.first, found.part.total) if found.part else (None, None)
    connection.executemany(
        "UPDATE outbox SET state = 'claimed', place = ?, out_of = ? WHERE pk = ?",
        [
            (None if first is None else first + number, total, delivery["delivery"])
            for number, delivery in enumerate(found.shown)
        ],
    )
    connection.executemany(
        "UPDATE outbox SET state = 'claimed', rest_of = ? WHERE pk = ?",
        [(key, delivery["delivery"]) for delivery in found.rest],
    )
    connection.execute("UPDATE channels SET digest_shown = digest_shown + ? WHERE pk = ?", (len(found.shown), channel))


def _put_back(
    connection: sqlite3.Connection,
    claim: Claim,
    *,
    due_at: datetime,
    reason: str,
    uncertain: bool,
    refused: bool = False,
) -> int:
    """Make the claim due again, kept together if it may have arrived; return its channel's key."""
    pk = _claimed_channel(connection, claim)
    connection.execute(f"UPDATE outbox SET reason = ? WHERE channel = ? AND {HELD}", (reason, pk))  # noqa: S608 - ours
    if not uncertain:
        connection.execute(NOT_SHOWN, (pk,))
        connection.execute(LET_GO, (pk,))
    connection.execute(PUT_BACK, {"channel": pk, "at": stamp(due_at), "uncertain": uncertain, "refused": refused})
    return pk


def _delivery(row: sqlite3.Row, channel: Address) -> Delivery:
    enqueued_at, second_chance = moment(row["enqueued_at"]), bool(row["second_chance"])
    return Delivery(as_paper(row), channel, row["query"], enqueued_at, second_chance)
