"""A command as platforms see it, an invocation of one, and how its argument may be completed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain import Address


@dataclass(frozen=True, slots=True)
class Argument:
    """What follows a command's name.

    Attributes:
        name: What a platform with named options calls it: one word in lower case.
        summary: What to give, in one line.
        example: One that works.
        shown: How usage lines show it; the name in capitals unless given.
        required: Whether the command needs it.
        completes: Whether the front desk offers ways to complete it.
    """

    name: str
    summary: str
    example: str
    shown: str = ""
    required: bool = True
    completes: bool = False

    def __str__(self) -> str:
        """``QUERY``, or ``[QUERY]`` where it may be left out."""
        shown = self.shown or self.name.upper()
        return shown if self.required else f"[{shown}]"


@dataclass(frozen=True, slots=True)
class Command:
    """A command that people can give.

    Attributes:
        name: What is typed behind the slash; a second word makes it a subcommand (``papers today``).
        argument: What follows; None when nothing does.
        summary: What it does, in one line.
        changes: Whether it changes what the channel gets; see `FrontDesk.needs_admin` for who may give it.
    """

    name: str
    argument: Argument | None
    summary: str
    changes: bool = False

    @property
    def slash(self) -> str:
        """The first word: the name that platforms register."""
        return self.name.split()[0]

    @property
    def word(self) -> str:
        """The second word; empty for most."""
        return self.name.partition(" ")[2]

    def argument_in(self, text: str) -> str:
        """What stands behind the command's name; ``text`` begins with the second word, if it has one."""
        return text.strip()[len(self.word) :].strip()

    @property
    def usage(self) -> str:
        """``/subscribe QUERY``."""
        return f"/{self.name} {self.argument or ''}".strip()

    @property
    def example(self) -> str:
        """``/subscribe reinforcement learning``."""
        return f"/{self.name} {self.argument.example if self.argument else ''}".strip()


def find_command(commands: Iterable[Command], name: str, text: str) -> Command | None:
    """The command that ``/name text`` gives, such as ``/papers today``; None when there is none."""
    first = text.split(maxsplit=1)[0].lower() if text.strip() else ""
    return next((each for each in commands if each.slash == name and each.word in {"", first}), None)


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
