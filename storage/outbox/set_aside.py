"""Claims that are set aside, so that the channel's next messages pass them; see `storage.sqlite.migrations`.

The attempts of such a claim ended without the platform's word. While those of the next message do so too, that is an
outage, and all wait for each other, in their order. Once one of them arrives, those before it are tried once more. If
that changes nothing, their trouble is their own: they are ``alone``, and nothing waits for them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from storage.columns import stamp
from storage.outbox.next_due import FOR_EVER, IS_OPEN, UNCLAIM, WHEN_DUE

MOST = 3
"""How many claims, one after another, are passed before it has to be an outage."""

HELD = f"state = 'claimed' AND {IS_OPEN} AND set_aside IS NULL"
"""The deliveries of a channel's claim."""

LET_GO = f"""
UPDATE outbox SET state = 'due', place = NULL, out_of = NULL, rest_of = NULL WHERE channel = ? AND {HELD}
"""  # noqa: S608 - made of the fragment above
"""The deliveries of a claim of which nothing was posted are due again, one by one."""

NOT_SHOWN = f"""
UPDATE channels
SET digest_shown = coalesce((SELECT min(place) - 1 FROM outbox WHERE channel = channels.pk AND {HELD}), 0)
WHERE pk = ?
"""  # noqa: S608 - made of the fragment above
"""What a digest shows after such a claim begins again where the claim began."""

SETS_ASIDE = f"""
INSERT INTO set_aside (key, channel, claimed_at, posted_after, attempts, refusals, alone, next_try)
SELECT claim_key, pk, claimed_at, posted_after, attempts, refusals, alone, next_due FROM channels
WHERE pk = :channel AND EXISTS (SELECT 1 FROM outbox WHERE channel = :channel AND {HELD}) RETURNING key
"""  # noqa: S608 - made of the fragment above

CAN_PASS = f"""
SELECT channels.alone OR EXISTS (SELECT 1 FROM set_aside WHERE channel = :channel AND next_try <= :at)
    OR ({WHEN_DUE} <= :at AND (SELECT count(*) FROM set_aside WHERE channel = :channel AND NOT alone) < :most)
FROM channels WHERE pk = :channel
"""  # noqa: S608 - made of the fragment above
"""Whether the channel has something else to try than its claim, or its claim is known to keep nothing waiting."""

TRIED_FIRST = """
UPDATE channels SET next_due = max(next_due, (
    SELECT max(next_try) FROM set_aside WHERE channel = channels.pk AND NOT alone
))
WHERE pk = :channel AND next_due IS NOT NULL
    AND EXISTS (SELECT 1 FROM set_aside WHERE channel = channels.pk AND NOT alone)
"""
"""In an outage, a message waits for those before it."""

IDLE = "(claim_key IS NULL AND channels.attempts = 0 AND paused_since IS NULL AND coalesce(quiet_until, '') <= :at)"
"""Whether what is set aside may be tried although nothing else of the channel is due."""

DUE = f"""
SELECT platform, id, max(next_try, coalesce(quiet_until, '')) AS next_due
FROM set_aside CROSS JOIN channels ON channels.pk = set_aside.channel
WHERE next_try <= :at AND platform IN (SELECT value FROM json_each(:platforms)) AND {IDLE}
"""  # noqa: S608 - made of the fragment above

WITHOUT_DELIVERIES = """
DELETE FROM set_aside WHERE channel = :channel
    AND NOT EXISTS (
        SELECT 1 FROM outbox WHERE channel = :channel AND state = 'claimed' AND outbox.set_aside = set_aside.key
    )
"""

NEXT = """
SELECT set_aside.* FROM set_aside JOIN channels ON channels.pk = channel
WHERE channel = :channel AND next_try <= :at AND (claim_key IS NULL OR NOT set_aside.alone)
ORDER BY set_aside.claimed_at LIMIT 1
"""

BRING_BACK = """
UPDATE channels SET claim_key = :key, claimed_at = :claimed_at, posted_after = :posted_after, attempts = :attempts,
    refusals = :refusals, alone = :alone, uncertain = 1 WHERE pk = :channel RETURNING *
"""

