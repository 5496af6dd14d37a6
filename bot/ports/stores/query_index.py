"""The index from words to the queries that want them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol


class QueryIndex(Protocol):
    """From words of papers to the queries that want them.

    `bot.matching.query_index` decides what is written here, and under which anchors.
    """

    def unfiled(self, version: int, *, limit: int) -> Sequence[tuple[int, str]]:
        """Up to ``limit`` queries, with their ids, that are not filed with this version, but with another or none."""
        ...

    def file(
        self,
        places: Mapping[int, Collection[tuple[str, str]]],
        *,
        version: int,
        sources: Mapping[int, Collection[str]] | None = None,
    ) -> None:
        """File each query, by its id, under these anchors with these conjunctions, and nowhere else.

        With the sources that it is about, for `Outbox.enqueue`; where none are given, those that need not be named
        (`bot.domain.sources.UNNAMED`). Queries without subscriptions are left out.
        """
        ...

    def under(self, anchors: Iterable[str]) -> Iterable[tuple[int, str]]:
        """What is filed under one of these anchors, one at a time: the query's id, and the conjunction."""
        ...

    def few(self, *, at_most: int) -> Sequence[tuple[int, str]] | None:
        """Everything that is filed, like `under`, under whichever anchor; None if that is more than ``at_most``."""
        ...
