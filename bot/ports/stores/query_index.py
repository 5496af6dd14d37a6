"""The index from words to the queries that want them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol


class QueryIndex(Protocol):
    """From words of papers to the queries that want them.

    What is written here, and under which anchors, is `bot.matching.query_index`'s affair.
    """

    def unfiled(self, version: int, *, limit: int) -> Sequence[tuple[int, str]]:
        """Up to ``limit`` queries, with their ids, that were not filed with this version of the folding yet."""
        ...

    def file(self, places: Mapping[int, Collection[tuple[str, str]]], *, version: int) -> None:
        """File each query, by its id, under these anchors with these conjunctions, in place of where it was before.

        A query that nobody is subscribed to any more is left out.
        """
        ...

    def under(self, anchors: Iterable[str]) -> Iterable[tuple[int, str]]:
        """The query's id and the conjunction of everything that is filed under one of these anchors, one at a time."""
        ...