ARE_ALONE = "UPDATE set_aside SET alone = 1, next_try = min(next_try, :at) WHERE channel = :channel AND NOT alone"
"""A message has arrived: those before it are tried once more, and then nothing waits for them."""

DOUBTED_TOO_LONG = """
SELECT key, channel FROM set_aside WHERE claimed_at < :before AND (next_try > :at OR next_try < :before) LIMIT :limit
"""


def let_pass(connection: sqlite3.Connection, channel: int, at: datetime) -> bool:
    """Set the channel's claim, which was put back, aside if there is another message to try; return whether it was."""
    can_pass = connection.execute(CAN_PASS, {"channel": channel, "at": stamp(at), "most": MOST}).fetchone()
    return bool(can_pass and can_pass[0]) and _set_aside(connection, channel, at)


def due_set_aside(connection: sqlite3.Connection, platforms: Sequence[str], now: datetime) -> list[sqlite3.Row]:
    """Idle channels of these platforms of which something that was set aside is due, and since when."""
    return connection.execute(DUE, {"platforms": json.dumps(list(platforms)), "at": stamp(now)}).fetchall()


def next_set_aside(connection: sqlite3.Connection, platforms: Sequence[str]) -> str | None:
    """When something that was set aside is due again in an idle channel of these platforms."""
    values = {"platforms": json.dumps(list(platforms)), "at": FOR_EVER}
    at: str | None = connection.execute(f"SELECT min(next_due) FROM ({DUE})", values).fetchone()[0]  # noqa: S608 - ours
    return at if at != FOR_EVER else None


def wait_for_those_before(connection: sqlite3.Connection, channel: int) -> None:
    """Make the channel's next message due no sooner than what was set aside before it."""
    connection.execute(TRIED_FIRST, {"channel": channel})


def next_turn(connection: sqlite3.Connection, channel: sqlite3.Row, now: datetime) -> sqlite3.Row | None:
    """The channel whose next message is to be claimed, with what was set aside as its claim if that comes first.

    None if nothing is due.
    """
    values = {"channel": channel["pk"], "at": stamp(now)}
    is_due = channel["next_due"] is not None and channel["next_due"] <= stamp(now)
    is_idle = connection.execute(f"SELECT {IDLE} FROM channels WHERE pk = :channel", values).fetchone()[0]  # noqa: S608 - ours
    if not (is_due or is_idle):
        return None
    connection.execute(WITHOUT_DELIVERIES, values)
    first = connection.execute(NEXT, values).fetchone()
    if first is None or (channel["claim_key"] and not _set_aside(connection, channel["pk"], now)):
        return channel if is_due else None
    connection.execute("DELETE FROM set_aside WHERE key = ?", (first["key"],))
    connection.execute(
        "UPDATE outbox SET set_aside = NULL WHERE channel = ? AND state = 'claimed' AND set_aside = ?",
        (channel["pk"], first["key"]),
    )
    brought: sqlite3.Row = connection.execute(BRING_BACK, dict(first)).fetchone()
    return brought


def expire_set_aside(connection: sqlite3.Connection, *, before: str, at: str, limit: int) -> tuple[int, int]:
    """Settle some that were uncertain for too long as expired; return how many claims and deliveries."""
    doubted = connection.execute(DOUBTED_TOO_LONG, {"before": before, "at": at, "limit": limit}).fetchall()
    late = 0
    for row in doubted:
        late += connection.execute(
            "UPDATE outbox SET state = 'expired', settled_at = ?, set_aside = NULL"
            " WHERE channel = ? AND state = 'claimed' AND set_aside = ?",
            (at, row["channel"], row["key"]),
        ).rowcount
    connection.executemany("DELETE FROM set_aside WHERE key = ?", [(row["key"],) for row in doubted])
    return len(doubted), late


def _set_aside(connection: sqlite3.Connection, channel: int, at: datetime) -> bool:
    """Set the channel's claim aside until it would be due, and let the channel go on; False if it has no deliveries."""
    row = connection.execute(SETS_ASIDE, {"channel": channel}).fetchone()
    if row is None:
        return False
    connection.execute(f"UPDATE outbox SET set_aside = ? WHERE channel = ? AND {HELD}", (row["key"], channel))  # noqa: S608 - ours
    connection.execute(UNCLAIM, {"at": stamp(at), "channel": channel})
    return True
