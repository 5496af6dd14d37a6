"""What the core asks of the database: a store for each noun.

For every method here: arguments and results are domain objects; times are aware and in UTC; each method is one short
transaction, which after a crash has happened as a whole or not at all, and may be called from any thread. Every method
raises `StorageError` when the database cannot be used; any other error that is not listed under ``Raises`` is a bug. No
contract relies on there being only one writer.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.ports.stores.channels import ChannelStore
from bot.ports.stores.followed import FollowedStore
from bot.ports.stores.meaning import MeaningStore
from bot.ports.stores.moments import Moments
from bot.ports.stores.nearness import NearnessStore
from bot.ports.stores.opinions import OpinionStore
from bot.ports.stores.outages import OutageStore
from bot.ports.stores.outbox import Outbox
from bot.ports.stores.paper_index import Candidate, Hits, PaperIndex
from bot.ports.stores.papers import PaperStore
from bot.ports.stores.people import PeopleStore
from bot.ports.stores.query_index import QueryIndex
from bot.ports.stores.saved import SavedStore
from bot.ports.stores.subscriptions import SubscriptionStore
from bot.ports.stores.vocabulary import VocabularyStore
from bot.ports.stores.votes import VoteStore

__all__ = [
    "Candidate",
    "ChannelStore",
    "Hits",
    "Moments",
    "OutageStore",
    "Outbox",
    "PaperIndex",
    "PaperStore",
    "Stores",
]


@dataclass(frozen=True, slots=True)
class Stores:
    """The stores of one database."""

    papers: PaperStore
    subscriptions: SubscriptionStore
    outbox: Outbox
    channels: ChannelStore
    query_index: QueryIndex
    paper_index: PaperIndex
    votes: VoteStore
    followed: FollowedStore
    outages: OutageStore
    moments: Moments
    people: PeopleStore
    saved: SavedStore
    opinions: OpinionStore
    meaning: MeaningStore
    nearness: NearnessStore
    vocabulary: VocabularyStore
