"""What a person did in Discord, as an invocation: who, where, and what they typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord

from adapters.platforms.discord.typed_text import Named
from bot.domain import Address
from bot.domain.commands import Invocation

Interaction = discord.Interaction[Any]


def invocation_of(interaction: Interaction, command: str, text: str) -> Invocation | None:
    """The command, with its person and channel; None if Discord does not name a channel."""
    channel = channel_of(interaction)
    if channel is None:
        return None
    person = interaction.user
    return Invocation(
        channel,
        person.display_name,
        command,
        text,
        is_admin=is_admin_there(interaction),
        person_id=str(person.id),
        locale=str(interaction.locale),
    )


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


def custom_id_in(interaction: Interaction) -> str:
    """What was pressed: a button's custom_id, the chosen option of a menu, or the custom_id of a form."""
    data: Mapping[str, Any] = interaction.data or {}
    values = data.get("values")
    if interaction.type is discord.InteractionType.component and isinstance(values, list) and values:
        return str(values[0])
    return str(data.get("custom_id", ""))
