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
from bot.domain.commands import Choice, Command, Invocation, find_command
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
class Action:
    """A command, and what the desk does for it.

    Attributes:
        command: What people give.
        run: Answers it, given what stands behind its name.
        suggest: Ways to complete what was typed of its argument so far; None when there are none to offer.
    """

    command: Command
    run: Callable[[Desk, Invocation, str], Reply]
    suggest: Callable[[Desk, Invocation, str], Sequence[Choice]] | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """Where commands are answered.

    Attributes:
        actions: The table of commands.
        stores: What they read and change.
        glossary: The acronyms that are understood.
        who: ``everyone`` or ``admins``: who may change a channel's subscriptions.
        max_subscriptions: How many a channel may have.
        now: The clock.
        status: How the service is doing; None outside of one.
        changed: Called in the worker's thread after subscriptions were changed.
    """

    actions: tuple[Action, ...]
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
    def commands(self) -> Sequence[Command]:
        """Every command; see `FrontDesk.commands`."""
        return [action.command for action in self.actions]

    def find(self, name: str, text: str) -> Command | None:
        """The command that was given; see `FrontDesk.find`."""
        return find_command(self.commands, name, text)

    def needs_admin(self, command: Command) -> bool:
        """Whether only admins may give it; see `FrontDesk.needs_admin`."""
        return command.changes and self.who == "admins"

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
        action = self._action(invocation)
        command = action.command
        if self.needs_admin(command) and not invocation.is_admin:
            raise CommandError(
                "Only admins may change what this channel gets.",
                repair="Ask an admin of this channel, or whoever runs me to allow everyone.",
            )
        reply = action.run(self, invocation, command.argument_in(invocation.text))
        if command.changes:
            self.changed()
        return reply

    def _action(self, invocation: Invocation) -> Action:
        """What is done for the command that was meant; a command of two words alone asks for help.

        Raises:
            CommandError: There is no such command.
        """
        command = self.find(invocation.command, invocation.text if invocation.text.strip() else "help")
        for action in self.actions:
            if action.command == command:
                return action
        raise self._no_command(invocation)

    def _no_command(self, invocation: Invocation) -> CommandError:
        said = f"/{invocation.command} {invocation.text}".strip()
        names = {each.word or each.slash: each.name for each in self.commands}
        is_slash = invocation.command in {each.slash for each in self.commands}
        words = invocation.text.split() if is_slash else []
        near = difflib.get_close_matches(words[0].lower() if words else invocation.command, names, n=1)
        meant = f"/{names[near[0]]}" if near else ""
        return CommandError(
            f"There is no command “{shorten(said, SAID)}”.",
            repair=f"{f'Did you mean {meant}? ' if meant else ''}/papers help shows what I understand.",
        )

    def _suggestions(self, invocation: Invocation) -> Sequence[Choice]:
        try:
            action = self._action(invocation)
            if action.suggest is None:
                return []
            return action.suggest(self, invocation, action.command.argument_in(invocation.text))[:CHOICES]
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
