"""Which deliveries a channel's next message holds."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from bot.domain import Part
from storage.outbox.next_due import BEGIN_FLOOD, IS_DUE, IS_OPEN
from storage.sqlite.enqueue import LAST

DELIVERIES = f"""
SELECT papers.*, outbox.pk AS delivery, outbox.enqueued_at, outbox.second_chance, at_most, place, out_of, rest_of,
    subscriptions.text AS query
FROM outbox
JOIN papers ON papers.pk = outbox.paper
LEFT JOIN subscriptions ON subscriptions.channel = outbox.channel AND subscriptions.number = outbox.number
WHERE outbox.channel = ? AND state = ? AND {IS_OPEN} AND set_aside IS NULL
    AND outbox.pk <= ?
ORDER BY outbox.pk LIMIT ?
"""  # noqa: S608 - made of the condition above
BEST_FIRST = DELIVERIES.replace("ORDER BY", "ORDER BY papers.upvotes DESC,")

COUNT = f"""
SELECT count(*) FROM (SELECT 1 FROM outbox WHERE channel = ? AND {IS_DUE} AND pk <= ? LIMIT ?)
"""  # noqa: S608 - made of the condition above


@dataclass(frozen=True, slots=True)
class Contents:
    """The deliveries of a message.

    Attributes:
        shown: Those that it shows.
        rest: Those that it offers.
        part: Which of its digest's papers it shows; None if it is a whole digest, or none.
    """

    shown: list[sqlite3.Row]
    rest: list[sqlite3.Row]
    part: Part | None = None


def next_message(
    connection: sqlite3.Connection, channel: sqlite3.Row, *, flood_limit: int, digest_limit: int
) -> Contents:
    """The deliveries of the channel's next message: what was claimed, the rest of its digest, or what else is due."""
    pk = channel["pk"]
    if channel["claim_key"]:
        return _claimed(connection.execute(DELIVERIES, (pk, "claimed", LAST, LAST)).fetchall())
    if not channel["digest_due"]:
        due = connection.execute(COUNT, (pk, LAST, flood_limit + 1)).fetchone()[0]
        if due > flood_limit:
            channel = connection.execute(BEGIN_FLOOD, (pk,)).fetchone()
    last = channel["digest_last"] or 0
    if channel["digest_due"] and channel["digest_top"]:
        return _best(connection.execute(BEST_FIRST, (pk, "due", last, LAST)).fetchall(), channel["digest_top"])
    digest = _together(connection.execute(BEST_FIRST, (pk, "due", last, digest_limit)).fetchall())
    if digest or channel["digest_due"]:
        waiting = connection.execute(COUNT, (pk, last, LAST)).fetchone()[0]
        before = channel["digest_shown"]
        is_part = before or waiting > len(digest)
        return Contents(digest, [], Part(before + 1, before + len(digest), before + waiting) if is_part else None)
    return Contents(connection.execute(DELIVERIES, (pk, "due", LAST, 1)).fetchall(), [])


def _claimed(deliveries: list[sqlite3.Row]) -> Contents:
    """What was claimed before, as it was."""
    shown = [delivery for delivery in deliveries if delivery["rest_of"] is None]
    places = [delivery["place"] for delivery in shown if delivery["place"]]
    part = Part(min(places), max(places), shown[0]["out_of"]) if places else None
    return Contents(shown, [delivery for delivery in deliveries if delivery["rest_of"] is not None], part)


def _best(deliveries: list[sqlite3.Row], top: int) -> Contents:
    """The first of these, and the rest; what was in a message that was refused is to be shown, whatever its place."""
    shown = _together(deliveries[:top])
    return Contents(shown, [delivery for delivery in deliveries[len(shown) :] if not delivery["at_most"]])


def _together(deliveries: list[sqlite3.Row]) -> list[sqlite3.Row]:
    """As many of the first as may be in one message: a larger one with some of them may have been refused."""
    most = len(deliveries)
    for count, delivery in enumerate(deliveries, 1):
        most = min(most, delivery["at_most"] or most)
        if count > most:
            return deliveries[: count - 1]
    return deliveries
