"""Opens databases of tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from bot.ports.stores import Stores
from storage import open_database, stores_of
from tests.builders import NOW


@contextmanager
def stores_at(path: Path, now: Callable[[], datetime] = lambda: NOW) -> Iterator[Stores]:
    """The open stores of a database."""
    database = open_database(path, now=now)
    yield stores_of(database)
    database.close()
