"""People's commands, button presses, choices and forms brought to the desk, and its replies back to them.

A press is understood from its custom_id alone. Nothing is remembered about messages, so buttons work after restarts and
in messages of any age. Everything is acknowledged first, since Discord waits only three seconds:
https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

import discord

from adapters.platforms.discord.buttons import pressed
from adapters.platforms.discord.components import Payload, to_payload
from adapters.platforms.discord.errors import FAILURES, TOO_LATE
from adapters.platforms.discord.forms import (
    Kept,
    Mistake,
    form,
    keeping,
    kept_in,
    saved_in,
    subscription_form,
    subscription_in,
    typed_in,
    wants_more,
)
from adapters.platforms.discord.invocations import (
    Interaction,
    custom_id_in,
    invocation_of,
    is_admin_there,
    names_in,
)
from adapters.platforms.discord.posting import NO_MENTIONS
from adapters.platforms.discord.sending import ANSWERED_WITHIN, acknowledge, announce_later, lasting
from adapters.platforms.discord.subscribing import changes_of, joined, mistake_in, query_of
from adapters.platforms.discord.typed_text import plain_text
from adapters.platforms.discord.views import as_view
from bot.domain import Address, Receipt, message_key
from bot.domain.commands import Choice, Command, Invocation
from bot.domain.messages import Message, Reply
from bot.errors import ChannelClosed, DeliveryError, RetryLater, Uncertain
from bot.ports.platform import FrontDesk
from bot.text.paper_links import paper_ids
from bot.text.shorten import shorten

LONGEST_CHOICE = 100
"""Characters of a choice: https://discord.com/developers/docs/interactions/application-commands."""

LONGEST_MESSAGE = 20_000
"""Characters of a message in which links are looked for; with its embeds it has fewer."""

MOST_SHOWN = 3
"""How many papers of a message are shown."""

FAILED = Reply("Something went wrong.", advice="Please try again later; my log has the reason.", ok=False)

OUTDATED = Reply("This command has changed.", advice="Restart Discord to get the new version.", ok=False)

NO_CHANNEL = Reply("I can't tell which channel this is.", advice="Try it in a text channel.", ok=False)

