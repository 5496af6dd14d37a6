"""Subscriptions, and what is written down of a channel's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.channels import Address, Quiet


@dataclass(frozen=True, slots=True)
class Subscription:
    """One query of one channel.

    Attributes:
        channel: Where its papers go.
        number: Its number in the channel's list, from 1, never given again there.
        query: As the person wrote it, white space tidied.
        created_at: When it was made.
        created_by: Who, as the platform names them.
        matches_30_days: Papers enqueued for it in the last 30 days.
        last_match: When the latest paper was enqueued for it.
        counts_from: From when on its query counts, if it was changed.
    """

    channel: Address
    number: int
    query: str
    created_at: datetime
    created_by: str
    matches_30_days: int = 0
    last_match: datetime | None = None
    counts_from: datetime | None = None

    @property
    def since(self) -> datetime:
        """Papers listed on this UTC day or later are enqueued for it."""
        return self.counts_from or self.created_at


@dataclass(frozen=True, slots=True)
class NewSubscription:
    """A subscription that is still to be made.

    Attributes:
        channel: Where its papers go.
        query: As it was written.
        canonical: The form in which equal queries are compared.
        created_by: Who makes it.
        created_at: When it was made elsewhere; it counts from now on all the same. None: it is made now.
    """

    channel: Address
    query: str
    canonical: str
    created_by: str
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChannelPlan:
    """What a channel is to be subscribed to, and when its papers are to come.

    Attributes:
        channel: The channel.
        subscriptions: Those that it is to have, besides others.
        sets_schedule: Whether the schedule is to be as follows; else it stays as it is.
        schedule: When its digests are to come, see `bot.delivery.digest_schedules.Schedule`; empty: papers at once.
        digest_due: When the next one is.
        even_if_empty: Whether digests without papers come too.
        quiet: The pause that it is to have; None: that stays as it is.
    """

    channel: Address
    subscriptions: tuple[NewSubscription, ...] = ()
    sets_schedule: bool = False
    schedule: str = ""
    digest_due: datetime | None = None
    even_if_empty: bool = False
    quiet: Quiet | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """What came of plans.

    Attributes:
        made: Subscriptions that were made.
        known: Subscriptions that were there already.
        schedules: Channels whose schedule was changed.
        pauses: Channels whose pause was changed.
    """

    made: int = 0
    known: int = 0
    schedules: int = 0
    pauses: int = 0


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved from a channel to another.

    Attributes:
        subscriptions: Subscriptions that the other channel has now.
        merged: Of these, those that it had already.
        waiting: Papers that wait there now.
        posted: Papers that count as posted there.
    """

    subscriptions: int
    merged: int
    waiting: int
    posted: int
