"""How long to wait before a delivery is tried again, and when to give it up."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice

from bot.domain.times import pauses

KEPT_FOR = timedelta(days=7)
"""How long a delivery waits for its channel or platform before it is dropped, and counted."""

LONGEST_BETWEEN_DIGESTS = timedelta(days=7)
"""The longest time between two digests of a channel: so long a delivery may wait for its digest to begin with."""

SHORTEST_PAUSE = timedelta(seconds=5)

LONGEST_PAUSE = timedelta(minutes=15)


def kept_for(*, in_digest: bool) -> timedelta:
    """How long a delivery is kept: in a channel that gets digests, long enough to be tried again for a week as well."""
    return KEPT_FOR + LONGEST_BETWEEN_DIGESTS if in_digest else KEPT_FOR


def pause_after(attempts: int, chance: float) -> timedelta:
    """How long to wait after so many failed attempts (from 1): doubling; ``chance``, 0 … 1, takes up to half off."""
    return next(islice(pauses(SHORTEST_PAUSE, LONGEST_PAUSE, lambda: chance), attempts - 1, None))
