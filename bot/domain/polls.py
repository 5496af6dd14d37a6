"""The result of one poll of the sources, and the outages it met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.text.rich import Rich, moment_in, rich


@dataclass(frozen=True, slots=True)
class Outage:
    """A source that gave no list at all.

    Attributes:
        source: Its name.
        since: When the outage was first seen; after a restart, when the source's last list was read.
        reason: Why, as a clause.
    """

    source: str
    since: datetime
    reason: str

    def __str__(self) -> str:
        """Its name, since when, and why."""
        return str(self.in_words)

    @property
    def in_words(self) -> Rich:
        """Its name, since when, and why, as people read it."""
        return rich(f"{self.source} has been unreachable since ", moment_in(self.since), f": {self.reason}")


@dataclass(frozen=True, slots=True)
class SourceRead:
    """What a poll read from a source: lists, papers on them, how many were new, and the latest day with papers."""

    lists: int = 0
    papers: int = 0
    new: int = 0
    newest: date | None = None


@dataclass(frozen=True, slots=True)
class Poll:
    """The result of one poll.

    Attributes:
        at: When it began.
        lists: How many lists were read.
        papers: How many papers were on them.
        new: How many of those were not in the store before.
        newest: The latest day whose list had papers; None if no list had any.
        skipped: How many records could not be understood.
        failures: Why lists could not be read or stored, one line each.
        unread: Those of ``failures`` that concern earlier lists only: their source gave other lists, and today's.
        outages: The sources that gave no list at all.
        storage: Why the database could not be used; empty if it could.
        nonsense: The first record that could not be understood, and why; empty if there was none.
        by_source: What was read from each source, by its name.
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
    nonsense: str = ""
    by_source: Mapping[str, SourceRead] = field(default_factory=dict)

    @property
    def went_on(self) -> bool:
        """Whether today's lists were read and stored; earlier lists may have failed."""
        return self.failures == self.unread
