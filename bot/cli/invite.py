"""``slack-manifest`` and ``discord-invite``: give the bot exactly the permissions it needs."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

import click

from bot.cli.options import config_option, read_settings
from bot.errors import ConfigError

SNOWFLAKES = 10**14, 2**63 - 1
"""The least and the largest id that an application can have: https://discord.com/developers/docs/reference#snowflakes."""


@click.command(
    name="slack-manifest",
    epilog="Example: paperwire slack-manifest > manifest.json",
    short_help="Print the manifest of the Slack app.",
)
@config_option
def slack_manifest(config: Path | None) -> None:
    """Print the manifest of the Slack app: paste it at https://api.slack.com/apps, “From a manifest”."""
    from bot.app.wiring import slack_manifest

    click.echo(slack_manifest(read_settings(config)))


@click.command(
    name="discord-invite",
    epilog="Example: paperwire discord-invite",
    short_help="Print the link that invites the Discord bot.",
)
@click.option(
    "--application",
    metavar="ID",
    type=int,
    callback=lambda _context, _option, value: known(value),
    help="The application's id. Default: the one that the token belongs to.",
)
@config_option
def discord_invite(application: int | None, config: Path | None) -> None:
    """Print the link that invites the bot to a Discord server."""
    if application is None:
        application = application_of(read_settings(config).platforms.discord.token.get_secret_value())
    from bot.app.wiring import discord_invite

    click.echo(discord_invite(application))


def known(application: int | None) -> int | None:
    """The id, if an application can have it.

    Raises:
        BadParameter: None can.
    """
    if application is not None and not SNOWFLAKES[0] <= application <= SNOWFLAKES[1]:
        raise click.BadParameter(
            f"{application} is not an application's id, which is a number of 17 to 19 digits, under “General"
            " Information” in https://discord.com/developers/applications."
        )
    return application


def application_of(token: str) -> int:
    """The id of the application that a bot token belongs to: its first part, in base64.

    https://discord.com/developers/docs/reference#authentication

    Raises:
        ConfigError: There is no token, or it is not a Discord token.
    """
    if not token:
        raise ConfigError(
            "There is no Discord token yet. Set DISCORD_TOKEN, or give --application with the application's id."
        )
    first = token.partition(".")[0]
    try:
        application = int(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    except (ValueError, binascii.Error):
        application = 0
    if not SNOWFLAKES[0] <= application <= SNOWFLAKES[1]:
        raise ConfigError(
            "This is not a Discord token: it should have three parts with dots between them, copied from “Bot” in"
            " https://discord.com/developers/applications. Or give --application with the application's id."
        )
    return application
