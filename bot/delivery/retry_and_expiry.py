"""How long to wait before a delivery is tried again, and when to give it up."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice

from bot.domain.times import pauses

KEPT_FOR = timedelta(days=7)
"""How long a delivery waits for its channel or platform before it is dropped."""

LONGEST_BETWEEN_DIGESTS = timedelta(days=7)
"""The longest time between two digests of a channel, and so the longest that a delivery waits for its digest."""

SHORTEST_PAUSE = timedelta(seconds=5)

LONGEST_PAUSE = timedelta(minutes=15)

MOST_DOUBLINGS = 64
"""Attempts after which a pause is as long as it gets."""

LONGEST_WISH = timedelta(hours=1)
"""How long a platform may ask us to wait; what it asks beyond that is tried meanwhile."""


def kept_for(*, in_digest: bool) -> timedelta:
    """How long a delivery is kept before it is dropped.

    In a channel with digests that includes the wait for the digest, so that a digest that fails is tried for as long as
    a card.
    """
    return KEPT_FOR + LONGEST_BETWEEN_DIGESTS if in_digest else KEPT_FOR


def pause_after(attempts: int, chance: float) -> timedelta:
    """How long to wait before the next attempt.

    Channels that failed together, as in an outage, should not all come back in the same second.

    Args:
        attempts: How many attempts have failed, from 1. Each doubles the pause, up to `LONGEST_PAUSE`.
        chance: A random number, 0 … 1, that shortens the pause by up to a half.
    """
    doublings = min(max(attempts, 1), MOST_DOUBLINGS) - 1
    return next(islice(pauses(SHORTEST_PAUSE, LONGEST_PAUSE, lambda: chance), doublings, None))
