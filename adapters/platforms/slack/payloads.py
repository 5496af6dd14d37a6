"""Slack's payloads as commands: who typed or pressed what, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.platforms.slack.typed_text import plain_text
from bot.domain import Address
from bot.domain.commands import Command, find_command
from bot.text.courtesy import without_courtesies

PLATFORM = "slack"

CHANNEL_ID = re.compile(r"[CDG][A-Z0-9]{1,30}")

MOST_LINES = 20
"""Lines of a message that are read as commands of their own."""

THREAD = re.compile(r"[0-9]{1,12}\.[0-9]{1,9}")
"""A thread's timestamp: https://docs.slack.dev/messaging/#threading."""


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

    @classmethod
    def at(cls, address: Address, person: str, name: str = "") -> Place:
        """The channel or thread with that address, as the person sees it."""
        channel, thread = parts_of(address.id)
        return cls(channel, person, name, thread=thread)

    @property
    def address(self) -> Address:
        """The channel as the core names it, or the thread: who subscribes in a thread means the thread."""
        return address_of(self.channel, "" if self.is_private else self.thread)

    @property
    def is_private(self) -> bool:
        """Whether it is a direct message, where an answer needs no announcement."""
        return self.channel.startswith("D")


def address_of(channel: str, thread: str = "") -> Address:
    """A channel as the core names it, or a thread in it: ``slack:C0123456789/1712345678.123456``."""
    return Address(PLATFORM, f"{channel}/{thread}" if THREAD.fullmatch(thread) else channel)


def parts_of(identifier: str) -> tuple[str, str]:
    """The channel and the thread of an address's id; the thread is empty for a whole channel."""
    channel, _, thread = identifier.partition("/")
    return channel, thread


def commands_in(text: str, commands: Sequence[Command]) -> list[tuple[str, str]]:
    """The commands of a message: one for each of its lines, if every line is one; else the one that it is."""
    lines = [line for line in text.splitlines() if plain_text(line)]
    each = [command_in(line, commands) for line in lines]
    if 1 < len(lines) <= MOST_LINES and all(find_command(commands, *command) for command in each):
        return each
    return [command_in(text, commands)]


def command_in(text: str, commands: Sequence[Command]) -> tuple[str, str]:
    """The command and its text, from words with or without a slash: ``subscribe robots``, ``subscribe: robots``.

    Nothing at all means ``papers help``, and ``today`` means ``papers today``.
    """
    # Quoted and listed lines begin with a mark of their own.
    said = plain_text(text).lstrip("> •")
    first, _, rest = said.partition(" ")
    named = _named(said, commands) or _named(without_courtesies(said), commands)
    return named or ((first.removeprefix("/").lower(), rest) if first else ("papers", "help"))


def _named(said: str, commands: Iterable[Command]) -> tuple[str, str] | None:
    """The command that the first word names, and its text; None if it names none."""
    first, _, rest = said.partition(" ")
    named = first.removeprefix("/").lower().rstrip(":,")
    for entry in commands:
        if named == entry.word and entry.word:
            return entry.slash, f"{named} {rest}".strip()
        if named == entry.slash:
            return named, rest
    return None


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
    user, container, message = part_of(payload, "user"), part_of(payload, "container"), part_of(payload, "message")
    thread = text_of(message, "thread_ts") or text_of(container, "thread_ts")
    # Once a message has replies it names its own thread, but it still stands in the channel.
    is_parent = thread == (text_of(message, "ts") or text_of(container, "message_ts"))
    return Place(
        text_of(part_of(payload, "channel"), "id") or text_of(container, "channel_id"),
        text_of(user, "id"),
        text_of(user, "username") or text_of(user, "name"),
        text_of(payload, "response_url"),
        "" if is_parent else thread,
    )


def place_of_event(event: Mapping[str, Any]) -> Place:
    """Where an event happened."""
    channel, thread = event.get("channel"), text_of(event, "thread_ts")
    return Place(
        text_of(event, "channel") or (text_of(channel, "id") if isinstance(channel, dict) else ""),
        text_of(event, "user"),
        thread="" if thread == text_of(event, "ts") else thread,
    )


def text_of(payload: Mapping[str, Any], name: str) -> str:
    """A text of a payload; empty if it is missing."""
    value = payload.get(name)
    return value if isinstance(value, str) else ""


def part_of(payload: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object of a payload; empty if it is missing."""
    value = payload.get(name)
    return value if isinstance(value, dict) else {}
