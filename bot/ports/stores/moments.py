"""Moments that were stored while the machine's clock was ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol


class Moments(Protocol):
    """Every stored moment, whatever it belongs to."""

    def schedules(self) -> Sequence[str]:
        """The schedule of every channel with digests, each once."""
        ...

    def set_right(self, *, now: datetime, soon: datetime, digests: Mapping[str, datetime]) -> int:
        """Bring back what lies further ahead than it can; return how many rows that were.

        What has happened was not later than now, and subscriptions that seem to begin later are pending again. What is
        to be tried again later than ``soon`` is due now, and no channel's digest is due later than the next one of its
        schedule. Pauses that people made stay as they are.

        Args:
            now: The present time.
            soon: When something that waits to be tried again is due at the latest.
            digests: For each of `schedules`, the moment of its next digest.
        """
        ...
