"""Repeated work: each kind in its own task, never twice at once."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.service.set_clock import UNNOTICED, SetClock

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Round:
    """Work that is done on schedule.

    Attributes:
        work: Does it once.
        every: The time from one run to the next.
        first: When it runs for the first time; None: after ``every``.
        jitter: By how much each run is moved, at random.
        began: Called when a run is due, with the time of the next one.
    """

    work: Callable[[], Awaitable[object]]
    every: timedelta
    first: datetime | None = None
    jitter: timedelta = timedelta()
    began: Callable[[datetime], None] = lambda _: None


class FromNow(IntervalTrigger):  # type: ignore[misc]  # APScheduler has no types
    """Comes an interval after it last came, however often it was missed.

    Counted from when it should have come, it would be worked out millions of times after the clock was set forward.
    """

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        """The next time after ``now``."""
        following: datetime = super().get_next_fire_time(now, now)
        return following


LOOK_EVERY = 1.0
"""Seconds between two looks whether the clock was set."""


@contextlib.contextmanager
def scheduled(
    rounds: Sequence[Round], clock: SetClock, was_set: Callable[[timedelta], Awaitable[bool]]
) -> Iterator[list[asyncio.Task[None]]]:
    """Do the rounds, each in one of these tasks; the caller cancels them and waits for them to end.

    Args:
        rounds: The rounds.
        clock: Notices when the clock is set that the rounds go by.
        was_set: Called with how far that was, and again after a moment until it returns True: then that is noted.
    """
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": None})
    tasks = [asyncio.create_task(_mind_the_clock(scheduler, clock, was_set))]
    for repeated in rounds:
        due = asyncio.Event()
        _ring(scheduler, repeated, due)
        tasks.append(asyncio.create_task(_whenever(due, repeated.work)))
    scheduler.start()
    try:
        yield tasks
    finally:
        scheduler.shutdown(wait=False)


def _ring(scheduler: AsyncIOScheduler, repeated: Round, due: asyncio.Event) -> None:
    """Let the scheduler set the event whenever the work is due, and do nothing else."""

    # As a job of its own the work could not be awaited when the service stops: the scheduler cancels its jobs without
    # waiting for them, logs each as an error, and warns whenever one takes longer than its interval.
    async def ring() -> None:
        due.set()
        repeated.began(job.next_run_time)

    seconds, jitter = repeated.every.total_seconds(), repeated.jitter.total_seconds()
    when = {} if repeated.first is None else {"next_run_time": repeated.first}
    job = scheduler.add_job(ring, FromNow(seconds=seconds, jitter=jitter or None, timezone=UTC), **when)


async def _mind_the_clock(
    scheduler: AsyncIOScheduler, clock: SetClock, was_set: Callable[[timedelta], Awaitable[bool]]
) -> None:
    """Move what is scheduled along when the clock is set back; when it is set forward, do at once what is due by then.

    The scheduler goes by the wall clock, and would stand still until that is where it was.
    """
    moved = timedelta()
    while True:
        await asyncio.sleep(LOOK_EVERY)
        by = clock.was_set()
        further = by - moved
        if abs(further) >= UNNOTICED:
            for job in scheduler.get_jobs() if further < timedelta() else ():
                job.modify(next_run_time=job.next_run_time + further)
            scheduler.wakeup()
            moved = by
        if by and await was_set(by):
            clock.note()
            moved = timedelta()


async def _whenever(due: asyncio.Event, work: Callable[[], Awaitable[object]]) -> None:
    """Do the work each time it is due; once, if it fell due several times meanwhile.

    An unforeseen error costs that one run; if it persists, health reports it.
    """
    while True:
        await due.wait()
        due.clear()
        try:
            await work()
        except Exception:
            log.exception("A scheduled task broke off; it runs again when it is next due")
