"""Subscriptions of channels."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.domain import Address, ChannelPlan, MoveResult, NewSubscription, PlanResult, Subscription
from bot.errors import AlreadySubscribed, NoSubscription, TooManySubscriptions
from storage.channels import known
from storage.columns import maybe_moment, moment, stamp
from storage.sqlite.engine import Database
from storage.subscriptions.import_plans import follow
from storage.subscriptions.insert import ADD_QUERY, FORGET_QUERY, insert
from storage.subscriptions.move_channel import move

STATISTICS = timedelta(days=30)

COLUMNS = "platform, channels.id AS channel_id, subscriptions.number, text, created_at, created_by, counts_from"

SELECT = f"""
SELECT {COLUMNS}, coalesce(matched.matches, 0) AS matches, matched.last_match
FROM subscriptions JOIN channels ON channels.pk = subscriptions.channel
LEFT JOIN (
    SELECT channel, number, sum(enqueued_at >= :since) AS matches, max(enqueued_at) AS last_match
    FROM outbox {{where}} GROUP BY channel, number
) AS matched ON matched.channel = subscriptions.channel AND matched.number = subscriptions.number
{{where_subscriptions}} ORDER BY platform, channels.id, subscriptions.number
"""  # noqa: S608 - column names of our own

ONE_CHANNEL = "channel = (SELECT pk FROM channels WHERE platform = :platform AND id = :id)"

PENDING = f"""
SELECT {COLUMNS}, 0 AS matches, NULL AS last_match
FROM subscriptions JOIN channels ON channels.pk = subscriptions.channel
WHERE pending ORDER BY subscriptions.pk LIMIT ?
"""  # noqa: S608 - column names of our own

NAMES_NONE = 0
"""A delivery's number when the query that enqueued it is gone; no subscription has this number."""


class SqlSubscriptions:
    """See `SubscriptionStore`.

    A delivery counts for the subscription that enqueued it; if several of a channel match, for the oldest.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, channel: Address, query: str, *, canonical: str, by: str, at: datetime, limit: int, by_id: str = ""
    ) -> Subscription:
        """Subscribe ``channel`` to ``query``; see `SubscriptionStore.add`."""
        with self._database.writing() as connection:
            channel_pk, number = known(connection, channel)
            taken, existing = connection.execute(
                "SELECT count(*), max(CASE WHEN canonical = ? THEN number END)"
                " FROM subscriptions JOIN queries ON queries.pk = query WHERE channel = ?",
                (canonical, channel_pk),
            ).fetchone()
            if existing is not None:
                raise AlreadySubscribed(existing)
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
            equal = next((row["number"] for row in rows if row["canonical"] == canonical), None)
            if equal is not None:
                raise AlreadySubscribed(equal)
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
            made_at = moment(before["created_at"])
            return Subscription(channel, number, query, made_at, before["created_by"], counts_from=since)

    def follow(self, plans: Iterable[ChannelPlan], *, at: datetime, limit: int) -> PlanResult:
        """Make what these plans lack, or nothing; see `SubscriptionStore.follow`."""
        with self._database.writing() as connection:
            return follow(connection, plans, at=at, limit=limit)

    def move(self, source: Address, target: Address, *, at: datetime, limit: int) -> MoveResult:
        """Move a channel's subscriptions to another; see `SubscriptionStore.move`."""
        with self._database.writing() as connection:
            return move(connection, source, target, at=at, limit=limit)

    def remove(self, channel: Address, number: int) -> None:
        """Remove that subscription; see `SubscriptionStore.remove`."""
        with self._database.writing() as connection:
            row = connection.execute(
                "DELETE FROM subscriptions WHERE number = ?"
                " AND channel = (SELECT pk FROM channels WHERE platform = ? AND id = ?) RETURNING query",
                (number, channel.platform, channel.id),
            ).fetchone()
            if row:
                connection.execute(FORGET_QUERY, (row["query"],))

    def of(self, channel: Address, *, now: datetime) -> Sequence[Subscription]:
        """The channel's subscriptions; see `SubscriptionStore.of`."""
        statement = SELECT.format(
            where=f"WHERE {ONE_CHANNEL}", where_subscriptions=f"WHERE subscriptions.{ONE_CHANNEL}"
        )
        return self._subscriptions(statement, since=stamp(now - STATISTICS), platform=channel.platform, id=channel.id)

    def all(self, *, now: datetime) -> Sequence[Subscription]:
        """Every subscription; see `SubscriptionStore.all`."""
        return self._subscriptions(SELECT.format(where="", where_subscriptions=""), since=stamp(now - STATISTICS))

    def pending(self, *, limit: int) -> Sequence[Subscription]:
        """Subscriptions whose first papers are not enqueued yet; see `SubscriptionStore.pending`."""
        with self._database.reading() as connection:
            return [_subscription(row) for row in connection.execute(PENDING, (limit,))]

    def _subscriptions(self, statement: str, **values: str) -> list[Subscription]:
        with self._database.reading() as connection:
            return [_subscription(row) for row in connection.execute(statement, values)]


def _subscription(row: sqlite3.Row) -> Subscription:
    return Subscription(
        channel=Address(row["platform"], row["channel_id"]),
        number=row["number"],
        query=row["text"],
        created_at=moment(row["created_at"]),
        created_by=row["created_by"],
        matches_30_days=row["matches"],
        last_match=maybe_moment(row["last_match"]),
        counts_from=maybe_moment(row["counts_from"]),
    )
