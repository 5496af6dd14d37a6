"""The state of a loopback Discord: servers, roles, channels and messages, without any network."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.servers.discord.component_rules import every

TEXT, DM, ANNOUNCEMENT, THREAD, FORUM = 0, 1, 5, 11, 15
"""Types of channels: https://discord.com/developers/docs/resources/channel#channel-object-channel-types."""

ADMINISTRATOR, MANAGE_CHANNELS, VIEW, SEND, EMBED, HISTORY, MANAGE_THREADS, SEND_IN_THREADS = (
    1 << bit for bit in (3, 4, 10, 11, 14, 16, 34, 38)
)
"""Permissions: https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags."""

GIVEN = VIEW | SEND | EMBED | HISTORY | SEND_IN_THREADS
"""Permissions of the bot's role, unless a test changes them."""

REQUIRE_TAG = 1 << 4
EPOCH_MS = 1_420_070_400_000

Payload = dict[str, Any]


@dataclass(slots=True)
class World:
    """Everything that Discord knows; ids are strings, as on the wire. ``clock`` tells the time."""

    token: str
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    app_id: str = ""
    guilds: dict[str, Payload] = field(default_factory=dict)
    channels: dict[str, Payload] = field(default_factory=dict)
    messages: dict[str, list[Payload]] = field(default_factory=dict)
    nonces: dict[tuple[str, str], Payload] = field(default_factory=dict)
    commands: list[Payload] = field(default_factory=list)
    people: dict[str, Payload] = field(default_factory=dict)
    _count: itertools.count[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        """Give the application its id."""
        self.app_id = self.snowflake()

    def snowflake(self) -> str:
        """A new id, with the time in it: https://discord.com/developers/docs/reference#snowflakes."""
        milliseconds = int(self.clock().timestamp() * 1000) - EPOCH_MS
        return str((milliseconds << 22) | (next(self._count) % (1 << 22)))

    @property
    def bot(self) -> Payload:
        """The bot as a user."""
        return a_user(self.app_id, "Paperwire", bot=True)

    def person(self, name: str) -> Payload:
        """The person with that name."""
        return self.people.setdefault(name, a_user(self.snowflake(), name))

    def add_guild(self, name: str, allowed: int = GIVEN) -> Payload:
        """A server where the bot's role has these permissions, and @everyone none."""
        guild_id = self.snowflake()
        role_id = self.snowflake()
        guild = {
            "id": guild_id,
            "name": name,
            "owner_id": self.snowflake(),
            "roles": [a_role(guild_id, "@everyone", 0), a_role(role_id, "Paperwire", allowed)],
            "system_channel_id": None,
            "joined_at": self.clock().isoformat(),
            "unavailable": False,
            "member_count": 2,
        }
        self.guilds[guild_id] = guild
        return guild

    def add_channel(self, guild: Payload | None, name: str, kind: int = TEXT, **more: Any) -> Payload:  # noqa: ANN401
        """A channel; without a server, direct messages."""
        channel: Payload = {"id": self.snowflake(), "type": kind, "flags": 0, **more}
        if guild is None:
            channel.setdefault("recipients", [self.person("ada")])
        else:
            channel |= {"guild_id": guild["id"], "name": name, "position": len(self.channels)}
            channel = {"permission_overwrites": [], "parent_id": None, "topic": None, "nsfw": False} | channel
        if kind == FORUM:
            empty: Payload = {"available_tags": [], "default_reaction_emoji": None, "default_sort_order": None}
            channel = empty | {"default_forum_layout": 0} | channel
        self.channels[channel["id"]] = channel
        self.messages[channel["id"]] = []
        return channel

    def add_thread(self, parent: Payload, name: str, thread_id: str = "", **more: Any) -> Payload:  # noqa: ANN401
        """A thread that the bot created, unless ``more`` names another ``owner_id``."""
        thread = {
            "id": thread_id or self.snowflake(),
            "type": THREAD,
            "guild_id": parent["guild_id"],
            "parent_id": parent["id"],
            "owner_id": self.app_id,
            "name": name,
            "message_count": 0,
            "member_count": 1,
            "flags": 0,
            "thread_metadata": {
                "archived": False,
                "locked": False,
                "auto_archive_duration": 1440,
                "archive_timestamp": self.clock().isoformat(),
                "create_timestamp": self.clock().isoformat(),
            },
            **more,
        }
        self.channels[thread["id"]] = thread
        self.messages[thread["id"]] = []
        if parent["type"] == FORUM:
            parent["last_message_id"] = thread["id"]
        return thread

    def add_message(self, channel_id: str, given: Payload, *, message_id: str = "") -> Payload:
        """A message of the bot, or of ``given``'s author."""
        message = {
            "id": message_id or self.snowflake(),
            "channel_id": channel_id,
            "author": given.get("author") or self.bot,
            "timestamp": self.clock().isoformat(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "pinned": False,
            "type": 0,
            "flags": given.get("flags") or 0,
            "content": given.get("content") or "",
            "embeds": given.get("embeds") or [],
            "components": numbered(given.get("components") or []),
        }
        self.messages.setdefault(channel_id, []).append(message)
        if channel_id in self.channels:
            self.channels[channel_id]["last_message_id"] = message["id"]
        return message

    def allowed(self, channel: Payload) -> int:
        """The bot's permissions there: https://discord.com/developers/docs/topics/permissions#permission-overwrites."""
        if channel["type"] == DM:
            return GIVEN
        guild = self.guilds.get(channel["guild_id"])
        if guild is None:
            return 0
        everyone, role = guild["roles"][0], guild["roles"][1]
        base = int(everyone["permissions"]) | int(role["permissions"])
        if base & ADMINISTRATOR:
            return ~0
        place = self.channels[channel["parent_id"]] if channel["type"] == THREAD else channel
        for target in (everyone["id"], role["id"], self.app_id):
            for overwrite in place["permission_overwrites"]:
                if overwrite["id"] == target:
                    base = base & ~int(overwrite["deny"]) | int(overwrite["allow"])
        return base

    def member(self, guild: Payload) -> Payload:
        """The bot as a member."""
        return a_member(self.bot, [guild["roles"][1]["id"]], joined_at=guild["joined_at"])

    def full_guild(self, guild: Payload) -> Payload:
        """The server as GUILD_CREATE describes it."""
        inside = [channel for channel in self.channels.values() if channel.get("guild_id") == guild["id"]]
        return guild | {
            "channels": [channel for channel in inside if channel["type"] != THREAD],
            "threads": [channel for channel in inside if channel["type"] == THREAD],
            "members": [self.member(guild)],
            "emojis": [],
            "stickers": [],
            "features": [],
        }


def now() -> str:
    """The time as Discord writes it."""
    return datetime.now(UTC).isoformat()


def a_user(user_id: str, name: str, *, bot: bool = False) -> Payload:
    """A user."""
    return {
        "id": user_id,
        "username": name,
        "global_name": None,
        "discriminator": "0",
        "avatar": None,
        "bot": bot,
        "flags": 0,
    }


def a_member(user: Payload, roles: list[str], *, joined_at: str) -> Payload:
    """A user as a server's member."""
    return {
        "user": user,
        "nick": None,
        "roles": roles,
        "joined_at": joined_at,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
    }


def a_role(role_id: str, name: str, permissions: int) -> Payload:
    """A role."""
    return {
        "id": role_id,
        "name": name,
        "permissions": str(permissions),
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": 0,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def edit_message(message: Payload, changes: Payload) -> None:
    """Change a message: https://discord.com/developers/docs/resources/message#edit-message.

    A message that consists of components remains one.
    """
    for key in ("content", "embeds", "components"):
        if key in changes:
            message[key] = changes[key] or ("" if key == "content" else [])
    message["components"] = numbered(message["components"])
    message["flags"] |= changes.get("flags") or 0


def numbered(components: list[Payload]) -> list[Payload]:
    """The components with ids where none were given, as the history shows them."""
    taken = {part["id"] for part in every(components) if part.get("id")}
    free = (number for number in itertools.count(1) if number not in taken)
    copied: list[Payload] = json.loads(json.dumps(components))
    for part in every(copied):
        part["id"] = part.get("id") or next(free)
    return copied


def wrong_tags(forum: Payload, applied: list[str]) -> int:
    """The code of the error for a post with these tags; 0 if they are right."""
    if forum["flags"] & REQUIRE_TAG and not applied:
        return 40067
    return 0 if set(applied) <= {tag["id"] for tag in forum["available_tags"]} else 10087
