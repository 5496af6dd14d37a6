"""From when on a message is looked for that may have arrived.

Our clock cannot tell: it may have been wrong when the message was posted, and be right when the platform is asked. But
the messages of a channel arrive one after the other. So this one is younger than any that is known to have arrived
before, and the receipt of that one carries the platform's own time.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.delivery.retry_and_expiry import KEPT_FOR
from bot.domain import Claim
from bot.ports.platform import Platform
from bot.ports.stores import Outbox

CLOCK_SKEW = timedelta(hours=1)
"""How far a platform's clock may be from ours when it is asked for the messages of a period."""

DISAGREEMENT = timedelta(minutes=1)
"""How far the clocks within a platform may be apart."""


def not_before(claim: Claim, outbox: Outbox, platform: Platform, now: datetime) -> datetime:
    """A moment before which the claim's message was not posted.

    It is that of the last receipt, but no earlier than when the oldest that still waits was enqueued.

    Raises:
        StorageError: The database cannot be used.
    """
    since = min(claim.claimed_at, now - KEPT_FOR) - CLOCK_SKEW
    last = outbox.last_receipt(claim.channel)
    posted_at = platform.posted_at(last) if last else None
    return max(since, posted_at - DISAGREEMENT) if posted_at else since
