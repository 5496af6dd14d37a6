"""Slash commands, made from the table that every platform shares, and registered when they changed."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands

from adapters.platforms.discord.answering import FAILED, OUTDATED, Answering
from bot.domain.commands import Command
from bot.ports.platform import FrontDesk

SHOWN = 100
"""Characters of a description: https://discord.com/developers/docs/interactions/application-commands."""

COMPARED = ("name", "description", "type", "required", "autocomplete", "max_length", "contexts", "integration_types")
"""What makes a command another one, apart from its permissions and options; what Discord adds is not compared."""

GROUPS = {"papers": "today's papers, past ones, and how I am doing"}
"""What is said of a command that has others under it."""

log = logging.getLogger(__name__)


class SlashCommands(app_commands.CommandTree[Any]):
    """The table as Discord's commands."""

    def __init__(self, client: discord.Client, desk: FrontDesk, answering: Answering) -> None:
        """Make every command; nothing is registered yet."""
        self._answering = answering
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        groups: dict[str, app_commands.Group] = {}
        for command in desk.commands:
            if command.word:
                group = groups.get(command.slash) or app_commands.Group(
                    name=command.slash, description=GROUPS.get(command.slash, command.slash)
                )
                group.add_command(_made(command, answering, needs_admin=desk.needs_admin(command)))
                groups[command.slash] = group
            else:
                self.add_command(_made(command, answering, needs_admin=desk.needs_admin(command)))
        for group in groups.values():
            self.add_command(group)

    async def on_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError) -> None:
        """Answer whoever gave a command that is not what it was when their Discord learned it."""
        outdated = isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch)
        if not outdated:
            log.error("A command failed", exc_info=error)
        await self._answering.say(interaction, OUTDATED if outdated else FAILED)

    async def register(self) -> bool:
        """Register the commands if Discord knows others; say whether that was so.

        Raises:
            Exception: One of `adapters.platforms.discord.errors.FAILURES`.
        """
        application = self.client.application_id
        assert application is not None  # noqa: S101 - known after the login
        known = await self.client.http.get_global_commands(application)
        wanted = [command.to_dict(self) for command in self.get_commands()]
        if essence({"options": known}) == essence({"options": wanted}):
            return False
        await self.sync()
        log.info("Registered %d commands with Discord", len(wanted))
        return True


def essence(command: Mapping[str, Any]) -> dict[str, Any]:
    """What makes a command another one, as a value to compare."""
    kept: dict[str, Any] = {}
    for key in COMPARED:
        value = command.get(key)
        if value:
            kept[key] = sorted(value) if isinstance(value, list) else value
    permissions = command.get("default_member_permissions")
    if permissions is not None:
        kept["default_member_permissions"] = str(permissions)
    # The order of commands means nothing to Discord, that of options is what people see.
    options = [essence(option) for option in command.get("options") or ()]
    if options:
        kept["options"] = options if "name" in command else sorted(options, key=lambda each: str(each["name"]))
    return kept


def _made(command: Command, answering: Answering, *, needs_admin: bool) -> app_commands.Command[Any, ..., Any]:
    """The command as discord.py registers and recognizes it."""

    async def without_text(interaction: discord.Interaction[Any]) -> None:
        await answering.command(interaction, command, "")

    async def with_text(interaction: discord.Interaction[Any], text: str) -> None:
        await answering.command(interaction, command, text)

    async def perhaps_with_text(interaction: discord.Interaction[Any], text: str = "") -> None:
        await answering.command(interaction, command, text)

    async def complete(interaction: discord.Interaction[Any], current: str) -> list[app_commands.Choice[str]]:
        offered = await answering.suggest(interaction, command, current)
        return [app_commands.Choice(name=choice.label, value=choice.text) for choice in offered]

    argument = command.argument
    callback: Any = without_text
    if argument is not None:
        callback = with_text if argument.required else perhaps_with_text
        callback = app_commands.rename(text=argument.name)(callback)
        callback = app_commands.describe(text=argument.summary[:SHOWN])(callback)
        if argument.completes:
            callback = app_commands.autocomplete(text=complete)(callback)
    if needs_admin and not command.word:  # Discord has one setting for all commands under a word
        callback = app_commands.default_permissions(manage_channels=True)(callback)
    name = command.word or command.slash
    return app_commands.Command(name=name, description=command.summary[:SHOWN], callback=callback)
