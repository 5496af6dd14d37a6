"""A service that polls a Hugging Face on loopback: the real client, and a real store."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import httpx

from adapters.sources.huggingface.source import HuggingFace
from bot.domain.polls import Poll
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.polling.due_lists import HORIZON
from bot.polling.poller import Poller
from bot.ports.stores import Stores
from bot.status import Status
from tests.builders import HERE, NOW, TODAY, subscribe
from tests.servers.huggingface import HuggingFaceServer, an_item

YESTERDAY = TODAY - timedelta(days=1)
OLDEST = TODAY - HORIZON
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


async def no_time(_seconds: float) -> None:
    """Wait without taking any time."""


@dataclass(slots=True)
class Post:
    """A service's polls and matches by a clock that is moved by hand; `restart` makes it a new process.

    Attributes:
        hub: The source.
        stores: A real store, where one channel is subscribed to everything.
        base_url: Where the source is thought to be.
        deadline: Seconds that a list may take.
        status: How the service is doing.
    """

    hub: HuggingFaceServer
    stores: Stores
    base_url: str = ""
    deadline: float = 5
    poller: Poller = field(init=False)
    status: Status = field(init=False)

    def __post_init__(self) -> None:
        """Subscribe the channel, long ago."""
        self.base_url = self.hub.base_url
        subscribe(self.stores, HERE, "*", at=NOW - 2 * HORIZON)
        self.restart(NOW)

    def restart(self, now: datetime) -> None:
        """Start again with nothing but the store."""
        self.poller = Poller([], self.stores.papers, lookback_days=3)
        self.status = Status(now, 10 * MINUTE)

    def polls(self, *moments: datetime) -> Poll:
        """Poll at these moments, with one client, and return the last poll."""

        async def run() -> list[Poll]:
            # Patience that is spent only where an answer comes, however busy the machine is.
            read = 0.05 if "hang" in self.hub.broken.values() else 5
            source = HuggingFace(
                self.base_url,
                timeout=httpx.Timeout(read, connect=5),
                deadline=self.deadline,
                sleep=no_time,
                clock=lambda: 0.0,
            )
            # The poller stays, as it does in a service; the client belongs to the loop of this call.
            self.poller._sources = (source,)  # noqa: SLF001
            try:
                return [self._polled(await self.poller.poll(now=now)) for now in moments]
            finally:
                await source.aclose()

        polls = asyncio.run(run())
        Matcher(self.stores, Glossary(self.stores.papers), now=lambda: moments[-1]).match_papers()
        return polls[-1]

    def _polled(self, poll: Poll) -> Poll:
        self.status.polled(poll)
        return poll

    def list(self, number: int, day: date = TODAY) -> None:
        """Put one more paper on the list of that day."""
        self.hub.lists.setdefault(day, []).append(an_item(f"9901.{number:05}"))

    def due(self) -> int:
        """How many papers were enqueued."""
        return self.stores.outbox.counts()["due"]

    def status_text(self) -> str:
        """What /papers status says."""
        return "\n".join(self.status.lines())


def nobody() -> str:
    """An address where nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"
