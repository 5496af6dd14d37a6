"""A posted message whose counts are followed, and the edit that it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import Address, Counts, Receipt
from bot.domain.messages import Card, Digest

LAST_EDIT_WITHIN = timedelta(days=1)
"""How long after its end a message may still get its last edit; without one, it is forgotten as it is."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A posted message whose counts are kept up to date.

    Attributes:
        message: As it was posted.
        noticed: By paper id, the counts at which a reader would notice the growth: reaching any of them is worth an
            edit.
        again_at: The earliest time of its next edit.
        until: When it gets its last edit, if its counts differ from the source's by then.
    """

    message: Card | Digest
    noticed: Mapping[str, Counts]
    again_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Outdated:
    """A followed message whose counts are worth an edit.

    Attributes:
        channel: Its channel.
        key: Its key, see `bot.domain.message_key`.
        receipt: The platform's receipt for it.
        message: As it was posted.
        counts: By paper id, the source's present counts.
        is_last: Whether this is its last edit.
    """

    channel: Address
    key: str
    receipt: Receipt
    message: Card | Digest
    counts: Mapping[str, Counts]
    is_last: bool
