"""Paperwire as the benchmark drives it: the stores, matcher and outbox that the service uses."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from itertools import islice
from pathlib import Path

from bench.papers import FIRST_DAY, papers
from bot.domain import Address, ChannelPlan, NewSubscription, Paper, PaperList
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.matching.verdicts import BATCH
from bot.ports.stores import Stores
from bot.query import Knowledge, parse
from storage import open_database, stores_of

PAST = 1_000
"""Papers that were there before the subscriptions, as after twenty days: filing looks up which words are rare."""

LOADED_AT_ONCE = 10_000

LIMIT = 100
"""Subscriptions that a channel may have."""

NOW = datetime.combine(FIRST_DAY, time(12), UTC)
"""When papers are read and people subscribe; every measured paper is listed on this day or later."""


def subscribe_all(stores: Stores, subscriptions: Iterable[NewSubscription], *, at: datetime = NOW) -> int:
    """Make these subscriptions, many in a transaction; return how many."""
    rest, made = iter(subscriptions), 0
    while some := list(islice(rest, LOADED_AT_ONCE)):
        by_channel: dict[Address, list[NewSubscription]] = {}
        for new in some:
            by_channel.setdefault(new.channel, []).append(new)
        plans = [ChannelPlan(channel, tuple(wanted)) for channel, wanted in by_channel.items()]
        made += stores.subscriptions.follow(plans, at=at, limit=sys.maxsize).added
    return made


class Paperwire:
    """An open database, and what works on it."""

    def __init__(self, path: Path) -> None:
        """Open the database at ``path``, created if needed."""
        self._database = open_database(path)
        self.stores = stores_of(self._database)
        self._glossary = Glossary(self.stores.papers)
        self._matcher = Matcher(self.stores, self._glossary, now=lambda: NOW)

    @property
    def known(self) -> Knowledge:
        """What matching knows."""
        return self._glossary.known

    def close(self) -> None:
        """Close the database; SQLite then moves everything into its one file."""
        self._database.close()

    def store(self, new: Sequence[Paper]) -> None:
        """Store papers as a source lists them."""
        for day in sorted({paper.list_day for paper in new}):
            listed = PaperList(day, tuple(paper for paper in new if paper.list_day == day))
            self.stores.papers.save("bench", listed, at=NOW)

    def queries(self) -> Sequence[tuple[int, str]]:
        """Every distinct query, with its id: of the version to come, none is filed yet."""
        return self.stores.query_index.unfiled(sys.maxsize, limit=sys.maxsize)

    def file(self) -> None:
        """File the queries that are new, as the next matching would."""
        self._matcher.index_queries()

    def find(self, new: Sequence[Paper]) -> Mapping[str, Sequence[int]]:
        """Find which queries match each paper, in batches as large as the service's."""
        found: dict[str, Sequence[int]] = {}
        for first in range(0, len(new), BATCH):
            found.update(self._matcher.find(new[first : first + BATCH]))
        return found

    def enqueue(self, found: Mapping[str, Sequence[int]]) -> int:
        """Make papers due in every channel with a query that matches; return how many rows that took."""
        return self.stores.outbox.enqueue(found, at=NOW)

    def subscribe(self, channel: Address, query: str) -> None:
        """Subscribe a channel as its command does: the query is read, and stored."""
        parsed = parse(query)
        self.stores.subscriptions.add(channel, parsed.text, canonical=parsed.canonical, by="bench", at=NOW, limit=LIMIT)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Paperwire]:
    """Open a database, and close it afterwards."""
    paperwire = Paperwire(path)
    try:
        yield paperwire
    finally:
        paperwire.close()


def past_papers(seed: int) -> list[Paper]:
    """The papers that were stored before."""
    return papers(seed, PAST, first=-PAST)


def canonical(query: str) -> str:
    """The form in which the query is compared."""
    return parse(query).canonical
