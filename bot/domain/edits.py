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
    """A message whose counts follow the source's after it was posted.

    Attributes:
        message: As it was posted.
        noticed: By paper id, the counts from which on a reader would notice the change: once one of them is reached,
            the message is shown anew.
        again_at: It is not changed before.
        until: It is changed for the last time then, if its counts are no longer the source's.
    """

    message: Card | Digest
    noticed: Mapping[str, Counts]
    again_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Outdated:
    """A followed message whose counts are worth an edit.

    Attributes:
        channel: Where it stands.
        key: Its name, see `bot.domain.message_key`.
        receipt: What the platform calls it.
        message: As it was posted.
        counts: By paper id, what the source says now.
        is_last: Whether it is changed for the last time.
    """

    channel: Address
    key: str
    receipt: Receipt
    message: Card | Digest
    counts: Mapping[str, Counts]
    is_last: bool
