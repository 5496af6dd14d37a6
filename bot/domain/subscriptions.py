"""Subscriptions, and plans for a channel's subscriptions, schedule and pause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.channels import Address, Quiet


@dataclass(frozen=True, slots=True)
class Subscription:
    """One query of one channel.

    Attributes:
        channel: Where its papers go.
        number: Its number in the channel's list, from 1; numbers are never reused.
        query: As the person wrote it, with white space tidied.
        created_at: When it was added.
        created_by: Who added it, as the platform names them.
        counts_from: When it took effect anew, if it was changed or resumed.
        paused_at: When it was paused; None while it is not.
        paused_by: Who paused it, as the platform names them; empty while it is not paused.
    """

    channel: Address
    number: int
    query: str
    created_at: datetime
    created_by: str
    counts_from: datetime | None = None
    paused_at: datetime | None = None
    paused_by: str = ""

    @property
    def is_paused(self) -> bool:
        """Whether it brings nothing until someone resumes it."""
        return self.paused_at is not None

    @property
    def since(self) -> datetime:
        """Papers listed on this UTC day or later are enqueued for it."""
        return self.counts_from or self.created_at


@dataclass(frozen=True, slots=True)
class NewSubscription:
    """A subscription to add.

    Attributes:
        channel: Where its papers go.
        query: As it was written.
        canonical: The query in the form that is the same for equivalent queries.
        created_by: Who adds it.
        created_at: When it was first added, for an imported one, which still takes effect only now; None for now.
        paused_at: When it was paused; None if it is not to be.
        paused_by: Who paused it; empty if it is not to be.
    """

    channel: Address
    query: str
    canonical: str
    created_by: str
    created_at: datetime | None = None
    paused_at: datetime | None = None
    paused_by: str = ""


@dataclass(frozen=True, slots=True)
class ChannelPlan:
    """The subscriptions, schedule and pause that a channel should have.

    Attributes:
        channel: The channel.
        subscriptions: Subscriptions that it should have, besides any others.
        sets_schedule: Whether to set the schedule; otherwise the next four attributes are ignored.
        schedule: See `bot.delivery.digest_schedules.Schedule`; empty for papers as they are found.
        digest_due: When the next digest is due.
        even_if_empty: Whether to post digests without papers too.
        top: How many papers a digest shows; None for all.
        quiet: The pause that it should have; None to leave that as it is.
    """

    channel: Address
    subscriptions: tuple[NewSubscription, ...] = ()
    sets_schedule: bool = False
    schedule: str = ""
    digest_due: datetime | None = None
    even_if_empty: bool = False
    top: int | None = None
    quiet: Quiet | None = None


@dataclass(frozen=True, slots=True)
class PlanResult:
    """What carrying out plans changed.

    Attributes:
        added: How many subscriptions were added.
        existing: How many subscriptions were there already.
        schedules: How many channels had their schedule changed.
        pauses: How many channels had their pause changed.
        paused: How many subscriptions were paused.
    """

    added: int = 0
    existing: int = 0
    schedules: int = 0
    pauses: int = 0
    paused: int = 0


@dataclass(frozen=True, slots=True)
class MoveResult:
    """What was moved from one channel to another.

    Attributes:
        subscriptions: How many subscriptions were moved.
        merged: How many of those the target had already.
        waiting: How many waiting papers were moved.
        posted: How many papers now count as posted in the target.
        saved: How many papers of the reading list were moved.
    """

    subscriptions: int
    merged: int
    waiting: int
    posted: int
    saved: int = 0
