"""What the core asks of the subscriptions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain import Address, ChannelPlan, Moved, Planned, Subscription


class SubscriptionStore(Protocol):
    """Who wants what, where."""

    def add(
        self, channel: Address, query: str, *, canonical: str, by: str, at: datetime, limit: int, by_id: str = ""
    ) -> Subscription:
        """Subscribe ``channel`` to ``query``; an unknown channel becomes known.

        ``by`` is who asks for it, as people read it, ``by_id`` as the platform tells them from others.
        ``canonical`` is the form in which equal queries are compared. The subscription is pending from then on: the
        papers listed on the UTC day of ``at`` or later that are in the store already are still to be enqueued for it.

        Raises:
            AlreadySubscribed: The channel has a subscription with the same ``canonical``.
            TooManySubscriptions: It has ``limit`` of them.
        """
        ...

    def change(self, channel: Address, number: int, query: str, *, canonical: str, since: datetime) -> Subscription:
        """Put another query in the place of that subscription's, which keeps its number, its author and its time.

        It is pending from then on: papers listed on the UTC day of ``since`` or later that are in the store already are
        still to be enqueued for it. What waits for the query before names none any more.

        Raises:
            NoSubscription: There is no such subscription.
            AlreadySubscribed: The channel has one with the same ``canonical``, this one or another.
        """
        ...

    def follow(self, plans: Iterable[ChannelPlan], *, at: datetime, limit: int) -> Planned:
        """Make in one transaction what these plans lack, or nothing.

        Subscriptions made elsewhere keep their time and count from ``at`` on. What is as planned already is left alone.

        Raises:
            TooManySubscriptions: A channel would have more than ``limit``.
        """
        ...

    def move(self, source: Address, target: Address, *, at: datetime, limit: int) -> Moved:
        """Move every subscription of a channel to another one, in one transaction.

        They keep who made them and when; of one that both have, the older stays. What waits moves too, and is due from
        ``at`` on; what was posted, given up or dropped counts as that in the target as well. A target without
        subscriptions of its own takes the schedule and the quiet of the source, which is left without either.

        Raises:
            SameChannel: Source and target are the same.
            NoSubscription: The source has none.
            TooManySubscriptions: The target would have more than ``limit``.
        """
        ...

    def remove(self, channel: Address, number: int) -> None:
        """End that subscription, if there is one."""
        ...

    def of(self, channel: Address, *, now: datetime) -> Sequence[Subscription]:
        """The channel's subscriptions by number, with their matches as of ``now``."""
        ...

    def all(self, *, now: datetime) -> Sequence[Subscription]:
        """Every subscription, by channel and number, with their matches as of ``now``."""
        ...

    def pending(self, *, limit: int) -> Sequence[Subscription]:
        """Up to ``limit`` subscriptions that are pending, oldest first."""
        ...
