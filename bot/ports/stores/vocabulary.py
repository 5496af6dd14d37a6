"""The terms by which papers name their subjects, counted as papers come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from bot.domain import Paper
from bot.domain.terms import NamedTerm, TermCounts


class VocabularyStore(Protocol):
    """The terms of each paper on a list that need not be named; a paper's day here is that of the first such list.

    One that is forgotten counts no more, one that changed as before until it is counted anew.
    """

    def uncounted(self, version: int, *, limit: int) -> Sequence[Paper]:
        """Up to ``limit`` papers, latest first, whose terms were not counted as they are now by this version."""
        ...

    def count(self, named: Mapping[str, Sequence[NamedTerm]], *, version: int, as_read: Sequence[Paper] = ()) -> None:
        """Store the terms of papers, by their ids, instead of earlier ones; those of another version are dropped.

        Not those of a paper that differs by now from what was read, ``as_read``.
        """
        ...

    def forget(self, *, listed_before: date) -> int:
        """Remove the terms of some papers that were listed before that day; return of how many, 0 at the end."""
        ...

    def papers(self, *, since: date) -> int:
        """How many papers were listed on that day or later."""
        ...

    def counts(self, terms: Iterable[str], *, since: date, least: int, most: int) -> Mapping[str, TermCounts]:
        """How many papers of that day or later name terms: of these, those that ``least`` … ``most`` of them name."""
        ...

    def frequent(self, *, since: date, least: int, most: int, limit: int) -> Mapping[str, TermCounts]:
        """The terms that ``least`` … ``most`` papers of that day or later name, the ``limit`` most frequent first."""
        ...

    def having(self, most: Mapping[str, int], *, since: date) -> Mapping[str, int]:
        """How many papers of that day or later have the words of each term side by side, anywhere in their texts.

        Counted up to so many for each, among the papers that are filed in the word index.
        """
        ...
