"""What people think of papers: a row for each subscription and paper."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime

from bot.domain import Address, Opinion
from storage.columns import moment, stamp
from storage.sqlite.engine import Database

NEWEST = """
ON CONFLICT (subscription, paper) DO UPDATE SET is_liked = excluded.is_liked, at = excluded.at
"""

NOTE = f"""
INSERT INTO opinions (subscription, paper, is_liked, at)
SELECT subscriptions.pk, papers.pk, :is_liked, :at
FROM subscriptions JOIN channels ON channels.pk = subscriptions.channel JOIN papers ON papers.id = :paper
WHERE platform = :platform AND channels.id = :channel AND number = :number
{NEWEST} RETURNING subscription
"""  # noqa: S608 - our own

TRIM = """
DELETE FROM opinions WHERE subscription = :subscription AND paper NOT IN (
    SELECT paper FROM opinions WHERE subscription = :subscription ORDER BY at DESC, paper DESC LIMIT :most
)
"""

OWN = """
SELECT subscriptions.pk FROM subscriptions JOIN channels ON channels.pk = subscriptions.channel
WHERE platform = ? AND channels.id = ?
"""

TAKE_BACK = f"""
DELETE FROM opinions
WHERE is_liked AND paper = (SELECT pk FROM papers WHERE id = ?) AND subscription IN ({OWN})
"""  # noqa: S608 - our own

OF_CHANNEL = f"""
SELECT text, id, is_liked, at FROM opinions
JOIN subscriptions ON subscriptions.pk = opinions.subscription JOIN papers ON papers.pk = opinions.paper
WHERE subscription IN ({OWN}) ORDER BY at, opinions.paper, subscription
"""  # noqa: S608 - our own

MERGE = f"""
INSERT INTO opinions (subscription, paper, is_liked, at)
SELECT :to, paper, is_liked, at FROM opinions WHERE subscription = :from
{NEWEST} WHERE excluded.at > opinions.at
"""  # noqa: S608 - our own


class SqlOpinions:
    """See `OpinionStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(
        self, channel: Address, numbers: Collection[int], paper_id: str, *, is_liked: bool, at: datetime, most: int
    ) -> bool:
        """Note an opinion of the paper; see `OpinionStore.note`."""
        values = {
            "platform": channel.platform,
            "channel": channel.id,
            "paper": paper_id,
            "is_liked": is_liked,
            "at": stamp(at),
        }
        with self._database.writing() as connection:
            noted = [
                row["subscription"]
                for number in numbers
                for row in connection.execute(NOTE, {**values, "number": number}).fetchall()
            ]
            connection.executemany(TRIM, [{"subscription": subscription, "most": most} for subscription in noted])
            return bool(noted)

    def take_back(self, channel: Address, paper_id: str) -> None:
        """Forget that the paper was liked; see `OpinionStore.take_back`."""
        with self._database.writing() as connection:
            connection.execute(TAKE_BACK, (paper_id, channel.platform, channel.id))

    def of(self, channel: Address) -> Sequence[Opinion]:
        """Every opinion in the channel; see `OpinionStore.of`."""
        with self._database.reading() as connection:
            rows = connection.execute(OF_CHANNEL, (channel.platform, channel.id)).fetchall()
        return [Opinion(row["text"], row["id"], bool(row["is_liked"]), moment(row["at"])) for row in rows]


def merge_opinions(connection: sqlite3.Connection, source: int, target: int) -> None:
    """Give the opinions of a subscription that is about to be removed to another, by their keys; the newest stay."""
    connection.execute(MERGE, {"from": source, "to": target})
