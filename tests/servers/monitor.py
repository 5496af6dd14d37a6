"""A loopback monitor, which is called after polls."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field

from aiohttp import web

from tests.servers.loopback import PATIENCE, LoopbackApp


@dataclass(slots=True)
class Monitor(LoopbackApp):
    """The server, while its context lasts.

    Attributes:
        faults: What the next calls meet, in order: a status, or 0 for no answer at all.
        calls: What was called: method, path and body.
    """

    faults: deque[int] = field(default_factory=deque)
    calls: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address to call."""
        return f"{self.base_url}/ping/planted-secret"

    async def until(self, calls: int) -> None:
        """Wait until so many calls have come."""
        end = time.monotonic() + PATIENCE
        while len(self.calls) < calls:
            assert time.monotonic() < end, f"{len(self.calls)} calls came, not {calls}"
            await asyncio.sleep(0.01)

    def _app(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/ping/{rest:.*}", self._ping)
        return app

    async def _ping(self, request: web.Request) -> web.Response:
        body = await request.text()
        self.calls.append((request.method, request.path, body))
        fault = self.faults.popleft() if self.faults else 200
        if not fault:
            await self._stop.wait()
        return web.Response(status=fault or 200, text="OK")
