"""Papers on their way to channels."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.channels import Address
from bot.domain.papers import Paper


@dataclass(frozen=True, slots=True)
class Delivery:
    """One paper on its way to one channel.

    Attributes:
        paper: What is delivered.
        channel: Where to.
        query: The query of the subscription that enqueued it; None once that was unsubscribed.
        enqueued_at: When it was matched.
        second_chance: Whether the paper had been matched before, and was not for this channel then.
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
        reason: Of the latest failure; empty when there was none.
        link: Where its message can be opened; empty when that is not known.
    """

    state: str
    enqueued_at: datetime
    settled_at: datetime | None = None
    reason: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A time of which the database knows nothing: it was restored from a copy, after which papers were still posted.

    Attributes:
        since: When the copy was made.
        until: When it was restored.
    """

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Claim:
    """Deliveries that were claimed together and are posted as one message.

    Attributes:
        key: Names the message for ever, see `message_key`.
        channel: Where to.
        deliveries: One makes a card, several a digest, none one that says so.
        claimed_at: When its first claim was made: the message cannot be older.
        uncertain: An earlier attempt may have arrived: ask the platform before posting.
        attempts: How often posting was tried and failed.
        refusals: How many of the attempts ended in errors that nobody foresaw, so that it is not tried for ever.
        gap: In this time what it brings may have been posted, alone or with others: ask the platform before posting.
    """

    key: str
    channel: Address
    deliveries: tuple[Delivery, ...]
    claimed_at: datetime
    uncertain: bool = False
    attempts: int = 0
    refusals: int = 0
    gap: Gap | None = None


def message_key(channel: Address, contents: Iterable[str]) -> str:
    """Name the message that brings papers with these ids to this channel, or is about the lack of any then.

    24 hexadecimal digits, the same in every process.

    Discord takes nonces of up to 25 characters: https://discord.com/developers/docs/resources/message#create-message.
    """
    return hashlib.blake2b("\n".join([str(channel), *contents]).encode(), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class Receipt:
    """A platform's own id for a message it took, and the address people can open, if there is one."""

    id: str
    link: str = ""
