"""Moving a channel's subscriptions to another."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime

from bot.domain import WATCHED_FOR, Address, Moved
from bot.errors import NoSubscription, SameChannel, TooManySubscriptions
from storage.channels import known
from storage.columns import stamp
from storage.outbox.next_due import DUE_AGAIN
from storage.subscriptions.insert import FORGET_QUERY

OWN = "SELECT * FROM subscriptions WHERE channel = ? ORDER BY number"

BRING = """
UPDATE subscriptions SET channel = :target, number = :number, created_by_id = :created_by_id, pending = 1,
    counts_from = max(coalesce(counts_from, created_at), :recent)
WHERE pk = :pk
"""
"""It is pending again for what was listed lately: a paper that is being enqueued now may still be for the source."""

OLDER = """
UPDATE subscriptions SET
    (created_at, created_by, created_by_id) = (
        SELECT created_at, created_by, created_by_id
        UNION ALL SELECT :created_at, :created_by, :created_by_id ORDER BY 1 LIMIT 1
    ),
    counts_from = min(coalesce(counts_from, created_at), coalesce(:counts_from, :created_at)),
    pending = min(pending, :pending)
WHERE channel = :target AND query = :query
"""
"""Of a subscription that both channels have, the older one's time and author stay, and it counts from when either did.

Once the papers of one were enqueued, those of both are: looked for again, they would be such as came to nobody then.
"""

COPY = """
INSERT INTO outbox (channel, paper, number, state, enqueued_at, settled_at, reason, second_chance)
SELECT :target, paper, coalesce((SELECT value FROM json_each(:numbers) WHERE key = outbox.number), 0),
    CASE state WHEN 'claimed' THEN 'due' ELSE state END, enqueued_at, settled_at, reason, second_chance
FROM outbox WHERE channel = :source AND (state IN ('due', 'claimed')) = :waiting ORDER BY pk
ON CONFLICT (channel, paper) DO NOTHING
"""
"""Deliveries get new places in the target's outbox, behind what waits there: its digest may be under way."""

TAKE_SCHEDULE = """
UPDATE channels SET (rhythm, digest_due, empty_digests, quiet_since, quiet_until, quiet_by) =
    (SELECT rhythm, digest_due, empty_digests, quiet_since, quiet_until, quiet_by FROM channels WHERE pk = :source)
WHERE pk = :target
"""

LEAVE = """
UPDATE channels SET rhythm = NULL, digest_due = NULL, digest_last = NULL, empty_digests = 0,
    quiet_since = NULL, quiet_until = NULL, quiet_by = NULL,
    next_due = NULL, claim_key = NULL, claimed_at = NULL, uncertain = 0, attempts = 0, refusals = 0
WHERE pk = ?
"""
"""What is on its way in the source is no longer: it waits in the target."""


def move(connection: sqlite3.Connection, source: Address, target: Address, *, at: datetime, limit: int) -> Moved:
    """Move a channel's subscriptions to another; see `SubscriptionStore.move`."""
    if source == target:
        raise SameChannel(f"{source} was to be moved to itself")
    row = connection.execute(
        "SELECT pk FROM channels WHERE platform = ? AND id = ?", (source.platform, source.id)
    ).fetchone()
    moving = connection.execute(OWN, (row["pk"],)).fetchall() if row else []
    if not moving:
        raise NoSubscription(f"{source} has no subscriptions")
    origin, (goal, next_number) = row["pk"], known(connection, target)
    own = {each["query"]: each["number"] for each in connection.execute(OWN, (goal,))}
    numbers: dict[int, int] = {}
    for each in moving:
        numbers[each["number"]] = own.get(each["query"], next_number)
        values = {
            **dict(each),
            "target": goal,
            "number": next_number,
            "created_by_id": each["created_by_id"] if source.platform == target.platform else "",
            "recent": stamp(at - WATCHED_FOR),
        }
        if each["query"] in own:
            connection.execute(OLDER, values)
            connection.execute("DELETE FROM subscriptions WHERE pk = ?", (each["pk"],))
            connection.execute(FORGET_QUERY, (each["query"],))
        else:
            connection.execute(BRING, values)
            next_number += 1
    connection.execute("UPDATE channels SET next_number = ? WHERE pk = ?", (next_number, goal))
    merged = sum(each["query"] in own for each in moving)
    count = len(own) + len(moving) - merged
    if count > limit:
        raise TooManySubscriptions(str(target), count=count, limit=limit)
    if not own:
        connection.execute(TAKE_SCHEDULE, {"source": origin, "target": goal})
    waiting, posted = _move_deliveries(connection, origin, goal, numbers)
    connection.execute(LEAVE, (origin,))
    connection.execute(DUE_AGAIN, {"channel": goal, "at": stamp(at)})
    return Moved(len(moving), merged, waiting, posted)


def _move_deliveries(
    connection: sqlite3.Connection, origin: int, goal: int, numbers: Mapping[int, int]
) -> tuple[int, int]:
    """Let the target have what the source's outbox has, and nothing wait in the source.

    Returns how many papers wait in the target for it, and how many more count as settled there.
    """
    values = {"source": origin, "target": goal, "numbers": json.dumps(numbers)}
    posted = connection.execute(COPY, {**values, "waiting": False}).rowcount
    waiting = connection.execute(COPY, {**values, "waiting": True}).rowcount
    connection.execute("DELETE FROM outbox WHERE channel = ? AND state IN ('due', 'claimed')", (origin,))
    return waiting, posted
