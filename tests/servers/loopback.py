"""A server on a free port of loopback, in a thread of its own, so that a subprocess can use it too."""

from __future__ import annotations

import asyncio
import threading
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

PATIENCE = 30.0
"""Seconds that starting may take."""


@dataclass(slots=True)
class Loopback(ABC):
    """The server, while its context lasts.

    Attributes:
        base_url: Where it is, once it has started.
    """

    base_url: str = ""
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _thread: threading.Thread | None = None
    _stop: asyncio.Event = field(default_factory=asyncio.Event)

    def __enter__(self) -> Self:
        """Start."""
        ready = threading.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(ready),))
        self._thread.start()
        if not ready.wait(timeout=PATIENCE):
            raise RuntimeError("the server did not start")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop."""
        self._loop.call_soon_threadsafe(self._stop.set)
        if self._thread:
            self._thread.join()
        self._loop.close()

    @abstractmethod
    async def _serve(self, ready: threading.Event) -> None:
        """Serve until ``_stop`` is set; say when ``base_url`` is known."""
