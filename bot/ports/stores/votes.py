"""Votes seen over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from bot.domain import Sighting, Voted


class VoteStore(Protocol):
    """Papers' votes, as they were when lists were saved."""

    def seen(self, *, since: date = date.min) -> Mapping[str, Sequence[Sighting]]:
        """Each paper's votes of the last 7 days, by its id, earliest first: the first, and at most one an hour.

        Of papers listed on ``since`` or later.

        Only changes count: votes that stay the same leave no sighting. A paper that was stored before votes were
        recorded has its first sighting when it last changed.
        """
        ...

    def voted(self, *, since: date) -> Sequence[Voted]:
        """The papers with votes that came on that day or later, on a list that need not be named; latest day first."""
        ...
