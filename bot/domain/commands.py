"""A command as platforms see it: name, argument, summary, who may use it; an invocation of one."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import Address


@dataclass(frozen=True, slots=True)
class Invocation:
    """A person's command, typed or pressed.

    Attributes:
        channel: Where it was given.
        person: Who gave it, as the platform names them.
        command: Its name without the slash: ``subscribe``.
        text: What stood behind the name.
        is_admin: Whether the platform counts the person among the channel's admins.
        person_id: By which the platform tells them from others, and reaches them; empty where there is none.
    """

    channel: Address
    person: str
    command: str
    text: str = ""
    is_admin: bool = False
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a command's argument may be completed to: what is shown, and the argument it stands for."""

    label: str
    text: str
