"""The parts of a loopback Slack's workspace: people, channels, whispers and refusals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

BOT, TEAM = "U0PAPERWIRE", "T0EXAMPLE"
ADA, BEN = "U0ADA", "U0BEN"
"""Ada is an admin of the workspace; Ben is not."""

OPEN, CLOSED, DIRECT = "C0OPEN", "C0CLOSED", "D0ADA"
"""A channel that the bot is in, one that it is not in, and Ada's direct messages with it."""

READS = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}


class Refused(Exception):
    """An answer with ``"ok": false``."""

    def __init__(self, code: str, **more: object) -> None:
        """Keep the code and the answer's other fields."""
        super().__init__(code)
        self.code = code
        self.answer = {"ok": False, "error": code, **more}


@dataclass(slots=True)
class Conversation:
    """A channel or direct message, with its messages."""

    id: str
    name: str
    kind: str = "public"
    creator: str = ADA
    members: set[str] = field(default_factory=set)
    archived: bool = False
    messages: list[dict[str, Any]] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """As ``conversations.info`` has it."""
        told: dict[str, Any] = {"id": self.id, "is_archived": self.archived, "is_im": self.kind == "im"}
        if self.kind == "im":
            told |= {"user": next(iter(self.members - {BOT}))}
        else:
            told |= {"is_private": self.kind != "public", "is_mpim": self.kind == "mpim"}
            told |= {"name": self.name, "creator": self.creator, "is_member": BOT in self.members}
        return told


@dataclass(slots=True)
class Whisper:
    """A message that only one person sees in a channel."""

    channel: str
    person: str
    thread: str
    message: dict[str, Any]


def walk(node: object) -> Iterator[dict[str, Any]]:
    """Every object in a payload."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)
