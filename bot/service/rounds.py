"""What is done again and again: each kind of work in a task of its own, never twice at once."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Round:
    """Work that is done on schedule.

    Attributes:
        work: Does it once.
        every: From one time to the next.
        first: When it is done for the first time; None: after ``every``.
        jitter: By how much each time is moved, at random.
        began: Is told when the next time will be, each time that it is due.
    """

    work: Callable[[], Awaitable[object]]
    every: timedelta
    first: datetime | None = None
    jitter: timedelta = timedelta()
    began: Callable[[datetime], None] = lambda _: None


@contextlib.contextmanager
def scheduled(rounds: Sequence[Round]) -> Iterator[list[asyncio.Task[None]]]:
    """Do the rounds, each in one of the tasks that are given; whoever asked cancels them, and waits for their end."""
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": None})
    tasks = []
    for each in rounds:
        due = asyncio.Event()
        _ring(scheduler, each, due)
        tasks.append(asyncio.create_task(_whenever(due, each.work)))
    scheduler.start()
    try:
        yield tasks
    finally:
        scheduler.shutdown(wait=False)


def _ring(scheduler: AsyncIOScheduler, each: Round, due: asyncio.Event) -> None:
    """Let the scheduler set the event alone, so that whatever that sets off is ours to cancel and to await."""

    async def ring() -> None:
        due.set()
        each.began(job.next_run_time)

    seconds, jitter = each.every.total_seconds(), each.jitter.total_seconds()
    when = {} if each.first is None else {"next_run_time": each.first}
    job = scheduler.add_job(ring, IntervalTrigger(seconds=seconds, jitter=jitter or None, timezone=UTC), **when)


async def _whenever(due: asyncio.Event, work: Callable[[], Awaitable[object]]) -> None:
    """Do the work each time it is due; what falls due meanwhile is one time.

    An error that nobody foresaw costs that one time; health tells when it goes on.
    """
    while True:
        await due.wait()
        due.clear()
        try:
            await work()
        except Exception:
            log.exception("Something that is done on schedule broke off; it is done again when it is due")
