"""What is measured while the service works; who measures it, and how, is no affair of the core."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, Protocol

from bot.domain import Claim
from bot.domain.polls import Poll

Outcome = Literal["delivered", "rescheduled", "held", "failed"]
"""What came of an attempt to deliver, see `bot.delivery.courier`."""


class Meter(Protocol):
    """Is told of what happens. Nothing here waits or raises; every method may be called from any thread."""

    def polled(self, poll: Poll) -> None:
        """A poll ended."""
        ...

    def matched(self, deliveries: int) -> None:
        """So many deliveries were enqueued."""
        ...

    def attempted(self, claim: Claim, outcome: Outcome, *, at: datetime) -> None:
        """An attempt to deliver the claim ended, and was settled so."""
        ...

    def expired(self, deliveries: int) -> None:
        """So many deliveries were dropped, since they had waited for too long."""
        ...

    def storage_failed(self, kind: str) -> None:
        """The database could not be used; ``kind`` is one of a few words, such as ``full``."""
        ...


class Unmeasured:
    """A `Meter` that nobody reads."""

    def polled(self, poll: Poll) -> None:
        """Nothing."""

    def matched(self, deliveries: int) -> None:
        """Nothing."""

    def attempted(self, claim: Claim, outcome: Outcome, *, at: datetime) -> None:
        """Nothing."""

    def expired(self, deliveries: int) -> None:
        """Nothing."""

    def storage_failed(self, kind: str) -> None:
        """Nothing."""


def delays(claim: Claim, *, at: datetime) -> list[timedelta]:
    """How long each of the claim's papers was on its way, from its being found and matched to ``at``."""
    return [max(at - delivery.enqueued_at, timedelta()) for delivery in claim.deliveries]


UNMEASURED = Unmeasured()
