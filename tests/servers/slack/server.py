"""A loopback Slack: Web API, Socket Mode, ``response_url``; strict about what it takes, and faulty on request."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any

from aiohttp import web

from tests.servers.loopback import PATIENCE, LoopbackApp
from tests.servers.slack.people import People
from tests.servers.slack.socket import Sockets
from tests.servers.slack.things import Refused, Whisper
from tests.servers.slack.workspace import Workspace


@dataclass(slots=True)
class SlackServer(LoopbackApp):
    """The server, while its context lasts; it runs in a thread of its own, and can be stopped and started meanwhile.

    Attributes:
        workspace: Channels, people and messages.
        faults: What the next calls of each method meet, in order: a word of `_fail`, or an error code; "" for nothing.
            Answers to a ``response_url`` are the method "response_url".
        outage: What every call meets, whatever the method; "" for nothing.
        retry_after: What a 429 asks for, in seconds.
        requests: Every call of the Web API: its method, its arguments and when it came.
        expired: Whether addresses for answers have expired.
    """

    workspace: Workspace = field(default_factory=Workspace)
    faults: defaultdict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    outage: str = ""
    retry_after: str = "1"
    requests: list[tuple[str, dict[str, Any], float]] = field(default_factory=list)
    expired: bool = False
    socket: Sockets = field(default_factory=Sockets)
    _places: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def api_url(self) -> str:
        """Where the Web API is."""
        return f"{self.base_url}/api/"

    @property
    def people(self) -> People:
        """The people who use it."""
        return People(self)

    def do(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something in the server's own thread."""
        asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=PATIENCE)

    def send(self, kind: str, payload: dict[str, Any]) -> str:
        """Send an envelope over the socket; return its id."""
        envelope = self.socket.envelope(kind, payload)
        self.do(self.socket.send(envelope))
        return str(envelope["envelope_id"])

    def response_url(self, channel: str, person: str) -> str:
        """A ``response_url`` for that person's action."""
        place = f"{len(self._places)}"
        self._places[place] = (channel, person)
        return f"{self.base_url}/response/{place}"

    def calls(self, method: str) -> list[dict[str, Any]]:
        """The arguments of every call of that method so far."""
        return [given for called, given, _ in self.requests if called == method]

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/response/{place}", self._response)
        app.router.add_get("/socket", self.socket.serve)
        return app

    async def _hang_up(self) -> None:
        await self.socket.drop()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method, given = request.match_info["method"], await _arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(given.pop("token", ""))
        self.requests.append((method, given, time.monotonic()))

        def work() -> web.Response:
            answer = self.workspace.call(method, token, given)
            if method == "apps.connections.open" and answer["ok"]:
                answer["url"] = f"ws://127.0.0.1:{self._port}/socket?ticket={self.socket.ticket()}"
            scopes = ",".join(sorted(self.workspace.scopes))
            headers = {"X-OAuth-Scopes": scopes, "Date": formatdate(self.workspace.clock(), usegmt=True)}
            return web.json_response(answer, headers=headers)

        return await self._with_faults(method, request, work)

    async def _response(self, request: web.Request) -> web.StreamResponse:
        channel, person = self._places[request.match_info["place"]]
        given = await _arguments(request)

        def work() -> web.Response:
            if self.expired:
                return web.json_response({"ok": False, "error": "expired_url"}, status=404)
            if given.get("response_type") != "ephemeral" or given.get("replace_original") is not False:
                return web.json_response({"ok": False, "error": "not for one person alone"}, status=400)
            try:
                message = self.workspace.fit(given)
            except Refused as refused:
                self.workspace.refusals.append(refused.code)
                return web.json_response(refused.answer, status=400)
            self.workspace.whispers.append(Whisper(channel, person, str(given.get("thread_ts") or ""), message))
            return web.Response(text="ok")

        return await self._with_faults("response_url", request, work)

    async def _with_faults(
        self, method: str, request: web.Request, work: Callable[[], web.Response]
    ) -> web.StreamResponse:
        fault = self.outage or (self.faults[method].popleft() if self.faults[method] else "")
        if not fault:
            return work()
        what, _, when = fault.partition(" ")
        if when == "after":
            work()
        if what == "hang":
            await self._stop.wait()
        if what in {"hang", "drop"}:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        failed = self._failure(what)
        failed.headers["Location"] = str(request.rel_url)  # only redirects use it
        return failed

    def _failure(self, fault: str) -> web.Response:
        if fault == "429":
            answer = {"ok": False, "error": "ratelimited"}
            return web.json_response(answer, status=429, headers={"Retry-After": self.retry_after})
        if fault.isdecimal():
            return web.Response(text="<html>Oops</html>", content_type="text/html", status=int(fault))
        strange = {
            "html": web.Response(text="<html>Sign in</html>", content_type="text/html"),
            "limited": web.Response(text="<html>Slow down</html>", content_type="text/html", status=429),
            "text": web.Response(text="Sign in", content_type="text/plain"),
            "cut": web.Response(text='{"ok": tr', content_type="application/json"),
            "list": web.json_response([1]),
            "nothing": web.json_response({"ok": True}),
            "yes": web.json_response({"ok": "yes", "messages": [], "ts": "1.0"}),
        }
        return strange.get(fault) or web.json_response({"ok": False, "error": fault})


async def _arguments(request: web.Request) -> dict[str, Any]:
    """The arguments of a call: in the query, as a form, or as JSON; objects in a form are JSON."""
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        given |= await request.json()
    elif request.can_read_body:
        given |= dict(await request.post())
    for name in ("blocks", "metadata", "view"):
        if isinstance(given.get(name), str):
            given[name] = json.loads(given[name])
    return given
