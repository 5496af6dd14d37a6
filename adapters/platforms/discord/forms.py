"""Forms: what they ask for, what was typed into them, and how it is kept when it turns out to be wrong.

Discord lets nobody answer a form with a form. So what was typed stands under the error, beside a button that opens the
form again, and the form takes it from there: nothing is remembered, and it works after a restart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import discord

from adapters.platforms.discord.buttons import Pressable
from adapters.platforms.discord.embeds import Payload
from bot.domain.commands import Command
from bot.text.characters import visible
from bot.text.shorten import shorten

LABEL, PLACEHOLDER = 45, 100
"""Characters of a form's title and labels, and of a placeholder: https://discord.com/developers/docs/components/reference."""

LONGEST = 500
"""Characters of what is typed."""

TYPED = "You typed: "
"""Begins the line that keeps it."""

AGAIN = "Edit"


def wants_more(command: Command, text: str) -> bool:
    """Whether the command lacks a required argument, which a form then asks for."""
    return command.argument is not None and command.argument.required and not command.argument_in(text)


def form(command: Command, custom_id: str, *, kept: str = "") -> discord.ui.Modal:
    """A form that asks for the command's argument; understood from its custom_id, like a press.

    ``kept`` is what was typed into it before.
    """
    assert command.argument is not None  # noqa: S101 - see `wants_more`
    modal = discord.ui.Modal(title=shorten(f"/{command.name}", LABEL), custom_id=custom_id)
    argument: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=command.argument.name,
        placeholder=shorten(command.argument.example, PLACEHOLDER),
        default=kept[:LONGEST] or None,
        max_length=LONGEST,
    )
    modal.add_item(discord.ui.Label(text=shorten(command.argument.summary, LABEL), component=argument))
    modal.stop()
    return modal


def typed_in(data: object) -> str:
    """What was typed into the only field of a form; empty if nothing was."""
    return next(_values(data), "")


def keeping(payload: Payload, typed: str, custom_id: str) -> Payload:
    """The error with what was typed, and a button to go on from there."""
    kept = discord.Embed().set_footer(text=f"{TYPED}{visible(typed)[:LONGEST]}")
    again = Pressable(AGAIN, custom_id)
    others = tuple(button for button in payload.buttons if button.custom_id != custom_id)
    return replace(payload, embeds=(*payload.embeds[:9], kept), buttons=(again, *others[:24]))


def kept_in(message: discord.Message | None) -> str:
    """What `keeping` put into the message; empty if it did not."""
    footers = [embed.footer.text or "" for embed in message.embeds] if message else []
    return next((text.removeprefix(TYPED) for text in footers if text.startswith(TYPED)), "")


def _values(data: object) -> Iterator[str]:
    """Every text that was typed into a form."""
    if isinstance(data, Mapping):
        if isinstance(data.get("value"), str):
            yield data["value"]
        for part in (data.get("components"), data.get("component")):
            yield from _values(part)
    elif isinstance(data, list):
        for part in data:
            yield from _values(part)
