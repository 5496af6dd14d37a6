"""People's commands, button presses and forms brought to the desk, and its replies back to them.

A press is understood from its custom_id alone. Nothing is remembered about messages, so buttons work after restarts and
in messages of any age. Everything is acknowledged first, since Discord waits only three seconds:
https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

import discord

from adapters.platforms.discord.buttons import pressed
from adapters.platforms.discord.embeds import to_payload
from adapters.platforms.discord.errors import FAILURES, TOO_LATE
from adapters.platforms.discord.forms import form, keeping, kept_in, typed_in, wants_more
from adapters.platforms.discord.posting import NO_MENTIONS, as_view
from adapters.platforms.discord.sending import ANSWERED_WITHIN, acknowledge, announce_later, lasting
from adapters.platforms.discord.typed_text import Named, plain_text
from bot.domain import Address, Receipt, message_key
from bot.domain.commands import Choice, Command, Invocation
from bot.domain.messages import Message, Reply
from bot.errors import ChannelClosed, DeliveryError, RetryLater, Uncertain
from bot.ports.platform import FrontDesk
from bot.text.shorten import shorten

LONGEST_CHOICE = 100
"""Characters of a choice: https://discord.com/developers/docs/interactions/application-commands."""

FAILED = Reply("Something went wrong.", advice="Please try again later; my log has the reason.", ok=False)

OUTDATED = Reply("This command has changed.", advice="Restart Discord to get the new version.", ok=False)

Interaction = discord.Interaction[Any]

log = logging.getLogger(__name__)


class Post(Protocol):
    """See `Platform.post`."""

    async def __call__(self, channel: Address, message: Message, *, key: str) -> Receipt:
        """Post a message."""
        ...


class Answering:
    """Answers interactions."""

    def __init__(self, desk: FrontDesk, post: Post) -> None:
        self._desk = desk
        self._post = post
        self._late: set[asyncio.Task[None]] = set()

    async def command(self, interaction: Interaction, command: Command, text: str) -> None:
        """Answer a slash command."""
        typed = f"{command.word} {plain_text(text, names_in(interaction))}".strip()
        await self._safely(interaction, self._answer(interaction, command.slash, typed))

    async def suggest(self, interaction: Interaction, command: Command, text: str) -> list[Choice]:
        """Complete what is being typed; labels that are too long for Discord are shortened, texts left out."""
        invocation = invocation_of(interaction, command.slash, f"{command.word} {text}".strip())
        if invocation is None:
            return []
        return [
            Choice(shorten(choice.label, LONGEST_CHOICE), choice.text)
            for choice in await self._desk.suggest(invocation)
            if len(choice.text) <= LONGEST_CHOICE
        ]

    async def press(self, interaction: Interaction) -> None:
        """Answer a button press."""
        press = pressed(_custom_id(interaction))
        if press is None:
            return
        name, text = press
        command = self._desk.find(name, text)
        if command is not None and wants_more(command, text) and self._may_give(interaction, command):
            modal = form(command, _custom_id(interaction), kept=kept_in(interaction.message))
            await self._safely(interaction, interaction.response.send_modal(modal))
        else:
            await self._safely(interaction, self._answer(interaction, name, text))

    async def submit(self, interaction: Interaction) -> None:
        """Answer a submitted form."""
        press = pressed(_custom_id(interaction))
        if press is None:
            return
        name, text = press
        typed = typed_in(interaction.data)
        words = f"{text} {plain_text(typed, names_in(interaction))}".strip()
        await self._safely(interaction, self._answer(interaction, name, words, typed=typed))

    def _may_give(self, interaction: Interaction, command: Command) -> bool:
        """Whether the desk takes the command from this person: nobody should fill in a form only to be refused."""
        return is_admin_there(interaction) or not self._desk.needs_admin(command)

    async def say(self, interaction: Interaction, reply: Reply) -> None:
        """Answer without the desk."""
        await self._safely(interaction, self._say(interaction, reply))

    async def _safely(self, interaction: Interaction, answer: Any) -> None:  # noqa: ANN401 - a coroutine of any result
        """Await the answer; if Discord does not take it, only this answer is lost."""
        try:
            await answer
        except discord.HTTPException as error:
            if error.code in TOO_LATE:
                log.warning("A command in channel %s was answered too late, or twice", interaction.channel_id)
            else:
                log.error("Discord did not take an answer (%d, code %d)", error.status, error.code)  # noqa: TRY400
        except FAILURES as error:
            log.error("Could not answer a command: %s", type(error).__name__)  # noqa: TRY400 - a line says it all

    async def _answer(self, interaction: Interaction, command: str, text: str, *, typed: str = "") -> None:
        """Carry out a command; ``typed`` is what was typed into a form, to be kept if it is wrong."""
        await acknowledge(interaction)
        invocation = invocation_of(interaction, command, text)
        if invocation is None:
            reply = Reply("I can't tell which channel this is.", advice="Try it in a text channel.", ok=False)
        else:
            reply = await self._desk.answer(invocation)
            entry = self._desk.find(command, text)
            if not reply.ok and not invocation.is_admin and entry and self._desk.needs_admin(entry):
                reply = replace(reply, advice=f"You need “Manage Channels” to do that here. {reply.advice}".strip())
            if reply.ok and reply.announcement and interaction.guild_id is not None:
                reply = await self._announced(interaction, invocation.channel, reply)
        await self._show(interaction, reply, typed=typed)

    async def _say(self, interaction: Interaction, reply: Reply) -> None:
        if not interaction.response.is_done():
            await acknowledge(interaction)
        await self._show(interaction, reply)

    async def _announced(self, interaction: Interaction, subscribed: Address, reply: Reply) -> Reply:
        """Tell the channel; return the reply, which also says so if we cannot post there."""
        here = Address("discord", str(interaction.channel_id))
        post = partial(self._post, here, Reply(reply.announcement), key=message_key(here, [str(interaction.id)]))
        try:
            await post()
        except (RetryLater, Uncertain) as error:
            task = asyncio.create_task(self._announce_later(here, post, error))
            self._late.add(task)
            task.add_done_callback(self._late.discard)
        except ChannelClosed as closed:
            if here == subscribed:
                await self._desk.left(subscribed, closed, is_told=True)
            return reply.with_closed_notice(closed.reason, closed.repair)
        except DeliveryError as error:
            log.warning("Could not announce a change in %s: %s", here, error)
        return reply

    async def _announce_later(self, here: Address, post: Callable[[], Awaitable[object]], error: DeliveryError) -> None:
        if reason := await announce_later(post, error):
            log.warning("Could not announce a change in %s: %s", here, reason)

    def close(self) -> None:
        """Give up what waits for another try."""
        for task in self._late:
            task.cancel()

    async def _show(self, interaction: Interaction, reply: Reply, *, typed: str = "") -> None:
        payload = to_payload(reply)
        if typed and not reply.ok:
            payload = keeping(payload, typed, _custom_id(interaction))

        async def show() -> None:
            await interaction.edit_original_response(
                content=payload.content or None,
                embeds=payload.embeds,
                view=as_view(payload.buttons),
                allowed_mentions=NO_MENTIONS,
            )

        await lasting(show, within=ANSWERED_WITHIN)


