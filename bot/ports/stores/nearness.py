"""How close papers are to subjects, as it was decided when they were matched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.domain import Nearness


class NearnessStore(Protocol):
    """What was decided once and stays, so that the reason on a card never changes."""

    def of(self, paper_id: str) -> Mapping[str, Nearness]:
        """What was decided of the paper, by subject; empty for a paper that is not stored."""
        ...

    def keep(self, decided: Mapping[str, Sequence[Nearness]]) -> None:
        """Store what was decided, by paper id; of a subject that was decided before, the first decision stays."""
        ...
