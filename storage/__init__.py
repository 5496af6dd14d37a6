"""Papers, subscriptions, channels and the outbox in one SQLite file."""

from __future__ import annotations

from bot.ports.stores import Stores
from storage.channels import SqliteChannels
from storage.database import Database, open_database
from storage.following import SqliteFollowed
from storage.outbox import SqliteOutbox
from storage.papers import SqlitePapers
from storage.queries import SqliteQueryIndex
from storage.subscriptions import SqliteSubscriptions
from storage.votes import SqliteVotes
from storage.words import SqlitePaperIndex

__all__ = ["Database", "open_database", "stores_of"]


def stores_of(database: Database) -> Stores:
    """The stores in that database."""
    return Stores(
        papers=SqlitePapers(database),
        subscriptions=SqliteSubscriptions(database),
        outbox=SqliteOutbox(database),
        channels=SqliteChannels(database),
        index=SqliteQueryIndex(database),
        words=SqlitePaperIndex(database),
        votes=SqliteVotes(database),
        followed=SqliteFollowed(database),
    )
