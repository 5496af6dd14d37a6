"""Votes seen over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.domain import Sighting


class VoteStore(Protocol):
    """What was seen of papers' votes when lists were saved."""

    def seen(self) -> Mapping[str, Sequence[Sighting]]:
        """Each paper's votes of the last 7 days, by its id, earliest first: one sighting an hour, and its first.

        Only changes are seen: votes that stay the same leave no sighting. A paper that was in the store before votes
        were followed was seen first when it last changed.
        """
        ...
