"""One SQLite file: opened, upgraded, read and written safely from every thread."""

from __future__ import annotations

import contextlib
import glob
import logging
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import sqlite_utils
from sqlite_utils import Migrations

from bot import __version__
from bot.errors import NewerDatabase, StorageError
from bot.files import UNFINISHED
from storage.gaps import begun_gap, end_gap
from storage.sqlite.errors import translated
from storage.sqlite.files.copies import APPLICATION_ID, make_folder, write_copy
from storage.sqlite.migrations import MIGRATIONS

BUSY_SECONDS = 5.0
"""How long a write waits for another one to end."""

ASKED_EVERY = 0.002
"""Seconds between two attempts to get the write lock. SQLite's own grow to a tenth of a second, in which a program that
writes a lot has begun anew many times: https://www.sqlite.org/c3ref/busy_timeout.html."""

KEPT_COPIES = 3
"""How many copies from before upgrades are kept beside the database."""

PRIMARY = 0xFF
"""The part of SQLite's error codes that says what kind it is: https://www.sqlite.org/rescode.html#pve."""

log = logging.getLogger(__name__)


class Database:
    """An open database, with a separate connection for each thread."""

    def __init__(self, path: Path, on_fault: Callable[[str], None] = lambda _: None) -> None:
        self.path = path
        self._on_fault = on_fault
        self._threads = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._opening = threading.Lock()
        self._file: tuple[int, int] | None = None
        self._turn = threading.Lock()

    def connect(self) -> sqlite_utils.Database:
        """This thread's connection, opened at first use.

        Raises:
            StorageError: The file cannot be opened.
        """
        existing: sqlite_utils.Database | None = getattr(self._threads, "connection", None)
        if existing is not None:
            return existing
        with self.errors():
            connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, check_same_thread=False)
            with self._opening:
                self._connections.append(connection)
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            # In WAL mode, FULL syncs once per commit, so that what was settled stays settled after a power cut.
            connection.execute("PRAGMA synchronous = FULL")
            opened = sqlite_utils.Database(connection, execute_plugins=False)
        self._threads.connection = opened
        return opened

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read with.

        Raises:
            StorageError: The database cannot be read.
        """
        with self.errors():
            yield self.connect().conn

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection in a transaction, which afterwards has happened as a whole or not at all.

        It takes the write lock at once: one that began by reading could not wait for another writer
        (https://www.sqlite.org/lang_transaction.html).

        Raises:
            StorageError: The database cannot be written, or was replaced since it was opened; nothing was written.
        """
        # In SQLite, waiting writers sleep and try again, so one thread that writes a lot could keep the others out.
        with self._turn, self._transaction(begin_writing) as connection:
            self._refuse_another_file()
            yield connection

    def _refuse_another_file(self) -> None:
        """Refuse to write what nobody would find: to a file that no longer has the database's name."""
        try:
            there = self.path.stat()
        except FileNotFoundError:
            there = None
        file = (there.st_dev, there.st_ino) if there else None
        self._file = self._file or file
        if file is None or file != self._file:
            raise StorageError(
                f"{self.path} was replaced or removed while it was in use, and nothing more is written."
                " Restart the service, or give the command again."
            )

    @contextlib.contextmanager
    def noting(self) -> Iterator[sqlite3.Connection]:
        """A connection to read with and to write to temporary tables, without locking the database.

        Raises:
            StorageError: The database cannot be read, or there is no space for temporary tables.
        """
        with self._transaction(lambda connection: connection.execute("BEGIN")) as connection:
            yield connection

    @contextlib.contextmanager
    def _transaction(self, begin: Callable[[sqlite3.Connection], object]) -> Iterator[sqlite3.Connection]:
        with self.errors():
            connection = self.connect().conn
            begin(connection)
            try:
                yield connection
                connection.commit()
            finally:
                if connection.in_transaction:
                    connection.rollback()

    def errors(self) -> contextlib.AbstractContextManager[None]:
        """Turn SQLite's errors into ours, each with its repair."""
        return translated(self.path, self._on_fault)

    def close(self) -> None:
        """Close every thread's connection."""
        with self._opening:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        self._threads = threading.local()


def begin_writing(connection: sqlite3.Connection) -> None:
    """Begin a transaction with the write lock, once no other process has it; for `BUSY_SECONDS` at most.

    Raises:
        sqlite3.Error: It cannot be begun, or another process held the lock all the time.
    """
    last = time.monotonic() + BUSY_SECONDS
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & PRIMARY != sqlite3.SQLITE_BUSY or time.monotonic() > last:
                    raise
                time.sleep(ASKED_EVERY)
            else:
                return
    finally:
        connection.execute(f"PRAGMA busy_timeout = {round(BUSY_SECONDS * 1000)}")


