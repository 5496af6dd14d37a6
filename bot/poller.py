"""Reads the lists that are due, and keeps their papers in the store.

Which lists are due follows from when each was last read, and from nothing else. A list is *open* from its day until
``lookback_days`` after it, because papers are added late; one that was still open when it was last read is read
again, at every poll. So a list is read until it is complete, whatever happened in between: a new database reads the
last `HORIZON`, a service that was away reads what it missed, and a list that failed is tried again on its own.
Lists of the last `COUNTS_WINDOW` are read again every `COUNTS_EVERY`, since votes go on growing; and for as long again
every `OLDER_COUNTS_EVERY`, since a weekly digest brings papers that are a week old, and follows their counts too.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from bot.domain import PaperList
from bot.errors import NotYetListed, SourceError, StorageError
from bot.ports import PaperSource
from bot.stores import PaperStore

HORIZON = timedelta(days=30)
"""How far back lists are read by themselves."""

COUNTS_WINDOW = timedelta(days=7)
"""How long votes, comments and stars of a list are followed."""

COUNTS_EVERY = timedelta(hours=1)
"""How often lists are read for their counts alone."""

OLDER_COUNTS_EVERY = timedelta(hours=6)
"""The same, for lists that are older than `COUNTS_WINDOW`."""

NOT_YET_GRACE = timedelta(hours=24)
"""How far into its day a list may be missing without anything being wrong (the first papers come within the hour)."""

log = logging.getLogger(__name__)


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
    """

    at: datetime
    lists: int = 0
    papers: int = 0
    new: int = 0
    newest: date | None = None
    skipped: int = 0
    failures: tuple[str, ...] = ()


@dataclass(slots=True)
class Tally:
    """Adds up a `Poll` while lists come in."""

    lists: int = 0
    papers: int = 0
    new: int = 0
    newest: date | None = None
    skipped: int = 0
    failures: list[str] = field(default_factory=list)

    def add(self, read: PaperList, new: int) -> None:
        """Count one list and its ``new`` papers."""
        self.lists += 1
        self.papers += len(read.papers)
        self.new += new
        self.skipped += len(read.skipped)
        if read.papers:
            self.newest = max(read.day, self.newest or read.day)

    def poll(self, at: datetime) -> Poll:
        """The sum of a poll that began ``at``."""
        return Poll(at, self.lists, self.papers, self.new, self.newest, self.skipped, tuple(self.failures))


class Poller:
    """Reads lists from sources into a store; matching what is new is the matcher's."""

    def __init__(self, sources: Sequence[PaperSource], papers: PaperStore, *, lookback_days: int) -> None:
        """Remember where papers come from and go to.

        Args:
            sources: Read one after the other.
            papers: Where they are kept.
            lookback_days: How many days a list stays open after its own.
        """
        self._sources = tuple(sources)
        self._papers = papers
        self._lookback = timedelta(days=lookback_days)

    async def poll(self, *, now: datetime) -> Poll:
        """Read every list that is due, earliest first, since a paper's list day is that of its first listing.

        What fails costs its own list only and is told in the result.
        """
        tally = Tally()
        for source in self._sources:
            try:
                days = await asyncio.to_thread(self._days_due, source.name, now)
            except StorageError as error:
                tally.failures.append(str(error))
                continue
            for day in days:
                await self._read(source, day, now, tally)
        return tally.poll(now)

    async def backfill(self, span: timedelta, *, now: datetime, told: Callable[[date], None]) -> Poll:
        """Read every list of the days up to ``span`` ago, due or not; a day that is done is ``told``."""
        tally = Tally()
        for day in days_until(now.date(), span):
            for source in self._sources:
                await self._read(source, day, now, tally)
            told(day)
        return tally.poll(now)

    def _days_due(self, source: str, now: datetime) -> list[date]:
        today = now.date()
        last_read = self._papers.last_read(source, since=today - HORIZON)
        return [day for day in days_until(today, HORIZON) if is_due(last_read.get(day), day, now, self._lookback)]

    async def _read(self, source: PaperSource, day: date, now: datetime, tally: Tally) -> None:
        try:
            papers = await source.fetch(day)
            tally.add(papers, await asyncio.to_thread(self._papers.save, source.name, papers, at=now))
        except NotYetListed as error:
            if now - start_of(day) > NOT_YET_GRACE:
                tally.failures.append(f"{source.name}, list of {day}: {error}")
        except (SourceError, StorageError) as error:
            tally.failures.append(f"{source.name}, list of {day}: {error}")


def is_due(last_read: datetime | None, day: date, now: datetime, lookback: timedelta) -> bool:
    """Whether the list of ``day``, last read then (None: never), is to be read ``now``."""
    if last_read is None:
        return True
    was_open = last_read < start_of(day) + timedelta(days=1) + lookback
    age = now.date() - day
    counts_every = COUNTS_EVERY if age <= COUNTS_WINDOW else OLDER_COUNTS_EVERY
    return was_open or (age <= 2 * COUNTS_WINDOW and now - last_read >= counts_every)


def days_until(today: date, span: timedelta) -> Iterator[date]:
    """Every day from ``span`` before ``today`` to ``today``, in order."""
    for days in range(span.days, -1, -1):
        yield today - timedelta(days=days)


def start_of(day: date) -> datetime:
    """The first moment of a day in UTC."""
    return datetime.combine(day, time(), tzinfo=UTC)
