"""Inserts a subscription."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from bot.domain import NewSubscription
from storage.columns import maybe_stamp, stamp

ADD_QUERY = "INSERT INTO queries (canonical, text) VALUES (?, ?) ON CONFLICT (canonical) DO NOTHING"

FORGET_QUERY = """
DELETE FROM queries WHERE pk = ? AND NOT EXISTS (SELECT 1 FROM subscriptions WHERE query = queries.pk)
"""
"""Removes the query if it has no subscription left."""


def insert(
    connection: sqlite3.Connection, channel_pk: int, number: int, new: NewSubscription, at: datetime, by_id: str = ""
) -> int:
    """Insert the subscription unless its channel has it already; return how many were inserted."""
    connection.execute(ADD_QUERY, (new.canonical, new.query))
    made_at, counts_from = (new.created_at, at) if new.created_at else (at, None)
    return connection.execute(
        "INSERT INTO subscriptions"
        " (channel, number, query, text, created_at, created_by, created_by_id, counts_from, pending)"
        " SELECT ?, ?, pk, ?, ?, ?, ?, ?, 1 FROM queries WHERE canonical = ? ON CONFLICT (channel, query) DO NOTHING",
        (
            channel_pk,
            number,
            new.query,
            stamp(made_at),
            new.created_by,
            by_id,
            maybe_stamp(counts_from),
            new.canonical,
        ),
    ).rowcount
