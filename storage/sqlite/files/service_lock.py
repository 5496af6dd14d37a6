"""Keeps a second service off a database, and says where the first one is.

The lock is the kernel's (`flock <https://man7.org/linux/man-pages/man2/flock.2.html>`_), on a file beside the database:
it ends with its process, however that ends. The file's text says which process holds it.
"""

from __future__ import annotations

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

ATTEMPTS, PAUSE = 10, 0.05
"""How often a service tries to take the lock, and the seconds between: `read_service` holds it for a moment."""


@dataclass(frozen=True, slots=True)
class RunningService:
    """The service that runs on a database: its process, and where it answers HTTP ("" until it does)."""

    pid: int
    http: str


class ServiceLock:
    """Reserves the database for one service while the context lasts."""

    def __init__(self, database: Path) -> None:
        self._path = _lock_of(database)
        self._file: TextIOWrapper | None = None

    def __enter__(self) -> Self:
        """Take the lock.

        Raises:
            AlreadyRunning: Another service holds it.
            StorageError: The file beside the database cannot be written.
        """
        try:
            file = self._path.open("a+", encoding="utf-8")
        except OSError as error:
            raise StorageError(f"{self._path} cannot be written: {error.strerror}.") from error
        try:
            _take(file)
        except OSError as error:
            other = _read(file)
            file.close()
            process = f" (process {other.pid})" if other.pid else ""
            raise AlreadyRunning(
                f"Another service{process} is running on {self._path.stem}. Stop it, or set another storage.path."
            ) from error
        self._file = file
        self.announce(http="")
        return self

    def announce(self, *, http: str) -> None:
        """Record where the service answers, as ``http://host:port``."""
        if self._file is not None:
            self._file.seek(0)
            self._file.truncate()
            json.dump({"pid": os.getpid(), "http": http}, self._file)
            self._file.flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Release the lock; the file stays, since removing it could remove a newer lock."""
        if self._file is not None:
            self._file.close()
            self._file = None


def read_service(database: Path) -> RunningService | None:
    """The service that is running on the database now, if there is one."""
    try:
        file = _lock_of(database).open(encoding="utf-8")
    except OSError:
        return None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return _read(file)
        return None


def _take(file: TextIOWrapper) -> None:
    """Take the lock for this process alone.

    Raises:
        OSError: Another service holds it.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if attempt == ATTEMPTS:
                raise
            time.sleep(PAUSE)
        else:
            return


def _lock_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.lock")


def _read(file: TextIOWrapper) -> RunningService:
    file.seek(0)
    try:
        service = json.loads(file.read())
        return RunningService(int(service["pid"]), str(service["http"]))
    except (ValueError, KeyError, TypeError):
        return RunningService(0, "")
