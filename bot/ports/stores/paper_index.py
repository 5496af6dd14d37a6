"""The word index of papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain import Paper
from bot.domain.index_query import FoldedText, Sieve


@dataclass(frozen=True, slots=True)
class Sifted:
    """Papers that pass a sieve: how many there are, and the best of them."""

    count: int
    papers: tuple[Paper, ...]


class PaperIndex(Protocol):
    """From folded words to the papers that have them.

    Which words a paper is filed with is `bot.search.paper_index`'s affair.
    """

    def unfiled(self, version: int, *, limit: int) -> Sequence[Paper]:
        """Up to ``limit`` papers that are not filed as they are now with this version of the folding, latest first."""
        ...

    def file(self, texts: Mapping[str, FoldedText], *, version: int, at: datetime) -> None:
        """File papers, by their ids, with these words in place of those before; not if changed after ``at``."""
        ...

    def sift(self, sieve: Sieve, *, limit: int) -> Sifted:
        """The filed papers that pass, best first, up to ``limit`` of them.

        First come those in which the wanted words weigh most, in a title ten times as much as elsewhere, by BM25
        (https://www.sqlite.org/fts5.html#the_bm25_function); among alike, and where no words are wanted, those with the
        most votes, then the latest.
        """
        ...

    def tidy(self) -> bool:
        """Free some of the room that forgotten papers took; say whether there is more to free."""
        ...
