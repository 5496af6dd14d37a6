"""The platforms on which the program is killed: their channels, kinds of requests, and messages."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from bot.domain import Address
from tests.crash.odds import Kind
from tests.crash.wire import Answer
from tests.servers.discord.server import TOKEN, DiscordServer
from tests.servers.discord.world import FORUM, TEXT, THREAD
from tests.servers.slack.server import SlackServer
from tests.servers.slack.things import ADA, BOT

PAPER = re.compile(r"9901\.\d{5}")

SLACK_KINDS = {
    "chat.postMessage": Kind("post", "post"),
    "conversations.history": Kind("find", "look"),
    "chat.update": Kind("edit", "edit"),
    "auth.test": Kind("ask", "who am I"),
    "apps.connections.open": Kind("ask", "connect"),
}
"""Requests by their method of the Web API."""

DISCORD_KINDS = (
    (r"POST .*/messages", Kind("post", "post")),
    (r"POST .*/threads", Kind("post", "post in forum")),
    (r"PATCH .*/messages/\d+", Kind("edit", "edit")),
    (r"GET .*/messages", Kind("find", "look")),
    (r"GET .*/messages/\d+", Kind("find", "look at post")),
    (r"GET .*/threads/.*", Kind("find", "look at forum")),
    (r"GET .*/channels/\d+", Kind("ask", "channel")),
    (r"GET .*/guilds/\d+", Kind("ask", "server")),
    (r"GET .*/guilds/\d+/members/\d+", Kind("ask", "member")),
    (r"GET .*/users/@me", Kind("ask", "who am I")),
    (r"GET .*/gateway/bot", Kind("ask", "connect")),
)
"""Requests by their method and path."""

OTHER = Kind("ask", "other")

FORUMS = {"forum", "more0", "more1"}
"""The roles of Discord's forums."""

SCHEDULED = {"digest": None, "best": 2}
"""The channels with a schedule, by role, and how many papers their digests show."""

QUERIES = {"all": "*", "robots": "robots", "teapots": "teapots", **dict.fromkeys(SCHEDULED, "robots, teapots")}
"""What the channels are subscribed to, by role."""

OFFER = re.compile(r"papers\W+(?:text\W+)?rest ([0-9a-f]{24})")
"""The button of a digest with more papers than it shows."""


TOPICS = ("robots", "teapots", "kettles")
"""What papers are about."""


class Scene(Protocol):
    """A platform on loopback, opened by its constructor.

    Attributes:
        more: How many channels there are besides the usual ones, each with the subscription of ``all``.
        channels: The channels by role; those that are not in `QUERIES` get what ``all`` gets.
    """

    more: int
    channels: Mapping[str, Address]

    @property
    def upstream(self) -> str:
        """The server's address, without a path."""
        ...

    def settings(self, url: str) -> Mapping[str, str]:
        """The environment of a program that finds the server at ``url``."""
        ...

    def kind_of(self, method: str, path: str) -> Kind:
        """What a request is for; its step is ``post``, ``find``, ``edit`` or ``ask``."""
        ...

    def refusal(self, fault: str) -> Answer:
        """The platform's answer for the faults ``429`` and ``closed``."""
        ...

    def forget(self) -> None:
        """Forget the nonces of all messages, as the platform may do at any time."""
        ...

    def messages(self, channel: Address) -> list[list[str]]:
        """The papers of each message in the channel, oldest first."""
        ...

    def offers(self, channel: Address) -> list[str]:
        """The keys of digests in the channel that offer more papers than they show."""
        ...

    def chat(self, channel: Address, count: int) -> None:
        """Let somebody else post so many messages to the channel, which the program cannot tell from its own."""
        ...

    def be_at(self, offset: Callable[[], float]) -> None:
        """Let the platform's clock be so many seconds ahead of the machine's."""
        ...

    def close(self) -> None:
        """Stop."""
        ...


