"""The network between the program and a server: passes requests on, loses them or their answers, kills the program."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate

import aiohttp
import yarl
from aiohttp import web

from tests.crash.answers import ELSEWHERE, ELSEWHERE_ANSWERS, HERE
from tests.crash.odds import Kind, Odds
from tests.servers.loopback import Loopback

POINTS = ("before it is processed", "processed, before it is answered", "after it is answered")
"""Where the program is killed around a request."""

FAULTS = (
    "drop before",
    "drop after",
    "500 before",
    "500 after",
    "hang before",
    "hang after",
    "reset before",
    "reset after",
    "429",
    "closed",
)
"""What can happen to a request, before the server processes it or after; ``closed`` is a refusal by the channel."""

HANG = 3.0
"""Seconds after which a request that hangs is dropped; the program gives up earlier."""

Answer = tuple[int, Mapping[str, str], bytes]

LOST: Answer = (0, {}, b"")
"""No answer at all."""

NOWHERE = "http://127.0.0.1:9"
"""Where nothing listens."""

LIST = Kind("list", "list")

OF_A_CONNECTION = {"content-length", "transfer-encoding", "connection", "date", "server"}
"""Headers that belong to one connection, and are not passed on."""


@dataclass(slots=True)
class Trouble:
    """What happens to requests during the life of one process.

    Attributes:
        number: The number of the process: requests of an earlier one are not processed any more.
        faults: The faults that the next requests of each kind meet, in order.
        kill_at: The kind, the point of `POINTS` and the ordinal of the request at which to kill the program.
        kill: Kills the program.
        met: How often requests met each fault.
        hit: Where the program was killed; "" if it was not.
        is_over: Whether the process has ended.
    """

    number: int
    faults: defaultdict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    kill_at: tuple[str, str, int] | None = None
    kill: Callable[[], None] = lambda: None
    met: Counter[str] = field(default_factory=Counter)
    hit: str = ""
    is_over: bool = False
    _seen: Counter[tuple[str, str]] = field(default_factory=Counter)

    def reach(self, kind: str, point: str) -> None:
        """Kill the program, if this is the place."""
        self._seen[kind, point] += 1
        if self.kill_at == (kind, point, self._seen[kind, point]):
            self.hit, self.is_over = f"{kind}, {point}", True
            self.kill()

    def fault(self, kind: str) -> str:
        """The fault that this request meets; "" for none."""
        faults = self.faults[kind]
        fault = faults.popleft() if faults else ""
        if fault:
            self.met[f"{kind}, {fault}"] += 1
        return fault


@dataclass(slots=True)
class Wire(Loopback):
    """A proxy in front of one server; use it as a context manager.

    Attributes:
        upstream: The server's address, without a path.
        kind_of: The kind of a request, by its method and path.
        refusal: The server's answer for the faults ``429`` and ``closed``.
        numbered: Whether paths begin with the number of the process.
        after: Called whenever a request was processed.
        ahead: How far the server's clock is ahead of the machine's, in seconds; its answers are dated by it.
        trouble: What happens to requests at present.
        odds: Which of them are answered oddly; None for none.
        leaks: How many requests brought a token to somebody else.
        under_way: How many requests are being processed.
    """

    upstream: str = ""
    kind_of: Callable[[str, str], Kind] = lambda _method, _path: LIST
    refusal: Callable[[str], Answer] = lambda _fault: (429, {"Retry-After": "0"}, b"{}")
    numbered: bool = False
    after: Callable[[], None] = lambda: None
    ahead: Callable[[], float] = lambda: 0.0
    trouble: Trouble = field(default_factory=lambda: Trouble(0))
    odds: Odds | None = None
    leaks: int = 0
    under_way: int = 0
    _session: aiohttp.ClientSession | None = None

    def url(self, path: str = "") -> str:
        """The server's address for the process with the present number."""
        return f"{self.base_url}/{self.trouble.number}{path}" if self.numbered else f"{self.base_url}{path}"

    async def _serve(self, ready: threading.Event) -> None:
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/elsewhere/{what}", self._elsewhere)
        app.router.add_route("*", "/{path:.*}", self._pass)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        async with aiohttp.ClientSession(auto_decompress=False) as self._session:
            ready.set()
            await self._stop.wait()
            await runner.cleanup()

    async def _pass(self, request: web.Request) -> web.StreamResponse:
        trouble, path = self.trouble, request.raw_path
        body = await request.read()
        if self.numbered:
            _, number, path = path.split("/", 2)
            path = f"/{path}"
            if int(number) != trouble.number:
                return _lose(request)
        if trouble.is_over:
            return _lose(request)
        kind = self.kind_of(request.method, path.partition("?")[0])
        trouble.reach(kind.step, POINTS[0])
        answer = await self._answer(trouble, kind, request, path, body)
        if answer == LOST or trouble.is_over:
            return _lose(request)
        if isinstance(answer, bytes):
            return _say(request, self._addressed(answer, request))
        status, headers, content = answer
        response = web.Response(status=status, headers=headers, body=content)
        with contextlib.suppress(ConnectionError):  # the program may have given up
            await response.prepare(request)
            await response.write_eof()
        trouble.reach(kind.step, POINTS[2])
        return response

    async def _answer(
        self, trouble: Trouble, kind: Kind, request: web.Request, path: str, body: bytes
    ) -> Answer | bytes:
        """The answer to the program; as bytes if it is odd."""
        if trouble.is_over:
            return LOST
        fault = trouble.fault(kind.step)
        what, _, when = fault.partition(" ")
        odd = None if fault or self.odds is None else self.odds.deal(kind, path, body)
        if odd.done if odd else not fault or when == "after":
            answer = await self._forward(request, path, body)
            trouble.reach(kind.step, POINTS[1])
            if not fault and not odd:
                if self.odds:
                    self.odds.answered(kind, path, body)
                return answer
        if odd:
            return odd.answer.raw
        if what == "500":
            return 500, {"Content-Type": "text/html"}, b"<html>Oops</html>"
        if what in {"429", "closed"}:
            return self.refusal(what)
        if what == "hang":
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(HANG):
                    await self._stop.wait()
        if what == "reset" and request.transport is not None:
            connection = request.transport.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return LOST

    def _addressed(self, answer: bytes, request: web.Request) -> bytes:
        """The answer with its Location filled in: another origin, or the address that was requested."""
        elsewhere = f"{self.base_url.replace('127.0.0.1', 'localhost')}/elsewhere"
        here = f"{self.base_url}{request.raw_path}"
        return answer.replace(ELSEWHERE, elsewhere.encode()).replace(HERE, here.encode())

    async def _elsewhere(self, request: web.Request) -> web.StreamResponse:
        """Answer in somebody else's name."""
        self.leaks += "Authorization" in request.headers
        await request.read()
        return _say(request, ELSEWHERE_ANSWERS[request.match_info["what"]])

    async def _forward(self, request: web.Request, path: str, body: bytes) -> Answer:
        assert self._session is not None
        headers = {name: value for name, value in request.headers.items() if name.lower() not in {"host", "connection"}}
        self.under_way += 1
        try:
            url = yarl.URL(f"{self.upstream}{path}", encoded=True)
            async with self._session.request(request.method, url, headers=headers, data=body) as answer:
                content = await answer.read()
                self.after()
        finally:
            self.under_way -= 1
        kept = {name: value for name, value in answer.headers.items() if name.lower() not in OF_A_CONNECTION}
        kept["Date"] = formatdate(time.time() + self.ahead(), usegmt=True)
        if "Link" in kept:  # to the next page, which must come by this way too
            kept["Link"] = kept["Link"].replace(self.upstream, self.base_url)
        return answer.status, kept, content


def _say(request: web.Request, answer: bytes) -> web.StreamResponse:
    """Send these bytes, and end the connection."""
    if request.transport is not None:
        request.transport.write(answer)
        request.transport.close()
    return web.Response()


def _lose(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
