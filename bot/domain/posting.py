"""Outages of platforms: times in which nothing that is posted goes through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.text.rich import Rich, moment_in, rich

GRACE = timedelta(hours=1)
"""How long after the time for another try an outage still counts; then nothing is being tried any more."""


@dataclass(frozen=True, slots=True)
class PostingOutage:
    """A platform that takes nothing.

    Attributes:
        platform: Its name.
        since: When the first message was not taken.
        reason: Why the latest one was not, as a clause.
        next_try: When that one is tried again.
    """

    platform: str
    since: datetime
    reason: str
    next_try: datetime

    def lasts(self, now: datetime) -> bool:
        """Whether something is still being tried: what waits may have been withdrawn or dropped."""
        return now <= self.next_try + GRACE

    def __str__(self) -> str:
        """Since when, and why."""
        return str(self.in_words)

    @property
    def in_words(self) -> Rich:
        """Since when, and why, as people read it."""
        return rich("nothing that I post has gone through since ", moment_in(self.since), f": {self.reason}")
