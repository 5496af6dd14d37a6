"""Copies a whole database while others work with it.

A copy knows nothing of what comes after it: its own table ``gaps`` records that as a gap, which has no end until the
copy is opened as a database to work with (see `storage.gaps`).
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
from storage.sqlite.errors import translated

APPLICATION_ID = 0x50415752
"""“PAWR”, in the file's header: tells our databases from others (https://www.sqlite.org/pragma.html#pragma_application_id)."""

UNFINISHED = ".unfinished"
"""The end of a copy's name while it is being made."""


def make_folder(folder: Path) -> None:
    """Create the database's folder if it is missing, for its owner alone.

    Raises:
        StorageError: It cannot be created.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The folder {folder} cannot be created: {error.strerror}. Name another file in storage.path."
        ) from error


def write_copy(source: Path, target: Path, *, at: datetime) -> None:
    """Copy ``source`` to ``target``, replacing what is there: whole, checked and only for its owner; or not at all.

    The copy is of one moment, however much others write meanwhile, and has nothing of what was deleted:
    https://www.sqlite.org/lang_vacuum.html#vacuuminto.

    Raises:
        StorageError: ``source`` cannot be read or is damaged, or ``target`` cannot be written.
    """
    with unfinished(target) as copy:
        with opened(source) as connection, _naming_the_disk(source, target):
            connection.execute("VACUUM INTO ?", (str(copy),))
        with opened(copy) as connection, translated(target):
            with connection:
                begin_gap(connection, at)
            check(connection, target)
        put_in_place(copy, target)


@contextlib.contextmanager
def opened(path: Path, *, mode: str = "rw") -> Iterator[sqlite3.Connection]:
    """A connection to one of our databases as it is, neither created nor upgraded.

    Raises:
        StorageError: It does not exist, is not Paperwire's, or cannot be opened.
    """
    if not path.is_file():
        raise StorageError(f"There is no database at {path}.")
    with (
        translated(path),
        contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True)) as it,
    ):
        it.row_factory = sqlite3.Row
        if it.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise StorageError(f"{path} is not a database of Paperwire.")
        yield it


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Check every page and every index.

    Raises:
        StorageError: One of them is damaged.
    """
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise StorageError(f"{path} is damaged ({found.splitlines()[-1]}). Restore a backup.")


@contextlib.contextmanager
def unfinished(target: Path, *, alone: bool = False) -> Iterator[Path]:
    """An empty file beside ``target`` that only its owner may read; removed afterwards, unless it was put in place.

    With ``alone``, no other process makes one at the same time, so those that were never finished are removed.

    Raises:
        StorageError: It cannot be created.
    """
    for left in target.parent.glob(f"{glob.escape(target.name)}.*{UNFINISHED}*") if alone else ():
        left.unlink(missing_ok=True)
    try:
        descriptor, name = tempfile.mkstemp(prefix=f"{target.name}.", suffix=UNFINISHED, dir=target.parent)
    except OSError as error:
        raise StorageError(
            f"{target} cannot be written: {error.strerror}. Name a file in a folder that you can write to."
        ) from error
    os.close(descriptor)
    copy = Path(name)
    try:
        yield copy
    finally:
        for left in (copy, *beside(copy)):
            left.unlink(missing_ok=True)


def put_in_place(copy: Path, target: Path) -> None:
    """Make ``copy`` the ``target`` in one step, safe against a power cut.

    Raises:
        StorageError: The disk does not allow it.
    """
    try:
        _to_disk(copy)
        copy.replace(target)
        _to_disk(target.parent)
    except OSError as error:
        raise StorageError(f"{target} cannot be written: {error.strerror}.") from error


def beside(database: Path) -> tuple[Path, Path]:
    """The files that SQLite may keep beside a database in WAL mode: https://www.sqlite.org/wal.html."""
    return database.with_name(f"{database.name}-wal"), database.with_name(f"{database.name}-shm")


@contextlib.contextmanager
def _naming_the_disk(source: Path, target: Path) -> Iterator[None]:
    """Name the right disk when it is full: the copy's, since nothing is written at the source."""
    try:
        yield
    except sqlite3.OperationalError as error:
        full = getattr(error, "sqlite_errorname", "") == "SQLITE_FULL"
        with translated(target if full else source):
            raise


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
