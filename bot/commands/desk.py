"""Finds the command that was used, checks who may use it, runs it, and turns errors into replies.

A command is a plain function from the desk (stores and settings) and an invocation to a reply. It raises `CommandError`
for what it cannot do, which the desk turns into a reply, so every platform says the same.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import InitVar, dataclass, field, replace
from datetime import datetime, timedelta

from bot.advice.backtest import DAYS, Recent, recent
from bot.advice.example_query import Example, example
from bot.advice.match_counts import MatchCount, Remembered, match_counts
from bot.advice.silent import Hint, hints_for
from bot.advice.subjects import Subjects
from bot.advice.vocabulary import Vocabulary, counted
from bot.commands.channel_events import ChannelEvents
from bot.commands.draft import draft_for
from bot.commands.small_talk import answer_to, kind_of
from bot.commands.unknown import said, unknown_command
from bot.domain import Address, Channel, Paper
from bot.domain.commands import Choice, Command, Invocation, find_command
from bot.domain.messages import Button, Draft, Reply
from bot.errors import ChannelClosed, CommandError, StorageError
from bot.matching.glossary import Glossary
from bot.matching.meaning.learning import Meaning
from bot.matching.paper_index import index_papers
from bot.ports.platform import MAX_CHOICES
from bot.ports.stores import Stores
from bot.status import Status
from bot.text.likely_zones import likely_zones
from bot.text.zones import available_zones

ADVICE_FOR_HOSTS = "Whoever runs me can find the reason in the log."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Action:
    """A command, and the functions that serve it.

    Attributes:
        command: The command.
        run: Carries it out, given its argument.
        suggest: Completes its argument, given what was typed so far; None if there are no completions.
    """

    command: Command
    run: Callable[[Desk, Invocation, str], Reply]
    suggest: Callable[[Desk, Invocation, str], Sequence[Choice]] | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """The `FrontDesk` that answers commands.

    Attributes:
        actions: The table of commands.
        stores: What commands read and change.
        glossary: The acronyms that are understood.
        who: ``everyone`` or ``admins``: who may change a channel's subscriptions.
        max_subscriptions: How many subscriptions a channel may have.
        now: The clock.
        status: How the service is doing; None outside a service.
        time_zone: The IANA name of the time zone of people whose own is unknown.
        arxiv_categories: The categories of arXiv whose lists are read; empty if none is.
        changed: Called after a command changed something, in the thread that ran it.
        fetch: Asks the sources for a paper that is not stored, by its id, for some seconds at the most; None if they do
            not know it. It raises `SourceError` if they cannot be asked.
        counts: What each query brings.
        hints: What to do about queries that bring nothing.
        subjects: What recent papers are about.
        learned: What the stored papers mean, where others learn it too.
        meaning: The same, or learned here.
    """

    actions: tuple[Action, ...]
    stores: Stores
    glossary: Glossary
    who: str
    max_subscriptions: int
    now: Callable[[], datetime]
    status: Status | None = None
    time_zone: str = "UTC"
    arxiv_categories: tuple[str, ...] = ()
    changed: Callable[[], None] = lambda: None
    fetch: Callable[[str], Paper | None] = lambda _: None
    counts: Remembered[MatchCount] = field(default_factory=lambda: Remembered(match_counts))
    hints: Remembered[Hint] = field(default_factory=lambda: Remembered(hints_for))
    subjects: Subjects = field(default_factory=Subjects)
    learned: InitVar[Meaning | None] = None
    meaning: Meaning = field(init=False)

    def __post_init__(self, learned: Meaning | None) -> None:
        """Share what is learned: with the service if it brings it, and between all commands."""
        object.__setattr__(self, "meaning", learned or Meaning(self.stores, self.now))

    @property
    def _events(self) -> ChannelEvents:
        return ChannelEvents(self.stores, self.now, self.example, self.changed)

    def recent(self) -> Recent:
        """The papers of the last 30 days, to try queries on.

        Raises:
            StorageError: The database cannot be used.
        """
        return recent(self.stores, self.glossary, now=self.now())

    def vocabulary(self) -> Vocabulary:
        """The terms of the papers of the last 30 days.

        Raises:
            StorageError: The database cannot be used.
        """
        since = self.now().date() - timedelta(days=DAYS - 1)
        index_papers(self.stores.paper_index, since=since)
        return counted(self.stores, since=since)

    def own_zone(self, invocation: Invocation) -> str:
        """The IANA name of the person's time zone, told by the platform or remembered; empty where it is unknown.

        Raises:
            StorageError: The database cannot be used.
        """
        if invocation.time_zone in available_zones():
            return invocation.time_zone
        if not invocation.person_id:
            return ""
        remembered = self.stores.people.zone(invocation.channel.platform, invocation.person_id)
        return remembered if remembered in available_zones() else ""

    def zone_of(self, invocation: Invocation) -> str:
        """The IANA name of the person's time zone; where it is unknown, that of `time_zone`.

        Raises:
            StorageError: The database cannot be used.
        """
        return self.own_zone(invocation) or self.time_zone

    def example(self) -> Example:
        """An example query that would have brought papers this month.

        Raises:
            StorageError: The database cannot be used.
        """
        return example(self.recent())

    @property
    def commands(self) -> Sequence[Command]:
        """Every command; see `FrontDesk.commands`."""
        return [action.command for action in self.actions]

    def find(self, name: str, text: str) -> Command | None:
        """The command that was used; see `FrontDesk.find`."""
        return find_command(self.commands, name, text)

    def needs_admin(self, command: Command) -> bool:
        """Whether only admins may use the command; see `FrontDesk.needs_admin`."""
        return command.changes and self.who == "admins"

    async def answer(self, invocation: Invocation) -> Reply:
        """Answer a command without blocking the event loop; see `FrontDesk.answer`."""
        # A query over all papers takes a while, and platforms want every command acknowledged within three seconds:
        # https://docs.slack.dev/interactivity/implementing-slash-commands,
        # https://discord.com/developers/docs/interactions/receiving-and-responding.
        try:
            return await asyncio.to_thread(self.reply, invocation)
        except Exception as error:  # noqa: BLE001 - a bug in one command: the person still gets an answer
            # Neither the traceback nor the error's text is logged: both may quote what people wrote.
            frame = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{frame.name}, line {frame.lineno}"
            log.error("Could not answer /%s: %s in %s", invocation.command, type(error).__name__, where)  # noqa: TRY400
            return Reply(
                "Something went wrong on my side, so I couldn't do that.",
                advice=f"Please try it in other words. {ADVICE_FOR_HOSTS}",
                ok=False,
            )

    async def suggest(self, invocation: Invocation) -> Sequence[Choice]:
        """Complete the argument that is being typed; see `FrontDesk.suggest`."""
        return await asyncio.to_thread(self._suggestions, invocation)

    async def draft(self, invocation: Invocation) -> Draft:
        """What a form starts from; see `FrontDesk.draft`."""
        try:
            return await asyncio.to_thread(self._draft, invocation)
        except StorageError as error:
            log.error("Could not prepare a form: %s", error)  # noqa: TRY400 - a line says it all
            return Draft(zone=self.time_zone)

    async def channels(self, platform: str) -> Sequence[Channel]:
        """The platform's channels; see `FrontDesk.channels`."""
        channels = await asyncio.to_thread(self._channels)
        return [channel for channel in channels if channel.address.platform == platform]

    async def joined(self, channel: Address) -> Reply | None:
        """Resume the channel, and greet it once; see `FrontDesk.joined`."""
        return await asyncio.to_thread(self._events.joined, channel)

    async def left(self, channel: Address, closed: ChannelClosed, *, is_told: bool = False) -> None:
        """Pause the channel; see `FrontDesk.left`."""
        await asyncio.to_thread(self._events.left, channel, closed, is_told=is_told)

    async def moved(self, source: Address, target: Address) -> None:
        """Let the channel's subscriptions, and what waits for them, follow it; see `FrontDesk.moved`."""
        await asyncio.to_thread(self._events.moved, source, target)

    def _draft(self, invocation: Invocation) -> Draft:
        likely = likely_zones(invocation.locale, now=self.now(), usual=self.time_zone)
        return draft_for(self.stores, invocation, zone=self.zone_of(invocation), likely=likely)

    def reply(self, invocation: Invocation) -> Reply:
        """Answer a command; if it cannot be carried out, the reply says why."""
        try:
            return self.do(invocation)
        except CommandError as error:
            buttons = tuple(Button(*instead) for instead in error.instead)
            return Reply(error.message, code=error.code, advice=error.repair, buttons=buttons, ok=False)
        except StorageError as error:
            log.error("Could not answer /%s: %s", invocation.command, error)  # noqa: TRY400 - a line says it all
            return Reply(
                "I can't reach my database right now, so nothing was changed.",
                advice=f"Please try again later. {ADVICE_FOR_HOSTS}",
                ok=False,
            )

    def do(self, invocation: Invocation) -> Reply:
        """Carry out a command.

        Raises:
            CommandError: It cannot be carried out.
            StorageError: The database cannot be used.
        """
        action = self._action(invocation)
        if action is None:
            return self._without_action(invocation)
        command = action.command
        if self.needs_admin(command) and not invocation.is_admin:
            raise CommandError(
                "Only admins can change what this channel gets.",
                repair="Ask an admin of this channel, or ask whoever runs me to allow everyone.",
            )
        reply = action.run(self, invocation, command.argument_in(invocation.text))
        if command.changes:
            self.changed()
        return reply

    def _without_action(self, invocation: Invocation) -> Reply:
        """Answer a greeting or thanks, and a question with the help.

        Raises:
            CommandError: It is none of these.
            StorageError: The database cannot be used.
        """
        kind = kind_of(said(invocation, self.commands))
        if kind is None:
            raise unknown_command(invocation, self.commands)
        if kind == "question":
            return self.do(replace(invocation, command="papers", text="help"))
        return answer_to(kind, self.example())

    def _action(self, invocation: Invocation) -> Action | None:
        """The action of the command that was used; None if there is no such command."""
        # "/papers" alone is "/papers help".
        command = self.find(invocation.command, invocation.text if invocation.text.strip() else "help")
        return next((action for action in self.actions if action.command == command), None)

    def _suggestions(self, invocation: Invocation) -> Sequence[Choice]:
        try:
            action = self._action(invocation)
            if action is None or action.suggest is None:
                return []
            return action.suggest(self, invocation, action.command.argument_in(invocation.text))[:MAX_CHOICES]
        except (CommandError, StorageError):
            return []  # an error would interrupt the person who is still typing

    def _channels(self) -> Sequence[Channel]:
        try:
            return self.stores.channels.all()
        except StorageError as error:
            log.error("Could not list the channels: %s", error)  # noqa: TRY400 - a line says it all
            return []
