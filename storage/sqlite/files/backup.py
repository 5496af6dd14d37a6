"""Backs up a database that may be in use, and restores it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from types import MappingProxyType

import sqlite_utils

from bot.errors import NewerDatabase, StorageError
from bot.files import free_to_write, is_same, put_in_place, unfinished
from storage.gaps import UNKNOWN, begin_gap, begun_gap, end_gap, last_known
from storage.sqlite.engine import BUSY_SECONDS, open_database, refuse_others
from storage.sqlite.errors import translated
from storage.sqlite.files.copies import APPLICATION_ID, beside, check, files_of, make_folder, opened, write_copy
from storage.sqlite.files.service_lock import ServiceLock
from storage.sqlite.files.values import refuse_unreadable

NO_OTHERS: Mapping[Path, str] = MappingProxyType({})

HEADER, OURS = 100, slice(68, 72)
"""The bytes of a database's header, and where in it a program's own id is."""


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


def back_up(
    database: Path, target: Path, *, keeps: Mapping[Path, str] = NO_OTHERS, overwrite: bool, at: datetime
) -> Backup:
    """Copy the database to ``target``, as it is at one moment, while a service may work with it.

    Args:
        database: The database.
        target: The file to write.
        keeps: Files that are never overwritten, and what each is; see `bot.files.free_to_write`.
        overwrite: Whether another file may be overwritten.
        at: The time.

    Raises:
        FileError: The file at ``target`` must not be overwritten, or cannot be written.
        StorageError: There is no database, or it is damaged.
    """
    file = free_to_write(target, keeps={**files_of(database), **keeps}, overwrite=overwrite)
    write_copy(database, file, at=at)
    with opened(file, mode="ro") as connection:
        return _described(connection, file, at)


def restore(file: Path, database: Path, *, at: datetime, called: str = "") -> Restored:
    """Replace the database with a backup; the old database is kept beside it.

    Errors call the backup ``called``, or by its path.

    The restored database has a `bot.domain.Gap` from the moment the backup was made until now. The terminal's log stays
    as it is, since it records what was shown.

    Raises:
        AlreadyRunning: A service works with the database.
        NewerDatabase: A later version of Paperwire made the backup.
        StorageError: It is not a backup, is damaged, or it cannot be done; the database is as it was.
    """
    called = called or str(file)
    if is_same(database, file):
        raise StorageError(f"{called} is the database itself. Name a backup of it.")
    _refuse_what_is_not_a_backup(file, called)
    database = database.resolve()  # a symbolic link goes on leading to it
    make_folder(database.parent)
    with ServiceLock(database, is_restore=True), unfinished(database, alone=True) as copy:
        backup = _prepare(file, called, copy, at)
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


def _prepare(file: Path, called: str, copy: Path, at: datetime) -> Backup:
    """Write the backup to ``copy``, upgraded, and with the gap until now."""
    named = Path(called)
    with _blaming(called), opened(file, mode="ro") as connection:
        check(connection, named)
        connection.execute("VACUUM INTO ?", (str(copy),))
    with opened(copy) as connection:
        refuse_others(named, sqlite_utils.Database(connection, execute_plugins=False))
        made_at = begun_gap(connection) or last_known(connection) or at
    if made_at > at:  # the clock was ahead then, so nobody knows
        made_at = at - UNKNOWN
    database = open_database(copy, keeps_copy=False, now=lambda: made_at)
    try:
        with database.reading() as upgraded:
            refuse_unreadable(upgraded, named)
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
    replaced = _unused(database.with_name(f"{database.name}.replaced-{at:%Y%m%d-%H%M%S}"))
    log, shared = beside(database)
    try:
        with contextlib.suppress(PermissionError):
            owner = (database if there else database.parent).stat()
            os.chown(copy, owner.st_uid, owner.st_gid)
        if there:
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


def _unused(name: Path) -> Path:
    """The name, or one like it that no file has: a file that was put aside before stays."""
    names = (name.with_name(f"{name.name}-{number}") for number in count(2))
    return next(each for each in chain([name], names) if not each.exists())


def _refuse_what_is_not_a_backup(file: Path, called: str) -> None:
    """Look at the beginning of the file.

    Raises:
        StorageError: It is not a database of Paperwire, or cannot be read.
    """
    try:
        if file.exists() and not file.is_file():
            raise StorageError(f"{called} is {'a folder' if file.is_dir() else 'not an ordinary file'}. Name a backup.")
        with file.open("rb") as opened_file:
            header = opened_file.read(HEADER)
    except FileNotFoundError:
        raise StorageError(f"There is no file at {called}. Name a backup that “paperwire backup” made.") from None
    except OSError as error:
        raise StorageError(f"{called} cannot be read: {error.strerror}.") from None
    refuse_header(header, called)


def refuse_header(header: bytes, called: str) -> None:
    """Look at a file's header (https://www.sqlite.org/fileformat2.html#the_database_header).

    Args:
        header: The file's first `HEADER` bytes.
        called: What the file is called in the error.

    Raises:
        StorageError: It is not that of a database of Paperwire.
    """
    if not header:
        why = "it is empty"
    elif not header.startswith(b"SQLite format 3\0"):
        why = "it is not an SQLite database"
    elif header[OURS] != APPLICATION_ID.to_bytes(4):
        why = "it is a database of another program"
    else:
        return
    raise StorageError(f"{called} is not a backup of Paperwire: {why}. Name a file that “paperwire backup” made.")


@contextlib.contextmanager
def _blaming(called: str) -> Iterator[None]:
    """Say that it is the backup which cannot be used, not the database.

    Raises:
        StorageError: Always instead of another one.
    """
    try:
        yield
    except NewerDatabase:
        raise
    except StorageError as error:
        raise StorageError(
            f"The backup {called} is damaged, and was not restored. Restore another one. ({error.__cause__ or error})"
        ) from error
