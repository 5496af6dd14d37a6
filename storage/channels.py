"""The channels that are known, and whether they can be posted to."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from bot.domain import Address, Channel, Pause
from storage.database import Database
from storage.values import moment, stamp


class SqliteChannels:
    """See `bot.ports.ChannelStore`."""

    def __init__(self, database: Database) -> None:
        """Remember where channels are kept."""
        self._database = database

    def get(self, address: Address) -> Channel | None:
        """The channel; see `bot.ports.ChannelStore.get`."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT * FROM channels WHERE platform = ? AND id = ?", (address.platform, address.id)
            ).fetchone()
            return _channel(row) if row else None

    def all(self) -> Sequence[Channel]:
        """Every channel; see `bot.ports.ChannelStore.all`."""
        with self._database.reading() as connection:
            return [_channel(row) for row in connection.execute("SELECT * FROM channels ORDER BY platform, id")]

    def pause(self, address: Address, pause: Pause) -> None:
        """Pause the channel; see `bot.ports.ChannelStore.pause`."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE channels SET next_due = CASE WHEN next_due IS NULL THEN NULL ELSE :probe_at END,"
                " pause_reason = :reason, pause_repair = :repair, probe_at = :probe_at,"
                " paused_since = coalesce(paused_since, :since) WHERE platform = :platform AND id = :id",
                {
                    "platform": address.platform,
                    "id": address.id,
                    "reason": pause.reason,
                    "repair": pause.repair,
                    "since": stamp(pause.since),
                    "probe_at": stamp(pause.probe_at),
                },
            )

    def resume(self, address: Address) -> None:
        """End the channel's pause; see `bot.ports.ChannelStore.resume`."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE channels SET next_due = CASE WHEN next_due IS NULL THEN NULL ELSE paused_since END,"
                " pause_reason = NULL, pause_repair = NULL, paused_since = NULL, probe_at = NULL"
                " WHERE platform = ? AND id = ? AND paused_since IS NOT NULL",
                (address.platform, address.id),
            )

    def set_rhythm(self, address: Address, rhythm: str, *, digest_due: datetime | None) -> None:
        """Let the channel have a digest; see `bot.ports.ChannelStore.set_rhythm`."""
        due = stamp(digest_due) if digest_due else None
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO channels (platform, id) VALUES (?, ?) ON CONFLICT DO NOTHING",
                (address.platform, address.id),
            )
            # What is retried, paused or on its way keeps its own time.
            connection.execute(
                "UPDATE channels SET rhythm = :rhythm, digest_due = :due, next_due = CASE"
                " WHEN next_due IS NULL OR attempts > 0 OR claim_key IS NOT NULL OR paused_since IS NOT NULL"
                " THEN next_due ELSE coalesce(:due,"
                " (SELECT min(enqueued_at) FROM outbox WHERE channel = channels.pk AND state = 'due')) END"
                " WHERE platform = :platform AND id = :id",
                {"rhythm": rhythm, "due": due, "platform": address.platform, "id": address.id},
            )

    def idle_digests(self, *, now: datetime) -> Sequence[Channel]:
        """The channels whose digest passes; see `bot.ports.ChannelStore.idle_digests`."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM channels WHERE digest_due <= ? AND next_due IS NULL AND claim_key IS NULL", (stamp(now),)
            )
            return [_channel(row) for row in rows]

    def greet(self, address: Address) -> bool:
        """Take note that the channel is greeted; see `bot.ports.ChannelStore.greet`."""
        with self._database.writing() as connection:
            greeted = connection.execute(
                "INSERT INTO channels (platform, id, greeted) VALUES (?, ?, 1)"
                " ON CONFLICT (platform, id) DO UPDATE SET greeted = 1 WHERE greeted = 0",
                (address.platform, address.id),
            )
            return greeted.rowcount == 1


def _channel(row: sqlite3.Row) -> Channel:
    pause = None
    if row["paused_since"]:
        pause = Pause(
            row["pause_reason"],
            row["pause_repair"],
            since=moment(row["paused_since"]),
            probe_at=moment(row["probe_at"]),
        )
    return Channel(Address(row["platform"], row["id"]), pause, row["rhythm"] or "")
