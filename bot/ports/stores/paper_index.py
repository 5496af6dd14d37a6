"""The word index of papers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from bot.domain import Paper
from bot.domain.index_query import FoldedText, IndexQuery


@dataclass(frozen=True, slots=True)
class Hits:
    """The papers that an index query finds: how many there are, and the best of them, each with its words."""

    count: int
    papers: tuple[Paper, ...]
    words: tuple[str, ...] = ()


class Candidate(NamedTuple):
    """A paper that an index query finds.

    Attributes:
        place: Where it is filed: the later its list day, the higher.
        paper: The paper.
        words: Its words, as they were filed; see `FoldedText.words`.
    """

    place: int
    paper: Paper
    words: str


class PaperIndex(Protocol):
    """From folded words to the papers that have them.

    `bot.matching.paper_index` decides with which words a paper is filed.
    """

    def unfiled(self, version: int, *, limit: int, since: date | None = None) -> Sequence[Paper]:
        """Up to ``limit`` papers, latest first, that are not filed as they are now with this version of the folding.

        With ``since``, only those listed on that day or later.
        """
        ...

    def unfiled_of(self, paper_ids: Collection[str], version: int) -> AbstractSet[str]:
        """Those of the papers with these ids that are not filed as they are now with this version of the folding."""
        ...

    def file(self, texts: Mapping[str, FoldedText], *, version: int, as_read: Sequence[Paper] = ()) -> None:
        """File papers, by their ids, with these words instead of earlier ones.

        Not those that differ by now from the paper ``as_read`` that the words were taken from, nor those that are filed
        as they are now.
        """
        ...

    def search(self, index_query: IndexQuery, *, limit: int, since: date | None = None) -> Hits:
        """The filed papers that the index query finds, best first, up to ``limit`` of them.

        They are ranked by BM25 (https://www.sqlite.org/fts5.html#the_bm25_function), where a word in the title weighs
        ten times as much as elsewhere; equal ones, and all of them where no words are wanted, by votes, then by day.
        """
        ...

    def count(self, index_query: IndexQuery, *, since: date) -> int:
        """How many filed papers, listed on that day or later, the index query finds."""
        ...

    def latest(
        self, index_query: IndexQuery, *, since: date, limit: int, before: int | None = None
    ) -> Sequence[Candidate]:
        """The latest filed papers, listed on that day or later, that the index query finds: up to ``limit`` of them.

        They are in the order of their lists, latest day first. With ``before``, only those filed before that place.
        """
        ...

    def state(self, *, since: date) -> tuple[int, ...]:
        """Other numbers once a paper listed on that day or later is filed or removed, or has other counts or facts."""
        ...

    def tidy(self) -> bool:
        """Free some of the space that forgotten papers took; return whether there is more to free."""
        ...
