"""Which lists are due, and when late additions are looked for again.

It follows from when each list was last read, and from nothing else. A list is *open* from its day until
``lookback_days`` after it, because papers are added late; one that was still open when it was last read is read again,
at every poll. So a list is read until it is complete, whatever happened in between: a new database reads the last
`HORIZON`, a service that was away reads what it missed. Lists of the last `WATCHED_FOR` are read again every
`COUNTS_EVERY`, since votes go on growing; and for as long again every `OLDER_COUNTS_EVERY`, since a weekly digest
brings papers that are a week old, and follows their counts too.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.domain import WATCHED_FOR
from bot.domain.times import start_of

HORIZON = timedelta(days=30)
"""How far back lists are read by themselves."""

COUNTS_EVERY = timedelta(hours=1)
"""How often lists are read for their counts alone."""

OLDER_COUNTS_EVERY = timedelta(hours=6)
"""The same, for lists that are older than `WATCHED_FOR`."""

NOT_YET_GRACE = timedelta(hours=24)
"""How far into its day a list may be missing without anything being wrong (the first papers come within the hour)."""


def is_due(last_read: datetime | None, day: date, now: datetime, lookback: timedelta) -> bool:
    """Whether the list of ``day``, last read then (None: never), is to be read ``now``."""
    if last_read is None or last_read > now:  # the clock was ahead then, so the list may have closed too early
        return True
    was_open = last_read < start_of(day) + timedelta(days=1) + lookback
    age = now.date() - day
    counts_every = COUNTS_EVERY if age <= WATCHED_FOR else OLDER_COUNTS_EVERY
    return was_open or (age <= 2 * WATCHED_FOR and now - last_read >= counts_every)
