"""Answers of a loopback Discord: JSON, and errors in Discord's format."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from tests.servers.discord.rules import command_complaints, complaints
from tests.servers.discord.world import Payload

MEANINGS = {
    0: "401: Unauthorized",
    10003: "Unknown Channel",
    10004: "Unknown Guild",
    10008: "Unknown Message",
    10087: "Unknown tag",
    40067: "A tag is required to create a forum post in this channel",
    50001: "Missing Access",
    50008: "Cannot send messages in a non-text channel",
    50013: "Missing Permissions",
    50035: "Invalid Form Body",
    50083: "Thread is archived",
    160005: "Thread is locked",
}
"""https://discord.com/developers/docs/topics/opcodes-and-status-codes#json."""


class Refused(Exception):
    """A refusal, with Discord's status and code."""

    def __init__(self, status: int, code: int, errors: Payload | None = None) -> None:
        """Keep the answer."""
        super().__init__(code)
        self.status = status
        self.headers: dict[str, str] = {}
        self.body: Payload = {"message": MEANINGS.get(code, "Something is wrong"), "code": code}
        if errors:
            self.body["errors"] = errors


class Limited(Refused):
    """Too many requests: https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit."""

    def __init__(self, after: float) -> None:
        """Ask for so many seconds."""
        super().__init__(429, 0)
        self.body = {"message": "You are being rate limited.", "retry_after": after, "global": False}
        self.headers = {"Via": "1.1 google", "Retry-After": str(after)}


def as_json(body: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:  # noqa: ANN401
    """An answer; its Content-Type is without a charset, as Discord's is, and as discord.py wants it."""
    content = {"Content-Type": "application/json"}
    return web.Response(body=json.dumps(body).encode(), status=status, headers=content | (headers or {}))


def verbatim(text: str, *, status: int) -> web.Response:
    """An answer that claims to be JSON from Discord, whatever the text is."""
    headers = {"Via": "1.1 google", "Content-Type": "application/json"}
    return web.Response(body=text.encode(), status=status, headers=headers)


def without_nonce(message: Payload) -> Payload:
    """The message as the history shows it."""
    return {key: value for key, value in message.items() if key != "nonce"}


def refuse_wrong(payload: Payload) -> None:
    """Refuse a message that breaks a rule."""
    _refuse(complaints(payload))


def registered(commands: list[Payload]) -> list[Payload]:
    """The commands as Discord returns them; refused if one of them breaks a rule."""
    _refuse([complaint for command in commands for complaint in command_complaints(command)])
    allowed = [command.get("default_member_permissions") for command in commands]
    return [
        {"description": ""} | command | {"default_member_permissions": None if bits is None else str(bits)}
        for command, bits in zip(commands, allowed, strict=True)
    ]


def _refuse(wrong: list[str]) -> None:
    if wrong:
        errors = [{"code": "BASE_TYPE_INVALID", "message": complaint} for complaint in wrong]
        raise Refused(400, 50035, {"payload": {"_errors": errors}})
