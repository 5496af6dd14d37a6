"""Which lists are due, and when late additions are looked for again.

Whether a list is due depends only on when it was last read. A list is *open* from its day until ``lookback_days`` after
it, because papers are added late. A list that was still open when it was last read is read again at every poll, so
every list is read until it is complete, whatever happens in between: a new database reads the last `HORIZON`, and a
service that was down reads what it missed. A source may say that its lists are complete sooner, and need not be read at
every poll; see `Rhythm`.

Complete lists are read again because votes go on growing: those of the last `WATCHED_FOR` every `COUNTS_EVERY`, and
those of the `WATCHED_FOR` before it every `OLDER_COUNTS_EVERY`, since a weekly digest may bring papers that are a week
old, and their counts are kept up to date too. A source without votes is not read again.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.domain import WATCHED_FOR
from bot.domain.times import start_of
from bot.ports.source import Rhythm

HORIZON = timedelta(days=30)
"""How far back lists are read."""

COUNTS_EVERY = timedelta(hours=1)
"""How often complete lists are read for their counts."""

OLDER_COUNTS_EVERY = timedelta(hours=6)
"""The same, for lists that are older than `WATCHED_FOR`."""

NOT_YET_GRACE = timedelta(hours=24)
"""How far into its day a list may be missing before that is an error (usually it appears within the first hour)."""


def is_due(last_read: datetime | None, day: date, now: datetime, lookback: timedelta, rhythm: Rhythm) -> bool:
    """Whether the list of ``day`` is due ``now``; ``last_read`` is None if it was never read."""
    if last_read is None or last_read > now:  # our clock was ahead then, so the list may have closed too early
        return True
    end = start_of(day) + timedelta(days=1)
    if now < end:
        return now - last_read >= rhythm.read_every
    if rhythm.again_after is None and last_read < end + lookback:
        return True
    if any(last_read < end + later <= now for later in rhythm.again_after or ()):
        return True
    age = now.date() - day
    counts_every = COUNTS_EVERY if age <= WATCHED_FOR else OLDER_COUNTS_EVERY
    return rhythm.counts_grow and age <= 2 * WATCHED_FOR and now - last_read >= counts_every
