"""Reads the lists that are due (see `bot.polling.due_lists`), and stores their papers.

A list that failed is tried again after all the others, so that it cannot hold them up. Sources are read side by side;
one that has many lists to give, and gives them slowly, goes on with the next poll.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain import PaperList
from bot.domain.polls import Outage, Poll, SourceRead
from bot.domain.times import days_until, start_of
from bot.errors import NotYetListed, SourceError, SourceUnreachable, StorageError
from bot.polling.due_lists import HORIZON, NOT_YET_GRACE, is_due
from bot.ports.source import PaperSource
from bot.ports.stores import PaperStore
from bot.text.figures import counted

LONGEST_READING = timedelta(minutes=5)
"""How long a poll goes on to the next list of a source: a service is well as long as its polls end."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Tally:
    """The sums of a `Poll` while its lists are read."""

    by_source: dict[str, SourceRead]
    skipped: int = 0
    failures: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    outages: list[Outage] = field(default_factory=list)
    storage: str = ""
    nonsense: str = ""

    def add(self, source: str, read: PaperList, new: int) -> None:
        """Count a list that the source gave, and its ``new`` papers."""
        before = self.by_source[source]
        newest = max(read.day, before.newest or read.day) if read.papers else before.newest
        self.by_source[source] = SourceRead(
            before.lists + 1, before.papers + len(read.papers), before.new + new, newest
        )
        self.skipped += len(read.skipped)
        if read.skipped and not self.nonsense:
            self.nonsense = f"{source}, list of {read.day}, {read.skipped[0]}"

    def add_failures(self, source: str, days: Sequence[date], reason: str, *, is_grave: bool) -> None:
        """Add lists that a source did not give, all for the same reason; grave if today's list is among them."""
        others = f" and {counted(len(days) - 1, 'other day')}" if len(days) > 1 else ""
        line = f"{source}, list of {days[0]}{others}: {reason}"
        self.failures.append(line)
        if not is_grave:
            self.unread.append(line)

    def add_outage(self, outage: Outage) -> None:
        """Add a source that gave no list at all."""
        self.outages.append(outage)
        self.failures.append(str(outage))

    def add_storage_failure(self, error: StorageError, *, what: str = "") -> None:
        """Add a failure of the database, with ``what`` could not be stored."""
        self.failures.append(f"{what}: {error}" if what else str(error))
        self.storage = str(error)

    def poll(self, at: datetime) -> Poll:
        """The result of a poll that began ``at`` that time."""
        failures, unread, outages = tuple(self.failures), tuple(self.unread), tuple(self.outages)
        each = self.by_source.values()
        return Poll(
            at,
            sum(read.lists for read in each),
            sum(read.papers for read in each),
            sum(read.new for read in each),
            max((read.newest for read in each if read.newest), default=None),
            self.skipped,
            failures,
            unread,
            outages,
            self.storage,
            self.nonsense,
            self.by_source,
        )


class Poller:
    """Reads lists from sources into a store."""

    def __init__(
        self,
        sources: Sequence[PaperSource],
        papers: PaperStore,
        *,
        lookback_days: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make a poller.

        Args:
            sources: Where papers come from.
            papers: Where papers are stored.
            lookback_days: How many days a list stays open after its day.
            clock: Seconds since some moment.
        """
        self._sources = tuple(sources)
        self._papers = papers
        self._lookback = timedelta(days=lookback_days)
        self._clock = clock
        self._broken: dict[str, set[date]] = {}
        self._down_since: dict[str, datetime] = {}
        self._has_answered: set[str] = set()

    async def poll(self, *, now: datetime) -> Poll:
        """Read the lists that are due, for `LONGEST_READING`, and report failures in the result.

        A list that fails does not affect the others, but a source that is unreachable is not asked for more.
        """
        tally = self._tally()
        await asyncio.gather(*(self._poll_source(source, now, tally) for source in self._sources))
        return tally.poll(now)

    async def backfill(self, span: timedelta, *, now: datetime, on_day: Callable[[date], None]) -> Poll:
        """Read every list of the days up to ``span`` ago, due or not; ``on_day`` is called when a day is done."""
        tally = self._tally()
        unreachable: set[str] = set()
        for day in days_until(now.date(), span):
            for source in self._sources:
                if source.name in unreachable:
                    continue
                try:
                    await self._read(source, day, now, tally)
                except SourceUnreachable as error:
                    unreachable.add(source.name)
                    tally.failures.append(f"{source.name} cannot be reached: {error}")
                except SourceError as error:
                    tally.failures.append(f"{source.name}, list of {day}: {error}")
            on_day(day)
        return tally.poll(now)

    def _tally(self) -> Tally:
        return Tally({source.name: SourceRead() for source in self._sources})

    async def _poll_source(self, source: PaperSource, now: datetime, tally: Tally) -> None:
        try:
            last_read = await asyncio.to_thread(self._papers.last_read, source.name, since=now.date() - HORIZON)
        except StorageError as error:
            tally.add_storage_failure(error)
            return
        last = self._clock() + LONGEST_READING.total_seconds()
        broken = self._broken.setdefault(source.name, set())
        due = [
            day
            for day in days_until(now.date(), HORIZON)
            if is_due(last_read.get(day), day, now, self._lookback, source.rhythm)
        ]
        failed: dict[date, str] = {}
        read = 0
        # Earliest first, since a paper keeps the day of the first list that it was read on.
        for day in sorted(due, key=lambda day: (day in broken, day)):
            if self._clock() > last:
                break
            try:
                read += await self._read(source, day, now, tally)
                broken.discard(day)
            except SourceError as error:
                failed[day] = str(error)
                broken.add(day)
                if isinstance(error, SourceUnreachable):
                    break
        if failed and not read:
            tally.add_outage(self._outage(source.name, failed, last_read, now))
            return
        self._down_since.pop(source.name, None)
        if read:
            self._has_answered.add(source.name)
        for reason in dict.fromkeys(failed.values()):
            days = [day for day, error in failed.items() if error == reason]
            tally.add_failures(source.name, days, reason, is_grave=now.date() in days)

    def _outage(
        self, source: str, failed: Mapping[date, str], last_read: Mapping[date, datetime], now: datetime
    ) -> Outage:
        # After a restart nobody knows when the outage began, except that it was after the last list was read.
        began = now if source in self._has_answered else min(now, max(last_read.values(), default=now))
        since = self._down_since.setdefault(source, began)
        return Outage(source, since, next(iter(failed.values())))

    async def _read(self, source: PaperSource, day: date, now: datetime, tally: Tally) -> bool:
        """Read and store a list; return whether there was one, which there may not be yet.

        Raises:
            SourceError: The source should have given the list, but did not.
        """
        try:
            papers = await source.fetch(day)
        except NotYetListed as error:
            if now - start_of(day) > NOT_YET_GRACE:
                raise SourceError(f"{error}; is this machine's clock right?") from error
            return False
        except SourceError:
            raise
        except Exception as error:  # whatever a source's client raises costs this list alone
            log.exception("Unexpected error while reading the list of %s from %s", day, source.name)
            raise SourceError(f"unexpected error ({type(error).__name__})") from error
        try:
            tally.add(source.name, papers, await asyncio.to_thread(self._papers.save, source.name, papers, at=now))
        except StorageError as error:
            tally.add_storage_failure(error, what=f"{source.name}, list of {day}")
        return True