@dataclass(slots=True)
class SlackScene:
    """See `Scene`."""

    more: int = 0
    server: SlackServer = field(default_factory=SlackServer)
    channels: Mapping[str, Address] = field(init=False)

    def __post_init__(self) -> None:
        """Start, with a channel for each role."""
        roles = [*QUERIES, *(f"more{number}" for number in range(self.more))]
        self.channels = {role: Address("slack", f"C0{role.upper()}") for role in roles}
        for role, channel in self.channels.items():
            self.server.workspace.add(channel.id, name=role)
        self.server.start()

    @property
    def upstream(self) -> str:
        """See `Scene`."""
        return self.server.api_url.removesuffix("/api/")

    def settings(self, url: str) -> Mapping[str, str]:
        """See `Scene`."""
        workspace = self.server.workspace
        return {
            "SLACK_BOT_TOKEN": workspace.bot_token,
            "SLACK_APP_TOKEN": workspace.app_token,
            "PAPERWIRE_PLATFORMS__SLACK__API_URL": f"{url}/api/",
        }

    def kind_of(self, method: str, path: str) -> Kind:  # noqa: ARG002 - the protocol's
        """See `Scene`."""
        return SLACK_KINDS.get(path.rpartition("/")[2], OTHER)

    def refusal(self, fault: str) -> Answer:
        """See `Scene`."""
        limited = fault == "429"
        body = {"ok": False, "error": "ratelimited" if limited else "not_in_channel"}
        headers = {"Content-Type": "application/json", **({"Retry-After": "0"} if limited else {})}
        return 429 if limited else 200, headers, json.dumps(body).encode()

    def forget(self) -> None:
        """Do nothing: Slack has no nonces."""

    def messages(self, channel: Address) -> list[list[str]]:
        """See `Scene`."""
        return [papers_of(blocks) for blocks in self._posted(channel)]

    def offers(self, channel: Address) -> list[str]:
        """See `Scene`."""
        return OFFER.findall(json.dumps(self._posted(channel)))

    def _posted(self, channel: Address) -> list[object]:
        messages = self.server.workspace.conversations[channel.id].messages
        return [message["blocks"] for message in messages if message["user"] == BOT]

    def chat(self, channel: Address, count: int) -> None:
        """See `Scene`."""
        workspace = self.server.workspace

        async def said() -> None:
            workspace.conversations[channel.id].messages += [
                {"type": "message", "user": ADA, "ts": workspace.stamp(), "text": "Hello!"} for _ in range(count)
            ]

        self.server.do(said())

    def be_at(self, offset: Callable[[], float]) -> None:
        """See `Scene`."""
        self.server.workspace.clock = lambda: time.time() + offset()

    def close(self) -> None:
        """See `Scene`."""
        self.server.stop()


@dataclass(slots=True)
class DiscordScene:
    """See `Scene`; there are also forums, where a post is a thread and has no nonce."""

    more: int = 0
    server: DiscordServer = field(default_factory=DiscordServer)
    channels: Mapping[str, Address] = field(init=False)

    def __post_init__(self) -> None:
        """Start, with a channel for each role and a forum."""
        self.server.__enter__()
        guild = self.server.invite(channels=())
        guild["joined_at"] = "2020-01-01T00:00:00+00:00"  # long ago: nobody is greeted
        roles = [*QUERIES, "forum", *(f"more{number}" for number in range(self.more))]
        kinds = {role: FORUM if role in FORUMS else TEXT for role in roles}
        created = {role: self.server.channel(guild, role, kind) for role, kind in kinds.items()}
        self.channels = {role: Address("discord", channel["id"]) for role, channel in created.items()}
        self.server.rest.limit = 1_000_000

    @property
    def upstream(self) -> str:
        """See `Scene`."""
        return self.server.base_url

    def settings(self, url: str) -> Mapping[str, str]:
        """See `Scene`."""
        return {
            "DISCORD_TOKEN": TOKEN,
            "PAPERWIRE_PLATFORMS__DISCORD__API_URL": f"{url}/api/v10",
            "PAPERWIRE_PLATFORMS__DISCORD__GATEWAY_URL": self.server.gateway_url,
        }

    def kind_of(self, method: str, path: str) -> Kind:
        """See `Scene`."""
        asked = f"{method} {path}"
        return next((kind for pattern, kind in DISCORD_KINDS if re.fullmatch(pattern, asked)), OTHER)

    def refusal(self, fault: str) -> Answer:
        """See `Scene`."""
        headers = {"Content-Type": "application/json"}
        if fault == "closed":
            return 403, headers, json.dumps({"message": "Missing Permissions", "code": 50013}).encode()
        body = {"message": "You are being rate limited.", "retry_after": 0.05, "global": False}
        return 429, {**headers, "Via": "1.1 google", "Retry-After": "0.05"}, json.dumps(body).encode()

    def forget(self) -> None:
        """See `Scene`."""
        self.server.world.nonces.clear()

    def messages(self, channel: Address) -> list[list[str]]:
        """See `Scene`."""
        return [papers_of(message["components"]) for message in self._posted(channel)]

    def offers(self, channel: Address) -> list[str]:
        """See `Scene`."""
        return OFFER.findall(json.dumps([message["components"] for message in self._posted(channel)]))

    def _posted(self, channel: Address) -> list[dict[str, Any]]:
        world = self.server.world
        threads = [channel["id"] for channel in world.channels.values() if channel["type"] == THREAD]
        inside = [thread for thread in threads if world.channels[thread]["parent_id"] == channel.id] or [channel.id]
        messages = [message for place in inside for message in world.messages[place]]
        return [message for message in messages if message["author"]["id"] == world.app_id]

    def chat(self, channel: Address, count: int) -> None:
        """See `Scene`."""
        self.server.chat(self.server.world.channels[channel.id], count)

    def be_at(self, offset: Callable[[], float]) -> None:
        """See `Scene`."""
        self.server.world.clock = lambda: datetime.now(UTC) + timedelta(seconds=offset())

    def close(self) -> None:
        """See `Scene`."""
        self.server.__exit__(None, None, None)


SCENES: Mapping[str, type[SlackScene | DiscordScene]] = {"slack": SlackScene, "discord": DiscordScene}


def papers_of(shown: object) -> list[str]:
    """The ids of the papers in a message, in order."""
    return list(dict.fromkeys(PAPER.findall(json.dumps(shown))))


def topics_of(role: str) -> tuple[str, ...]:
    """What the channel with that role wants."""
    return tuple(topic for topic in TOPICS if topic in QUERIES.get(role, "*")) or TOPICS
