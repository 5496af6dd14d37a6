"""Subscriptions of channels."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.domain import Address, ChannelPlan, MoveResult, NewSubscription, PlanResult, Subscription
from bot.errors import AlreadySubscribed, NoSubscription, TooManySubscriptions
from storage.channels import known
from storage.columns import maybe_moment, moment, stamp
from storage.sqlite.engine import Database
from storage.subscriptions.import_plans import follow
from storage.subscriptions.insert import ADD_QUERY, FORGET_QUERY, insert
from storage.subscriptions.move_channel import move

COLUMNS = (
    "platform, channels.id AS channel_id, subscriptions.number, text, created_at, created_by, counts_from,"
    " paused_at, paused_by"
)

ALL = f"SELECT {COLUMNS} FROM subscriptions JOIN channels ON channels.pk = subscriptions.channel"  # noqa: S608 - column names of our own

OF_CHANNEL = f"{ALL} WHERE platform = ? AND channels.id = ? ORDER BY subscriptions.number"

BY_CHANNEL = f"{ALL} ORDER BY platform, channels.id, subscriptions.number"

PENDING = f"{ALL} WHERE pending AND paused_at IS NULL ORDER BY subscriptions.pk LIMIT ?"

NAMES_NONE = 0
"""A delivery's number when the query that enqueued it is gone; no subscription has this number."""


class SqlSubscriptions:
    """See `SubscriptionStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, channel: Address, query: str, *, canonical: str, by: str, at: datetime, limit: int, by_id: str = ""
    ) -> Subscription:
        """Subscribe ``channel`` to ``query``; see `SubscriptionStore.add`."""
        with self._database.writing() as connection:
            channel_pk, number = known(connection, channel)
            taken, existing, paused_at = connection.execute(
                "SELECT count(*), max(CASE WHEN canonical = :canonical THEN number END),"
                " max(CASE WHEN canonical = :canonical THEN paused_at END)"
                " FROM subscriptions JOIN queries ON queries.pk = query WHERE channel = :channel",
                {"canonical": canonical, "channel": channel_pk},
            ).fetchone()
            if existing is not None:
                raise AlreadySubscribed(existing, is_paused=paused_at is not None)
            if taken >= limit:
                raise TooManySubscriptions(str(channel), count=taken + 1, limit=limit)
            connection.execute("UPDATE channels SET next_number = next_number + 1 WHERE pk = ?", (channel_pk,))
            insert(connection, channel_pk, number, NewSubscription(channel, query, canonical, by), at, by_id)
            return Subscription(channel, number, query, at, by)

    def change(self, channel: Address, number: int, query: str, *, canonical: str, since: datetime) -> Subscription:
        """Replace the subscription's query; see `SubscriptionStore.change`."""
        with self._database.writing() as connection:
            rows = connection.execute(
                "SELECT subscriptions.*, canonical FROM subscriptions JOIN queries ON queries.pk = query"
                " WHERE channel = (SELECT pk FROM channels WHERE platform = ? AND id = ?)",
                (channel.platform, channel.id),
            ).fetchall()
            before = next((row for row in rows if row["number"] == number), None)
            if before is None:
                raise NoSubscription(f"{channel} has no subscription {number}")
            equal = next((row for row in rows if row["canonical"] == canonical), None)
            if equal is not None:
                raise AlreadySubscribed(equal["number"], is_paused=equal["paused_at"] is not None)
            connection.execute(ADD_QUERY, (canonical, query))
            connection.execute(
                "UPDATE subscriptions SET text = ?, counts_from = ?, pending = 1,"
                " query = (SELECT pk FROM queries WHERE canonical = ?) WHERE pk = ?",
                (query, stamp(since), canonical, before["pk"]),
            )
            connection.execute(FORGET_QUERY, (before["query"],))
            # What waits is posted only if some subscription of the channel still finds it.
            connection.execute(
                "UPDATE outbox SET number = ? WHERE channel = ? AND number = ? AND state IN ('due', 'claimed')",
                (NAMES_NONE, before["channel"], number),
            )
            return Subscription(
                channel,
                number,
                query,
                moment(before["created_at"]),
                before["created_by"],
                counts_from=since,
                paused_at=maybe_moment(before["paused_at"]),
                paused_by=before["paused_by"],
            )

    def follow(self, plans: Iterable[ChannelPlan], *, at: datetime, limit: int) -> PlanResult:
        """Make what these plans lack, or nothing; see `SubscriptionStore.follow`."""
        with self._database.writing() as connection:
            return follow(connection, plans, at=at, limit=limit)

    def move(self, source: Address, target: Address, *, at: datetime, limit: int) -> MoveResult:
        """Move a channel's subscriptions to another; see `SubscriptionStore.move`."""
        with self._database.writing() as connection:
            return move(connection, source, target, at=at, limit=limit)

    def remove(self, channel: Address, number: int) -> bool:
        """Remove that subscription; see `SubscriptionStore.remove`."""
        with self._database.writing() as connection:
            row = connection.execute(
                "DELETE FROM subscriptions WHERE number = ?"
                " AND channel = (SELECT pk FROM channels WHERE platform = ? AND id = ?) RETURNING query",
                (number, channel.platform, channel.id),
            ).fetchone()
            if row:
                connection.execute(FORGET_QUERY, (row["query"],))
            return row is not None

    def pause(self, channel: Address, number: int, *, by: str, at: datetime) -> bool:
        """Let that subscription bring nothing; see `SubscriptionStore.pause`."""
        with self._database.writing() as connection:
            paused = connection.execute(
                "UPDATE subscriptions SET paused_at = ?, paused_by = ? WHERE number = ? AND paused_at IS NULL"
                " AND channel = (SELECT pk FROM channels WHERE platform = ? AND id = ?)",
                (stamp(at), by, number, channel.platform, channel.id),
            )
            return paused.rowcount == 1

    def resume(self, channel: Address, number: int, *, since: datetime) -> bool:
        """End that subscription's pause; see `SubscriptionStore.resume`."""
        with self._database.writing() as connection:
            resumed = connection.execute(
                "UPDATE subscriptions SET paused_at = NULL, paused_by = '', counts_from = ?, pending = 1"
                " WHERE number = ? AND paused_at IS NOT NULL"
                " AND channel = (SELECT pk FROM channels WHERE platform = ? AND id = ?)",
                (stamp(since), number, channel.platform, channel.id),
            )
            return resumed.rowcount == 1

    def of(self, channel: Address) -> Sequence[Subscription]:
        """The channel's subscriptions; see `SubscriptionStore.of`."""
        return self._subscriptions(OF_CHANNEL, channel.platform, channel.id)

    def all(self) -> Sequence[Subscription]:
        """Every subscription; see `SubscriptionStore.all`."""
        return self._subscriptions(BY_CHANNEL)

    def pending(self, *, limit: int) -> Sequence[Subscription]:
        """Subscriptions whose first papers are not enqueued yet; see `SubscriptionStore.pending`."""
        return self._subscriptions(PENDING, limit)

    def _subscriptions(self, statement: str, *values: str | int) -> list[Subscription]:
        with self._database.reading() as connection:
            return [_subscription(row) for row in connection.execute(statement, values)]


def _subscription(row: sqlite3.Row) -> Subscription:
    return Subscription(
        channel=Address(row["platform"], row["channel_id"]),
        number=row["number"],
        query=row["text"],
        created_at=moment(row["created_at"]),
        created_by=row["created_by"],
        counts_from=maybe_moment(row["counts_from"]),
        paused_at=maybe_moment(row["paused_at"]),
        paused_by=row["paused_by"],
    )
