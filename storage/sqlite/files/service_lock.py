"""Keeps a second service off a database, and says where the first one is.

The lock is the kernel's (`flock <https://man7.org/linux/man-pages/man2/flock.2.html>`_), and ends with its process,
however that ends. There are two:

- On a file beside the database, behind all symbolic links. Its text says which process holds it, and anybody may ask.
- On the database itself, whatever it is called: a hard link or a mount in a container gives it another name. Only who
  holds the first lock opens the file for this, before SQLite does, and closes it after SQLite: closing it ends all
  fcntl locks of the process, which SQLite relies on (https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks).
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import time
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.errors import AlreadyRunning, StorageError
from storage.sqlite.files.copies import make_folder

ATTEMPTS, PAUSE = 10, 0.05
"""How often a service tries to take the lock, and the seconds between: `read_service` holds it for a moment."""


@dataclass(frozen=True, slots=True)
class RunningService:
    """The service that runs on a database: its process, and where it answers HTTP ("" until it does)."""

    pid: int
    http: str


class ServiceLock:
    """Reserves the database for one service, or for a restore, while the context lasts; SQLite is used within it."""

    def __init__(self, database: Path, *, is_restore: bool = False) -> None:
        """Prepare; a database that does not exist yet is created for a service, but not for a restore."""
        self._database = database.resolve()
        self._is_restore = is_restore
        self._held = contextlib.ExitStack()
        self._file: TextIOWrapper | None = None

    def __enter__(self) -> Self:
        """Take the lock.

        Raises:
            AlreadyRunning: Another service, or a restore, holds it.
            StorageError: The database or the file beside it cannot be used.
        """
        path = _lock_of(self._database)
        make_folder(path.parent)
        try:
            with contextlib.ExitStack() as held:
                file = held.enter_context(path.open("a+", encoding="utf-8"))
                try:
                    _take(file.fileno())
                except BlockingIOError as error:
                    raise _taken(self._database, file) from error
                self._take_database(held)
                self._file = file
                self.announce(http="")
                self._held = held.pop_all()
        except OSError as error:
            raise StorageError(f"{error.filename or path} cannot be used: {error.strerror}.") from error
        return self

    def _take_database(self, held: contextlib.ExitStack) -> None:
        how = os.O_RDONLY if self._is_restore else os.O_RDONLY | os.O_CREAT
        with contextlib.suppress(FileNotFoundError):
            descriptor = os.open(self._database, how, 0o644)
            held.callback(os.close, descriptor)
            try:
                _take(descriptor)
            except BlockingIOError as error:
                raise AlreadyRunning(
                    f"Another service is running on {self._database.name} by another name, such as a hard link or a"
                    " mount. Stop it, or set another storage.path."
                ) from error

    def announce(self, *, http: str) -> None:
        """Record where the service answers, as ``http://host:port``."""
        if self._file is not None:
            self._file.seek(0)
            self._file.truncate()
            json.dump({"pid": os.getpid(), "http": http, "restores": self._is_restore}, self._file)
            self._file.flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Release the lock; the file stays, since removing it could remove a newer lock."""
        self._held.close()
        self._file = None


def read_service(database: Path) -> RunningService | None:
    """The service that is running on the database now, if there is one; a restore counts as one that is starting."""
    try:
        file = _lock_of(database.resolve()).open(encoding="utf-8")
    except OSError:
        return None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return _announced(file)[0]
        return None


def _take(descriptor: int) -> None:
    """Take the lock for this process alone.

    Raises:
        BlockingIOError: Another process holds it.
        OSError: Its disk has no locks.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if attempt == ATTEMPTS:
                raise
            time.sleep(PAUSE)
        else:
            return


def _lock_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.lock")


def _taken(database: Path, file: TextIOWrapper) -> AlreadyRunning:
    """The error for a database that somebody else holds."""
    service, is_restore = _announced(file)
    process = f" (process {service.pid})" if service.pid else ""
    if is_restore:
        return AlreadyRunning(f"A backup is being restored{process} to {database.name}. Try again when that is done.")
    return AlreadyRunning(
        f"Another service{process} is running on {database.name}. Stop it, or set another storage.path."
    )


def _announced(file: TextIOWrapper) -> tuple[RunningService, bool]:
    """What the process that holds the lock says of itself, and whether it is a restore."""
    file.seek(0)
    try:
        said = json.loads(file.read())
        return RunningService(int(said["pid"]), str(said["http"])), said.get("restores") is True
    except (ValueError, KeyError, TypeError, AttributeError):
        return RunningService(0, ""), False