def open_database(
    path: Path,
    on_fault: Callable[[str], None] = lambda _: None,
    *,
    migrations: Migrations = MIGRATIONS,
    keeps_copy: bool = True,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Database:
    """Open the database at ``path``, created or upgraded as needed.

    Before an upgrade, a copy is kept beside it. In a database that is itself a copy, the time since it was made is
    recorded as a gap.

    Args:
        path: Where it is.
        on_fault: Called with one of `storage.sqlite.errors.FAULTS` when it cannot be used; neither waits nor raises.
        migrations: The steps that lead to the current schema.
        keeps_copy: Whether a database that has to be upgraded is copied first.
        now: The clock.

    Raises:
        NewerDatabase: A later version of Paperwire wrote it.
        StorageError: It cannot be opened, is damaged, or is not Paperwire's.
    """
    make_folder(path.parent)
    database = Database(path, on_fault)
    try:
        _upgrade(database, migrations, now() if keeps_copy else None)
        _end_gap(database, now())
    except BaseException:
        database.close()
        raise
    return database


def _upgrade(database: Database, migrations: Migrations, copied_at: datetime | None) -> None:
    """Bring the schema up to date, after copying the database; another process may be doing the same."""
    with database.errors():
        opened = database.connect()
        refuse_others(database.path, opened, migrations)
        opened.enable_wal()
    if not migrations.pending(opened):
        return
    # A step that makes a table anew drops the old one, and what refers to it would go with it:
    # https://www.sqlite.org/lang_altertable.html#otheralter. In a transaction this cannot be set.
    opened.execute("PRAGMA foreign_keys = OFF")
    try:
        with database.writing() as connection:
            pending = migrations.pending(opened)
            if copied_at and pending and migrations.applied(opened):
                _keep_copy(database.path, copied_at)
                log.info("Upgrading %s: %s", database.path, ", ".join(migration.name for migration in pending))
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            migrations.apply(opened)
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise StorageError(
                    f"{database.path} is damaged: rows refer to others that are missing. Restore a backup."
                )
    finally:
        opened.execute("PRAGMA foreign_keys = ON")


def _keep_copy(path: Path, at: datetime) -> None:
    """Copy the database as it is before an upgrade; the caller holds the write lock.

    Raises:
        StorageError: It cannot be copied, so it is not upgraded.
    """
    prefix = f"{path.name}.before-"
    copy = path.with_name(f"{prefix}{__version__}-{at:%Y%m%d-%H%M%S}")
    for left in path.parent.glob(f"{glob.escape(prefix)}*{UNFINISHED}*"):  # left by an upgrade that was killed
        left.unlink(missing_ok=True)
    try:
        write_copy(path, copy, at=at)
    except StorageError as error:
        raise StorageError(f"Nothing was upgraded, since no copy could be made before it. {error}") from error
    log.info("Before the upgrade, %s was copied to %s", path, copy)
    made_here = re.compile(rf"{re.escape(prefix)}.+-\d{{8}}-\d{{6}}")
    copies = [each for each in path.parent.glob(f"{glob.escape(prefix)}*") if made_here.fullmatch(each.name)]
    copies.sort(key=lambda each: each.name.split("-")[-2:])
    for old in copies[:-KEPT_COPIES]:
        old.unlink(missing_ok=True)


def _end_gap(database: Database, at: datetime) -> None:
    with database.reading() as connection:
        is_copy = begun_gap(connection) is not None
    if is_copy:
        with database.writing() as connection:
            end_gap(connection, at)


def refuse_others(path: Path, opened: sqlite_utils.Database, migrations: Migrations = MIGRATIONS) -> None:
    """Refuse databases of other programs, and of later versions of Paperwire.

    Raises:
        NewerDatabase: A later version of Paperwire wrote it.
        StorageError: It is not Paperwire's.
    """
    application = opened.conn.execute("PRAGMA application_id").fetchone()[0]
    tables = opened.conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if tables and application != APPLICATION_ID:
        raise StorageError(f"{path} is another program's database. Name another file in storage.path.")
    with contextlib.closing(sqlite3.connect(":memory:")) as empty:
        known = {
            migration.name for migration in migrations.pending(sqlite_utils.Database(empty, execute_plugins=False))
        }
    if {migration.name for migration in migrations.applied(opened)} - known:
        raise NewerDatabase(
            f"{path} was written by a later version of Paperwire. Install that version, or restore an older backup."
        )
