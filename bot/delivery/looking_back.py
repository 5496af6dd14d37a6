"""From when on a message is looked for that may have arrived.

Our clock cannot tell: it may have been wrong when the message was posted, and be right when the platform is asked. But
a message is younger than any that was known to have arrived in its channel when it was first claimed, and the receipt
of that one carries the platform's own time.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.delivery.retry_and_expiry import KEPT_FOR
from bot.domain import Claim
from bot.ports.platform import Platform

CLOCK_SKEW = timedelta(hours=1)
"""How far a platform's clock may be from ours when it is asked for the messages of a period."""

DISAGREEMENT = timedelta(minutes=1)
"""How far the clocks within a platform may be apart."""


def not_before(claim: Claim, platform: Platform, now: datetime) -> datetime:
    """A moment before which the claim's message was not posted.

    It is that of the last receipt, but no earlier than when the oldest that still waits was enqueued.
    """
    since = min(claim.claimed_at, now - KEPT_FOR) - CLOCK_SKEW
    posted_at = platform.posted_at(claim.posted_after) if claim.posted_after else None
    return max(since, posted_at - DISAGREEMENT) if posted_at else since
