"""A front desk in memory, which records what platforms bring, and gives the answers that a test sets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.commands.table import COMMANDS
from bot.domain import Address, Channel
from bot.domain.commands import Choice, Command, Invocation, find_command
from bot.domain.messages import Draft, Reply
from bot.errors import ChannelClosed


def echo(invocation: Invocation) -> Reply:
    """Repeat the text of the command."""
    return Reply(f"I heard {invocation.text}")


def announcing(invocation: Invocation) -> Reply:
    """Answer, and announce."""
    return Reply(f"Subscribed to {invocation.text}", announcement=f"{invocation.person} did it")


@dataclass(slots=True)
class Reception:
    """See `FrontDesk`.

    Attributes:
        reply: What it answers.
        choices: What it suggests, whatever is typed.
        known: The channels that somebody subscribed in.
        greeting: What it says when a channel is joined; None to say nothing.
        heard: Every command that was brought.
        opened: Every channel that was joined.
        closed: Every channel that was left, and why.
        drafted: Every form that was asked for.
        first: What forms start from.
        renamed: Every channel that got another address, and that address.
    """

    reply: Callable[[Invocation], Reply] = echo
    choices: Sequence[Choice] = ()
    known: Sequence[Channel] = ()
    greeting: Reply | None = None
    admins_only: bool = False
    first: Draft = field(default_factory=Draft)
    drafted: list[Invocation] = field(default_factory=list)
    commands: Sequence[Command] = COMMANDS
    heard: list[Invocation] = field(default_factory=list)
    opened: list[Address] = field(default_factory=list)
    closed: list[tuple[Address, ChannelClosed]] = field(default_factory=list)
    renamed: list[tuple[Address, Address]] = field(default_factory=list)

    def find(self, name: str, text: str) -> Command | None:
        """The command of the table."""
        return find_command(self.commands, name, text)

    def needs_admin(self, command: Command) -> bool:
        """Commands that change something, if only admins may."""
        return command.changes and self.admins_only

    async def answer(self, invocation: Invocation) -> Reply:
        """Record the command, and answer."""
        self.heard.append(invocation)
        return self.reply(invocation)

    async def suggest(self, invocation: Invocation) -> Sequence[Choice]:  # noqa: ARG002 - the contract's
        """Offer the choices."""
        return self.choices

    async def draft(self, invocation: Invocation) -> Draft:
        """See `FrontDesk.draft`."""
        self.drafted.append(invocation)
        return self.first

    async def channels(self, platform: str) -> Sequence[Channel]:
        """The platform's channels."""
        return [channel for channel in self.known if channel.address.platform == platform]

    async def joined(self, channel: Address) -> Reply | None:
        """Record the channel, and greet."""
        self.opened.append(channel)
        return self.greeting

    async def left(self, channel: Address, closed: ChannelClosed, *, is_told: bool = False) -> None:  # noqa: ARG002
        """Record the channel and the reason."""
        self.closed.append((channel, closed))

    async def moved(self, source: Address, target: Address) -> None:
        """Record both."""
        self.renamed.append((source, target))
