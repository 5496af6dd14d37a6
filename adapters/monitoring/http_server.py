"""``/healthz`` and ``/metrics`` over HTTP, for containers and monitors."""

from __future__ import annotations

import contextlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from aiohttp import web

from adapters.monitoring.bounded_server import WAITING, BoundedServer
from bot import SERVER
from bot.errors import ConfigError

Page = tuple[bytes, str]
"""A body and its content type."""

LONGEST_FAREWELL = 1.0
"""Seconds that answers may still take when the service stops."""


@contextlib.asynccontextmanager
async def serve_http(
    host: str, port: int, troubles: Callable[[], Sequence[str]], metrics: Callable[[str], Awaitable[Page]]
) -> AsyncIterator[str]:
    """Answer while the context lasts.

    ``/healthz`` is 200 without ``troubles``, else 503 with a line for each.

    Args:
        host: The address to listen on.
        port: The port; 0 for any free one.
        troubles: Returns what is wrong at present, a line each.
        metrics: Returns the page ``/metrics`` for a header ``Accept``.

    Yields:
        The address: ``http://127.0.0.1:8080``.

    Raises:
        ConfigError: The address is not free, or not ours.
    """

    async def answer(request: web.BaseRequest) -> web.Response:
        if request.method not in {"GET", "HEAD"}:
            return web.Response(status=405, headers={"Allow": "GET, HEAD"})
        match request.path:
            case "/healthz":
                wrong = troubles()
                return web.Response(text="\n".join(wrong or ["ok"]) + "\n", status=503 if wrong else 200)
            case "/metrics":
                body, content_type = await metrics(request.headers.get("Accept", ""))
                return web.Response(body=body, headers={"Content-Type": content_type})
        return web.Response(text="Try /healthz or /metrics.\n", status=404)

    async def signed(request: web.BaseRequest) -> web.Response:
        response = await answer(request)
        response.headers["Server"] = SERVER
        return response

    runner = web.ServerRunner(BoundedServer(signed), shutdown_timeout=LONGEST_FAREWELL)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port, backlog=WAITING)
        try:
            await site.start()
        except OSError as error:
            why = os.strerror(error.errno or 0)
            raise ConfigError(
                f"http.host, http.port: cannot listen on {host}:{port} ({why}). Port 0 takes any that is free."
            ) from error
        bound_host, bound_port = runner.addresses[0][:2]
        yield f"http://{f'[{bound_host}]' if ':' in bound_host else bound_host}:{bound_port}"
    finally:
        await runner.cleanup()
