"""A server on a free port of loopback, in a thread of its own, so that a subprocess can use it too."""

from __future__ import annotations

import asyncio
import socket
import threading
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from aiohttp import web

PATIENCE = 30.0
"""Seconds that starting may take."""

ROUNDS = 5
"""Turns of the loop after which a connection that was accepted is known, and one that was closed has no socket."""


async def settled() -> None:
    """Wait until what was accepted is known, and what was closed is closed."""
    for _ in range(ROUNDS):
        await asyncio.sleep(0)


async def accept_no_more(listening: socket.socket) -> None:
    """Take no connection any more; a server that closes while it takes one would lose its socket."""
    asyncio.get_running_loop().remove_reader(listening)
    await settled()


@dataclass(slots=True)
class Loopback(ABC):
    """The server, while its context lasts; it can be stopped and started meanwhile.

    Attributes:
        base_url: Where it is, once it has started.
    """

    base_url: str = ""
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _thread: threading.Thread | None = None
    _stop: asyncio.Event = field(default_factory=asyncio.Event)

    def __enter__(self) -> Self:
        """Start."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()

    def start(self) -> None:
        """Start."""
        ready = threading.Event()
        if self._loop.is_closed():
            self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._run(ready),))
        self._thread.start()
        if not ready.wait(timeout=PATIENCE):
            raise RuntimeError("the server did not start")

    def stop(self) -> None:
        """Stop; every connection is lost."""
        if self._thread:
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()
            self._loop.close()
            self._thread = None

    async def _run(self, ready: threading.Event) -> None:
        await self._serve(ready)
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            for task in others:
                task.cancel()
            await asyncio.wait(others)
        await settled()

    @abstractmethod
    async def _serve(self, ready: threading.Event) -> None:
        """Serve until ``_stop`` is set; set ``ready`` once ``base_url`` is known."""


@dataclass(slots=True)
class LoopbackApp(Loopback):
    """An application of aiohttp; started again, it keeps its port."""

    _port: int = 0

    async def _serve(self, ready: threading.Event) -> None:
        runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        listening = socket.create_server(("127.0.0.1", self._port))
        await web.SockSite(runner, listening).start()
        self._port = listening.getsockname()[1]
        self.base_url = f"http://127.0.0.1:{self._port}"
        ready.set()
        await self._stop.wait()
        await accept_no_more(listening)
        await self._hang_up()
        await runner.cleanup()

    @abstractmethod
    def _app(self) -> web.Application:
        """The application, with its routes."""

    async def _hang_up(self) -> None:
        """Close connections that would outlast the requests they began with."""
