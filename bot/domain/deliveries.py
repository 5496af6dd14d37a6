"""Papers on their way to channels."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.channels import Address
from bot.domain.papers import Paper

DIGEST_LIMIT = 10
"""The most papers of a message: Slack and Discord cannot hold more, each with its sentence and what can be done."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One paper on its way to one channel.

    Attributes:
        paper: The paper.
        channel: The channel.
        query: The query that found it; None once its subscription was removed, or given another query.
        enqueued_at: When it was matched.
        second_chance: Whether the paper had been checked before, without matching anything in this channel.
    """

    paper: Paper
    channel: Address
    query: str | None
    enqueued_at: datetime
    second_chance: bool = False


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a delivery.

    Attributes:
        state: ``due``, ``claimed``, ``delivered``, ``failed`` or ``expired``.
        enqueued_at: When it was matched.
        settled_at: When it was delivered, failed or expired.
        reason: Why the latest attempt failed; empty if none did.
        link: Where its message can be opened; empty if unknown.
        attempts: How many attempts failed so far, of one that is due or claimed.
        next_try: When it is tried again; None while an attempt is under way, and once it is settled.
        in_rest: Whether its message does not show it, but offers it with the rest.
    """

    state: str
    enqueued_at: datetime
    settled_at: datetime | None = None
    reason: str = ""
    link: str = ""
    attempts: int = 0
    next_try: datetime | None = None
    in_rest: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A period missing from the database: papers were posted between a backup and its restore.

    Attributes:
        since: When the backup was made, or up to some days before, as the clock may have been wrong.
        until: When it was restored, or up to some days after.
    """

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """Which papers of a digest, counted from 1, a message has: the digest takes several."""

    first: int
    last: int
    total: int


@dataclass(frozen=True, slots=True)
class Claim:
    """Deliveries that were claimed together and are posted as one message.

    Attributes:
        key: Identifies the message for good, see `message_key`.
        channel: The channel.
        deliveries: One makes a card, several make a digest, none makes a digest that says there are no papers.
        claimed_at: When it was first claimed, by our clock, which may have been wrong.
        uncertain: Whether an earlier attempt may have arrived, so that the platform must be asked before posting.
        attempts: How many attempts failed.
        refusals: How many attempts ended in unknown refusals or unexpected errors, which bounds how often it is tried.
        posted_after: The receipt of the latest message that was known to have arrived in the channel when it was first
            claimed: this one is younger. None if none was known.
        gap: The period in which these papers may have been posted, alone or with others, so that the platform must be
            asked before posting; None if there is no such period.
        alone: Whether a later message has arrived since this one was tried: its trouble is its own.
        rest: More deliveries, which are settled with the message: it does not show their papers, but offers them.
        part: Which papers of a longer digest its deliveries are; None if they are a whole one.
    """

    key: str
    channel: Address
    deliveries: tuple[Delivery, ...]
    claimed_at: datetime
    uncertain: bool = False
    attempts: int = 0
    refusals: int = 0
    posted_after: Receipt | None = None
    gap: Gap | None = None
    alone: bool = False
    rest: tuple[Delivery, ...] = ()
    part: Part | None = None

    @property
    def all(self) -> tuple[Delivery, ...]:
        """Its deliveries and the rest."""
        return (*self.deliveries, *self.rest)


def message_key(channel: Address, contents: Iterable[str]) -> str:
    """The key of the message that brings these papers to a channel: 24 hexadecimal digits, the same in every process.

    Args:
        channel: The channel.
        contents: The ids of the papers; for a digest without papers, the moment it was due.
    """
    # Discord takes nonces of up to 25 characters: https://discord.com/developers/docs/resources/message#create-message.
    return hashlib.blake2b("\n".join([str(channel), *contents]).encode(), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class Receipt:
    """The platform's id of a posted message, and a link to it if there is one."""

    id: str
    link: str = ""
