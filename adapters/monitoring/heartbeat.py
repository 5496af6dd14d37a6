"""A call to a monitor after each poll, so that somebody notices when no more calls come.

As in https://healthchecks.io/docs/http_api/: the address itself after a poll that read every list; the address with
``/fail`` and the reasons after one that could not. Anybody who knows the address can call it, so it is a secret: it
never appears in the log or in errors.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable

import httpx

from adapters.connections import http_client
from bot.domain.polls import Poll
from bot.text.shorten import shorten

PATIENCE = 10.0
"""Seconds that a call may take."""

GRACE = 3.0
"""Seconds that the last call may still take when the service stops."""

LONGEST_REASON, MOST_REASONS = 300, 10
"""Characters of a reason, and how many reasons are sent."""

log = logging.getLogger(__name__)


class Heartbeat:
    """Calls the monitor about the latest poll. Of polls that end during a call, only the last one is reported."""

    def __init__(self, url: str) -> None:
        """Prepare; nothing is sent yet.

        Raises:
            ConfigError: The address cannot be used, or the proxy or certificates of the environment.
        """
        self._client = http_client(url, "heartbeat.url", timeout=PATIENCE)
        self._url = httpx.URL(url)
        self._latest: Poll | None = None
        self._news = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._trouble = ""

    def tell(self, poll: Poll) -> None:
        """Call the monitor in the background."""
        self._latest = poll
        self._idle.clear()
        self._news.set()

    async def run(self) -> None:
        """Call until cancelled."""
        async with self._client as client:
            while True:
                await self._news.wait()
                self._news.clear()  # before the call: a poll that ends during it sets this again
                if self._latest is not None:
                    self._note(await self._call(client, self._latest))
                if not self._news.is_set():
                    self._idle.set()

    async def settle(self, grace: float) -> None:
        """Wait until every call is done, at most ``grace`` seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(grace):
                await self._idle.wait()

    async def _call(self, client: httpx.AsyncClient, poll: Poll) -> str:
        """Report the poll; return what went wrong, "" if nothing did."""
        reasons = "\n".join(shorten(reason, LONGEST_REASON) for reason in poll.failures[:MOST_REASONS])
        url = self._url.copy_with(path=f"{self._url.path.rstrip('/')}/fail") if reasons else self._url
        try:
            async with (
                asyncio.timeout(PATIENCE),
                client.stream("POST" if reasons else "GET", url, content=reasons or None) as answer,
            ):
                return "" if answer.is_success else f"it answers {answer.status_code}"
        except TimeoutError:
            return "it did not answer in time"
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return f"it cannot be reached ({type(error).__name__})"

    def _note(self, trouble: str) -> None:
        """Log a trouble when it begins or changes, and when it is over."""
        if trouble and trouble != self._trouble:
            log.warning("Could not call the monitor at heartbeat.url: %s", trouble)
        elif self._trouble and not trouble:
            log.info("The monitor at heartbeat.url can be called again")
        self._trouble = trouble


@contextlib.asynccontextmanager
async def beating(url: str, *, grace: float = GRACE) -> AsyncIterator[Callable[[Poll], None]]:
    """Give a function that reports a poll to the monitor, while the context lasts; without ``url`` it does nothing.

    At the end, the last call may still take at most ``grace`` seconds.
    """
    if not url:
        yield lambda _: None
        return
    heartbeat = Heartbeat(url)
    calling = asyncio.create_task(heartbeat.run())
    try:
        yield heartbeat.tell
        await heartbeat.settle(grace)
    finally:
        calling.cancel()
        await asyncio.wait([calling])
