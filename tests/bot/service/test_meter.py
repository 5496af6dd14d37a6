"""What the core reports to its meter."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain import Claim
from bot.errors import ChannelClosed, Rejected, RetryLater
from bot.ports.meter import Outcome, Unmeasured
from bot.ports.stores import Stores
from tests.bot.delivery.office import Office
from tests.builders import HERE, NOW, subscribe


@dataclass(slots=True)
class Notes(Unmeasured):
    """A meter that records its calls."""

    attempts: list[tuple[Outcome, int, datetime]] = field(default_factory=list)
    dropped: int = 0

    def attempted(self, claim: Claim, outcome: Outcome, *, at: datetime) -> None:
        """Record it."""
        self.attempts.append((outcome, len(claim.deliveries), at))

    def expired(self, deliveries: int) -> None:
        """Add to the count."""
        self.dropped += deliveries


def measured(stores: Stores, *faults: Exception | None, titles: int = 1, flood_limit: int = 20) -> tuple[Office, Notes]:
    """An office whose posts meet these faults, after a first delivery."""
    notes = Notes()
    office = Office(stores, flood_limit=flood_limit, meter=notes)
    office.board.faults.extend(faults)
    subscribe(stores, HERE, "*")
    office.list_papers(*(f"Paper {number}" for number in range(titles)))
    office.clock.pass_(timedelta(seconds=3))
    office.deliver()
    return office, notes


def test_a_delivery_is_measured_with_its_papers_and_its_time(stores: Stores) -> None:
    _, notes = measured(stores, titles=3, flood_limit=2)
    assert notes.attempts == [("delivered", 3, NOW + timedelta(seconds=3))]


def test_every_attempt_is_measured_with_its_outcome(stores: Stores) -> None:
    faults = RetryLater("busy"), ChannelClosed("archived", repair="unarchive it"), Rejected("too long")
    office, notes = measured(stores, *faults)
    for _ in range(2):
        office.clock.pass_(timedelta(hours=1))
        office.deliver()
    assert [outcome for outcome, _, _ in notes.attempts] == ["rescheduled", "held", "failed"]


def test_dropped_deliveries_are_measured(stores: Stores) -> None:
    office, notes = measured(stores, RetryLater("busy"), titles=2)
    office.clock.pass_(timedelta(days=8))
    asyncio.run(office.courier.expire())
    assert notes.dropped == 2


def test_a_delay_counts_from_when_the_paper_was_matched(stores: Stores) -> None:
    office, _ = measured(stores, RetryLater("busy"))
    later = office.clock() + timedelta(hours=1)
    claim = stores.outbox.claim(HERE, now=later, flood_limit=20, digest_limit=40)
    assert claim is not None
    assert [later - delivery.enqueued_at for delivery in claim.deliveries] == [timedelta(hours=1, seconds=3)]
