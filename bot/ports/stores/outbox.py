"""Deliveries: enqueued, claimed, then settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain import Address, Claim, Fate, Paper, Pause, Receipt, Subscription
from bot.domain.edits import Followed
from bot.domain.posting import PostingOutage


class Outbox(Protocol):
    """What is on its way: one delivery per paper and channel, for ever.

    A delivery is *due*, then *claimed* (an attempt is under way), then settled as *delivered*, *failed* or *expired*;
    or back to due. A claim that is never settled, because the process died, is uncertain from the next `release` on.
    """

    def enqueue(self, found: Mapping[str, Sequence[int]], *, at: datetime, as_read: Sequence[Paper] = ()) -> int:
        """Make papers due in every channel subscribed to a query they match; return how many deliveries are new.

        In a channel with a schedule they are due with its next digest; in a quiet one, when the quiet ends.
        A subscription that is not paused applies to papers whose first list, of the sources that its query is about, is
        of the UTC day of its `Subscription.since` or later. A channel never gets a second delivery of a paper. The
        papers are no longer pending, except those that have changed since.
        This may take many transactions; the last one marks the papers as no longer pending, so that it is repeated from
        the start after a crash.

        Args:
            found: The ids of the queries that each paper matches, by the paper's id; papers in the order of delivery.
            at: The present time.
            as_read: The papers as they were matched; one that differs from the stored one by now stays pending.
        """
        ...

    def enqueue_first(self, subscription: Subscription, paper_ids: Sequence[str], *, at: datetime) -> int:
        """Make these papers due in the subscription's channel; return how many are new.

        They were listed on the day of its `Subscription.since` or later, by a source that its query is about. The
        subscription is no longer pending. Does nothing if it has ended, is paused, or was changed since it was read.
        """
        ...

    def release(self, channel: Address | None = None) -> int:
        """Make open claims, in that channel or in all, uncertain and due; return how many deliveries they hold.

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
        """Claim the channel's next message; None if nothing is due.

        It holds the earliest open delivery alone; or, when more than ``flood_limit`` are due, all of them: as one
        message or as several of up to ``digest_limit``, most votes first, of which the later ones are due at once; of
        what was taken apart, as many as `take_apart` says. What was claimed together before and may have arrived is
        claimed together again, under the same key, with the same `Claim.part`. A claim with papers that were listed
        before the database was restored has the `Gap`.

        In a channel with a schedule it holds all that is due, likewise; or, if the schedule has a ``top``, so many of
        it, and what remains as its `Claim.rest`, except for what was taken apart. The digest after it is due at
        ``next_digest``, with what is enqueued from now on. A digest without papers is claimed only where one is wanted,
        and only if the channel was not quiet at its time.
        """
        ...

    def deliver(self, claim: Claim, receipt: Receipt, *, at: datetime, followed: Followed | None = None) -> None:
        """Settle the claim as delivered and end its channel's pause; follow its message from then on, if given."""
        ...

    def reschedule(
        self,
        claim: Claim,
        *,
        due_at: datetime,
        reason: str,
        uncertain: bool,
        refused: bool = False,
        passed_at: datetime | None = None,
        outage: PostingOutage | None = None,
    ) -> bool:
        """Put the claim back, due at ``due_at``, with one more attempt; ``uncertain`` if it may have arrived.

        If it was ``refused``, it has one more refusal too.

        A digest that did not arrive is made anew then, with what is due by then.

        An uncertain claim may be ``passed_at`` that time, by the channel's next messages: it is set aside until
        ``due_at`` if something else is due. If these have no luck either, they wait for each other, at most four of
        them; once one has arrived, those before it are due at once, and never keep anything waiting again.

        The ``outage`` of its platform is recorded with it.

        Returns:
            Whether it was set aside, so that the next message may be claimed at once.
        """
        ...

    def hold(self, claim: Claim, pause: Pause) -> None:
        """Put the claim back, due when the pause is probed, and pause its channel; the first pause's start is kept."""
        ...

    def fail(self, claim: Claim, *, reason: str, at: datetime) -> None:
        """Settle the claim as failed: it is not tried again. Its rest is due again."""
        ...

    def take_apart(self, claim: Claim, *, at: datetime) -> None:
        """End the claim, of which nothing was posted: its deliveries are due anew, in messages of half as many at most.

        Its rest is due as well. Each message is claimed under a key of its own, without the attempts and refusals of
        this one. What belonged to a digest belongs to it still.
        """
        ...

    def withdraw(self, claim: Claim, paper_ids: Sequence[str]) -> None:
        """Forget the claim's deliveries of these papers, which no subscription wants any more; the rest is due again.

        Nothing of the claim was posted. These papers may be enqueued again.
        """
        ...

    def recognize(self, claim: Claim, posted: Mapping[str, Receipt], *, at: datetime) -> int:
        """Settle as delivered what is open in the claim's channel and was posted in its gap; return how many.

        The rest of the claim, of which nothing was posted, is due again.

        Args:
            claim: The channel's latest.
            posted: The receipts, by the papers' ids.
            at: When they were found.
        """
        ...

    def expire(self, *, enqueued_before: datetime, in_digests_before: datetime, at: datetime) -> int:
        """Settle as expired what is due, not claimed, and was enqueued before then; return how many.

        In a channel with a schedule, what was enqueued ``in_digests_before``.

        A claim from before ``enqueued_before`` that may have arrived expires as well, if the platform was asked for it
        and could not tell, or if nothing asked since then; not while it is about to be asked for. Its channel goes on
        with what else is due.
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

    def rest(self, key: str) -> Sequence[Paper]:
        """The papers that the message with that key offers instead of showing them, most votes first.

        Empty if there is no such message, or if none of them is stored any more.
        """
        ...

    def counts(self) -> Mapping[str, int]:
        """How many deliveries are ``due``, ``claimed``, ``delivered``, ``failed`` and ``expired``."""
        ...