NO_LINK = Reply(
    "I see no link to a paper in that message.",
    advice="I know links to arXiv, Hugging Face and alphaXiv, and DOIs of arXiv.",
    ok=False,
)

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
        await self._opened_or_answered(interaction, command.slash, typed, f"pw:{command.slash}:{typed}")

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
        """Answer a button press, or a choice in a menu."""
        custom_id = custom_id_in(interaction)
        if form_id := saved_in(custom_id):
            await self._safely(interaction, self._save(interaction, form_id))
        elif press := pressed(custom_id):
            await self._opened_or_answered(interaction, *press, custom_id)

    async def submit(self, interaction: Interaction) -> None:
        """Answer a submitted form."""
        custom_id = custom_id_in(interaction)
        press = pressed(custom_id)
        if press is None:
            return
        name, text = press
        kept = Kept(typed_in(interaction.data))
        if subscription_in(name, text) is not None:
            await self._safely(interaction, self._preview(interaction, kept, custom_id))
        else:
            await self._safely(interaction, self._submitted(interaction, name, text, kept, custom_id))

    async def show_papers(self, interaction: Interaction, text: str) -> None:
        """Answer with the cards of the papers that a message links to.

        Args:
            interaction: The choice of "Show paper" beside the message.
            text: All that the message says.
        """
        await self._safely(interaction, self._show_papers(interaction, text))

    async def say(self, interaction: Interaction, reply: Reply) -> None:
        """Answer without the desk."""
        await self._safely(interaction, self._say(interaction, reply))

    def close(self) -> None:
        """Give up what waits for another try."""
        for task in self._late:
            task.cancel()

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

    async def _opened_or_answered(self, interaction: Interaction, name: str, text: str, custom_id: str) -> None:
        """Open a form if the command wants one, else carry it out."""
        modal = await self._form(interaction, name, text, custom_id)
        if modal is not None:
            await self._safely(interaction, interaction.response.send_modal(modal))
        else:
            await self._safely(interaction, self._answer(interaction, name, text))

    async def _form(self, interaction: Interaction, name: str, text: str, custom_id: str) -> discord.ui.Modal | None:
        """The form that the command wants, filled with what was typed before; None if it wants none.

        Nobody should fill in a form only to be refused, so who may not give the command gets none either.
        """
        kept = kept_in(interaction.message)
        number = subscription_in(name, text)
        command = self._desk.find("subscribe", "") if number is not None else self._desk.find(name, text)
        if command is None or not (is_admin_there(interaction) or not self._desk.needs_admin(command)):
            return None
        if number is not None:
            invocation = invocation_of(interaction, name, number)
            return subscription_form(await self._desk.draft(invocation), custom_id, kept) if invocation else None
        return form(command, custom_id, kept) if wants_more(command, text) else None

    async def _answer(self, interaction: Interaction, name: str, text: str) -> None:
        await acknowledge(interaction)
        await self._show(interaction, to_payload(await self._carried_out(interaction, name, text)))

    async def _submitted(self, interaction: Interaction, name: str, text: str, kept: Kept, custom_id: str) -> None:
        """Carry out a command whose argument was typed into a form; what was typed is kept if it is wrong."""
        await acknowledge(interaction)
        field, typed = next(iter(kept.typed.items()), ("", ""))
        reply = await self._carried_out(interaction, name, f"{text} {plain_text(typed, names_in(interaction))}".strip())
        again = Kept(kept.typed, Mistake(field, reply.text))
        await self._show(interaction, to_payload(reply) if reply.ok or not typed else keeping(reply, again, custom_id))

    async def _preview(self, interaction: Interaction, kept: Kept, custom_id: str) -> None:
        """Show what a subscription would bring before it is saved."""
        await acknowledge(interaction)
        meant = _meant(interaction, kept)
        mistake = mistake_in(meant)
        if mistake is not None:
            wrong = Reply(mistake.reason, ok=False)
            return await self._show(interaction, keeping(wrong, Kept(kept.typed, mistake), custom_id))
        reply = await self._carried_out(interaction, "papers", f"try {query_of(meant)}")
        if not reply.ok:
            again = Kept(kept.typed, Mistake("query", reply.text))
            return await self._show(interaction, keeping(reply, again, custom_id))
        return await self._show(interaction, keeping(replace(reply, buttons=()), kept, custom_id, saves=True))

    async def _save(self, interaction: Interaction, custom_id: str) -> None:
        """Carry out what was typed into a form, and shown."""
        await acknowledge(interaction)
        kept, number = kept_in(interaction.message), subscription_in(*(pressed(custom_id) or ("", "none")))
        invocation = invocation_of(interaction, "subscribe", number or "")
        meant = _meant(interaction, kept)
        if number is None or invocation is None or not query_of(meant):
            return await self._show(interaction, to_payload(FAILED))
        replies: list[Reply] = []
        for name, text in changes_of(await self._desk.draft(invocation), meant):
            replies.append(await self._carried_out(interaction, name, text))
            if not replies[-1].ok:
                again = Kept(kept.typed, Mistake("at" if "digest" in text.split()[:1] else "query", replies[-1].text))
                return await self._show(interaction, keeping(joined(replies), again, custom_id))
        return await self._show(interaction, to_payload(joined(replies)))

    async def _show_papers(self, interaction: Interaction, text: str) -> None:
        await acknowledge(interaction)
        papers = paper_ids(text[:LONGEST_MESSAGE])[:MOST_SHOWN]
        replies = [await self._carried_out(interaction, "papers", f"show {paper}") for paper in papers]
        if len(replies) > 1:  # where each is from would stand above them all
            replies = [replace(reply, text="") if reply.cards else reply for reply in replies]
        await self._show(interaction, to_payload(joined(replies) if replies else NO_LINK))

    async def _say(self, interaction: Interaction, reply: Reply) -> None:
        if not interaction.response.is_done():
            await acknowledge(interaction)
        await self._show(interaction, to_payload(reply))

    async def _carried_out(self, interaction: Interaction, name: str, text: str) -> Reply:
        """The desk's reply, once the channel was told of what it announces."""
        invocation = invocation_of(interaction, name, text)
        if invocation is None:
            return NO_CHANNEL
        command = self._desk.find(name, text)
        if command is not None and command.is_direct:
            invocation = replace(invocation, direct=await self._direct(interaction))
        reply = await self._desk.answer(invocation)
        if not reply.ok and not invocation.is_admin and command and self._desk.needs_admin(command):
            return replace(reply, advice=f"You need “Manage Channels” to do that here. {reply.advice}".strip())
        if reply.ok and reply.announcement and interaction.guild_id is not None:
            return await self._announced(interaction, invocation, reply)
        return reply

    async def _direct(self, interaction: Interaction) -> Address | None:
        """The person's direct messages with us; None if there can be none."""
        try:
            return Address("discord", str((await interaction.user.create_dm()).id))
        except FAILURES as error:
            log.warning("Could not open direct messages: %s", type(error).__name__)
            return None

    async def _announced(self, interaction: Interaction, invocation: Invocation, reply: Reply) -> Reply:
        """Tell the channel; return the reply, which also says so if we cannot post there."""
        here = Address("discord", str(interaction.channel_id))
        key = message_key(here, [str(interaction.id), invocation.command, invocation.text])
        post = partial(self._post, here, Reply(reply.announcement), key=key)
        try:
            await post()
        except (RetryLater, Uncertain) as error:
            task = asyncio.create_task(self._announce_later(here, post, error))
            self._late.add(task)
            task.add_done_callback(self._late.discard)
        except ChannelClosed as closed:
            if here == invocation.channel:
                await self._desk.left(invocation.channel, closed, is_told=True)
            return reply.with_closed_notice(closed.reason, closed.repair)
        except DeliveryError as error:
            log.warning("Could not announce a change in %s: %s", here, error)
        return reply

    async def _announce_later(self, here: Address, post: Callable[[], Awaitable[object]], error: DeliveryError) -> None:
        if reason := await announce_later(post, error):
            log.warning("Could not announce a change in %s: %s", here, reason)

    async def _show(self, interaction: Interaction, payload: Payload) -> None:
        async def show() -> None:
            await interaction.edit_original_response(view=as_view(payload), allowed_mentions=NO_MENTIONS)

        await lasting(show, within=ANSWERED_WITHIN)


def _meant(interaction: Interaction, kept: Kept) -> dict[str, str]:
    """What was typed into the fields of a form, without Discord's markup."""
    return {field: plain_text(typed, names_in(interaction)) for field, typed in kept.typed.items()}
