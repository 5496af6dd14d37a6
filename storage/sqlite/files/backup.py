"""Backs up a database that may be in use, and restores it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlite_utils

from bot.errors import StorageError
from storage.gaps import UNKNOWN, begin_gap, begun_gap, end_gap, last_known
from storage.sqlite.engine import BUSY_SECONDS, open_database, refuse_others
from storage.sqlite.errors import translated
from storage.sqlite.files.copies import beside, check, make_folder, opened, put_in_place, unfinished, write_copy
from storage.sqlite.files.service_lock import ServiceLock
from storage.sqlite.files.values import refuse_unreadable


@dataclass(frozen=True, slots=True)
class Backup:
    """What a copy holds.

    Attributes:
        made_at: When it was made; for a copy that does not say so, the latest moment that it knows of.
        papers: How many papers.
        subscriptions: How many subscriptions.
        size: Its bytes.
    """

    made_at: datetime
    papers: int
    subscriptions: int
    size: int


@dataclass(frozen=True, slots=True)
class Restored:
    """The backup that was restored, and where the database before it is kept; None if there was none."""

    backup: Backup
    replaced: Path | None


def back_up(database: Path, target: Path, *, overwrite: bool, at: datetime) -> Backup:
    """Copy the database to ``target``, as it is at one moment, while a service may work with it.

    Raises:
        StorageError: There is no database, a file at ``target`` must not be overwritten, or it cannot be done.
    """
    if _is_same(database, target):
        raise StorageError(f"{target} is the database itself. Name another file.")
    if target.is_dir():
        raise StorageError(f"{target} is a folder. Name a file in it.")
    if target.exists() and not overwrite:
        raise StorageError(f"{target} already exists. Name another file, or overwrite it with --force.")
    write_copy(database, target, at=at)
    with opened(target, mode="ro") as connection:
        return _described(connection, target, at)


def restore(file: Path, database: Path, *, at: datetime) -> Restored:
    """Replace the database with a backup; the old database is kept beside it.

    The restored database has a `bot.domain.Gap` from the moment the backup was made until now. The terminal's log stays
    as it is, since it records what was shown.

    Raises:
        AlreadyRunning: A service works with the database.
        NewerDatabase: A later version of Paperwire made the backup.
        StorageError: It is not a backup, is damaged, or it cannot be done; the database is as it was.
    """
    if _is_same(database, file):
        raise StorageError(f"{file} is the database itself. Name a backup of it.")
    database = database.resolve()  # a symbolic link goes on leading to it
    make_folder(database.parent)
    with ServiceLock(database, is_restore=True), unfinished(database, alone=True) as copy:
        backup = _prepare(file, copy, at)
        _go_on_numbering(database, copy)
        with _writing_nothing(database):
            replaced = _put_aside(database, copy, at)
            put_in_place(copy, database)
    return Restored(backup, replaced)


@contextlib.contextmanager
def _writing_nothing(database: Path) -> Iterator[None]:
    """Gather the database in its file, and keep others from writing to it meanwhile, as far as it can be read.

    Who waits for that notices afterwards that it was replaced: see `Database.writing`.

    Raises:
        StorageError: Somebody has been writing to it for too long.
    """
    with contextlib.ExitStack() as stack:
        if database.exists():
            connection = stack.enter_context(
                contextlib.closing(sqlite3.connect(database, BUSY_SECONDS, isolation_level=None))
            )
            try:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.Error as error:  # what cannot be read is put aside as it is
                if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                    with translated(database):
                        raise
        yield


def _prepare(file: Path, copy: Path, at: datetime) -> Backup:
    """Write the backup to ``copy``, upgraded, and with the gap until now."""
    with opened(file, mode="ro") as connection:
        check(connection, file)
        connection.execute("VACUUM INTO ?", (str(copy),))
    with opened(copy) as connection:
        refuse_others(file, sqlite_utils.Database(connection, execute_plugins=False))
        made_at = begun_gap(connection) or last_known(connection) or at
    if made_at > at:  # the clock was ahead then, so nobody knows
        made_at = at - UNKNOWN
    database = open_database(copy, keeps_copy=False, now=lambda: made_at)
    try:
        with database.reading() as upgraded:
            refuse_unreadable(upgraded, file)
        with database.writing() as upgraded:
            upgraded.execute("DELETE FROM gaps WHERE since >= until")
            begin_gap(upgraded, made_at)
            end_gap(upgraded, at)
        with database.reading() as upgraded:
            upgraded.execute("PRAGMA journal_mode = DELETE")  # one file, with none beside it
            return _described(upgraded, copy, made_at)
    finally:
        database.close()


def _go_on_numbering(database: Path, copy: Path) -> None:
    """Let subscriptions in ``copy`` get numbers that none in ``database`` has had, as far as that can be read.

    Messages that were posted since the backup have buttons with these numbers.
    """
    if not database.exists():
        return
    with contextlib.suppress(sqlite3.Error, StorageError), opened(database) as before:
        numbers = before.execute("SELECT next_number, platform, id FROM channels").fetchall()
        with opened(copy) as connection, connection:
            connection.executemany(
                "UPDATE channels SET next_number = max(next_number, ?) WHERE platform = ? AND id = ?", numbers
            )


def _put_aside(database: Path, copy: Path, at: datetime) -> Path | None:
    """Give the old database, with all that belongs to it, another name; give ``copy`` its owner.

    Raises:
        StorageError: The disk does not allow it.
    """
    there = database.exists()
    replaced = database.with_name(f"{database.name}.replaced-{at:%Y%m%d-%H%M%S}")
    log, shared = beside(database)
    try:
        with contextlib.suppress(PermissionError):
            owner = (database if there else database.parent).stat()
            os.chown(copy, owner.st_uid, owner.st_gid)
        if there:
            replaced.unlink(missing_ok=True)
            _name_too(database, replaced)
        if log.exists():  # the restored database must not find it
            log.replace(beside(replaced)[0]) if log.stat().st_size else log.unlink()
        shared.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(f"{database} cannot be put aside: {error.strerror}.") from error
    return replaced if there else None


def _name_too(database: Path, name: Path) -> None:
    """Give the file a second name, or rename it where the disk does not support hard links."""
    try:
        name.hardlink_to(database)
    except OSError:
        database.replace(name)


def _described(connection: sqlite3.Connection, path: Path, made_at: datetime) -> Backup:
    with translated(path):
        papers = connection.execute("SELECT count(*) FROM papers").fetchone()[0]
        subscriptions = connection.execute("SELECT count(*) FROM subscriptions").fetchone()[0]
    return Backup(made_at, papers, subscriptions, path.stat().st_size)


def _is_same(database: Path, other: Path) -> bool:
    return database.resolve() == other.resolve()
