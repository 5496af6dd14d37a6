"""Looks single papers up at the sources, for commands, which run in threads beside the event loop."""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence

from bot.domain import Paper
from bot.errors import SourceError, SourceUnreachable
from bot.ports.source import PaperSource

AT_ONCE = 3
"""Papers that are looked up at a time: each takes a thread, of which the rest of the service needs some."""

LONGEST = 20.0
"""Seconds that a command waits: a bit more than the sources take at the most, one after the other."""

REST = 30.0
"""Seconds for which an unreachable source is not asked again, so that nobody waits for it in vain."""

REMEMBERED, FRESH = 200, 600.0
"""Papers that are remembered, and for how many seconds: the buttons of a card look its paper up again."""

log = logging.getLogger(__name__)


async def look_up(sources: Sequence[PaperSource], paper_id: str) -> Paper | None:
    """The paper with that id, of the first source that knows it; None if none does.

    Raises:
        SourceError: A source could not be read, and the others do not know the paper.
    """
    fault: SourceError | None = None
    for source in sources:
        try:
            if paper := await source.paper(paper_id):
                return paper
        except SourceError as error:
            fault = fault or error
    if fault:
        raise fault
    return None


class PaperLookup:
    """Looks papers up in the running event loop; called from other threads."""

    def __init__(
        self,
        sources: Sequence[PaperSource],
        loop: asyncio.AbstractEventLoop,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; ``clock`` gives monotonic seconds."""
        self._sources = sources
        self._loop = loop
        self._clock = clock
        self._turns = threading.Semaphore(AT_ONCE)
        self._guard = threading.Lock()
        self._remembered: OrderedDict[str, tuple[float, Paper | None]] = OrderedDict()
        self._rests_until = clock()
        self._open: set[concurrent.futures.Future[Paper | None]] = set()

    def __call__(self, paper_id: str) -> Paper | None:
        """The paper with that id; None if no source knows it.

        Raises:
            SourceUnreachable: The sources do not answer, or not in time; or many others are being looked up.
            SourceError: A source could not be read.
        """
        with self._guard:
            at, paper = self._remembered.get(paper_id, (-FRESH, None))
            if self._clock() - at < FRESH:
                return paper
            if self._clock() < self._rests_until:
                raise SourceUnreachable("it did not answer a moment ago")
        if not self._turns.acquire(blocking=False):
            raise SourceUnreachable("many papers are being looked up at present")
        try:
            paper = self._ask(paper_id)
        except SourceError as error:
            log.warning("Could not look up a paper: %s", error)
            if isinstance(error, SourceUnreachable):
                self._rests_until = self._clock() + REST
            raise
        finally:
            self._turns.release()
        with self._guard:
            self._remembered[paper_id] = self._clock(), paper
            if len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)
        return paper

    def close(self) -> None:
        """Give up what is being looked up, so that nothing waits for it when the service stops."""
        for future in list(self._open):
            future.cancel()

    def _ask(self, paper_id: str) -> Paper | None:
        future = asyncio.run_coroutine_threadsafe(look_up(self._sources, paper_id), self._loop)
        self._open.add(future)
        try:
            return future.result(LONGEST)
        except (TimeoutError, concurrent.futures.CancelledError) as error:
            future.cancel()
            raise SourceUnreachable("it did not answer in time") from error
        finally:
            self._open.discard(future)
