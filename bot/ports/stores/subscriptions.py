"""Subscriptions: who wants what, where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain import Address, ChannelPlan, MoveResult, PlanResult, Subscription


class SubscriptionStore(Protocol):
    """Who wants what, where."""

    def add(
        self, channel: Address, query: str, *, canonical: str, by: str, at: datetime, limit: int, by_id: str = ""
    ) -> Subscription:
        """Subscribe ``channel`` to ``query``; an unknown channel becomes known.

        ``by`` names the person who subscribes, ``by_id`` is their id on the platform. ``canonical`` is the form in
        which queries are compared. The subscription is pending from then on: papers listed on the UTC day of ``at`` or
        later that are stored already are still to be enqueued for it.

        Raises:
            AlreadySubscribed: The channel has a subscription with the same ``canonical``.
            TooManySubscriptions: The channel has ``limit`` subscriptions.
        """
        ...

    def change(self, channel: Address, number: int, query: str, *, canonical: str, since: datetime) -> Subscription:
        """Replace that subscription's query; its number, author and time stay.

        It is pending from then on: papers listed on the UTC day of ``since`` or later that are stored already are
        still to be enqueued for it, once it is not paused. What waits for the old query no longer names a subscription.

        Raises:
            NoSubscription: The channel has no such subscription.
            AlreadySubscribed: This subscription, or another of the channel, has the same ``canonical``.
        """
        ...

    def follow(self, plans: Iterable[ChannelPlan], *, at: datetime, limit: int) -> PlanResult:
        """Make in one transaction what these plans lack, or nothing.

        Subscriptions made elsewhere keep their time and apply from ``at`` on. What is as planned stays as it is, and so
        does a pause that the plan does not have.

        Raises:
            TooManySubscriptions: A channel would have more than ``limit``.
        """
        ...

    def move(self, source: Address, target: Address, *, at: datetime, limit: int) -> MoveResult:
        """Move every subscription of a channel to another one, in one transaction.

        They keep their authors, times, pauses and opinions; of a query that both channels have, the older subscription
        stays, paused only if both were, and of each paper the newest opinion. What waits moves too, and is due from
        ``at`` on; what was posted, has failed or has expired counts as that in the target as well. A target without
        subscriptions takes over the source's schedule and quiet, and the source loses both. The reading list goes
        along, also where it is all that the source has.

        Raises:
            SameChannel: Source and target are the same.
            NoSubscription: The source has neither subscriptions nor a reading list.
            TooManySubscriptions: The target would have more than ``limit``.
        """
        ...

    def remove(self, channel: Address, number: int) -> bool:
        """Remove that subscription; return whether it existed, which of several people at once is true for one."""
        ...

    def pause(self, channel: Address, number: int, *, by: str, at: datetime) -> bool:
        """Let that subscription bring nothing until it is resumed; return whether it did until now.

        Nothing is enqueued for it meanwhile. What waits already stays in the outbox: whoever posts it asks again
        whether a subscription wants it.
        """
        ...

    def resume(self, channel: Address, number: int, *, since: datetime) -> bool:
        """End that subscription's pause; return whether it was paused.

        It is pending from then on: papers listed on the UTC day of ``since`` or later that are stored already are still
        to be enqueued for it.
        """
        ...

    def of(self, channel: Address) -> Sequence[Subscription]:
        """The channel's subscriptions by number, paused ones too."""
        ...

    def all(self) -> Sequence[Subscription]:
        """Every subscription, by channel and number."""
        ...

    def pending(self, *, limit: int) -> Sequence[Subscription]:
        """Up to ``limit`` subscriptions that are pending and not paused, oldest first."""
        ...
