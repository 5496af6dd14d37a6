"""What the core asks of the deliveries, and of the messages that were posted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain import (
    Address,
    Claim,
    Fate,
    Pause,
    Receipt,
    Subscription,
)
from bot.domain.edits import Followed


class Outbox(Protocol):
    """What is on its way: one delivery a paper and channel, for ever.

    A delivery is *due*, then *claimed* (an attempt is under way), then settled as *delivered*, *failed* or *expired*;
    or back to due. A claim that is never settled, because the process died, is uncertain from the next `release` on.
    """

    def enqueue(self, found: Mapping[str, Sequence[int]], *, at: datetime) -> int:
        """Make papers due in every channel subscribed to a query they match; return how many deliveries are new.

        In a channel with a schedule they are due with its next digest, in a quiet one when it is no longer.
        A subscription counts for papers whose list day is the UTC day of its `Subscription.since`, or later. A channel
        that ever had a delivery of a paper gets no other of it. The papers are no longer pending, unless they were
        changed since ``at``. This may be many transactions, the last of which ends their being pending, so that a crash
        repeats it from the start.

        Args:
            found: The ids of the queries that each paper matches, by the paper's id; papers in the order of delivery.
            at: When they were read from the store.
        """
        ...

    def enqueue_first(self, subscription: Subscription, paper_ids: Sequence[str], *, at: datetime) -> int:
        """Make these papers due in the subscription's channel, by the rules of `enqueue`; it is no longer pending.

        Does nothing when the subscription has ended or was changed. Returns how many deliveries are new.
        """
        ...

    def release(self, channel: Address | None = None) -> int:
        """Take what is claimed, in that channel or in all, as uncertain and due; return how many deliveries were.

        For a service that starts, and for a channel whose claim could not be settled.
        """
        ...

    def due(self, *, now: datetime, platforms: Sequence[str], limit: int) -> Sequence[Address]:
        """Up to ``limit`` channels of these platforms whose earliest open delivery is due, longest waiting first.

        A paused channel is among them once its pause is to be probed. A channel with a claim is not.
        """
        ...

    def is_busy(self, platform: str, *, now: datetime) -> bool:
        """Whether something is due or under way to a channel of the platform."""
        ...

    def next_due(self, *, platforms: Sequence[str]) -> datetime | None:
        """When `due` will have a channel of these platforms again; None when nothing is open."""
        ...

    def claim(
        self,
        channel: Address,
        *,
        now: datetime,
        flood_limit: int,
        digest_limit: int,
        next_digest: datetime | None = None,
    ) -> Claim | None:
        """Claim the channel's next message, or None when nothing of it is due.

        Its earliest open delivery alone; or, when more than ``flood_limit`` are due, all that are due as one message,
        or as several of up to ``digest_limit``, of which the next ones are due at once: those with the most votes
        first. What was claimed together before and may have arrived is claimed together again, under the same key. A
        claim with papers that were listed before the database was restored has the `Gap`.

        In a channel with a schedule: all that is due, likewise. The digest after it comes at ``next_digest``, with what
        is enqueued from now on. A digest without papers is claimed only where one is wanted and the channel was not
        quiet at its time.
        """
        ...

    def deliver(self, claim: Claim, receipt: Receipt, *, at: datetime, followed: Followed | None = None) -> None:
        """Settle the claim as delivered; a pause of its channel ends; its message is ``followed`` from then on."""
        ...

    def reschedule(
        self, claim: Claim, *, due_at: datetime, reason: str, uncertain: bool, refused: bool = False
    ) -> None:
        """Put the claim back, due at ``due_at``, one attempt older; ``uncertain`` if it may have arrived.

        One that was ``refused`` is one refusal older too.

        A digest that did not arrive falls due anew then, with what there is by then.
        """
        ...

    def hold(self, claim: Claim, pause: Pause) -> None:
        """Put the claim back, due when the pause is probed, and pause its channel; the first pause's start is kept."""
        ...

    def fail(self, claim: Claim, *, reason: str, at: datetime) -> None:
        """Settle the claim as failed: it is not tried again."""
        ...

    def withdraw(self, claim: Claim, paper_ids: Sequence[str]) -> None:
        """Forget the claim's deliveries of these papers, which nobody wants any more; what is left of it is due again.

        Nothing of the claim was posted. A paper that was forgotten may be enqueued again.
        """
        ...

    def recognize(self, claim: Claim, posted: Mapping[str, Receipt], *, at: datetime) -> int:
        """Settle as delivered what is open in the claim's channel and was posted in its gap; return how many were.

        What is left of the claim, nothing of which was posted now, is due again.

        Args:
            claim: The channel's latest.
            posted: The receipts, by the papers' ids.
            at: When they were found.
        """
        ...

    def expire(self, *, enqueued_before: datetime, in_digests_before: datetime, at: datetime) -> int:
        """Settle as expired what is due, was enqueued before then and is not claimed; return how many.

        In a channel with a schedule, what was enqueued ``in_digests_before``.

        What may have arrived, and was claimed ``enqueued_before``, expires as well once the platform was asked for it
        in vain and is to be asked again later, or when nobody asked since then. It does not while it is about to be
        asked for.
        Its channel goes on with what else is due.
        """
        ...

    def forget(self, *, enqueued_before: datetime, limit: int) -> int:
        """Remove up to ``limit`` settled deliveries of forgotten papers that were enqueued before then.

        Returns how many were removed; 0 when there are no more.
        """
        ...

    def fate(self, channel: Address, paper_id: str) -> Fate | None:
        """What became of the paper in the channel; None when it was never enqueued there."""
        ...

    def counts(self) -> Mapping[str, int]:
        """How many deliveries are ``due``, ``claimed``, ``delivered``, ``failed`` and ``expired``."""
        ...
