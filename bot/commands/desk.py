"""Where commands are answered: what one is, and how it is found and carried out.

A command is a plain function from the desk (stores and settings) and an invocation to a reply. What cannot be done is
a `CommandError`, which the desk turns into a reply; no platform owns wording.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain import Invocation, Reply
from bot.errors import CommandError, StorageError
from bot.ports import Stores
from bot.status import Status

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the table.

    Attributes:
        name: What is typed behind the slash; a second word makes it a subcommand (``papers today``).
        argument: What follows, as help shows it; empty when nothing does.
        summary: What it does, in one line.
        example: The argument of an example that works.
        run: Does it.
        changes: Whether it changes what the channel gets.
    """

    name: str
    argument: str
    summary: str
    example: str
    run: Callable[[Desk, Invocation, str], Reply]
    changes: bool = False

    @property
    def slash(self) -> str:
        """The first word: the name that platforms register."""
        return self.name.split()[0]

    @property
    def word(self) -> str:
        """The second word; empty for most."""
        return self.name.partition(" ")[2]

    @property
    def usage(self) -> str:
        """``/subscribe QUERY``."""
        return f"/{self.name} {self.argument}".strip()


@dataclass(frozen=True, slots=True)
class Desk:
    """Where commands are answered.

    Attributes:
        commands: The table.
        stores: What they read and change.
        who: ``everyone`` or ``admins``: who may change a channel's subscriptions.
        max_subscriptions: How many a channel may have.
        now: The clock.
        status: How the service is doing; None outside of one.
        changed: Called in the worker's thread after subscriptions were changed.
    """

    commands: tuple[Command, ...]
    stores: Stores
    who: str
    max_subscriptions: int
    now: Callable[[], datetime]
    status: Status | None = None
    changed: Callable[[], None] = lambda: None

    async def answer(self, invocation: Invocation) -> Reply:
        """Answer a command from the event loop, without blocking it; see `bot.ports.Answer`."""
        return await asyncio.to_thread(self.reply, invocation)

    def reply(self, invocation: Invocation) -> Reply:
        """Answer a command; what cannot be done is a reply that says why."""
        try:
            return self.do(invocation)
        except CommandError as error:
            return Reply(error.message, code=error.code, advice=error.repair, ok=False)
        except StorageError as error:
            log.error("Could not answer /%s: %s", invocation.command, error)  # noqa: TRY400 - a line says it all
            return Reply(
                "I cannot reach my database at present, so nothing was changed.",
                advice="Please try again later; the log tells whoever runs me what is wrong.",
                ok=False,
            )

    def do(self, invocation: Invocation) -> Reply:
        """Do what a command asks.

        Raises:
            CommandError: It cannot be done.
            StorageError: The database cannot be used.
        """
        command = self.command(invocation)
        if command.changes and self.who == "admins" and not invocation.is_admin:
            raise CommandError(
                "Only admins may change what this channel gets.",
                repair="Ask an admin of this channel, or whoever runs me to allow everyone.",
            )
        text = invocation.text.strip()[len(command.word) :].strip()
        reply = command.run(self, invocation, text)
        if command.changes:
            self.changed()
        return reply

    def command(self, invocation: Invocation) -> Command:
        """The command of the table that was meant.

        Raises:
            CommandError: There is none.
        """
        first = invocation.text.split(maxsplit=1)[0].lower() if invocation.text.strip() else "help"
        for command in self.commands:
            if command.slash == invocation.command and command.word in {"", first}:
                return command
        said = f"/{invocation.command} {invocation.text}".strip()
        known = ", ".join(f"/{command.name}" for command in self.commands)
        raise CommandError(f"There is no command “{said[:60]}”.", repair=f"There are: {known}.")
