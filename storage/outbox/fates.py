"""What became of deliveries, one by one and in numbers."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from bot.domain import Address, Fate
from storage.columns import maybe_moment, moment

STATES = ("due", "claimed", "delivered", "failed", "expired")

FATE = """
SELECT state, enqueued_at, settled_at, reason, link, rest_of,
    coalesce(set_aside.attempts, channels.attempts) AS attempts,
    coalesce(set_aside.next_try, channels.next_due) AS next_try
FROM outbox JOIN channels ON channels.pk = outbox.channel LEFT JOIN set_aside ON set_aside.key = outbox.set_aside
WHERE platform = ? AND channels.id = ? AND paper = (SELECT pk FROM papers WHERE id = ?)
"""

CLAIMED = """
SELECT (
    SELECT count(*) FROM channels JOIN outbox ON channel = channels.pk AND state = 'claimed' AND set_aside IS NULL
    WHERE claim_key IS NOT NULL
) + (
    SELECT count(*) FROM set_aside JOIN outbox
        ON outbox.channel = set_aside.channel AND state = 'claimed' AND outbox.set_aside = set_aside.key
)
"""


def fate_of(connection: sqlite3.Connection, channel: Address, paper_id: str) -> Fate | None:
    """What became of the paper; see `Outbox.fate`."""
    row = connection.execute(FATE, (channel.platform, channel.id, paper_id)).fetchone()
    if row is None:
        return None
    is_open, reason = row["state"] in {"due", "claimed"}, row["reason"] or ""
    return Fate(
        row["state"],
        moment(row["enqueued_at"]),
        maybe_moment(row["settled_at"]),
        reason,
        row["link"] or "",
        # The channel counts the attempts of its next message, which this paper has a reason from if it is in it.
        attempts=row["attempts"] if is_open and reason else 0,
        next_try=maybe_moment(row["next_try"]) if is_open else None,
        in_rest=row["rest_of"] is not None,
    )


def counts(connection: sqlite3.Connection) -> Mapping[str, int]:
    """How many deliveries there are by state; see `Outbox.counts`."""
    settled = connection.execute("SELECT state, deliveries FROM settled").fetchall()
    due = connection.execute("SELECT count(*) FROM outbox WHERE state = 'due'").fetchone()[0]
    claimed = connection.execute(CLAIMED).fetchone()[0]
    return dict.fromkeys(STATES, 0) | {row[0]: row[1] for row in settled} | {"due": due, "claimed": claimed}
