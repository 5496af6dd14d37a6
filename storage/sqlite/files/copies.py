"""Whole copies of a database, made while others work with it.

A copy knows nothing of what comes after it: that stands in its own table ``gaps``, as a gap without an end, which is
closed by whoever opens the copy as a database to work with (see `storage.gaps`).
"""

from __future__ import annotations

import contextlib
import glob
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from bot.errors import StorageError
from storage.gaps import begin_gap
from storage.sqlite.errors import told_as_ours

APPLICATION_ID = 0x50415752
"""“PAWR”, in the file's header: tells our databases from others (https://www.sqlite.org/pragma.html#pragma_application_id)."""

UNFINISHED = ".unfinished"
"""What the name of a copy ends in while it is being made."""


def write_copy(source: Path, target: Path, *, at: datetime) -> None:
    """Make a copy of ``source`` at ``target``, in place of what is there: whole, checked, for its owner alone; or none.

    It holds one moment, however much others write meanwhile, and none of what was deleted:
    https://www.sqlite.org/lang_vacuum.html#vacuuminto.

    Raises:
        StorageError: ``source`` cannot be read or is damaged, or ``target`` cannot be written.
    """
    with unfinished(target) as copy:
        with opened(source) as connection, _told_of(source, target):
            connection.execute("VACUUM INTO ?", (str(copy),))
        with opened(copy) as connection, told_as_ours(target):
            with connection:
                begin_gap(connection, at)
            check(connection, target)
        put_in_place(copy, target)


@contextlib.contextmanager
def opened(path: Path, *, mode: str = "rw") -> Iterator[sqlite3.Connection]:
    """A connection to one of our databases as it is, neither made nor upgraded.

    Raises:
        StorageError: It is not there, is not Paperwire's, or cannot be opened.
    """
    if not path.is_file():
        raise StorageError(f"There is no database at {path}.")
    with (
        told_as_ours(path),
        contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True)) as it,
    ):
        it.row_factory = sqlite3.Row
        if it.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise StorageError(f"{path} is not a database of Paperwire.")
        yield it


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Read every page and every index.

    Raises:
        StorageError: Something is wrong with one.
    """
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise StorageError(f"{path} is damaged ({found.splitlines()[-1]}). Restore a backup that is whole.")


@contextlib.contextmanager
def unfinished(target: Path, *, alone: bool = False) -> Iterator[Path]:
    """An empty file beside ``target``, which only its owner may read; gone afterwards, unless it was put in place.

    Nobody else makes one at the same time if we are ``alone``; then those are cleared away that were never finished.

    Raises:
        StorageError: It cannot be made.
    """
    for left in target.parent.glob(f"{glob.escape(target.name)}.*{UNFINISHED}*") if alone else ():
        left.unlink(missing_ok=True)
    try:
        descriptor, name = tempfile.mkstemp(prefix=f"{target.name}.", suffix=UNFINISHED, dir=target.parent)
    except OSError as error:
        raise StorageError(
            f"{target} cannot be written: {error.strerror}. Name a file in a folder that can be written to."
        ) from error
    os.close(descriptor)
    copy = Path(name)
    try:
        yield copy
    finally:
        for left in (copy, *beside(copy)):
            left.unlink(missing_ok=True)


def put_in_place(copy: Path, target: Path) -> None:
    """Let ``copy`` be ``target`` from one moment to the next, also when the power goes.

    Raises:
        StorageError: The disk does not let us.
    """
    try:
        _to_disk(copy)
        copy.replace(target)
        _to_disk(target.parent)
    except OSError as error:
        raise StorageError(f"{target} cannot be written: {error.strerror}.") from error


def beside(database: Path) -> tuple[Path, Path]:
    """The files that SQLite keeps beside a database in WAL mode (https://www.sqlite.org/wal.html), there or not."""
    return database.with_name(f"{database.name}-wal"), database.with_name(f"{database.name}-shm")


@contextlib.contextmanager
def _told_of(source: Path, target: Path) -> Iterator[None]:
    """Say of a full disk which one it is: the copy's, since nothing is written at the source."""
    try:
        yield
    except sqlite3.OperationalError as error:
        full = getattr(error, "sqlite_errorname", "") == "SQLITE_FULL"
        with told_as_ours(target if full else source):
            raise


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
