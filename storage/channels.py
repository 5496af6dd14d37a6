"""Channels: whether they can be posted to, and when they want to be."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain import Address, Channel, Closing, Pause, Quiet
from storage.columns import maybe_moment, maybe_stamp, moment, stamp
from storage.outbox.next_due import DUE_AGAIN, END_PAUSE, FOR_EVER
from storage.sqlite.engine import Database

SAME_END = timedelta(minutes=1)
"""Two pauses that end no further apart are one, asked for twice."""

UNTOLD = """
SELECT pk FROM channels WHERE paused_since IS NOT NULL
    AND (pause_told_at IS NULL OR (pause_told_at < paused_since AND pause_told_at < :before)) LIMIT :limit
"""

TELL = f"UPDATE channels SET pause_told_at = :at WHERE pk IN ({UNTOLD}) RETURNING *"  # noqa: S608 - of our own


class SqlChannels:
    """See `ChannelStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, address: Address) -> Channel | None:
        """The channel; see `ChannelStore.get`."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT * FROM channels WHERE platform = ? AND id = ?", (address.platform, address.id)
            ).fetchone()
            return _channel(row) if row else None

    def all(self) -> Sequence[Channel]:
        """Every channel; see `ChannelStore.all`."""
        with self._database.reading() as connection:
            return [_channel(row) for row in connection.execute("SELECT * FROM channels ORDER BY platform, id")]

    def paused(self) -> Mapping[str, int]:
        """How many channels are paused; see `ChannelStore.paused`."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT platform, count(*) FROM channels WHERE paused_since IS NOT NULL GROUP BY platform"
            )
            return {row[0]: row[1] for row in rows}

    def pause(self, address: Address, pause: Pause, *, is_told: bool = False) -> None:
        """Pause the channel; see `ChannelStore.pause`."""
        with self._database.writing() as connection:
            row = connection.execute(
                "SELECT pk FROM channels WHERE platform = ? AND id = ?", (address.platform, address.id)
            ).fetchone()
            if row is None:
                return
            set_pause(connection, row["pk"], pause)
            if is_told:
                connection.execute(
                    "UPDATE channels SET pause_told_at = ? WHERE pk = ?", (stamp(pause.since), row["pk"])
                )
            connection.execute(DUE_AGAIN, {"channel": row["pk"], "at": stamp(pause.probe_at)})

    def take_closings(self, *, at: datetime, told_before: datetime, limit: int) -> Sequence[Closing]:
        """Pauses that people should be notified of; see `ChannelStore.take_closings`."""
        values = {"at": stamp(at), "before": stamp(told_before), "limit": limit}
        # Looked for every few seconds, and hardly ever there: reading does not keep others from writing.
        with self._database.reading() as connection:
            if not connection.execute(UNTOLD, values | {"limit": 1}).fetchall():
                return []
        with self._database.writing() as connection:
            rows = connection.execute(TELL, values).fetchall()
            return [_closing(connection, row) for row in rows]

    def resume(self, address: Address) -> None:
        """End the channel's pause; see `ChannelStore.resume`."""
        with self._database.writing() as connection:
            row = connection.execute(
                "SELECT pk, paused_since FROM channels WHERE platform = ? AND id = ? AND paused_since IS NOT NULL",
                (address.platform, address.id),
            ).fetchone()
            if row:
                connection.execute(END_PAUSE, (row["pk"],))
                connection.execute(DUE_AGAIN, {"channel": row["pk"], "at": row["paused_since"]})

    def set_schedule(
        self,
        address: Address,
        schedule: str,
        digest_due: datetime | None,
        *,
        at: datetime,
        even_if_empty: bool = False,
        top: int | None = None,
    ) -> bool:
        """Set the channel's schedule; see `ChannelStore.set_schedule`."""
        with self._database.writing() as connection:
            pk = known(connection, address)["pk"]
            before = connection.execute("SELECT rhythm FROM channels WHERE pk = ?", (pk,)).fetchone()["rhythm"]
            connection.execute(
                "UPDATE channels SET rhythm = ?, digest_due = ?, digest_last = NULL, empty_digests = ?, digest_top = ?"
                " WHERE pk = ?",
                (schedule or None, maybe_stamp(digest_due), even_if_empty, top, pk),
            )
            connection.execute(DUE_AGAIN, {"channel": pk, "at": stamp(at)})
            return (before or "") != schedule

    def hold_digests(self, until: datetime) -> None:
        """Let digests wait for a while; see `ChannelStore.hold_digests`."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE channels SET next_due = max(:until, coalesce(quiet_until, ''))"
                " WHERE digest_due <= :until AND digest_last IS NULL AND claim_key IS NULL",
                {"until": stamp(until)},
            )

    def release_digests(self, now: datetime) -> None:
        """Let held digests come; see `ChannelStore.release_digests`."""
        with self._database.writing() as connection:
            held = connection.execute(
                "SELECT pk FROM channels WHERE digest_due <= ? AND next_due > digest_due AND claim_key IS NULL",
                (stamp(now),),
            ).fetchall()
            connection.executemany(DUE_AGAIN, [{"channel": row["pk"], "at": stamp(now)} for row in held])

    def digests_due(self, now: datetime, *, limit: int) -> Sequence[Channel]:
        """Channels whose digest is due and empty; see `ChannelStore.digests_due`."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM channels WHERE digest_due <= ? AND next_due IS NULL AND claim_key IS NULL LIMIT ?",
                (stamp(now), limit),
            )
            return [_channel(row) for row in rows]

    def skip_digests(self, moments: Mapping[Address, datetime], *, now: datetime) -> None:
        """Set when the next digests are due; see `ChannelStore.skip_digests`."""
        with self._database.writing() as connection:
            connection.executemany(
                "UPDATE channels SET digest_due = ? WHERE platform = ? AND id = ?"
                " AND digest_due <= ? AND next_due IS NULL AND claim_key IS NULL",
                [(stamp(due), channel.platform, channel.id, stamp(now)) for channel, due in moments.items()],
            )

    def quieten(self, address: Address, quiet: Quiet) -> bool:
        """Hold everything back while ``quiet`` lasts; see `ChannelStore.quieten`."""
        with self._database.writing() as connection:
            pk = known(connection, address)["pk"]
            before = _quiet(connection.execute("SELECT * FROM channels WHERE pk = ?", (pk,)).fetchone())
            set_quiet(connection, pk, quiet)
            connection.execute(DUE_AGAIN, {"channel": pk, "at": stamp(quiet.since)})
            return before is None or not _ends_alike(before, quiet)

    def wake_up(self, address: Address, at: datetime) -> bool:
        """End the quiet; see `ChannelStore.wake_up`."""
        with self._database.writing() as connection:
            row = connection.execute(
                "UPDATE channels SET quiet_since = NULL, quiet_until = NULL, quiet_by = NULL"
                " WHERE platform = ? AND id = ? AND quiet_since IS NOT NULL RETURNING pk",
                (address.platform, address.id),
            ).fetchone()
            if row:
                connection.execute(DUE_AGAIN, {"channel": row["pk"], "at": stamp(at)})
            return row is not None

    def greet(self, address: Address) -> bool:
        """Record that the channel is greeted; see `ChannelStore.greet`."""
        with self._database.writing() as connection:
            greeted = connection.execute(
                "INSERT INTO channels (platform, id, greeted) VALUES (?, ?, 1)"
                " ON CONFLICT (platform, id) DO UPDATE SET greeted = 1 WHERE greeted = 0",
                (address.platform, address.id),
            )
            return greeted.rowcount == 1


def known(connection: sqlite3.Connection, address: Address) -> sqlite3.Row:
    """The channel's key, and the number of its next subscription; an unknown channel becomes known."""
    connection.execute(
        "INSERT INTO channels (platform, id) VALUES (?, ?) ON CONFLICT (platform, id) DO NOTHING",
        (address.platform, address.id),
    )
    row: sqlite3.Row = connection.execute(
        "SELECT pk, next_number FROM channels WHERE platform = ? AND id = ?", (address.platform, address.id)
    ).fetchone()
    return row


def set_pause(connection: sqlite3.Connection, pk: int, pause: Pause) -> None:
    """Pause the channel; where it is paused already, the start is kept."""
    connection.execute(
        "UPDATE channels SET pause_reason = ?, pause_repair = ?, probe_at = ?,"
        " paused_since = coalesce(paused_since, ?) WHERE pk = ?",
        (pause.reason, pause.repair, stamp(pause.probe_at), stamp(pause.since), pk),
    )


def set_quiet(connection: sqlite3.Connection, pk: int, quiet: Quiet) -> int:
    """Set the pause that people asked for; return 0 if the channel has the same one already."""
    until = stamp(quiet.until) if quiet.until else FOR_EVER
    return connection.execute(
        "UPDATE channels SET quiet_since = :since, quiet_until = :until, quiet_by = :by"
        " WHERE pk = :pk AND (quiet_since, quiet_until, quiet_by) IS NOT (:since, :until, :by)",
        {"since": stamp(quiet.since), "until": until, "by": quiet.by, "pk": pk},
    ).rowcount


def _closing(connection: sqlite3.Connection, row: sqlite3.Row) -> Closing:
    subscriptions = connection.execute(
        "SELECT text, created_by_id FROM subscriptions WHERE channel = ? ORDER BY number", (row["pk"],)
    ).fetchall()
    queries = tuple((subscription["text"], subscription["created_by_id"] or "") for subscription in subscriptions)
    return Closing(Address(row["platform"], row["id"]), _pause(row), queries)


def _pause(row: sqlite3.Row) -> Pause:
    return Pause(
        row["pause_reason"], row["pause_repair"], since=moment(row["paused_since"]), probe_at=moment(row["probe_at"])
    )


def _channel(row: sqlite3.Row) -> Channel:
    pause = _pause(row) if row["paused_since"] else None
    return Channel(
        Address(row["platform"], row["id"]), pause, row["rhythm"] or "", maybe_moment(row["digest_due"]), _quiet(row)
    )


def _quiet(row: sqlite3.Row) -> Quiet | None:
    if not row["quiet_since"]:
        return None
    until = None if row["quiet_until"] == FOR_EVER else moment(row["quiet_until"])
    return Quiet(moment(row["quiet_since"]), until, row["quiet_by"])


def _ends_alike(one: Quiet, other: Quiet) -> bool:
    if one.until is None or other.until is None:
        return one.until is other.until
    return abs(one.until - other.until) <= SAME_END
