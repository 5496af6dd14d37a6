"""Papers, subscriptions, channels and the outbox in a database: the stores of `bot.ports.stores`."""

from __future__ import annotations

from storage.sqlite.engine import Database, open_database
from storage.stores import open_stores, stores_of

__all__ = ["Database", "open_database", "open_stores", "stores_of"]
