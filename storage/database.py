"""One SQLite file: opened, upgraded, read and written safely from every thread."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlite_utils

from bot.errors import NewerDatabase, StorageError
from storage.migrations import MIGRATIONS

APPLICATION_ID = 0x50415752
"""“PAWR”, in the file's header: tells our databases from others (https://www.sqlite.org/pragma.html#pragma_application_id)."""

BUSY_SECONDS = 5.0
"""How long a write waits for another one to end."""

REPAIRS = {
    "SQLITE_CORRUPT": "The file is damaged; restore a backup, or move it away to begin anew.",
    "SQLITE_NOTADB": "This is no SQLite database; name another file in storage.path, or restore a backup.",
    "SQLITE_READONLY": "Let the user who runs Paperwire write to the file and its folder.",
    "SQLITE_CANTOPEN": "Let the user who runs Paperwire write to its folder, or name another file in storage.path.",
    "SQLITE_FULL": "Free some space on its disk.",
    "SQLITE_BUSY": "Another program holds it; end that program, or wait until it is done.",
    "SQLITE_LOCKED": "Another program holds it; end that program, or wait until it is done.",
    "SQLITE_IOERR": "Its disk does not answer as it should; look at the system's log.",
}
"""What to do about SQLite's result codes (https://www.sqlite.org/rescode.html), by the primary code's name."""

FAULTS = (*(name.removeprefix("SQLITE_").lower() for name in REPAIRS), "other")
"""What can be the matter, in a word each."""


class Database:
    """An open database, with a connection of its own for each thread that asks."""

    def __init__(self, path: Path, on_fault: Callable[[str], None] = lambda _: None) -> None:
        """Remember the file, and who is told when it cannot be used; `open_database` opens it."""
        self.path = path
        self._on_fault = on_fault
        self._threads = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._opening = threading.Lock()
        self._turn = threading.Lock()

    def connect(self) -> sqlite_utils.Database:
        """This thread's connection, opened when it is first asked for.

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
            # In WAL mode FULL syncs once a commit, so that what was settled stays settled when the power goes.
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
        """A connection in a transaction that is there afterwards, or not.

        It takes the write lock at once: one that began by reading could not wait for another writer
        (https://www.sqlite.org/lang_transaction.html).

        Raises:
            StorageError: The database cannot be written; nothing was.
        """
        # SQLite lets those who wait sleep and try again: a thread that writes much would keep the others out for long.
        with self._turn, self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextlib.contextmanager
    def noting(self) -> Iterator[sqlite3.Connection]:
        """A connection to read with, and to write to temporary tables, which locks nobody out.

        Raises:
            StorageError: The database cannot be read, or there is no room for temporary tables.
        """
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextlib.contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self.errors():
            connection = self.connect().conn
            connection.execute(begin)
            try:
                yield connection
                connection.commit()
            finally:
                if connection.in_transaction:
                    connection.rollback()

    @contextlib.contextmanager
    def errors(self) -> Iterator[None]:
        """Turn SQLite's errors into ours, with their repair."""
        try:
            yield
        except sqlite3.Error as error:
            name = getattr(error, "sqlite_errorname", None) or "SQLITE_ERROR"
            primary = "_".join(name.split("_")[:2])
            self._on_fault(primary.removeprefix("SQLITE_").lower() if primary in REPAIRS else "other")
            said = [f"The database {self.path} cannot be used: {error}.", REPAIRS.get(primary, "")]
            raise StorageError(" ".join(filter(None, said))) from error

    def close(self) -> None:
        """Close every thread's connection."""
        with self._opening:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        self._threads = threading.local()


def open_database(path: Path, on_fault: Callable[[str], None] = lambda _: None) -> Database:
    """Open the database at ``path``, made or upgraded as needed.

    ``on_fault`` is told whenever it cannot be used, with one word of `FAULTS`; it neither waits nor raises.

    Raises:
        NewerDatabase: A later version of Paperwire wrote it.
        StorageError: It cannot be opened, is damaged, or is not Paperwire's.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The folder {path.parent} cannot be made: {error.strerror}. Name another file in storage.path."
        ) from error
    database = Database(path, on_fault)
    try:
        _upgrade(database)
    except BaseException:
        database.close()
        raise
    return database


def _upgrade(database: Database) -> None:
    """Bring the schema up to date, whoever else does so at the same moment."""
    with database.errors():
        opened = database.connect()
        refuse_others(database.path, opened)
        opened.enable_wal()
    if MIGRATIONS.pending(opened):
        with database.writing() as connection:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            MIGRATIONS.apply(opened)


def refuse_others(path: Path, opened: sqlite_utils.Database) -> None:
    """Refuse what Paperwire did not write, or wrote in a later version; raises `StorageError`, `NewerDatabase`."""
    application = opened.conn.execute("PRAGMA application_id").fetchone()[0]
    tables = opened.conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if tables and application != APPLICATION_ID:
        raise StorageError(f"{path} is another program's database. Name another file in storage.path.")
    with contextlib.closing(sqlite_utils.Database(memory=True).conn) as empty:
        known = {migration.name for migration in MIGRATIONS.pending(sqlite_utils.Database(empty))}
    if {migration.name for migration in MIGRATIONS.applied(opened)} - known:
        raise NewerDatabase(
            f"{path} was written by a later version of Paperwire. Install that version, or restore an older backup."
        )
