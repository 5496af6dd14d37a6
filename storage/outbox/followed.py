"""Posted messages whose counts are followed: what they show, and when they are worth an edit."""

from __future__ import annotations

import logging
import sqlite3
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from bot.domain import Address, Counts, Receipt
from bot.domain.edits import LAST_EDIT_WITHIN, Followed, Outdated
from bot.domain.messages import Card, Digest, cards_of
from storage.columns import stamp
from storage.sqlite.engine import Database

SWEPT_AT_ONCE = 5_000
"""Messages that are forgotten in one transaction."""

MESSAGE: TypeAdapter[Card | Digest] = TypeAdapter(Card | Digest)

DIFFERS = """
(papers.upvotes != shown.upvotes OR papers.comments != shown.comments OR coalesce(papers.stars, 0) != shown.stars
 OR papers.is_withdrawn > shown.is_withdrawn)
"""

PAPERS = "followed_papers AS shown JOIN papers ON papers.pk = shown.paper WHERE shown.message = followed.pk"

# The index answers everything but the messages themselves, which are long and are read only where they are wanted.
OUTDATED = f"""
SELECT followed.*, channels.id AS channel_id, until <= :now AS is_last
FROM followed JOIN channels ON channels.pk = followed.channel
WHERE followed.pk IN (
    SELECT followed.pk FROM followed INDEXED BY followed_by_turn CROSS JOIN channels ON channels.pk = followed.channel
    WHERE again_at <= :now AND platform = :platform AND paused_since IS NULL AND coalesce(quiet_until, '') <= :now
      AND EXISTS (
        SELECT 1 FROM {PAPERS} AND (
            papers.upvotes >= upvotes_from OR papers.comments >= comments_from OR papers.stars >= stars_from
            OR papers.is_withdrawn > shown.is_withdrawn
            OR (until <= :now AND {DIFFERS})
        )
      )
    ORDER BY again_at LIMIT :limit
)
ORDER BY again_at
"""  # noqa: S608 - made of the fragments above

SWEEP = f"""
DELETE FROM followed WHERE pk IN (
    SELECT pk FROM followed
    WHERE until <= :now AND (until <= :late OR NOT EXISTS (SELECT 1 FROM {PAPERS} AND {DIFFERS})) LIMIT :limit
)
"""  # noqa: S608 - made of the fragments above

BEGIN = """
INSERT OR REPLACE INTO followed (key, channel, receipt, again_at, until, message) VALUES (?, ?, ?, ?, ?, ?)
RETURNING pk
"""

COUNTS = ("upvotes", "comments", "stars", "upvotes_from", "comments_from", "stars_from", "is_withdrawn")
"""The columns with what a message shows of a paper, and from which counts on that is worth an edit."""

BEGIN_PAPER = f"""
INSERT INTO followed_papers (message, paper, {", ".join(COUNTS)})
SELECT :message, pk, {", ".join(f":{column}" for column in COUNTS)} FROM papers WHERE id = :id
"""  # noqa: S608 - column names of our own

SHOW_PAPER = f"""
UPDATE followed_papers SET {", ".join(f"{column} = :{column}" for column in COUNTS)}
WHERE message = :message AND paper = (SELECT pk FROM papers WHERE id = :id)
"""  # noqa: S608 - column names of our own

log = logging.getLogger(__name__)


class SqlFollowed:
    """See `FollowedStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def outdated(self, platform: str, *, now: datetime, limit: int) -> Sequence[Outdated]:
        """Messages that are worth an edit; see `FollowedStore.outdated`."""
        with self._database.reading() as connection:
            values = {"platform": platform, "now": stamp(now), "limit": limit}
            rows = connection.execute(OUTDATED, values).fetchall()
            read = {row["key"]: _outdated(connection, row, platform) for row in rows}
        unreadable = [key for key, message in read.items() if message is None]
        if unreadable:
            log.warning("Messages that cannot be read are no longer brought up to date: %s", ", ".join(unreadable))
            with self._database.writing() as connection:
                connection.executemany("DELETE FROM followed WHERE key = ?", [(key,) for key in unreadable])
        return [message for message in read.values() if message]

    def shown(self, message: Outdated, *, noticed: Mapping[str, Counts], again_at: datetime) -> None:
        """Record what is shown now; see `FollowedStore.shown`."""
        with self._database.writing() as connection:
            row = connection.execute(
                "UPDATE followed SET again_at = ? WHERE key = ? RETURNING pk", (stamp(again_at), message.key)
            ).fetchone()
            if row:
                connection.executemany(
                    SHOW_PAPER,
                    [_columns(row["pk"], paper, message.counts[paper], later) for paper, later in noticed.items()],
                )

    def postpone(self, message: Outdated, *, again_at: datetime) -> None:
        """Leave the message until then; see `FollowedStore.postpone`."""
        with self._database.writing() as connection:
            connection.execute("UPDATE followed SET again_at = ? WHERE key = ?", (stamp(again_at), message.key))

    def forget(self, message: Outdated) -> None:
        """Leave the message from now on; see `FollowedStore.forget`."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM followed WHERE key = ?", (message.key,))

    def sweep(self, *, now: datetime) -> int:
        """Forget messages that are past their end; see `FollowedStore.sweep`."""
        values = {"now": stamp(now), "late": stamp(now - LAST_EDIT_WITHIN), "limit": SWEPT_AT_ONCE}
        swept, last = 0, SWEPT_AT_ONCE
        while last == SWEPT_AT_ONCE:
            with self._database.writing() as connection:
                last = connection.execute(SWEEP, values).rowcount
            swept += last
        return swept


def begin_following(
    connection: sqlite3.Connection, channel: int, key: str, receipt: Receipt, followed: Followed
) -> None:
    """Follow the message from now on, instead of one with the same key."""
    message = followed.message
    written = zlib.compress(MESSAGE.dump_json(message, exclude_defaults=True))
    row = connection.execute(
        BEGIN, (key, channel, receipt.id, stamp(followed.again_at), stamp(followed.until), written)
    ).fetchone()
    connection.executemany(
        BEGIN_PAPER,
        [
            _columns(row["pk"], card.paper_id, card.counts, followed.noticed[card.paper_id])
            for card in cards_of(message)
        ],
    )


def _columns(message: int, paper_id: str, shown: Counts, noticed: Counts) -> Mapping[str, int | str]:
    counts = [shown.upvotes, shown.comments, shown.stars, noticed.upvotes, noticed.comments, noticed.stars]
    counts.append(shown.is_withdrawn)
    return {"message": message, "id": paper_id, **dict(zip(COUNTS, (count or 0 for count in counts), strict=True))}


def _outdated(connection: sqlite3.Connection, row: sqlite3.Row, platform: str) -> Outdated | None:
    """The message of this row; None if it cannot be read, such as one that a later version wrote."""
    try:
        message = MESSAGE.validate_json(zlib.decompress(row["message"]))
    except (ValidationError, zlib.error):
        return None
    counts = connection.execute(
        "SELECT papers.id, papers.upvotes, papers.comments, papers.stars, papers.is_withdrawn FROM followed_papers"
        " JOIN papers ON papers.pk = followed_papers.paper WHERE message = ?",
        (row["pk"],),
    )
    return Outdated(
        Address(platform, row["channel_id"]),
        row["key"],
        Receipt(row["receipt"]),
        message,
        {
            paper["id"]: Counts(paper["upvotes"], paper["comments"], paper["stars"], bool(paper["is_withdrawn"]))
            for paper in counts
        },
        bool(row["is_last"]),
    )
