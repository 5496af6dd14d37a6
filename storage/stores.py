"""Opens and closes all stores of one database."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.ports.stores import Stores
from storage.channels import SqlChannels
from storage.meaning import SqlMeaning
from storage.moments import SqlMoments
from storage.nearness import SqlNearness
from storage.opinions import SqlOpinions
from storage.outages import SqlOutages
from storage.outbox.followed import SqlFollowed
from storage.outbox.store import SqlOutbox
from storage.papers import SqlPapers
from storage.people import SqlPeople
from storage.query_index import SqlQueryIndex
from storage.saved import SqlSaved
from storage.sqlite.engine import Database, open_database
from storage.sqlite.files.values import refuse_unreadable
from storage.sqlite.paper_index import SqlitePaperIndex
from storage.subscriptions.store import SqlSubscriptions
from storage.vocabulary import SqlVocabulary
from storage.votes import SqlVotes


@contextlib.contextmanager
def open_stores(
    path: Path, on_fault: Callable[[str], None] = lambda _: None, *, reads_through: bool = False
) -> Iterator[Stores]:
    """Open the stores of the database at ``path``, created or upgraded as needed; close them afterwards.

    Args:
        path: The SQLite file.
        on_fault: Called with one of `storage.sqlite.errors.FAULTS` when it cannot be used; neither waits nor raises.
        reads_through: Whether to look first at every stored value that could be read wrongly.

    Raises:
        NewerDatabase: A later version of Paperwire wrote it.
        StorageError: It cannot be opened, is damaged, or is not Paperwire's.
    """
    database = open_database(path, on_fault)
    try:
        if reads_through:
            with database.reading() as connection:
                refuse_unreadable(connection, path)
        yield stores_of(database)
    finally:
        database.close()


def stores_of(database: Database) -> Stores:
    """The stores of that database."""
    return Stores(
        papers=SqlPapers(database),
        subscriptions=SqlSubscriptions(database),
        outbox=SqlOutbox(database),
        channels=SqlChannels(database),
        query_index=SqlQueryIndex(database),
        paper_index=SqlitePaperIndex(database),
        votes=SqlVotes(database),
        followed=SqlFollowed(database),
        outages=SqlOutages(database),
        moments=SqlMoments(database),
        people=SqlPeople(database),
        saved=SqlSaved(database),
        opinions=SqlOpinions(database),
        meaning=SqlMeaning(database),
        nearness=SqlNearness(database),
        vocabulary=SqlVocabulary(database),
    )
