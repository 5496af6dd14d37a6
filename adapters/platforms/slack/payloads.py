"""Slack's payloads as commands: who typed or pressed what, and where, without entities, link markup and mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain import Address
from bot.domain.commands import Command

PLATFORM = "slack"

ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
"""https://docs.slack.dev/messaging/formatting-message-text#escaping"""

TYPOGRAPHIC = str.maketrans(dict.fromkeys("“”„‟", '"'))
"""Quotation marks that phones and macOS put in place of the plain one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody typed or pressed something, and how to answer there.

    Attributes:
        channel: The conversation's id; empty outside of conversations, as in the Home tab.
        person: The person's id.
        name: What the payload calls them; may be empty.
        response_url: Where to send an answer, for half an hour; may be empty.
        thread: The thread's timestamp; empty outside of one.
    """

    channel: str
    person: str
    name: str = ""
    response_url: str = ""
    thread: str = ""

    @property
    def address(self) -> Address:
        """The channel as the core names it."""
        return address_of(self.channel)

    @property
    def is_private(self) -> bool:
        """Whether it is a direct message, where an answer needs no announcement."""
        return self.channel.startswith("D")


def address_of(channel: str) -> Address:
    """A channel as the core names it."""
    return Address(PLATFORM, channel)


def plain_text(text: str) -> str:
    """What the person typed, as text without Slack's markup."""
    without_links = re.sub(r"<(https?://[^\s|<>]+)(?:\|[^<>]*)?>", r"\1", text)
    unescaped = re.sub("&(?:lt|gt|amp);", lambda found: ENTITIES[found[0]], without_links)
    return " ".join(unescaped.translate(TYPOGRAPHIC).split())


def command_in(text: str, commands: Iterable[Command]) -> tuple[str, str]:
    """The command and its text, from words with or without a slash: ``subscribe robots``.

    Nothing at all means ``papers help``, and ``today`` means ``papers today``.
    """
    first, _, rest = plain_text(text).partition(" ")
    command = first.removeprefix("/").lower()
    for entry in commands:
        if entry.word and entry.word == command:
            return entry.slash, f"{command} {rest}".strip()
    return (command, rest) if command else ("papers", "help")


def after_mention(user_id: str, text: str) -> str:
    """The text after the mention of that user; all of it if they are not mentioned."""
    _, mention, behind = text.partition(f"<@{user_id}>")
    return behind if user_id and mention else re.sub(r"^\s*<@[^<>]*>", "", text)


def place_of_command(payload: Mapping[str, Any]) -> Place:
    """Where a slash command was given: https://docs.slack.dev/interactivity/implementing-slash-commands."""
    return Place(
        text_of(payload, "channel_id"),
        text_of(payload, "user_id"),
        text_of(payload, "user_name"),
        text_of(payload, "response_url"),
        text_of(payload, "thread_ts"),
    )


def place_of_press(payload: Mapping[str, Any]) -> Place:
    """Where a button was pressed: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload."""
    user, container = part_of(payload, "user"), part_of(payload, "container")
    return Place(
        text_of(part_of(payload, "channel"), "id") or text_of(container, "channel_id"),
        text_of(user, "id"),
        text_of(user, "username") or text_of(user, "name"),
        text_of(payload, "response_url"),
        text_of(part_of(payload, "message"), "thread_ts") or text_of(container, "thread_ts"),
    )


def place_of_event(event: Mapping[str, Any]) -> Place:
    """Where an event happened."""
    channel = event.get("channel")
    return Place(
        text_of(event, "channel") or (text_of(channel, "id") if isinstance(channel, dict) else ""),
        text_of(event, "user"),
        thread=text_of(event, "thread_ts"),
    )


def text_of(payload: Mapping[str, Any], name: str) -> str:
    """A text of a payload; empty if it is missing."""
    value = payload.get(name)
    return value if isinstance(value, str) else ""


def part_of(payload: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object of a payload; empty if it is missing."""
    value = payload.get(name)
    return value if isinstance(value, dict) else {}
