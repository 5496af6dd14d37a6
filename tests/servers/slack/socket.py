"""A loopback Slack's Socket Mode: envelopes go out as soon as somebody is connected, and acknowledgements are timed."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

IN_TIME = 3.0
"""Seconds within which Slack wants an envelope acknowledged: https://docs.slack.dev/apis/events-api/."""


@dataclass(slots=True)
class Ack:
    """An acknowledgement: the seconds until it came, and its payload."""

    seconds: float
    payload: dict[str, Any]


@dataclass(slots=True)
class Sockets:
    """Everything sent and acknowledged over all connections.

    Attributes:
        acks: Every acknowledgement, by its envelope's id.
        connected: How often somebody connected.
        tickets: Addresses that were given out and not used yet.
        broken: Whether connections are turned away.
        disabled: Whether Socket Mode is off.
    """

    acks: dict[str, Ack] = field(default_factory=dict)
    connected: int = 0
    tickets: set[str] = field(default_factory=set)
    broken: bool = False
    disabled: bool = False
    _sent: dict[str, float] = field(default_factory=dict)
    _waiting: deque[dict[str, Any]] = field(default_factory=deque)
    _open: list[web.WebSocketResponse] = field(default_factory=list)
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    def ticket(self) -> str:
        """A new ticket, valid for one connection."""
        ticket = f"ticket-{next(self._numbers)}"
        self.tickets.add(ticket)
        return ticket

    def envelope(self, kind: str, payload: dict[str, Any]) -> dict[str, Any]:
        """A new envelope."""
        return {
            "type": kind,
            "envelope_id": f"envelope-{next(self._numbers)}",
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }

    async def send(self, envelope: dict[str, Any]) -> None:
        """Send it as soon as somebody is connected."""
        self._waiting.append(envelope)
        await self._flush()

    async def drop(self) -> None:
        """Cut every connection without a close frame."""
        for connection in self._open:
            transport = connection._req.transport if connection._req else None  # noqa: SLF001 - aiohttp offers no other way
            if transport:
                transport.abort()

    async def disconnect(self, reason: str) -> None:
        """Announce the end of every connection, as Slack does every few hours."""
        for connection in list(self._open):
            await connection.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "localhost"}})

    async def close(self) -> None:
        """Close every connection."""
        for connection in list(self._open):
            await connection.close(code=WSCloseCode.GOING_AWAY)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """A connection."""
        ticket = request.query.get("ticket", "")
        if self.broken or ticket not in self.tickets:
            return web.Response(status=503 if self.broken else 401)
        self.tickets.remove(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if self.disabled:
            await socket.send_json({"type": "disconnect", "reason": "link_disabled"})
            await socket.close()
            return socket
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0PAPERWIRE"}})
        self._open.append(socket)
        self.connected += 1
        await self._flush()
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                self._acknowledge(json.loads(message.data))
        self._open.remove(socket)
        return socket

    def _acknowledge(self, text: dict[str, Any]) -> None:
        envelope_id = text["envelope_id"]
        self.acks[envelope_id] = Ack(time.monotonic() - self._sent[envelope_id], text.get("payload") or {})

    async def _flush(self) -> None:
        while self._waiting and self._open:
            envelope = self._waiting.popleft()
            self._sent[envelope["envelope_id"]] = time.monotonic()
            try:
                await self._open[-1].send_json(envelope)
            except (ConnectionError, asyncio.CancelledError):
                self._waiting.appendleft(envelope)
                return
