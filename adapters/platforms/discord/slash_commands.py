"""Slash commands, made from the table that all platforms share, and registered when they change."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands

from adapters.platforms.discord.answering import FAILED, OUTDATED, Answering
from adapters.platforms.discord.forms import subscription_in
from adapters.platforms.discord.posting import texts_in
from bot.domain.commands import Command
from bot.ports.platform import FrontDesk

SHOWN = 100
"""Characters of a description: https://discord.com/developers/docs/interactions/application-commands."""

COMPARED = ("name", "description", "type", "required", "autocomplete", "max_length", "contexts", "integration_types")
"""The properties by which commands are compared, besides permissions and options; Discord adds others of its own."""

GROUPS = {"papers": "today's papers, past ones, and how I am doing"}
"""The descriptions of commands that have subcommands."""

SHOW_PAPER = "Show paper"
"""The command beside a message, under “Apps”:
https://discord.com/developers/docs/interactions/application-commands#message-commands."""

log = logging.getLogger(__name__)


class SlashCommands(app_commands.CommandTree[Any]):
    """The table as Discord's command tree."""

    def __init__(self, client: discord.Client, desk: FrontDesk, answering: Answering) -> None:
        """Build every command; nothing is registered yet."""
        self._answering = answering
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        groups: dict[str, app_commands.Group] = {}
        for command in (command for command in desk.commands if not command.by_button):
            built = _built(command, answering, needs_admin=desk.needs_admin(command))
            if command.word:
                description = GROUPS.get(command.slash, command.slash)
                group = app_commands.Group(name=command.slash, description=description)
                groups.setdefault(command.slash, group).add_command(built)
            else:
                self.add_command(built)
        for group in groups.values():
            self.add_command(group)
        self.add_command(app_commands.ContextMenu(name=SHOW_PAPER, callback=_showing(answering)))

    async def on_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError) -> None:
        """Answer a command that failed, or that has changed since the person's Discord loaded it."""
        outdated = isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch)
        if not outdated:
            log.error("A command failed", exc_info=error)
        await self._answering.say(interaction, OUTDATED if outdated else FAILED)

    async def register(self) -> bool:
        """Register the commands if Discord has others; return whether it had.

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
    """The parts of a command that are compared."""
    kept: dict[str, Any] = {}
    for key in COMPARED:
        value = command.get(key)
        if value:
            kept[key] = sorted(value) if isinstance(value, list) else value
    permissions = command.get("default_member_permissions")
    if permissions is not None:
        kept["default_member_permissions"] = str(permissions)
    # Discord lists commands in any order, but people see options in theirs.
    options = [essence(option) for option in command.get("options") or ()]
    if options:
        kept["options"] = options if "name" in command else sorted(options, key=lambda option: str(option["name"]))
    return kept


def _showing(answering: Answering) -> Any:  # noqa: ANN401 - a callback as discord.py wants it
    """The command that shows the papers that a message links to."""

    async def show(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        await answering.show_papers(interaction, "\n".join(texts_in(message)))

    return show


def _built(command: Command, answering: Answering, *, needs_admin: bool) -> app_commands.Command[Any, ..., Any]:
    """The command as discord.py registers and recognizes it."""

    async def without_text(interaction: discord.Interaction[Any]) -> None:
        await answering.command(interaction, command, "")

    async def with_text(interaction: discord.Interaction[Any], text: str) -> None:
        await answering.command(interaction, command, text)

    async def perhaps_with_text(interaction: discord.Interaction[Any], text: str = "") -> None:
        await answering.command(interaction, command, text)

    async def complete(interaction: discord.Interaction[Any], current: str) -> list[app_commands.Choice[str]]:
        choices = await answering.suggest(interaction, command, current)
        return [app_commands.Choice(name=choice.label, value=choice.text) for choice in choices]

    argument = command.argument
    callback: Any = without_text
    if argument is not None:
        # A command with a form of its own opens it when nothing is typed.
        needs_text = argument.required and subscription_in(command.slash, command.word) is None
        callback = with_text if needs_text else perhaps_with_text
        callback = app_commands.rename(text=argument.name)(callback)
        callback = app_commands.describe(text=argument.summary[:SHOWN])(callback)
        if argument.completes:
            callback = app_commands.autocomplete(text=complete)(callback)
    if needs_admin and not command.word:  # Discord has one setting for all subcommands of a command
        callback = app_commands.default_permissions(manage_channels=True)(callback)
    name = command.word or command.slash
    return app_commands.Command(name=name, description=command.summary[:SHOWN], callback=callback)
