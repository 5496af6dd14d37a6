"""A loopback Discord: REST, gateway and interactions over real sockets, people to use them, and faults on request."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from email.utils import format_datetime
from typing import Any, TypeVar

from aiohttp import web

from tests.servers.discord.component_rules import TEXT_INPUT_TYPE
from tests.servers.discord.gateway import Gateway
from tests.servers.discord.interactions import Asked, Interactions, buttons_of, fields_of, options_of
from tests.servers.discord.rest import Rest
from tests.servers.discord.world import DM, FORUM, GIVEN, MANAGE_CHANNELS, TEXT, THREAD, Payload, World
from tests.servers.loopback import LoopbackApp

Result = TypeVar("Result")

TOKEN = "bot.token.of-nobody"  # noqa: S105 - of this server only


@dataclass(slots=True)
class DiscordServer(LoopbackApp):
    """The server, while its context lasts; it runs in a thread of its own, so a subprocess can use it too.

    Whatever people do is done in that thread; what they see can be read from any.
    """

    world: World = field(default_factory=lambda: World(TOKEN))
    gateway: Gateway = field(init=False)
    rest: Rest = field(init=False)
    interactions: Interactions = field(init=False)
    _waiting: deque[Callable[[], Coroutine[Any, Any, Any]]] = field(default_factory=deque)
    _tasks: set[asyncio.Task[Any]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Put the parts together."""
        self.gateway = Gateway(self.world)
        self.rest = Rest(self.world, self.gateway)
        self.interactions = Interactions(self.world)
        self.gateway.on_ready.append(self._catch_up)

    def start(self) -> None:
        """Start, and let the REST API name the gateway."""
        LoopbackApp.start(self)
        self.gateway.url = self.gateway_url

    @property
    def api_url(self) -> str:
        """Where REST requests go."""
        return f"{self.base_url}/api/v10"

    @property
    def gateway_url(self) -> str:
        """Where the gateway is."""
        return f"{self.base_url.replace('http', 'ws', 1)}/gateway/"

    def fail(self, *faults: str, at: str = "POST /channels") -> None:
        """Let the next requests with that method and path meet these faults, one each; see `Rest`."""
        self.rest.faults.extend((at, fault) for fault in faults)

    def asked_for(self, beginning: str) -> list[Any]:
        """The payloads of all requests with that method and path."""
        return [payload for text, payload in list(self.rest.requests) if text.startswith(beginning)]

    def invite(self, name: str = "Lab", allowed: int = GIVEN, *, channels: tuple[str, ...] = ("papers",)) -> Payload:
        """Add the bot to a new server with these text channels; return the server."""
        guild = self.world.add_guild(name, allowed)
        for channel in channels:
            self.world.add_channel(guild, channel)
        self.tell("GUILD_CREATE", self._new(guild))
        return guild

    def kick(self, guild: Payload) -> None:
        """Remove the bot from the server."""
        self.world.guilds.pop(guild["id"])
        self.tell("GUILD_DELETE", {"id": guild["id"]})

    def invite_again(self, guild: Payload) -> None:
        """Add the bot to the server again."""
        self.world.guilds[guild["id"]] = guild
        self.tell("GUILD_CREATE", self._new(guild))

    def channel(self, guild: Payload | None, name: str = "", kind: int = TEXT, **more: Any) -> Payload:  # noqa: ANN401
        """A new channel."""
        made = self.world.add_channel(guild, name, DM if guild is None else kind, **more)
        if guild is not None:
            self.tell("CHANNEL_CREATE", made)
        return made

    def thread(self, parent: Payload, name: str, **more: Any) -> Payload:  # noqa: ANN401 - any field
        """A new thread."""
        made = self.world.add_thread(parent, name, **more)
        self.tell("THREAD_CREATE", made)
        return made

    def chat(self, channel: Payload, count: int) -> None:
        """Let people post so many messages; in a forum, so many posts."""

        def said() -> None:
            for number in range(count):
                place = channel
                if channel["type"] == FORUM:
                    place = self.world.add_thread(channel, f"Post {number}", owner_id=self.world.person("ben")["id"])
                self.world.add_message(place["id"], {"content": "Hello!", "author": self.world.person("ben")})

        self._in_loop(said)

    def delete(self, channel: Payload) -> None:
        """Delete a channel or thread."""
        self.world.channels.pop(channel["id"])
        self.tell("THREAD_DELETE" if channel["type"] == THREAD else "CHANNEL_DELETE", channel)

    def allow(self, guild: Payload, allowed: int) -> None:
        """Change the permissions of the bot's role."""
        guild["roles"][1]["permissions"] = str(allowed)
        self.tell("GUILD_ROLE_UPDATE", {"guild_id": guild["id"], "role": guild["roles"][1]})

    def overwrite(self, channel: Payload, *, deny: int = 0, allow: int = 0) -> None:
        """Change the bot's permissions in one channel."""
        given = {"id": self.world.app_id, "type": 1, "allow": str(allow), "deny": str(deny)}
        channel["permission_overwrites"] = [given]
        self.tell("CHANNEL_UPDATE", channel)

    def slash(self, channel: Payload, command: str, text: str = "", **who: Any) -> Asked:  # noqa: ANN401
        """Let a person use a registered command."""
        return self._do(2, self.interactions.typed(command, text), channel, **who)

    def type(self, channel: Payload, command: str, text: str) -> Asked:
        """Let a person type the start of a command's text, for choices."""
        data = self.interactions.typed(command, text)
        option = data["options"][0]
        option = option["options"][0] if option["type"] == 1 else option
        option["focused"] = True
        return self._do(4, data, channel)

    def press(self, channel: Payload, message: Payload, label: str, **who: Any) -> Asked:  # noqa: ANN401
        """Let a person press the button with that label, or choose that option in a menu."""
        for button in buttons_of(message):
            if button.get("label") == label:
                data = {"custom_id": button["custom_id"], "component_type": 2, "id": button["id"]}
                return self._do(3, data, channel, message=message, **who)
        menu, option = next(found for found in options_of(message) if found[1]["label"] == label)
        data = {"custom_id": menu["custom_id"], "component_type": 3, "id": menu["id"], "values": [option["value"]]}
        return self._do(3, data, channel, message=message, **who)

    def use_on(self, channel: Payload, command: str, message: Payload, **who: Any) -> Asked:  # noqa: ANN401
        """Let a person use a command beside a message."""
        return self._do(2, self.interactions.chosen(command, message), channel, **who)

    def submit(self, channel: Payload, asked: Asked, typed: str | dict[str, str], **who: Any) -> Asked:  # noqa: ANN401
        """Let a person submit the open form, with this in its first field or in fields by name; others stay."""
        assert asked.modal is not None
        given = typed if isinstance(typed, dict) else {only["custom_id"]: typed for only in fields_of(asked.modal)[:1]}
        filled = []
        for number, field_ in enumerate(fields_of(asked.modal)):
            name = field_["custom_id"]
            kept = field_.get("value") or next((o["value"] for o in field_.get("options", []) if o.get("default")), "")
            value = given.get(name, kept)
            inside = {"value": value} if field_["type"] == TEXT_INPUT_TYPE else {"values": [value]}
            component = {"type": field_["type"], "id": 2 * number + 2, "custom_id": name, **inside}
            filled.append({"type": 18, "id": 2 * number + 1, "component": component})
        data = {"custom_id": asked.modal["custom_id"], "components": filled}
        return self._do(5, data, channel, message=asked.message, **who)

    def when_heard(self, act: Callable[[], Any]) -> None:
        """Do something as soon as the bot is connected and its commands are registered, in order."""

        async def acted() -> None:
            act()

        self._waiting.append(acted)
        self._in_loop(self._catch_up)

    def tell(self, event: str, data: Payload) -> None:
        """Send an event over the gateway."""
        self._in_loop(lambda: self._start(self.gateway.tell(event, data)))

    def lose_gateway(self, *, code: int = 0, op: int = 0, resumable: bool = True) -> None:
        """See `Gateway.lose`."""
        self._in_loop(lambda: self._start(self.gateway.lose(code=code, op=op, resumable=resumable)))

    def _do(
        self,
        kind: int,
        data: Payload,
        channel: Payload,
        *,
        name: str = "ada",
        permissions: int = MANAGE_CHANNELS,
        message: Payload | None = None,
    ) -> Asked:
        told, asked = self.interactions.make(kind, data, channel["id"], name=name, permissions=permissions)
        asked.message = message
        if message is not None:
            told["message"] = message
        self.tell("INTERACTION_CREATE", told)
        return asked

    def _new(self, guild: Payload) -> Payload:
        """The server in the event for a bot that joins: without ``unavailable``."""
        return {key: value for key, value in self.world.full_guild(guild).items() if key != "unavailable"}

    def _catch_up(self) -> None:
        while self._waiting and self.gateway.is_heard and self.world.commands:
            self._start(self._waiting.popleft()())

    def _start(self, work: Coroutine[Any, Any, Any]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _in_loop(self, work: Callable[[], Any]) -> None:
        if threading.current_thread() is self._thread:
            work()
        else:
            self._loop.call_soon_threadsafe(work)

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[self.rest.in_between])
        app.add_routes([*self.rest.routes(), *self.interactions.routes()])
        app.router.add_get("/gateway/", self.gateway.connect)
        app.on_response_prepare.append(self._date)
        return app

    async def _date(self, _request: web.Request, answer: web.StreamResponse) -> None:
        answer.headers["Date"] = format_datetime(self.world.clock(), usegmt=True)

    async def _hang_up(self) -> None:
        self.gateway.over.set()
        await self.gateway.lose(code=1001)
