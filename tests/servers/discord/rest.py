"""The REST API of a loopback Discord: https://discord.com/developers/docs/reference."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from aiohttp import web

from tests.servers.discord.answers import Limited, Refused, as_json, refuse_wrong, registered, verbatim, without_nonce
from tests.servers.discord.gateway import Gateway
from tests.servers.discord.world import (
    DM,
    EMBED,
    FORUM,
    HISTORY,
    MANAGE_THREADS,
    SEND,
    SEND_IN_THREADS,
    THREAD,
    VIEW,
    Payload,
    World,
    a_user,
    edit_message,
    wrong_tags,
)


@dataclass(slots=True)
class Rest:
    """All routes except those of interactions.

    Attributes:
        faults: What the next requests meet whose method and path begin so: see `_fault`.
        requests: What was asked for: method and path, and the payload.
        limit: How many messages a channel takes within ``window`` seconds.
    """

    world: World
    gateway: Gateway
    faults: deque[tuple[str, str]] = field(default_factory=deque)
    requests: list[tuple[str, Any]] = field(default_factory=list)
    limit: int = 50
    window: float = 5.0
    shards: int = 1
    endpoint_url: str | None = None
    _posted: dict[str, list[float]] = field(default_factory=dict)

    def routes(self) -> list[web.RouteDef]:
        """The routes and their handlers."""
        return [
            web.get("/api/v10/users/@me", self._me),
            web.get("/api/v10/users/@me/guilds", self._my_guilds),
            web.get("/api/v10/oauth2/applications/@me", self._application),
            web.get("/api/v10/gateway/bot", self._gateway_bot),
            web.get("/api/v10/applications/{app}/commands", self._commands),
            web.put("/api/v10/applications/{app}/commands", self._set_commands),
            web.get("/api/v10/guilds/{guild}", self._guild),
            web.get("/api/v10/guilds/{guild}/members/{user}", self._member),
            web.get("/api/v10/guilds/{guild}/threads/active", self._active_threads),
            web.get("/api/v10/channels/{channel}", self._channel),
            web.get("/api/v10/channels/{channel}/messages", self._history),
            web.get("/api/v10/channels/{channel}/messages/{message}", self._message),
            web.post("/api/v10/channels/{channel}/messages", self._post),
            web.post("/api/v10/users/@me/channels", self._direct),
            web.patch("/api/v10/channels/{channel}/messages/{message}", self._edit),
            web.post("/api/v10/channels/{channel}/threads", self._begin_thread),
            web.get("/api/v10/channels/{channel}/threads/archived/public", self._archived_threads),
        ]

    @web.middleware
    async def in_between(self, request: web.Request, handler: Any) -> web.StreamResponse:  # noqa: ANN401 - aiohttp's
        """Record the request, let it meet its fault, refuse wrong tokens, and answer errors as Discord does."""
        text = f"{request.method} {request.path.removeprefix('/api/v10')}"
        body = await request.read()
        self.requests.append((text, json.loads(body) if body else None))
        fault = next((planned for planned in self.faults if text.startswith(planned[0])), None)
        if fault:
            self.faults.remove(fault)
        meeting = fault[1] if fault else ""
        try:
            if not meeting or meeting.startswith("after "):
                if request.path.startswith("/api/v10/") and not request.path.startswith(
                    ("/api/v10/interactions", "/api/v10/webhooks")
                ):
                    self._let_in(request)
                answered: web.StreamResponse = await handler(request)
                if not meeting:
                    return answered
            return await self._fault(request, meeting.removeprefix("after "))
        except Refused as refused:
            return as_json(refused.body, status=refused.status, headers=refused.headers)

    async def _fault(self, request: web.Request, fault: str) -> web.StreamResponse:
        """``503``, ``403 50013``, ``429 1.5`` (seconds), ``429 html``, ``400 json {}``, ``drop``, ``hang``.

        Each also as ``after …``: the request is carried out, and then meets the fault.
        """
        word, _, more = fault.partition(" ")
        if word in {"drop", "hang"}:
            if word == "hang":
                await self.gateway.over.wait()
            if request.transport is not None:  # else the client has gone
                request.transport.abort()
            return web.Response()
        if more.startswith("json "):
            return verbatim(more.removeprefix("json "), status=int(word))
        if more == "html":
            headers = {"Location": str(request.rel_url), "Content-Type": "text/html"}
            return web.Response(body=b"<html>Banned</html>", status=int(word), headers=headers)
        if word == "429":
            raise Limited(float(more))
        if word == "50035":
            errors: Payload = {"_errors": [{"code": "URL_TYPE_INVALID_URL", "message": "Not a well formed URL."}]}
            for part in reversed(more.split(".")):
                errors = {part: errors}
            raise Refused(400, 50035, errors)
        if more:
            raise Refused(int(word), int(more))
        return as_json({"message": f"{word}: {HTTPStatus(int(word)).phrase}", "code": 0}, status=int(word))

    def _let_in(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bot {self.world.token}":
            raise Refused(401, 0)

    async def _me(self, _request: web.Request) -> web.Response:
        return as_json(self.world.bot)

    async def _my_guilds(self, _request: web.Request) -> web.Response:
        shown = [{"id": guild["id"], "name": guild["name"], "icon": None} for guild in self.world.guilds.values()]
        return as_json([message | {"owner": False, "permissions": "0", "features": []} for message in shown])

    async def _application(self, _request: web.Request) -> web.Response:
        return as_json(
            {
                "id": self.world.app_id,
                "name": "Paperwire",
                "description": "",
                "icon": None,
                "bot_public": True,
                "bot_require_code_grant": False,
                "owner": self.world.bot,
                "verify_key": "00",
                "flags": 0,
                "interactions_endpoint_url": self.endpoint_url,
            }
        )

    async def _gateway_bot(self, _request: web.Request) -> web.Response:
        limits = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return as_json({"url": self.gateway.url, "shards": self.shards, "session_start_limit": limits})

    async def _commands(self, _request: web.Request) -> web.Response:
        return as_json(self.world.commands)

    async def _set_commands(self, request: web.Request) -> web.Response:
        own = {"application_id": self.world.app_id, "version": "1", "dm_permission": True, "nsfw": False}
        commands = registered(await request.json())
        self.world.commands = [own | command | {"id": self.world.snowflake()} for command in commands]
        return as_json(self.world.commands)

    async def _guild(self, request: web.Request) -> web.Response:
        return as_json(self._known_guild(request) | {"emojis": [], "stickers": [], "features": []})

    async def _member(self, request: web.Request) -> web.Response:
        return as_json(self.world.member(self._known_guild(request)))

    async def _channel(self, request: web.Request) -> web.Response:
        return as_json(self._visible(request))

    async def _direct(self, request: web.Request) -> web.Response:
        """https://discord.com/developers/docs/resources/user#create-dm."""
        person = (await request.json())["recipient_id"]
        for channel in self.world.channels.values():
            if channel["type"] == DM and channel["recipients"][0]["id"] == person:
                return as_json(channel)
        return as_json(self.world.add_channel(None, "", DM, recipients=[a_user(person, "ada")]))

    async def _history(self, request: web.Request) -> web.Response:
        channel = self._visible(request)
        messages = self.world.messages.get(channel["id"], [])
        if not self.world.allowed(channel) & HISTORY:
            return as_json([])
        after = int(request.query.get("after", "0"))
        limit = int(request.query.get("limit", "50"))
        newer = [message for message in messages if int(message["id"]) > after]
        page = newer[:limit] if "after" in request.query else newer[-limit:]
        return as_json([without_nonce(message) for message in reversed(page)])

    async def _message(self, request: web.Request) -> web.Response:
        return as_json(without_nonce(self._existing(request)))

    async def _post(self, request: web.Request) -> web.Response:
        channel = self._visible(request)
        payload = await request.json()
        headers = self._limited(channel["id"])
        if channel["type"] == FORUM:
            raise Refused(400, 50008)
        self._may_send(channel, payload)
        nonce = str(payload.get("nonce") or "")
        if len(nonce) > 25:
            raise Refused(400, 50035, {"nonce": {"_errors": [{"code": "NONCE_TYPE_TOO_LONG", "message": "Too long."}]}})
        known = self.world.nonces.get((channel["id"], nonce))
        if known is not None and payload.get("enforce_nonce"):
            return as_json(known, headers=headers)
        message = self.world.add_message(channel["id"], payload)
        if channel["type"] == THREAD:
            channel["thread_metadata"]["archived"] = False
        if nonce:
            message["nonce"] = nonce
            self.world.nonces[channel["id"], nonce] = message
        return as_json(message, headers=headers)

    async def _edit(self, request: web.Request) -> web.Response:
        payload = await request.json()
        message = self._existing(request)
        if self._visible(request).get("thread_metadata", {}).get("archived"):
            raise Refused(400, 50083)
        refuse_wrong(payload)
        edit_message(message, payload)
        return as_json(message)

    async def _begin_thread(self, request: web.Request) -> web.Response:
        forum = self._visible(request)
        payload = await request.json()
        self._may_send(forum, payload["message"])
        if not 1 <= len(payload["name"]) <= 100 or len(payload.get("applied_tags", [])) > 5:
            raise Refused(400, 50035, {"name": {"_errors": [{"code": "BASE_TYPE_BAD_LENGTH", "message": "1 to 100."}]}})
        if code := wrong_tags(forum, payload.get("applied_tags", [])):
            raise Refused(400, code)
        thread = self.world.add_thread(forum, payload["name"], applied_tags=payload.get("applied_tags", []))
        message = self.world.add_message(thread["id"], payload["message"], message_id=thread["id"])
        return as_json(thread | {"message": message}, status=201)

    async def _active_threads(self, request: web.Request) -> web.Response:
        return self._threads("guild_id", request.match_info["guild"], archived=False)

    async def _archived_threads(self, request: web.Request) -> web.Response:
        return self._threads("parent_id", request.match_info["channel"], archived=True)

    def _threads(self, key: str, value: str, *, archived: bool) -> web.Response:
        threads = [
            channel
            for channel in self.world.channels.values()
            if channel["type"] == THREAD
            and channel[key] == value
            and channel["thread_metadata"]["archived"] == archived
        ]
        return as_json({"threads": list(reversed(threads)), "members": [], "has_more": False})

    def _known_guild(self, request: web.Request) -> Payload:
        guild = self.world.guilds.get(request.match_info["guild"])
        if guild is None:
            raise Refused(404, 10004)
        return guild

    def _visible(self, request: web.Request) -> Payload:
        channel = self.world.channels.get(request.match_info["channel"])
        if channel is None:
            raise Refused(404, 10003)
        if not self.world.allowed(channel) & VIEW:
            raise Refused(403, 50001)
        return channel

    def _existing(self, request: web.Request) -> Payload:
        channel = self._visible(request)
        for message in self.world.messages.get(channel["id"], []):
            if message["id"] == request.match_info["message"]:
                return message
        raise Refused(404, 10008)

    def _may_send(self, channel: Payload, payload: Payload) -> None:
        allowed = self.world.allowed(channel)
        state = channel.get("thread_metadata", {})
        if state.get("locked") and not allowed & MANAGE_THREADS:
            raise Refused(403, 50083 if state["archived"] else 160005)
        needed = SEND_IN_THREADS if channel["type"] == THREAD else SEND
        needed |= EMBED if payload.get("embeds") and channel["type"] != DM else 0
        if allowed & needed != needed:
            raise Refused(403, 50013)
        refuse_wrong(payload)

    def _limited(self, channel_id: str) -> dict[str, str]:
        """The headers of a bucket: https://discord.com/developers/docs/topics/rate-limits#header-format."""
        now = asyncio.get_running_loop().time()
        posted = [at for at in self._posted.get(channel_id, []) if now - at < self.window]
        after = self.window - (now - posted[0]) if posted else self.window
        if len(posted) >= self.limit:
            raise Limited(after)
        self._posted[channel_id] = [*posted, now]
        return {
            "X-RateLimit-Bucket": "messages",
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.limit - len(posted) - 1),
            "X-RateLimit-Reset-After": f"{after:.3f}",
        }
