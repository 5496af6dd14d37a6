"""The gateway of a loopback Discord: https://discord.com/developers/docs/events/gateway."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.servers.discord.world import Payload, World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11

PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15)
"""Privileged intents: members, presences, message content."""


@dataclass(slots=True)
class Session:
    """The events that were sent to one shard, to be sent again when it resumes."""

    shard: tuple[int, int]
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    told: list[Payload] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None


@dataclass(slots=True)
class Gateway:
    """The gateway.

    Attributes:
        world: Where events come from.
        url: Where it is, once the server listens.
        heartbeat_ms: What HELLO asks for.
        is_down: Whether connections are refused.
        is_hanging: Whether connections are never answered.
        awaited: How many connections were not answered.
        over: Set when the server stops.
        close_code: What IDENTIFY is answered with instead of READY; 0 for READY.
        sessions: By id.
        identified: The data of every IDENTIFY.
        resumed: How often a session was resumed.
        beats: How many heartbeats arrived.
        on_ready: Called when a shard is ready.
    """

    world: World
    url: str = ""
    heartbeat_ms: int = 41_250
    is_down: bool = False
    is_hanging: bool = False
    awaited: int = 0
    over: asyncio.Event = field(default_factory=asyncio.Event)
    close_code: int = 0
    sessions: dict[str, Session] = field(default_factory=dict)
    identified: list[Payload] = field(default_factory=list)
    resumed: int = 0
    beats: int = 0
    on_ready: list[Callable[[], Any]] = field(default_factory=list)

    @property
    def is_heard(self) -> bool:
        """Whether a client is connected and ready."""
        return any(session.socket is not None and not session.socket.closed for session in self.sessions.values())

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection."""
        if self.is_hanging:
            self.awaited += 1
            await self.over.wait()
        if self.is_down or self.over.is_set():
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        session: Session | None = None
        with contextlib.suppress(ConnectionError):
            await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": self.heartbeat_ms}})
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    session = await self._hear(socket, json.loads(message.data), session)
        if session is not None and session.socket is socket:
            session.socket = None
        return socket

    async def tell(self, event: str, data: Any) -> None:  # noqa: ANN401 - whatever the event carries
        """Send an event to every session of its shard, now or when it resumes."""
        guild_id = data.get("guild_id") or (data.get("id") if event.startswith("GUILD_") else None)
        for session in list(self.sessions.values()):
            number, count = session.shard
            if (int(guild_id or 0) >> 22) % count == number:
                await self._tell(session, event, data)

    async def lose(self, *, code: int = 0, op: int = 0, resumable: bool = True) -> None:
        """Lose every connection: with a close code, with op 7 or 9, or without a word."""
        for session in list(self.sessions.values()):
            socket, session.socket = session.socket, None
            if not resumable:
                self.sessions.pop(session.id, None)
            if socket is None:
                continue
            if op:
                await socket.send_json({"op": op, "d": resumable if op == INVALID else None})
            elif code:
                await socket.close(code=code)
            elif socket._req is not None and socket._req.transport is not None:  # noqa: SLF001 - no public way
                socket._req.transport.abort()  # noqa: SLF001 - the same

    async def _hear(self, socket: web.WebSocketResponse, heard: Payload, session: Session | None) -> Session | None:
        data = heard.get("d")
        match heard["op"]:
            case 1:
                self.beats += 1
                await socket.send_json({"op": ACK})
            case 2:
                return await self._identify(socket, data or {})
            case 6:
                return await self._resume(socket, data or {})
        return session

    async def _identify(self, socket: web.WebSocketResponse, data: Payload) -> Session | None:
        self.identified.append(data)
        refusal = self.close_code or (4004 if data["token"] != self.world.token else 0)
        refusal = refusal or (4014 if data["intents"] & PRIVILEGED else 0)
        if refusal:
            await socket.close(code=refusal)
            return None
        number, count = data.get("shard", (0, 1))
        session = Session((number, count), socket=socket)
        self.sessions = {key: other for key, other in self.sessions.items() if other.shard != session.shard}
        self.sessions[session.id] = session
        guilds = [known for known in self.world.guilds.values() if (int(known["id"]) >> 22) % count == number]
        ready = {
            "v": 10,
            "user": self.world.bot,
            "guilds": [{"id": guild["id"], "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": [number, count],
            "application": {"id": self.world.app_id, "flags": 0},
        }
        await self._tell(session, "READY", ready)
        for guild in guilds:
            await self._tell(session, "GUILD_CREATE", self.world.full_guild(guild))
        self._ready()
        return session

    async def _resume(self, socket: web.WebSocketResponse, data: Payload) -> Session | None:
        session = self.sessions.get(data["session_id"])
        if session is None:
            await socket.send_json({"op": INVALID, "d": False})
            return None
        self.resumed += 1
        session.socket = socket
        for told in session.told[data["seq"] :]:
            await socket.send_json(told)
        await self._tell(session, "RESUMED", {})
        self._ready()
        return session

    def _ready(self) -> None:
        for call in self.on_ready:
            call()

    async def _tell(self, session: Session, event: str, data: Any) -> None:  # noqa: ANN401
        told = {"op": DISPATCH, "t": event, "s": len(session.told) + 1, "d": data}
        session.told.append(told)
        if session.socket is not None:
            with contextlib.suppress(ConnectionError):
                await session.socket.send_json(told)
