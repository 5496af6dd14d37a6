"""arXiv as a source of papers: what its categories announce each day, and single papers."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

import httpx

from adapters.connections import http_client
from adapters.sources.arxiv.announcements import day_in_new_york
from adapters.sources.arxiv.answers import TRIES, Asking
from adapters.sources.arxiv.lists import papers_of
from adapters.sources.arxiv.oai import Harvest, Records
from adapters.sources.arxiv.pacing import Pacing
from adapters.sources.arxiv.rss import Announced, Feeds
from bot.domain import Paper, PaperList, Skipped
from bot.errors import NotYetListed, SourceError, SourceUnreachable
from bot.ports.source import Rhythm
from bot.text.paper_links import ARXIV_ID

FOREIGN = 3
"""If at least so many records all make no sense, the format has changed."""

DEADLINE = 900.0
"""Seconds that a list may take in all: some categories of a busy day, at a request in three seconds."""

PATIENCE = 10.0
"""Seconds that a single paper may take in all, since somebody waits for it."""

TIMEOUT = httpx.Timeout(60, connect=10)
"""A page of records takes arXiv some seconds to put together."""

RHYTHM = Rhythm(read_every=timedelta(hours=1), again_after=(timedelta(hours=1), timedelta(hours=25)), counts_grow=False)
"""arXiv announces once a day, and afterwards changes single records. A list is read when its day is over by all clocks,
while its feeds are still there: they end at midnight in New York, at 04:00 or 05:00 UTC. A day later it is read again,
since records may come late."""

log = logging.getLogger(__name__)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Arxiv:
    """See `PaperSource`.

    Papers come from its records (OAI-PMH), and its feeds (RSS) tell which of them are new. Without a feed, the records
    alone tell it nearly as well: of days past, or while the feeds cannot be read.
    """

    name = "arxiv"
    rhythm = RHYTHM

    def __init__(
        self,
        categories: Sequence[str],
        *,
        oai_url: str,
        rss_url: str,
        tries: int = TRIES,
        pacing: Pacing | None = None,
        chance: Callable[[], float] = random.random,
        now: Callable[[], datetime] = _utc_now,
        timeout: httpx.Timeout = TIMEOUT,
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            categories: Categories or archives, as arXiv writes them.
            oai_url: The address of the records.
            rss_url: The address of the feeds.
            tries: How often something is asked for before arXiv counts as unreachable.
            pacing: Gives turns to requests; None for one of its own.
            chance: Random numbers, 0 … 1, for the pauses between tries.
            now: The time.
            timeout: How long to wait for a connection, and for each part of an answer.

        Raises:
            ConfigError: An address cannot be used, or the proxy or certificates of the environment.
        """
        self._categories = tuple(dict.fromkeys(categories))
        self._now = now
        paced = pacing or Pacing()
        # Connections are not kept: the next request may go to the other address, and arXiv wants one connection.
        limits = httpx.Limits(max_connections=1, max_keepalive_connections=0)

        def asking(url: str, setting: str) -> Asking:
            client = http_client(url, setting, timeout=timeout, limits=limits)
            return Asking(client, setting, paced, now=now, tries=tries, chance=chance)

        self._at_oai = asking(oai_url, "sources.arxiv.oai_url")
        self._at_rss = asking(rss_url, "sources.arxiv.rss_url")
        self.records = Records(oai_url, self._at_oai)
        self.feeds = Feeds(rss_url, self._at_rss, paced.clock)
        self._without_feed = date.min
        self._logged: deque[tuple[date, Skipped]] = deque(maxlen=200)

    async def fetch(self, day: date) -> PaperList:
        """Read the list of ``day``; see `PaperSource.fetch`."""
        is_over = day < self._now().date()
        if day > self._now().date():
            raise NotYetListed("it has no list of that day yet")
        try:
            async with asyncio.timeout(DEADLINE):
                announced = await self._announced(day)
                harvest = Harvest()
                for category in self._categories:
                    harvest |= await self.records.changed_on(day, category, is_over=is_over)
        except TimeoutError as error:
            raise SourceUnreachable(f"its list did not arrive within {DEADLINE:g} seconds") from error
        skipped = sorted(harvest.skipped, key=str)
        if len(skipped) >= FOREIGN and not harvest.records:
            # Not stored as an empty list, so that it is read again once Paperwire understands the records.
            raise SourceError(f"none of its {len(skipped)} records makes sense ({skipped[0].reason})")
        self._log(day, skipped)
        papers = papers_of(day, harvest.records.values(), announced, awaits_feed=not is_over)
        return PaperList(day, tuple(papers), tuple(skipped))

    async def paper(self, paper_id: str) -> Paper | None:
        """Look up a paper by its id; see `PaperSource.paper`."""
        if not ARXIV_ID.fullmatch(paper_id):
            return None
        try:
            async with asyncio.timeout(PATIENCE):
                record = await self.records.record(paper_id, longest=PATIENCE)
        except TimeoutError as error:
            raise SourceUnreachable(f"it did not answer within {PATIENCE:g} seconds") from error
        if record and record.paper.id != paper_id:
            raise SourceError("it answers with another paper")
        return record.paper if record else None

    async def aclose(self) -> None:
        """Close its connections."""
        await self._at_oai.aclose()
        await self._at_rss.aclose()

    async def _announced(self, day: date) -> Announced | None:
        """What the feeds say of that day; None where they say nothing, be it that they cannot be read."""
        if day_in_new_york(self._now()) != day:
            return None
        try:
            return await self.feeds.announced(day, self._categories)
        except SourceError as error:
            if self._without_feed != day:
                self._without_feed = day
                log.warning("Could not read what arXiv announces on %s: %s", day, error)
            return None

    def _log(self, day: date, skipped: Sequence[Skipped]) -> None:
        """Log records that were left out, each once."""
        for record in skipped:
            if (day, record) not in self._logged:
                self._logged.append((day, record))
                log.warning("Left a record of the list of %s out (id %r): %s", day, record.id, record.reason)
