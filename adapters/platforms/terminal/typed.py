"""What a typed line asks for. More is understood than in a channel, since nobody else is talking here."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.commands import Command
from bot.domain.messages import Reply
from bot.text.courtesy import without_courtesies
from bot.text.shorten import shorten

LEAVE = frozenset({"quit", "exit", "bye", "q", ":q"})
HELP = frozenset({"help", "?", "h"})

QUOTED = 60
"""Longest quotation of what was not understood, in characters."""


def wants_to_leave(line: str) -> bool:
    """Whether the line asks to leave."""
    return line.strip().lower().removeprefix("/") in LEAVE


def command_in(line: str, commands: Sequence[Command]) -> tuple[str, str] | None:
    """The name of the command and the text after it; None if the line is not a command.

    The slash may be missing, and so may the first word of a command that has two: ``today`` is ``/papers today``.
    """
    first, rest = [*line.strip().split(maxsplit=1), "", ""][:2]
    name = first.removeprefix("/").lower()
    if name in HELP:
        return "papers", "help"
    if first.startswith("/") or name in {command.slash for command in commands}:
        return name, rest
    for command in commands:
        if name == command.word:
            return command.slash, f"{command.word} {rest}".strip()
    asked = without_courtesies(line.strip())
    return command_in(asked, commands) if asked and asked != line.strip() else None


def not_understood(line: str) -> Reply:
    """The answer to a line that is not a command."""
    said = shorten(line.strip(), QUOTED)
    return Reply(
        f"I don't know the command “{said}”.", advice=f"To follow it: subscribe {said}. For all commands: help"
    )
