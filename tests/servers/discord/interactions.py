"""Interactions of a loopback Discord: what people do, and the answers that they get.

https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from aiohttp import web

from tests.servers.discord.answers import Refused, as_json, refuse_wrong
from tests.servers.discord.component_rules import BUTTON_TYPE, SELECT_TYPE, every
from tests.servers.discord.world import DM, MANAGE_CHANNELS, Payload, World, a_member, edit_message, now

PONG, MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 1, 4, 5, 6, 7, 8, 9

EPHEMERAL = 1 << 6


@dataclass(slots=True)
class Asked:
    """A person's action, and the answer that they see.

    Attributes:
        id: Of the interaction.
        token: What its answers are sent with.
        channel_id: Where.
        callback: The type of the first response; None before it.
        is_private: Whether the person alone sees the answer.
        answers: The messages that the person was answered with; the first is empty while the bot is thinking.
        choices: What was offered while the person typed.
        modal: What was opened.
        is_expired: Whether the interaction is unknown by now.
        message: Where it was pressed; None if it was typed.
    """

    id: str
    token: str
    channel_id: str
    callback: int | None = None
    is_private: bool = False
    answers: list[Payload] = field(default_factory=list)
    choices: list[Payload] | None = None
    modal: Payload | None = None
    is_expired: bool = False
    message: Payload | None = None

    @property
    def is_answered(self) -> bool:
        """Whether the person sees an answer."""
        return any(answer.get("content") or answer.get("components") for answer in self.answers)


@dataclass(slots=True)
class Interactions:
    """Makes interactions, and receives their answers."""

    world: World
    asked: dict[str, Asked] = field(default_factory=dict)

    def routes(self) -> list[web.RouteDef]:
        """The routes for answers."""
        return [
            web.post("/api/v10/interactions/{id}/{token}/callback", self._respond),
            web.get("/api/v10/webhooks/{app}/{token}/messages/@original", self._original),
            web.patch("/api/v10/webhooks/{app}/{token}/messages/@original", self._edit_original),
            web.post("/api/v10/webhooks/{app}/{token}", self._follow_up),
        ]

    def make(
        self, kind: int, data: Payload, channel_id: str, *, name: str = "ada", permissions: int = MANAGE_CHANNELS
    ) -> tuple[Payload, Asked]:
        """The gateway's event for a person's action, and where to see the answer."""
        channel = self.world.channels[channel_id]
        asked = Asked(self.world.snowflake(), secrets.token_hex(16), channel_id)
        self.asked[asked.token] = asked
        told: Payload = {
            "id": asked.id,
            "application_id": self.world.app_id,
            "type": kind,
            "token": asked.token,
            "version": 1,
            "data": data,
            "channel_id": channel_id,
            "channel": channel | {"permissions": str(permissions)},
            "locale": "en-GB",
            "entitlements": [],
            "attachment_size_limit": 10_000_000,
            "authorizing_integration_owners": {},
            "app_permissions": str(self.world.allowed(channel)),
        }
        person = self.world.person(name)
        if channel["type"] == DM:
            return told | {"user": person, "context": 1}, asked
        member = a_member(person, [], joined_at=now()) | {"permissions": str(permissions)}
        guild = {"id": channel["guild_id"], "locale": "en-GB", "features": []}
        return told | {"member": member, "guild_id": channel["guild_id"], "guild": guild, "context": 0}, asked

    def typed(self, command: str, text: str) -> Payload:
        """The data of a registered slash command.

        Raises:
            LookupError: There is no such command, or it takes no text.
        """
        top = next(entry for entry in self.world.commands if entry["name"] == command)
        subcommands = {
            subcommand["name"]: subcommand for subcommand in top.get("options", []) if subcommand["type"] == 1
        }
        options: list[Payload] = []
        if subcommands:
            word, _, text = text.partition(" ")
            options = [{"name": word, "type": 1, "options": as_options(subcommands[word], text)}]
        else:
            options = as_options(top, text)
        return {"id": top["id"], "name": command, "type": 1, "options": options}

    def chosen(self, command: str, message: Payload) -> Payload:
        """The data of a registered command beside a message."""
        top = next(entry for entry in self.world.commands if entry["name"] == command and entry.get("type") == 3)
        resolved = {"messages": {message["id"]: message}}
        return {"id": top["id"], "name": command, "type": 3, "target_id": message["id"], "resolved": resolved}

    async def _respond(self, request: web.Request) -> web.Response:
        asked = self._pending(request)
        if asked.id != request.match_info["id"]:
            raise Refused(404, 10062)
        if asked.callback is not None:
            raise Refused(400, 40060)
        body = await request.json()
        data = body.get("data") or {}
        refuse_wrong(body)
        asked.callback = body["type"]
        asked.is_private = bool((data.get("flags") or 0) & EPHEMERAL)
        match body["type"]:
            case 4 | 5:
                asked.answers.append(self._as_message(asked, data))
            case 8:
                asked.choices = data["choices"]
            case 9:
                asked.modal = data
        return as_json({"interaction": {"id": asked.id, "type": 2}})

    async def _original(self, request: web.Request) -> web.Response:
        return as_json(self._pending(request).answers[0])

    async def _edit_original(self, request: web.Request) -> web.Response:
        asked = self._pending(request)
        data = await request.json()
        refuse_wrong(data)
        if not asked.answers:
            raise Refused(404, 10008)
        edit_message(asked.answers[0], data)
        return as_json(asked.answers[0])

    async def _follow_up(self, request: web.Request) -> web.Response:
        asked = self._pending(request)
        data = await request.json()
        refuse_wrong(data)
        asked.answers.append(self._as_message(asked, data))
        return as_json(asked.answers[-1])

    def _pending(self, request: web.Request) -> Asked:
        asked = self.asked.get(request.match_info["token"])
        if asked is None or asked.is_expired:
            raise Refused(404, 10062)
        return asked

    def _as_message(self, asked: Asked, data: Payload) -> Payload:
        """The answer as a message that only the person sees."""
        scratch = World(self.world.token)
        message = scratch.add_message(asked.channel_id, data, message_id=self.world.snowflake())
        return message | {"author": self.world.bot}


def as_options(command: Payload, text: str) -> list[Payload]:
    """The text as the command's only option; an empty list without text."""
    if not text:
        return []
    [option] = command["options"]
    return [{"name": option["name"], "type": option["type"], "value": text}]


def buttons_of(message: Payload) -> list[Payload]:
    """The buttons of a message."""
    return [part for part in every(message.get("components") or []) if part["type"] == BUTTON_TYPE]


def options_of(message: Payload) -> list[tuple[Payload, Payload]]:
    """The options of a message's menus, each after its menu."""
    menus = [part for part in every(message.get("components") or []) if part["type"] == SELECT_TYPE]
    return [(menu, option) for menu in menus for option in menu["options"]]


def fields_of(modal: Payload) -> list[Payload]:
    """The fields of a form."""
    return [label["component"] for label in modal["components"]]


def labels_of(message: Payload) -> set[str]:
    """The labels of a message's buttons, and of the options of its menus."""
    options = [option for _, option in options_of(message)]
    return {part.get("label") or "" for part in [*buttons_of(message), *options]}
