"""A command as platforms see it, an invocation of one, and completions of its argument."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain import Address


@dataclass(frozen=True, slots=True)
class Argument:
    """The argument after a command's name.

    Attributes:
        name: The option's name on platforms that name options: one lower-case word.
        summary: What to enter, in one line.
        example: A valid value.
        shown: How usage lines show it; the name in capitals unless given.
        required: Whether the command needs it.
        completes: Whether the front desk offers completions.
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
    """A command that people can use.

    Attributes:
        name: What is typed after the slash; a second word makes it a subcommand (``papers today``).
        argument: What follows the name; None when nothing does.
        summary: What it does, in one line.
        changes: Whether it changes what the channel gets; see `FrontDesk.needs_admin` for who may use it.
        is_direct: Whether it is about the person's own direct messages, so that it needs `Invocation.direct`.
        by_button: Whether only buttons give it, so that no list of commands names it.
    """

    name: str
    argument: Argument | None
    summary: str
    changes: bool = False
    is_direct: bool = False
    by_button: bool = False

    @property
    def slash(self) -> str:
        """The first word of the name, which platforms register as a slash command."""
        return self.name.split()[0]

    @property
    def word(self) -> str:
        """The second word of the name, the subcommand; empty if there is only one word."""
        return self.name.partition(" ")[2]

    def argument_in(self, text: str) -> str:
        """The argument in ``text``, which begins with the subcommand if the command has one."""
        return text.strip()[len(self.word) :].strip()

    @property
    def usage(self) -> str:
        """``/subscribe QUERY``."""
        return f"/{self.name} {self.argument or ''}".strip()


def find_command(commands: Iterable[Command], name: str, text: str) -> Command | None:
    """The command that ``/name text`` invokes, such as ``/papers today``; None if there is no such command."""
    first = text.split(maxsplit=1)[0].lower() if text.strip() else ""
    return next((command for command in commands if command.slash == name and command.word in {"", first}), None)


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command that a person typed, or invoked with a button.

    Attributes:
        channel: Where it was used.
        person: Who used it, as the platform names them.
        command: Its name without the slash: ``subscribe``.
        text: What followed the name.
        is_admin: Whether the platform counts the person among the channel's admins.
        person_id: The platform's id of the person, for direct messages; empty where there is none.
        time_zone: The IANA name of the person's time zone, as the platform knows it; empty where it does not.
        has_room: Whether a list of any length can be shown, so that it needs no pages.
        locale: The person's language and region, as the platform knows them, such as ``de`` or ``en-GB``; may be empty.
        direct: The person's direct messages with us, for commands that are about these; None where there are none.
    """

    channel: Address
    person: str
    command: str
    text: str = ""
    is_admin: bool = False
    person_id: str = ""
    time_zone: str = ""
    has_room: bool = False
    locale: str = ""
    direct: Address | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A completion of a command's argument: the label that is shown, and the argument it stands for."""

    label: str
    text: str
