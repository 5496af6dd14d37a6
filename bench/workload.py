"""The benchmark's workload: who subscribes to what. The same seed gives the same workload, always and everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import NamedTuple

from bench.papers import MADE_WORDS, zipf
from bench.queries import Maker, adversarial
from bot.domain import Address

SIZES = {"1k": 1_000, "10k": 10_000, "100k": 100_000, "1M": 1_000_000}
"""Subscriptions, by the name of the size."""

POOL = 100_000
"""Queries that people choose from, by Zipf's law: a million choices are then about 80,000 distinct ones."""

SUBSCRIPTIONS_A_CHANNEL = 5

POPULAR = 1_000
"""The most popular queries, those of the most subscriptions, have no rare words."""

RARE_WORDS = 2_000_000
"""Rare words that all-distinct queries choose from: a quarter of a million queries are single words."""

CHUNK = 10_000


class Made(NamedTuple):
    """A query, and which of `bench.queries.KINDS` it is."""

    kind: str
    query: str


@dataclass(frozen=True)
class Workload:
    """So many subscriptions.

    Attributes:
        size: How many subscriptions.
        seed: Another seed, another workload.
        distinct: Whether every subscription has a query that no other has.
    """

    size: int
    seed: int = 1
    distinct: bool = False

    @property
    def channels(self) -> int:
        """In how many channels the subscriptions are."""
        return max(1, self.size // SUBSCRIPTIONS_A_CHANNEL)

    @cached_property
    def hard(self) -> list[str]:
        """The adversarial queries: each has one subscription."""
        return adversarial()

    @cached_property
    def pool(self) -> list[Made]:
        """The queries that are chosen from beside the adversarial ones, the most popular first."""
        maker = Maker(Random(f"{self.seed}/queries"), rare_words=RARE_WORDS if self.distinct else MADE_WORDS)
        known = {query.casefold() for query in self.hard}
        made = []
        for rank in range(self.size - len(self.hard) if self.distinct else POOL):
            maker.rare_share = 0.5 if rank >= POPULAR else 0.0
            kind = maker.kind()
            query = maker.make(kind)
            while query.casefold() in known:
                query = maker.make(kind)
            known.add(query.casefold())
            made.append(Made(kind, query))
        return made

    def subscriptions(self) -> Iterator[tuple[Address, str]]:
        """Every subscription: its channel and its query; no channel has a query twice."""
        for number, query in enumerate(self.hard):
            yield channel(number % self.channels), query
        random = Random(f"{self.seed}/subscriptions")
        taken = set()
        for choice in self._choices(random):
            place = random.randrange(self.channels)
            while (place, choice) in taken:
                place = random.randrange(self.channels)
            if not self.distinct:
                taken.add((place, choice))
            yield channel(place), self.pool[choice].query

    def _choices(self, random: Random) -> Iterator[int]:
        """Ranks in the pool: all of them once, or as Zipf's law has it."""
        left = self.size - len(self.hard)
        if self.distinct:
            yield from range(left)
            return
        weights = zipf(POOL, shift=0)
        while left:
            chunk = min(left, CHUNK)
            yield from random.choices(range(POOL), cum_weights=weights, k=chunk)
            left -= chunk


def channel(number: int) -> Address:
    """The channel of that number."""
    return Address("slack", f"C{number:010}")
