"""The space of meaning, and where papers lie in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain import Paper


@dataclass(frozen=True, slots=True)
class FittedSpace:
    """A space as it is stored.

    Attributes:
        version: How it was computed; one of another version is of no use.
        fitted_at: When; no two spaces have the same time.
        papers: How many papers it was learned from.
        terms: Its terms, as `bot.matching.meaning` writes them.
        weights: Its numbers, as written there.
    """

    version: int
    fitted_at: datetime
    papers: int
    terms: bytes
    weights: bytes


@dataclass(frozen=True, slots=True)
class Fitting:
    """What is known of the stored space without reading it.

    Attributes:
        fitted_at: When it was fitted.
        papers: How many papers it was learned from.
        new: How many papers were placed in it since.
    """

    fitted_at: datetime
    papers: int
    new: int


class MeaningStore(Protocol):
    """One space, and the places of papers in it."""

    def fitting(self, *, version: int) -> Fitting | None:
        """What is known of the stored space; None without one of that version."""
        ...

    def space(self, *, version: int) -> FittedSpace | None:
        """The stored space; None without one of that version."""
        ...

    def count(self, *, since: date) -> int:
        """How many papers were listed on that day or later."""
        ...

    def sample(self, *, since: date, most: int) -> Sequence[Paper]:
        """Papers listed on that day or later, by their ids: all of them, or up to ``most``, evenly among all."""
        ...

    def latest(self, *, most: int) -> Sequence[str]:
        """The ids of the papers that were listed last."""
        ...

    def replace(self, space: FittedSpace, places: Mapping[str, bytes]) -> None:
        """Store a space instead of the one before, with the places of papers in it, by paper id."""
        ...

    def unplaced(self, *, among: int, limit: int) -> Sequence[Paper]:
        """Up to ``limit`` papers without a place, of the ``among`` that were listed last, latest first.

        A paper loses its place when its title, abstract or keywords change.
        """
        ...

    def place(self, places: Mapping[str, bytes], *, fitted_at: datetime, as_read: Sequence[Paper]) -> None:
        """Store the places of papers in the space that was fitted then; not if it was replaced.

        A paper that differs by now from what was read, ``as_read``, gets none.
        """
        ...

    def places(self, *, fitted_at: datetime, source: str | None = None) -> Sequence[tuple[str, bytes]]:
        """The id of every paper with a place in the space that was fitted then, and the place.

        With ``source``, of papers on a list of that source, or of one that need not be named.
        """
        ...

    def places_of(self, paper_ids: Collection[str], *, fitted_at: datetime) -> Mapping[str, bytes]:
        """The places of these papers in the space that was fitted then, as far as they have one, by their ids."""
        ...
