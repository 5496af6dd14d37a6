"""The stores of `bot.ports.stores`, in a database."""

from __future__ import annotations

from storage.sqlite.engine import Database, open_database
from storage.stores import open_stores, stores_of

__all__ = ["Database", "open_database", "open_stores", "stores_of"]
