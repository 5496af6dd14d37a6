"""What came of reading a source once, and the outages on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.text.figures import moment


@dataclass(frozen=True, slots=True)
class Outage:
    """A source that gave no list at all.

    Attributes:
        source: Its name.
        since: When it was first found so; after a restart, when its last list was read.
        reason: Why, as a clause.
    """

    source: str
    since: datetime
    reason: str

    def __str__(self) -> str:
        """Its name, since when, and why."""
        return f"{self.source} has been out of reach since {moment(self.since)}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Poll:
    """What one poll did.

    Attributes:
        at: When it began.
        lists: Lists that were read.
        papers: Papers on them.
        new: Papers that were not in the store before.
        newest: The latest day whose list had papers; None when no list had any.
        skipped: Records that made no sense.
        failures: Why lists could not be read or kept, one line each.
        unread: Those of the failures that cost earlier lists alone: their source gave others, and today's.
        outages: The sources that gave no list.
        storage: Why the database could not be used; empty when it could.
    """

    at: datetime
    lists: int = 0
    papers: int = 0
    new: int = 0
    newest: date | None = None
    skipped: int = 0
    failures: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    outages: tuple[Outage, ...] = ()
    storage: str = ""

    @property
    def went_on(self) -> bool:
        """Whether nothing went wrong but with earlier lists."""
        return self.failures == self.unread
