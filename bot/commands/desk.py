"""Where commands are answered: what one is, and how it is found and carried out.

A command is a plain function from the desk (stores and settings) and an invocation to a reply. What cannot be done is
a `CommandError`, which the desk turns into a reply; no platform owns wording.
"""

from __future__ import annotations

import asyncio
import difflib
import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.advice.backtest import Recent, recent
from bot.advice.example_query import Example, example
from bot.domain import PROBE_EVERY, Address, Channel, Pause
from bot.domain.commands import Choice, Invocation
from bot.domain.messages import Button, Entry, Reply
from bot.errors import ChannelClosed, CommandError, StorageError
from bot.matching.glossary import Glossary
from bot.ports.platform import CHOICES
from bot.ports.stores import Stores
from bot.status import Status
from bot.text.shorten import shorten

SAID = 60
"""Characters that are shown of what was not understood."""

log = logging.getLogger(__name__)


def greeting(example: Example) -> Reply:
    """What a channel is told when the bot is first let in."""
    brought = f" ({example.brought})" if example.brought else ""
    return Reply(
        "Hello! I am Paperwire: I post new research papers here, those that match what this channel subscribes to."
        " Say what that is, for example:",
        entries=(Entry(f"/subscribe {example.query}{brought}", Button("Try it", "papers", f"try {example.query}")),),
        advice="/papers help shows what else I understand.",
    )


@dataclass(frozen=True, slots=True)
class Argument:
    """What follows a command's name.

    Attributes:
        name: What a platform with named options calls it: one word in lower case.
        summary: What to give, in one line.
        example: One that works.
        shown: How usage lines show it; the name in capitals unless given.
        required: Whether the command needs it.
        suggest: Ways to complete what was typed so far; None when there are none to offer.
    """

    name: str
    summary: str
    example: str
    shown: str = ""
    required: bool = True
    suggest: Callable[[Desk, Invocation, str], Sequence[Choice]] | None = None

    def __str__(self) -> str:
        """``QUERY``, or ``[QUERY]`` where it may be left out."""
        shown = self.shown or self.name.upper()
        return shown if self.required else f"[{shown}]"


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the table.

    Attributes:
        name: What is typed behind the slash; a second word makes it a subcommand (``papers today``).
        argument: What follows; None when nothing does.
        summary: What it does, in one line.
        run: Does it.
        changes: Whether it changes what the channel gets.
    """

    name: str
    argument: Argument | None
    summary: str
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


@dataclass(frozen=True, slots=True)
class Desk:
    """Where commands are answered.

    Attributes:
        commands: The table.
        stores: What they read and change.
        glossary: The acronyms that are understood.
        who: ``everyone`` or ``admins``: who may change a channel's subscriptions.
        max_subscriptions: How many a channel may have.
        now: The clock.
        status: How the service is doing; None outside of one.
        changed: Called in the worker's thread after subscriptions were changed.
    """

    commands: tuple[Command, ...]
    stores: Stores
    glossary: Glossary
    who: str
    max_subscriptions: int
    now: Callable[[], datetime]
    status: Status | None = None
    changed: Callable[[], None] = lambda: None

    def recent(self) -> Recent:
        """The papers of the last 30 days, for trying queries on.

        Raises:
            StorageError: The database cannot be used.
        """
        return recent(self.stores.papers, self.glossary, now=self.now())

    def example(self) -> Example:
        """A query that would have brought papers this month, to teach by.

        Raises:
            StorageError: The database cannot be used.
        """
        return example(self.recent())

    @property
    def admins_only(self) -> bool:
        """Whether only admins may change what a channel gets; see `FrontDesk`."""
        return self.who == "admins"

    async def answer(self, invocation: Invocation) -> Reply:
        """Answer a command from the event loop, without blocking it; see `FrontDesk.answer`."""
        try:
            return await asyncio.to_thread(self.reply, invocation)
        except Exception as error:  # noqa: BLE001 - a bug in one command: whoever asked is told all the same
            frame = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{frame.name}, line {frame.lineno}"  # and nothing that people wrote
            log.error("Could not answer /%s: %s in %s", invocation.command, type(error).__name__, where)  # noqa: TRY400
            return Reply(
                "Something went wrong on my side, so I could not do that.",
                advice="Please try it in other words; the log tells whoever runs me what is wrong.",
                ok=False,
            )

    async def suggest(self, invocation: Invocation) -> Sequence[Choice]:
        """Complete what is being typed; see `FrontDesk.suggest`."""
        return await asyncio.to_thread(self._suggestions, invocation)

    async def channels(self, platform: str) -> Sequence[Channel]:
        """The platform's channels; see `FrontDesk.channels`."""
        known = await asyncio.to_thread(self._channels)
        return [channel for channel in known if channel.address.platform == platform]

    async def joined(self, channel: Address) -> Reply | None:
        """Resume the channel, and greet it once; see `FrontDesk.joined`."""
        return await asyncio.to_thread(self._joined, channel)

    async def left(self, channel: Address, closed: ChannelClosed, *, is_told: bool = False) -> None:
        """Pause the channel; see `FrontDesk.left`."""
        await asyncio.to_thread(self._left, channel, closed, is_told)

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
        if command.changes and self.admins_only and not invocation.is_admin:
            raise CommandError(
                "Only admins may change what this channel gets.",
                repair="Ask an admin of this channel, or whoever runs me to allow everyone.",
            )
        reply = command.run(self, invocation, command.argument_in(invocation.text))
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
        names = {each.word or each.slash: each.name for each in self.commands}
        is_slash = invocation.text.strip() and invocation.command in {each.slash for each in self.commands}
        near = difflib.get_close_matches(first if is_slash else invocation.command, names, n=1)
        meant = f"/{names[near[0]]}" if near else ""
        raise CommandError(
            f"There is no command “{shorten(said, SAID)}”.",
            repair=f"{f'Did you mean {meant}? ' if meant else ''}/papers help shows what I understand.",
        )

    def _suggestions(self, invocation: Invocation) -> Sequence[Choice]:
        try:
            command = self.command(invocation)
            if command.argument is None or command.argument.suggest is None:
                return []
            return command.argument.suggest(self, invocation, command.argument_in(invocation.text))[:CHOICES]
        except (CommandError, StorageError):
            return []  # nothing to offer is no reason to disturb who is typing

    def _channels(self) -> Sequence[Channel]:
        try:
            return self.stores.channels.all()
        except StorageError as error:
            log.error("Could not list the channels: %s", error)  # noqa: TRY400 - a line says it all
            return []

    def _joined(self, channel: Address) -> Reply | None:
        try:
            self.stores.channels.resume(channel)
            welcome = greeting(self.example()) if self.stores.channels.greet(channel) else None
        except StorageError as error:
            log.error("Could not note that %s is open: %s", channel, error)  # noqa: TRY400 - a line says it all
            return None
        self.changed()
        return welcome

    def _left(self, channel: Address, closed: ChannelClosed, is_told: bool) -> None:  # noqa: FBT001 - see `left`
        now = self.now()
        pause = Pause(closed.reason, closed.repair, since=now, probe_at=now + PROBE_EVERY)
        try:
            self.stores.channels.pause(channel, pause, is_told=is_told)
        except StorageError as error:
            log.error("Could not note that %s is closed: %s", channel, error)  # noqa: TRY400 - a line says it all
        else:
            log.warning("%s is paused: %s. To resume: %s", channel, closed.reason, closed.repair)
