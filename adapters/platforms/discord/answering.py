"""People's commands, presses and forms brought to the desk, and answered.

A press is understood by its custom_id alone: nothing is remembered about messages, so buttons work after restarts, in
messages of any age. Everything is acknowledged first, since Discord waits for three seconds only:
https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

import discord

from adapters.platforms.discord.embeds import pressed, to_payload
from adapters.platforms.discord.errors import FAILURES, TOO_LATE
from adapters.platforms.discord.posting import NO_MENTIONS, as_view
from bot.domain import Address, Receipt, message_key
from bot.domain.commands import Choice, Command, Invocation
from bot.domain.messages import Message, Reply
from bot.errors import ChannelClosed, DeliveryError
from bot.ports.platform import FrontDesk
from bot.text.shorten import shorten

LONGEST_CHOICE = 100
"""Characters of a choice: https://discord.com/developers/docs/interactions/application-commands."""

LONGEST_QUERY = 500

LABEL, PLACEHOLDER = 45, 100
"""Characters of a form's parts: https://discord.com/developers/docs/components/reference."""

FAILED = Reply("That went wrong.", advice="Please try again later; the log tells whoever runs me why.", ok=False)

OUTDATED = Reply("This command has changed.", advice="Restart Discord to see it as it is now.", ok=False)

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

    async def command(self, interaction: Interaction, command: Command, text: str) -> None:
        """Answer a slash command."""
        await self._safely(interaction, self._answer(interaction, command.slash, f"{command.word} {text}".strip()))

    async def suggest(self, interaction: Interaction, command: Command, text: str) -> list[Choice]:
        """Complete what is being typed; what is too long for Discord is shortened, or left out."""
        asked = invocation_of(interaction, command.slash, f"{command.word} {text}".strip())
        if asked is None:
            return []
        offered = await self._desk.suggest(asked)
        return [
            Choice(shorten(choice.label, LONGEST_CHOICE), choice.text)
            for choice in offered
            if len(choice.text) <= LONGEST_CHOICE
        ]

    async def press(self, interaction: Interaction) -> None:
        """Answer a press of a button."""
        given = pressed(_custom_id(interaction))
        if given is None:
            return
        command = self._desk.find(*given)
        if command is not None and wants_more(command, given[1]) and self._may_give(interaction, command):
            await self._safely(interaction, interaction.response.send_modal(form(command, _custom_id(interaction))))
        else:
            await self._safely(interaction, self._answer(interaction, *given))

    async def submit(self, interaction: Interaction) -> None:
        """Answer a form that was filled in."""
        given = pressed(_custom_id(interaction))
        if given is None:
            return
        written = next(_values(interaction.data), "")
        await self._safely(interaction, self._answer(interaction, given[0], f"{given[1]} {written}".strip()))

    def _may_give(self, interaction: Interaction, command: Command) -> bool:
        """Whether the desk will take the command from this person: nobody fills in a form to be refused."""
        return is_admin_there(interaction) or not self._desk.needs_admin(command)

    async def say(self, interaction: Interaction, reply: Reply) -> None:
        """Answer without the desk."""
        await self._safely(interaction, self._say(interaction, reply))

    async def _safely(self, interaction: Interaction, answer: Any) -> None:  # noqa: ANN401 - a coroutine of any result
        """Answer; what Discord does not take costs this answer alone."""
        try:
            await answer
        except discord.HTTPException as error:
            if error.code in TOO_LATE:
                log.warning("A command in channel %s was answered too late, or twice", interaction.channel_id)
            else:
                log.error("Discord did not take an answer (%d, code %d)", error.status, error.code)  # noqa: TRY400
        except FAILURES as error:
            log.error("A command could not be answered: %s", type(error).__name__)  # noqa: TRY400 - a line says it all

    async def _answer(self, interaction: Interaction, command: str, text: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        invocation = invocation_of(interaction, command, text)
        if invocation is None:
            reply = Reply("I cannot tell where this is.", advice="Try it in a text channel.", ok=False)
        else:
            reply = await self._desk.answer(invocation)
            if reply.ok and reply.announcement and interaction.guild_id is not None:
                reply = await self._announced(interaction, invocation.channel, reply)
        await self._show(interaction, reply)

    async def _say(self, interaction: Interaction, reply: Reply) -> None:
        if not interaction.response.is_done():
            await interaction.response.defer(ephemeral=True, thinking=True)
        await self._show(interaction, reply)

    async def _announced(self, interaction: Interaction, subscribed: Address, reply: Reply) -> Reply:
        """Tell the channel; return the reply, which says so when that cannot be."""
        here = Address("discord", str(interaction.channel_id))
        try:
            await self._post(here, Reply(reply.announcement), key=message_key(here, [str(interaction.id)]))
        except ChannelClosed as closed:
            if here == subscribed:
                await self._desk.left(subscribed, closed, is_told=True)
            return reply.with_closed_notice(closed.reason, closed.repair)
        except DeliveryError as error:
            log.warning("A change could not be announced in %s: %s", here, error)
        return reply

    async def _show(self, interaction: Interaction, reply: Reply) -> None:
        payload = to_payload(reply)
        await interaction.edit_original_response(
            content=payload.content or None,
            embeds=payload.embeds,
            view=as_view(payload.buttons),
            allowed_mentions=NO_MENTIONS,
        )


def invocation_of(interaction: Interaction, command: str, text: str) -> Invocation | None:
    """What was asked, by whom and where; None when Discord does not say where."""
    channel = channel_of(interaction)
    if channel is None:
        return None
    person, is_admin = interaction.user, is_admin_there(interaction)
    return Invocation(channel, person.display_name, command, text, is_admin=is_admin, person_id=str(person.id))


def channel_of(interaction: Interaction) -> Address | None:
    """The channel that is meant: in a post of a forum the forum, since no command can be given in a forum itself."""
    channel = interaction.channel
    if channel is None:
        return None
    if isinstance(channel, discord.Thread) and isinstance(channel.parent, discord.ForumChannel):
        return Address("discord", str(channel.parent_id))
    return Address("discord", str(channel.id))


def is_admin_there(interaction: Interaction) -> bool:
    """Whether the person counts as an admin there: with “Manage Channels”, or among themselves."""
    allowed = interaction.permissions
    return interaction.guild_id is None or allowed.manage_channels or allowed.administrator


def wants_more(command: Command, text: str) -> bool:
    """Whether the command cannot do without an argument and has none: it is asked for with a form."""
    return command.argument is not None and command.argument.required and not command.argument_in(text)


def form(command: Command, custom_id: str) -> discord.ui.Modal:
    """Asks for the command's argument; understood by its custom_id, as a press is."""
    assert command.argument is not None  # noqa: S101 - see `wants_more`
    modal = discord.ui.Modal(title=shorten(f"/{command.name}", LABEL), custom_id=custom_id)
    written: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=command.argument.name,
        placeholder=shorten(command.argument.example, PLACEHOLDER),
        max_length=LONGEST_QUERY,
    )
    modal.add_item(discord.ui.Label(text=shorten(command.argument.summary, LABEL), component=written))
    modal.stop()
    return modal


def _custom_id(interaction: Interaction) -> str:
    data: Mapping[str, Any] = interaction.data or {}
    return str(data.get("custom_id", ""))


def _values(data: Any) -> Iterator[str]:  # noqa: ANN401 - whatever Discord sends
    """Every text that was written in a form."""
    if isinstance(data, Mapping):
        if isinstance(data.get("value"), str):
            yield data["value"]
        for each in (data.get("components"), data.get("component")):
            yield from _values(each)
    elif isinstance(data, list):
        for each in data:
            yield from _values(each)