def invocation_of(interaction: Interaction, command: str, text: str) -> Invocation | None:
    """The command, with its person and channel; None if Discord does not name a channel."""
    channel = channel_of(interaction)
    if channel is None:
        return None
    person, is_admin = interaction.user, is_admin_there(interaction)
    return Invocation(channel, person.display_name, command, text, is_admin=is_admin, person_id=str(person.id))


def names_in(interaction: Interaction) -> Named:
    """The names of what was mentioned, as far as Discord's payload and the server's channels tell."""
    data: Mapping[str, Any] = interaction.data or {}
    resolved: Mapping[str, Any] = data.get("resolved") or {}
    guild = interaction.guild

    def named(mark: str, identifier: int) -> str:
        if mark == "@":
            person = (resolved.get("users") or {}).get(str(identifier)) or {}
            return str(person.get("global_name") or person.get("username") or "")
        known = guild and (guild.get_role(identifier) if mark == "@&" else guild.get_channel_or_thread(identifier))
        return known.name if known else ""

    return named


def channel_of(interaction: Interaction) -> Address | None:
    """The channel that a command is about: in a forum's post the forum, where nobody can type commands."""
    channel = interaction.channel
    if channel is None:
        return None
    if isinstance(channel, discord.Thread) and isinstance(channel.parent, discord.ForumChannel):
        return Address("discord", str(channel.parent_id))
    return Address("discord", str(channel.id))


def is_admin_there(interaction: Interaction) -> bool:
    """Whether the person counts as an admin there: with “Manage Channels”, or in direct messages."""
    allowed = interaction.permissions
    return interaction.guild_id is None or allowed.manage_channels or allowed.administrator


def _custom_id(interaction: Interaction) -> str:
    data: Mapping[str, Any] = interaction.data or {}
    return str(data.get("custom_id", ""))
