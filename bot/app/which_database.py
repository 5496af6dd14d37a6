"""The database that a command works with: whether it is there, and whether the running service works with another."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import storage
from bot.app.wiring import open_stores
from bot.config import Settings
from bot.errors import StorageError
from bot.ports.stores import Stores

CHOOSE = (
    "Run the command in that service's folder and with its settings (--config FILE), or set storage.path to start"
    " a separate database."
)


@contextlib.contextmanager
def stores_to_read(settings: Settings, remark: Callable[[str], None]) -> Iterator[Stores]:
    """The stores of the configured database; where there is none yet, empty ones, and none is made.

    Args:
        settings: Where the database is.
        remark: Called with a sentence about the database, where there is something to say.

    Raises:
        StorageError: The database cannot be used.
    """
    if settings.storage.path.exists():
        with _existing(settings, remark) as stores:
            yield stores
        return
    remark(f"There is no database at {settings.storage.path.absolute()} yet.")
    if other := _other(settings):
        remark(other)
    with (
        tempfile.TemporaryDirectory(prefix="paperwire-") as folder,
        storage.open_stores(Path(folder, "empty.db")) as stores,
    ):
        yield stores


@contextlib.contextmanager
def stores_to_write(settings: Settings, remark: Callable[[str], None]) -> Iterator[Stores]:
    """The stores of the configured database, which is made if there is none; see `stores_to_read`.

    Raises:
        StorageError: The database cannot be used, or see `remarks_on_writing`.
    """
    if settings.storage.path.exists():
        with _existing(settings, remark) as stores:
            yield stores
        return
    for line in remarks_on_writing(settings):
        remark(line)
    with open_stores(settings) as stores:
        yield stores


@contextlib.contextmanager
def _existing(settings: Settings, remark: Callable[[str], None]) -> Iterator[Stores]:
    with open_stores(settings) as stores:
        try:
            yield stores
        finally:
            if other := _other(settings):
                remark(other)


def remarks_on_writing(settings: Settings) -> list[str]:
    """What to tell somebody who is about to write to the configured database, in lines.

    Raises:
        StorageError: It would be a new one that nobody asked for, while a service works with another.
    """
    other = _other(settings)
    if settings.storage.path.exists():
        return [other] if other else []
    path = settings.storage.path.absolute()
    if other and "path" not in settings.storage.model_fields_set:
        raise StorageError(f"There is no database at {path}, and nothing was changed. {other} {CHOOSE}")
    return [f"Starting with a new, empty database: {path}.", *([other] if other else [])]


def _other(settings: Settings) -> str:
    """A sentence about a service that works with another database; "" if there is none."""
    from bot.app.health import running_service, service_elsewhere  # HTTP takes a while to import

    if running_service(settings) is not None:
        return ""
    address = service_elsewhere(settings)
    return f"The service that answers at {address} works with another database." if address else ""
