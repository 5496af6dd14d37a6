"""``paperwire check`` on broken set-ups of Slack and Discord: each mistake is named with its repair."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain import Address
from tests.bot.app.broken_set_ups import Case, assert_found, setting
from tests.machine import Machine
from tests.servers.discord.server import TOKEN
from tests.servers.discord.world import EMBED, GIVEN
from tests.servers.slack.things import CLOSED


def slack_token(name: str, token: str) -> Callable[[Machine], object]:
    """Start Slack, and set one of its tokens like this."""

    def broken(machine: Machine) -> None:
        machine.slack()
        machine.settings[name] = token

    return broken


def no_connections_write(machine: Machine) -> None:
    machine.slack().faults["apps.connections.open"].append("missing_scope")


def scope_missing(machine: Machine) -> None:
    machine.slack().workspace.scopes.remove("chat:write")


def socket_mode_off(machine: Machine) -> None:
    machine.slack().socket.disabled = True


def not_in_slack_channel(machine: Machine) -> None:
    machine.slack()
    machine.make_database(Address("slack", CLOSED))


def wrong_discord_token(machine: Machine) -> None:
    machine.discord()
    machine.settings["DISCORD_TOKEN"] = "another.bots.token"  # noqa: S105 - nobody's


def in_no_server(machine: Machine) -> None:
    discord = machine.discord()
    discord.kick(next(iter(discord.world.guilds.values())))


def permission_missing(machine: Machine) -> None:
    discord = machine.discord()
    [guild], [channel] = discord.world.guilds.values(), discord.world.channels.values()
    discord.allow(guild, GIVEN & ~EMBED)
    machine.make_database(Address("discord", channel["id"]))


def unknown_discord_channel(machine: Machine) -> None:
    machine.discord()
    machine.make_database(Address("discord", "1234567890"))


def newline_behind_the_token(machine: Machine) -> None:
    machine.discord()
    del machine.settings["DISCORD_TOKEN"]
    machine.secret("DISCORD_TOKEN", f"{TOKEN}\n")


CASES = [
    Case(
        "a wrong bot token",
        slack_token("SLACK_BOT_TOKEN", "xoxb-wrong"),
        "Slack bot token",
        "failed",
        "does not accept SLACK_BOT_TOKEN",
        "from “OAuth & Permissions”",
    ),
    Case(
        "swapped tokens",
        setting(SLACK_BOT_TOKEN="xapp-1", SLACK_APP_TOKEN="xoxb-1"),  # noqa: S106 - none
        "configuration",
        "failed",
        "SLACK_BOT_TOKEN: it must be the bot token, which begins with xoxb-",
        "correct it",
    ),
    Case(
        "one token without the other",
        setting(SLACK_BOT_TOKEN="xoxb-1"),  # noqa: S106 - none
        "configuration",
        "failed",
        "Slack needs both. Set it, or SLACK_APP_TOKEN",
        "correct it",
    ),
    Case(
        "a wrong app token",
        slack_token("SLACK_APP_TOKEN", "xapp-wrong"),
        "Slack app token",
        "failed",
        "does not accept SLACK_APP_TOKEN",
        "from “Basic Information”",
    ),
    Case(
        "an app token without its scope",
        no_connections_write,
        "Slack app token",
        "failed",
        "lacks the scope",
        "connections:write",
    ),
    Case(
        "a scope that is missing",
        scope_missing,
        "Slack scopes",
        "failed",
        "missing: chat:write",
        "paperwire slack-manifest",
    ),
    Case(
        "Socket Mode that is off",
        socket_mode_off,
        "Slack app token",
        "failed",
        "Socket Mode is off",
        "turn on “Enable Socket Mode”",
    ),
    Case(
        "a channel that the bot is not in",
        not_in_slack_channel,
        f"slack:{CLOSED}",
        "failed",
        "I am not in the channel",
        "/invite @Paperwire",
    ),
    Case(
        "a wrong Discord token",
        wrong_discord_token,
        "Discord token",
        "failed",
        "Discord refuses it",
        "into DISCORD_TOKEN",
    ),
    Case(
        "a bot that was not invited",
        in_no_server,
        "Discord servers",
        "warning",
        "the bot is in no server",
        "paperwire discord-invite",
    ),
    Case(
        "a permission that is missing",
        permission_missing,
        "discord:",
        "failed",
        "I may not post in #papers",
        "give me “Embed Links” in #papers",
    ),
    Case(
        "a channel that is gone",
        unknown_discord_channel,
        "discord:1234567890",
        "failed",
        "channel",
        "subscribe another channel",
    ),
    Case(
        "no platform",
        setting(PAPERWIRE_PLATFORMS__TERMINAL__ENABLED="false"),
        "platforms",
        "failed",
        "No platform is configured",
        "set SLACK_BOT_TOKEN",
    ),
    Case(
        "a secret's file with a line break", newline_behind_the_token, "Discord token", "ok", "belongs to Paperwire", ""
    ),
    Case(
        "a channel of a platform that is off",
        lambda machine: machine.make_database(Address("slack", "C0123456789")),
        "slack:C0123456789",
        "warning",
        "Slack is not configured",
        "configure it, or unsubscribe",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_is_broken_on_a_platform_is_named_with_its_repair(machine: Machine, case: Case) -> None:
    assert_found(machine, case)
