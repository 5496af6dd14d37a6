"""Backups of a database that may be in use, and their way back."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlite_utils

from bot.errors import StorageError
from storage.gaps import begin_gap, begun_gap, end_gap, last_known
from storage.sqlite.engine import open_database, refuse_others
from storage.sqlite.errors import told_as_ours
from storage.sqlite.files.copies import beside, check, opened, put_in_place, unfinished, write_copy
from storage.sqlite.files.service_lock import ServiceLock


@dataclass(frozen=True, slots=True)
class Backup:
    """What a copy holds.

    Attributes:
        made_at: When it was made; of a copy that does not say so, the latest moment that it knows something of.
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
    """What was put back, and where that is kept which was there before; None when nothing was."""

    backup: Backup
    replaced: Path | None


def back_up(database: Path, target: Path, *, overwrite: bool, at: datetime) -> Backup:
    """Copy the database to ``target``, as it is at one moment, while a service may work with it.

    Raises:
        StorageError: There is no database, or a file at ``target`` that is not to be overwritten, or it cannot be done.
    """
    if _is_same(database, target):
        raise StorageError(f"{target} is the database itself. Name another file.")
    if target.is_dir():
        raise StorageError(f"{target} is a folder. Name a file in it.")
    if target.exists() and not overwrite:
        raise StorageError(f"{target} is there already. Name another file, or overwrite it with --force.")
    write_copy(database, target, at=at)
    with opened(target, mode="ro") as connection:
        return _described(connection, target, at)


def restore(file: Path, database: Path, *, at: datetime) -> Restored:
    """Put a backup in the place of the database, which is kept beside it.

    From the moment that the backup was made until now the restored database has a `bot.domain.Gap`. The terminal's log
    stays as it is: it goes on telling what was shown.

    Raises:
        AlreadyRunning: A service works with the database.
        NewerDatabase: A later version of Paperwire made the backup.
        StorageError: It is no backup or is damaged, or it cannot be done; the database is as it was.
    """
    if _is_same(database, file):
        raise StorageError(f"{file} is the database itself. Name a backup of it.")
    try:
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"The folder {database.parent} cannot be made: {error.strerror}.") from error
    with ServiceLock(database), unfinished(database, alone=True) as copy:
        backup = _prepare(file, copy, at)
        replaced = _put_aside(database, copy, at)
        put_in_place(copy, database)
    return Restored(backup, replaced)


def _prepare(file: Path, copy: Path, at: datetime) -> Backup:
    """Write to ``copy`` what the backup holds, upgraded, and with the gap until now."""
    with opened(file, mode="ro") as connection:
        check(connection, file)
        connection.execute("VACUUM INTO ?", (str(copy),))
    with opened(copy) as connection:
        refuse_others(file, sqlite_utils.Database(connection, execute_plugins=False))
        made_at = begun_gap(connection) or last_known(connection) or at
    database = open_database(copy, keeps_copy=False, now=lambda: made_at)
    try:
        with database.writing() as upgraded:
            upgraded.execute("DELETE FROM gaps WHERE since >= until")
            begin_gap(upgraded, made_at)
            end_gap(upgraded, at)
        with database.reading() as upgraded:
            upgraded.execute("PRAGMA journal_mode = DELETE")  # one file, without any beside it
            return _described(upgraded, copy, made_at)
    finally:
        database.close()


def _put_aside(database: Path, copy: Path, at: datetime) -> Path | None:
    """Let what is there go by a name of its own too, with all that belongs to it; ``copy`` gets its owner.

    Raises:
        StorageError: The disk does not let us.
    """
    there = database.exists()
    replaced = database.with_name(f"{database.name}.replaced-{at:%Y%m%d-%H%M%S}")
    log, shared = beside(database)
    try:
        with contextlib.suppress(PermissionError):
            owner = (database if there else database.parent).stat()
            os.chown(copy, owner.st_uid, owner.st_gid)
        if there:
            _gather(database)
            replaced.unlink(missing_ok=True)
            _name_too(database, replaced)
        if log.exists():  # of a database that could not be read; another database must not find it
            log.replace(beside(replaced)[0])
        shared.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(f"{database} cannot be put aside: {error.strerror}.") from error
    return replaced if there else None


def _name_too(database: Path, name: Path) -> None:
    """Give the file a second name, or another one where the disk knows no second names."""
    try:
        name.hardlink_to(database)
    except OSError:
        database.replace(name)


def _gather(database: Path) -> None:
    """Bring into the file what SQLite keeps beside it, as far as the file can be read."""
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _described(connection: sqlite3.Connection, path: Path, made_at: datetime) -> Backup:
    with told_as_ours(path):
        papers = connection.execute("SELECT count(*) FROM papers").fetchone()[0]
        subscriptions = connection.execute("SELECT count(*) FROM subscriptions").fetchone()[0]
    return Backup(made_at, papers, subscriptions, path.stat().st_size)


def _is_same(database: Path, other: Path) -> bool:
    return database.resolve() == other.resolve()
