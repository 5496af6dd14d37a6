"""Which platforms take nothing at present."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.domain.posting import PostingOutage


class OutageStore(Protocol):
    """Which platforms take nothing at present, as `Outbox.reschedule` recorded it, for other processes too."""

    def all(self) -> Mapping[str, PostingOutage]:
        """Every outage, by its platform."""
        ...

    def end(self, platform: str) -> None:
        """Record that something went through, if there was an outage."""
        ...
