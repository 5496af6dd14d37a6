"""An HTTP server whose connections are few and short, so that nobody who holds them open costs the service anything.

Every connection takes one of the files that a process may open, 1,024 by the default of most systems, and posting
papers needs some of them too.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

MOST_CONNECTIONS = 64
"""Connections at once. One more ends the oldest: whoever asks and goes away is served, also beside many who do not."""

LONGEST_CONNECTION = 15.0
"""Seconds from connecting to the end of the answer; a large database takes a few for its metrics."""

WAITING = 32
"""Connections that the system keeps until they are taken; so many more files may be open for a moment."""

SILENT = logging.getLogger("adapters.monitoring.bad_requests")
SILENT.setLevel(logging.CRITICAL + 1)  # aiohttp would log a traceback for each request that makes no sense

log = logging.getLogger(__name__)


class BoundedServer(web.Server):
    """Answers one request on each connection, of at most `MOST_CONNECTIONS`, for `LONGEST_CONNECTION`."""

    def __init__(
        self,
        handle: Callable[[web.BaseRequest], Awaitable[web.Response]],
        *,
        most: int = MOST_CONNECTIONS,
        longest: float = LONGEST_CONNECTION,
    ) -> None:
        """Prepare; for use in a running loop. ``handle`` answers a request."""
        self._most = most
        self._longest = longest
        self._ends: dict[web.RequestHandler, tuple[asyncio.Transport, asyncio.TimerHandle]] = {}

        async def once(request: web.BaseRequest) -> web.Response:
            try:
                answer = await handle(request)
            except Exception:
                log.exception("Could not answer a request for %s", request.path)
                answer = web.Response(status=500)
            answer.force_close()
            return answer

        super().__init__(once, access_log=None, logger=SILENT, lingering_time=1.0)

    def connection_made(self, handler: web.RequestHandler, transport: asyncio.Transport) -> None:
        """Let a connection in, and the oldest one go if there are too many."""
        super().connection_made(handler, transport)
        end = asyncio.get_running_loop().call_later(self._longest, transport.abort)
        self._ends[handler] = transport, end
        if len(self._ends) > self._most:
            oldest = next(iter(self._ends))
            self._forget(oldest).abort()

    def connection_lost(self, handler: web.RequestHandler, exc: BaseException | None = None) -> None:
        """Forget a connection that has ended."""
        if handler in self._ends:
            self._forget(handler)
        super().connection_lost(handler, exc)

    def _forget(self, handler: web.RequestHandler) -> asyncio.Transport:
        transport, end = self._ends.pop(handler)
        end.cancel()
        return transport
