"""Reads lists and papers from the loopback arXiv, in time that passes by waiting alone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

import httpx

from adapters.sources.arxiv.answers import TRIES
from adapters.sources.arxiv.pacing import Pacing
from adapters.sources.arxiv.source import Arxiv
from bot.domain import Paper, PaperList
from tests.fakes.waits import Waits
from tests.servers.arxiv.server import ArxivServer

Result = TypeVar("Result")


@dataclass(slots=True)
class Reader:
    """Reads by one source.

    Attributes:
        server: From where.
        categories: Of what.
        waits: Its clock.
        tries: How often something is asked for.
        patience: Seconds that a part of an answer may take.
    """

    server: ArxivServer
    categories: Sequence[str] = ("cs.LG",)
    waits: Waits = field(default_factory=Waits)
    tries: int = TRIES
    patience: float = 5

    def source(self) -> Arxiv:
        """A source by the server's clock."""
        return Arxiv(
            self.categories,
            oai_url=self.server.oai_url,
            rss_url=self.server.rss_url,
            tries=self.tries,
            pacing=Pacing(sleep=self.waits.sleep, clock=self.waits.clock),
            chance=lambda: 0.0,
            now=self.now,
            timeout=httpx.Timeout(self.patience, connect=5),
        )

    def now(self) -> datetime:
        """The time, by the server's clock."""
        return self.server.world.now

    def with_source(self, work: Callable[[Arxiv], Awaitable[Result]]) -> Result:
        """What ``work`` gives with a source that is closed afterwards."""

        async def run() -> Result:
            source = self.source()
            try:
                return await work(source)
            finally:
                await source.aclose()

        return asyncio.run(run())

    def fetch(self, day: date | None = None) -> PaperList:
        """Read the list of that day, or today's."""
        return self.with_source(lambda source: source.fetch(day or self.now().date()))

    def listed(self, day: date | None = None) -> dict[str, date]:
        """The ids on the list of that day, or today's, and the day that each has."""
        return {paper.id: paper.list_day for paper in self.fetch(day).papers}

    def paper(self, paper_id: str) -> Paper | None:
        """Look up a paper."""
        return self.with_source(lambda source: source.paper(paper_id))
