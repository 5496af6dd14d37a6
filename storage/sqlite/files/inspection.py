"""Looks at a database without changing, creating or upgrading it: for ``paperwire check``."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import sqlite_utils

from bot.domain import Address
from bot.domain.posting import PostingOutage
from bot.errors import StorageError
from bot.ports.stores.meaning import Fitting
from storage.meaning import fitting_in
from storage.outages import outages_in
from storage.sqlite.engine import Database, refuse_others
from storage.sqlite.files.values import refuse_unreadable
from storage.sqlite.migrations import MIGRATIONS

CHECKED_FOR = 5.0
"""Seconds that looking for damage may take; of a larger file, only a part is checked."""

STEPS = 10_000
"""Instructions of SQLite between two looks at the clock."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a database holds.

    Attributes:
        upgrades: How many steps its schema is behind.
        subscriptions: The number of subscriptions.
        channels: Each channel with a subscription, and its schedule ("" if papers come at once).
        outages: Every time that a platform took nothing, and of which no end was noted.
        papers: The number of papers.
        fitting: When the space of meaning was learned, and from what; None if it was not.
    """

    upgrades: int
    subscriptions: int
    channels: tuple[tuple[Address, str], ...]
    outages: tuple[PostingOutage, ...] = ()
    papers: int = 0
    fitting: Fitting | None = None


def inspect(path: Path) -> Inspection | None:
    """What the database at ``path`` holds; None if it does not exist yet, but can be created.

    Raises:
        NewerDatabase: A later version of Paperwire wrote it.
        StorageError: It cannot be read, written or created, is damaged, or is not Paperwire's.
    """
    if _is_there(path):
        if path.is_dir():
            raise StorageError(f"{path} is a folder. Name a file in storage.path, such as {path / 'paperwire.db'}.")
        _try_to_write(path.parent)  # where the write-ahead log goes
        return _look(path)
    folder = path.parent
    while not _is_there(folder):
        folder = folder.parent
    _try_to_write(folder)
    return None


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StorageError(
            f"{path} cannot be accessed: {error.strerror}. Name another file in storage.path."
        ) from error
    return True


def _try_to_write(folder: Path) -> None:
    """Check that a file can be created there; none is left behind."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return
    except OSError as error:
        raise StorageError(
            f"The folder {folder} cannot be written: {error.strerror}. Let the user who runs Paperwire write to it,"
            " or name another file in storage.path."
        ) from error


def _look(path: Path) -> Inspection:
    database = Database(path)
    try:
        with database.errors():
            opened = database.connect()
            refuse_others(path, opened)
        with database.writing():
            pass  # it can be written, which is all that is asked
        with database.reading() as connection:
            if not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                return Inspection(0, 0, ())
            _refuse_corrupt(path, connection, is_current=not MIGRATIONS.pending(opened))
            return _contents(opened, connection)
    finally:
        database.close()


def _contents(opened: sqlite_utils.Database, connection: sqlite3.Connection) -> Inspection:
    rows = connection.execute(
        "SELECT platform, id, rhythm, count(*) AS subscriptions FROM channels"
        " JOIN subscriptions ON subscriptions.channel = channels.pk GROUP BY channels.pk ORDER BY platform, id"
    ).fetchall()
    pending = len(MIGRATIONS.pending(opened))
    return Inspection(
        pending,
        sum(row["subscriptions"] for row in rows),
        tuple((Address(row["platform"], row["id"]), row["rhythm"] or "") for row in rows),
        () if pending else outages_in(connection),
        connection.execute("SELECT count(*) FROM papers").fetchone()[0],
        None if pending else fitting_in(connection),
    )


def _refuse_corrupt(path: Path, connection: sqlite3.Connection, *, is_current: bool) -> None:
    end = time.monotonic() + CHECKED_FOR
    connection.set_progress_handler(lambda: time.monotonic() > end, STEPS)
    try:
        with contextlib.suppress(sqlite3.OperationalError):  # raised when it takes too long
            verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if verdict != "ok":
                raise StorageError(f"{path} is damaged. Restore a backup, or move it away to start afresh.")
            if is_current:
                refuse_unreadable(connection, path)
    finally:
        connection.set_progress_handler(None, 0)
