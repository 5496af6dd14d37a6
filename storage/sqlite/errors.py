"""SQLite's errors as ours, each with its repair."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.errors import StorageError

REPAIRS = {
    "SQLITE_CORRUPT": "The file is damaged; restore a backup, or move it away to start afresh.",
    "SQLITE_NOTADB": "This is not an SQLite database; name another file in storage.path, or restore a backup.",
    "SQLITE_READONLY": "Let the user who runs Paperwire write to the file and its folder.",
    "SQLITE_CANTOPEN": "Let the user who runs Paperwire write to its folder, or name another file in storage.path.",
    "SQLITE_FULL": "Free some space on its disk.",
    "SQLITE_BUSY": "Another program has locked it; stop that program, or wait until it is done.",
    "SQLITE_LOCKED": "Another program has locked it; stop that program, or wait until it is done.",
    "SQLITE_IOERR": "Its disk reports errors; look at the system's log.",
}
"""What to do about SQLite's result codes (https://www.sqlite.org/rescode.html), by the primary code's name."""

FAULTS = (*(name.removeprefix("SQLITE_").lower() for name in REPAIRS), "other")
"""What can be wrong, in a word each."""


@contextlib.contextmanager
def translated(path: Path, on_fault: Callable[[str], None] = lambda _: None) -> Iterator[None]:
    """Turn SQLite's errors about the database at ``path`` into ours; ``on_fault`` is called with one of `FAULTS`.

    Raises:
        StorageError: With what is wrong, and the repair.
    """
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", None) or "SQLITE_ERROR"
        primary = "_".join(name.split("_")[:2])
        on_fault(primary.removeprefix("SQLITE_").lower() if primary in REPAIRS else "other")
        repair = f" {REPAIRS[primary]}" if primary in REPAIRS else ""
        raise StorageError(f"The database {path} cannot be used: {error}.{repair}") from error
