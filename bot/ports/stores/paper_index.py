"""The word index of papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain import Paper
from bot.domain.index_query import FoldedText, IndexQuery


@dataclass(frozen=True, slots=True)
class Hits:
    """The papers that an index query finds: how many there are, and the best of them."""

    count: int
    papers: tuple[Paper, ...]


class PaperIndex(Protocol):
    """From folded words to the papers that have them.

    `bot.search.paper_index` decides with which words a paper is filed.
    """

    def unfiled(self, version: int, *, limit: int) -> Sequence[Paper]:
        """Up to ``limit`` papers, latest first, that are not filed as they are now with this version of the folding."""
        ...

    def file(self, texts: Mapping[str, FoldedText], *, version: int, as_read: Sequence[Paper] = ()) -> None:
        """File papers, by their ids, with these words instead of earlier ones.

        Not those that differ by now from the paper ``as_read`` that the words were taken from.
        """
        ...

    def search(self, index_query: IndexQuery, *, limit: int) -> Hits:
        """The filed papers that the index query finds, best first, up to ``limit`` of them.

        They are ranked by BM25 (https://www.sqlite.org/fts5.html#the_bm25_function), where a word in the title weighs
        ten times as much as elsewhere; equal ones, and all of them where no words are wanted, by votes, then by day.
        """
        ...

    def tidy(self) -> bool:
        """Free some of the space that forgotten papers took; return whether there is more to free."""
        ...
