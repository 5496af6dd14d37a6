"""A call to a monitor after each poll, so that somebody notices when the calls stay away.

In the manner of https://healthchecks.io/docs/http_api/: the address itself after a poll that read every list; the
address with ``/fail`` behind it, and the reasons, after one that could not. Whoever knows the address can call it, so
it is a secret: it stands in no log line and no error.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable

import httpx

from bot import __version__
from bot.domain.polls import Poll
from bot.text.shorten import shorten

PATIENCE = 10.0
"""Seconds that a call may take."""

GRACE = 3.0
"""Seconds that the last call may still take when the service stops."""

LONGEST_REASON, MOST_REASONS = 300, 10
"""Characters of a reason, and how many are sent along."""

log = logging.getLogger(__name__)


class Heartbeat:
    """Calls the monitor about the latest poll; a poll that ends during a call is told next, those before it never."""

    def __init__(self, url: str) -> None:
        """Prepare; nobody is called yet."""
        self._url = httpx.URL(url)
        self._latest: Poll | None = None
        self._news = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._trouble = ""

    def tell(self, poll: Poll) -> None:
        """Have the monitor called; returns at once."""
        self._latest = poll
        self._idle.clear()
        self._news.set()

    async def run(self) -> None:
        """Call until cancelled."""
        headers = {"User-Agent": f"paperwire/{__version__} (self-hosted paper bot)"}
        async with httpx.AsyncClient(headers=headers, timeout=PATIENCE) as client:
            while True:
                await self._news.wait()
                self._news.clear()
                if self._latest is not None:
                    self._note(await self._call(client, self._latest))
                if not self._news.is_set():
                    self._idle.set()

    async def settle(self, grace: float) -> None:
        """Wait until nothing is left to be told, for so many seconds at most."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(grace):
                await self._idle.wait()

    async def _call(self, client: httpx.AsyncClient, poll: Poll) -> str:
        """Call about this poll; say what went wrong, "" if nothing did."""
        reasons = "\n".join(shorten(each, LONGEST_REASON) for each in poll.failures[:MOST_REASONS])
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
        """Tell the log when something else is wrong than before."""
        if trouble and trouble != self._trouble:
            log.warning("The monitor at heartbeat.url was not told of a poll: %s", trouble)
        elif self._trouble and not trouble:
            log.info("The monitor at heartbeat.url is told of polls again")
        self._trouble = trouble


@contextlib.asynccontextmanager
async def beating(url: str, *, grace: float = GRACE) -> AsyncIterator[Callable[[Poll], None]]:
    """Where to tell of polls, so that the monitor is called while the context lasts; without a ``url`` nobody is.

    What was told last is waited for at the end, for ``grace`` seconds at most.
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
