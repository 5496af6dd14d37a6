"""The database that a command works with: whether it is there, and whether the running service works with another."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import storage
from bot.app.health import running_service, service_elsewhere
from bot.app.wiring import open_stores
from bot.config import Settings
from bot.errors import StorageError
from bot.ports.stores import Stores

CHOOSE = (
    "Give the command in the folder of that service and with its settings (--config names its file), or set"
    " storage.path to start a database of its own."
)


@contextlib.contextmanager
def stores_to_read(settings: Settings) -> Iterator[Stores]:
    """The stores of the configured database; where there is none yet, empty ones, and none is made.

    Raises:
        StorageError: The database cannot be used.
    """
    if settings.storage.path.exists():
        with open_stores(settings) as stores:
            yield stores
        return
    with (
        tempfile.TemporaryDirectory(prefix="paperwire-") as folder,
        storage.open_stores(Path(folder, "empty.db")) as stores,
    ):
        yield stores


def remarks_on_reading(settings: Settings) -> list[str]:
    """What to tell somebody who looks at the configured database, in lines."""
    elsewhere = [other] if (other := _other(settings)) else []
    if settings.storage.path.exists():
        return elsewhere
    return [f"There is no database at {settings.storage.path.absolute()} yet.", *elsewhere]


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
    if running_service(settings) is not None:
        return ""
    address = service_elsewhere(settings)
    return f"The service that answers at {address} works with another database." if address else ""
