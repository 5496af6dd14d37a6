"""What the core reports while the service runs; adapters decide how to measure it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Protocol

from bot.domain import Claim
from bot.domain.polls import Poll

Outcome = Literal["delivered", "rescheduled", "held", "failed"]
"""The outcome of an attempt to deliver, see `bot.delivery.courier`."""


class Meter(Protocol):
    """Counts what happens. No method blocks or raises, and any thread may call them."""

    def polled(self, poll: Poll) -> None:
        """Count a poll that ended."""
        ...

    def matched(self, deliveries: int) -> None:
        """Count deliveries that were enqueued."""
        ...

    def attempted(self, claim: Claim, outcome: Outcome, *, at: datetime) -> None:
        """Count an attempt to deliver the claim, which was settled ``at`` that time."""
        ...

    def expired(self, deliveries: int) -> None:
        """Count deliveries that were dropped because they had waited too long."""
        ...

    def storage_failed(self, kind: str) -> None:
        """Count a failure of the database; ``kind`` is one of a few words, such as ``full``."""
        ...


class Unmeasured:
    """A `Meter` that counts nothing."""

    def polled(self, poll: Poll) -> None:
        """Do nothing."""

    def matched(self, deliveries: int) -> None:
        """Do nothing."""

    def attempted(self, claim: Claim, outcome: Outcome, *, at: datetime) -> None:
        """Do nothing."""

    def expired(self, deliveries: int) -> None:
        """Do nothing."""

    def storage_failed(self, kind: str) -> None:
        """Do nothing."""


UNMEASURED = Unmeasured()
