"""Moves a channel's subscriptions, with what people think of their papers, and its reading list to another."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime

from bot.domain import WATCHED_FOR, Address, MoveResult
from bot.errors import NoSubscription, SameChannel, TooManySubscriptions
from storage.channels import known
from storage.columns import stamp
from storage.opinions import merge_opinions
from storage.outbox.next_due import DUE_AGAIN
from storage.saved import move_saved
from storage.subscriptions.insert import FORGET_QUERY

OWN = "SELECT * FROM subscriptions WHERE channel = ? ORDER BY number"

BRING = """
UPDATE subscriptions SET channel = :target, number = :number, created_by_id = :created_by_id, pending = 1,
    counts_from = max(coalesce(counts_from, created_at), :recent)
WHERE pk = :pk
"""
"""It is pending again for recent lists: a paper that is being enqueued right now may still go to the source."""

OLDER = """
UPDATE subscriptions SET
    (created_at, created_by, created_by_id) = (
        SELECT created_at, created_by, created_by_id
        UNION ALL SELECT :created_at, :created_by, :created_by_id ORDER BY 1 LIMIT 1
    ),
    counts_from = min(CASE WHEN paused_at IS NULL THEN coalesce(counts_from, created_at) ELSE :at END, :start),
    pending = CASE (paused_at IS NULL) - (:paused_at IS NULL)
        WHEN 1 THEN pending WHEN -1 THEN :pending ELSE min(pending, :pending)
    END,
    paused_at = CASE WHEN :paused_at IS NOT NULL THEN paused_at END,
    paused_by = CASE WHEN :paused_at IS NOT NULL THEN paused_by ELSE '' END
WHERE channel = :target AND query = :query
"""
"""Of a query that both channels have, the older subscription's time and author stay; it counts from the earlier start.
It is paused only if both were; one that was paused counts from now, as if it were resumed.

It is pending only if both were: looking again would only find papers that neither channel was to get. Where one was
paused, the other one's papers alone are to be found.
"""

SAME = "paper, enqueued_at, settled_at, reason, second_chance, at_most"

COPY = f"""
INSERT INTO outbox (channel, number, state, {SAME})
SELECT :target, coalesce((SELECT value FROM json_each(:numbers) WHERE key = outbox.number), 0),
    CASE state WHEN 'claimed' THEN 'due' ELSE state END, {SAME}
FROM outbox WHERE channel = :source AND (state IN ('due', 'claimed')) = :waiting ORDER BY pk
ON CONFLICT (channel, paper) DO NOTHING
"""  # noqa: S608 - column names of our own
"""Deliveries get new keys, behind what waits in the target: its digest may be under way."""

SCHEDULE = "rhythm, digest_due, empty_digests, digest_top, quiet_since, quiet_until, quiet_by"

TAKE_SCHEDULE = f"""
UPDATE channels SET ({SCHEDULE}) = (SELECT {SCHEDULE} FROM channels WHERE pk = :source) WHERE pk = :target
"""  # noqa: S608 - column names of our own

LEAVE = """
UPDATE channels SET rhythm = NULL, digest_due = NULL, digest_last = NULL, empty_digests = 0, digest_top = NULL,
    quiet_since = NULL, quiet_until = NULL, quiet_by = NULL,
    next_due = NULL, claim_key = NULL, claimed_at = NULL, uncertain = 0, attempts = 0, refusals = 0, alone = 0
WHERE pk = ?
"""
"""Nothing is on its way in the source any more: it waits in the target."""


def move(connection: sqlite3.Connection, source: Address, target: Address, *, at: datetime, limit: int) -> MoveResult:
    """Move a channel's subscriptions to another; see `SubscriptionStore.move`."""
    if source == target:
        raise SameChannel(f"{source} cannot be moved to itself")
    row = connection.execute(
        "SELECT pk FROM channels WHERE platform = ? AND id = ?", (source.platform, source.id)
    ).fetchone()
    moving = connection.execute(OWN, (row["pk"],)).fetchall() if row else []
    saved = move_saved(connection, source, target)
    if not moving:
        if saved:
            return MoveResult(0, 0, 0, 0, saved)
        raise NoSubscription(f"{source} has no subscriptions")
    origin, (goal, next_number) = row["pk"], known(connection, target)
    own = {subscription["query"]: subscription for subscription in connection.execute(OWN, (goal,))}
    numbers: dict[int, int] = {}
    for subscription in moving:
        same = own.get(subscription["query"])
        numbers[subscription["number"]] = same["number"] if same else next_number
        values = {
            **dict(subscription),
            "target": goal,
            "number": next_number,
            "created_by_id": subscription["created_by_id"] if source.platform == target.platform else "",
            "recent": stamp(at - WATCHED_FOR),
            "at": stamp(at),
            "start": stamp(at)
            if subscription["paused_at"]
            else subscription["counts_from"] or subscription["created_at"],
        }
        if same:
            connection.execute(OLDER, values)
            merge_opinions(connection, subscription["pk"], same["pk"])
            connection.execute("DELETE FROM subscriptions WHERE pk = ?", (subscription["pk"],))
            connection.execute(FORGET_QUERY, (subscription["query"],))
        else:
            connection.execute(BRING, values)
            next_number += 1
    connection.execute("UPDATE channels SET next_number = ? WHERE pk = ?", (next_number, goal))
    merged = sum(subscription["query"] in own for subscription in moving)
    count = len(own) + len(moving) - merged
    if count > limit:
        raise TooManySubscriptions(str(target), count=count, limit=limit)
    if not own:
        connection.execute(TAKE_SCHEDULE, {"source": origin, "target": goal})
    waiting, posted = _move_deliveries(connection, origin, goal, numbers)
    connection.execute(LEAVE, (origin,))
    connection.execute(DUE_AGAIN, {"channel": goal, "at": stamp(at)})
    return MoveResult(len(moving), merged, waiting, posted, saved)


def _move_deliveries(
    connection: sqlite3.Connection, origin: int, goal: int, numbers: Mapping[int, int]
) -> tuple[int, int]:
    """Copy the source's deliveries to the target, and remove those that wait in the source.

    Returns how many more papers wait in the target, and how many more count as settled there.
    """
    values = {"source": origin, "target": goal, "numbers": json.dumps(numbers)}
    posted = connection.execute(COPY, {**values, "waiting": False}).rowcount
    waiting = connection.execute(COPY, {**values, "waiting": True}).rowcount
    connection.execute("DELETE FROM set_aside WHERE channel = ?", (origin,))
    connection.execute("DELETE FROM outbox WHERE channel = ? AND state IN ('due', 'claimed')", (origin,))
    return waiting, posted
