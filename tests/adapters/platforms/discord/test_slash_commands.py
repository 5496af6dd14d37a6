from __future__ import annotations

import asyncio
import logging

import pytest

from bot.commands.table import COMMANDS
from tests.fakes.desk import Reception
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import papers, serving, text_of, until
from tests.servers.discord.world import MANAGE_CHANNELS, Payload

TYPED = [command for command in COMMANDS if not command.by_button]


def start(server: DiscordServer, *, admins_only: bool = False) -> None:
    """Serve for a moment."""

    async def started() -> None:
        async with serving(server, Reception(admins_only=admins_only)):
            pass

    asyncio.run(started())


def registered(server: DiscordServer, *, admins_only: bool = False) -> dict[str, Payload]:
    start(server, admins_only=admins_only)
    return {command["name"]: command for command in server.world.commands}


def test_every_command_of_the_table_is_registered_with_its_summary(server: DiscordServer) -> None:
    commands = registered(server)
    for command in TYPED:
        top = commands[command.slash]
        given = next(option for option in top["options"] if option["name"] == command.word) if command.word else top
        assert given["description"] == command.summary[:100]


def test_arguments_are_options_by_their_names(server: DiscordServer) -> None:
    commands = registered(server)
    for command in TYPED:
        top = commands[command.slash]
        given = next(entry for entry in top["options"] if entry["name"] == command.word) if command.word else top
        if command.argument is None:
            assert given["options"] == []
            continue
        [option] = given["options"]
        assert option["name"] == command.argument.name
        assert option["description"] == command.argument.summary
        assert option["required"] is (command.argument.required and command.name != "subscribe")
        assert bool(option.get("autocomplete")) is command.argument.completes


def test_where_everyone_may_change_things_every_command_is_open_to_all(server: DiscordServer) -> None:
    assert {command["default_member_permissions"] for command in registered(server).values()} == {None}


def test_where_only_admins_may_change_things_discord_offers_those_commands_only_to_admins(
    server: DiscordServer,
) -> None:
    commands = registered(server, admins_only=True)
    needing = {
        name for name, command in commands.items() if command["default_member_permissions"] == str(MANAGE_CHANNELS)
    }
    open_to_all = {name for name, command in commands.items() if command["default_member_permissions"] is None}
    assert needing == {"subscribe", "unsubscribe"}
    assert open_to_all == {"subscriptions", "papers", "Show paper"}


def test_commands_work_in_servers_and_direct_messages_only(server: DiscordServer) -> None:
    for command in registered(server).values():
        assert command["contexts"] == [0, 1]
        assert command["integration_types"] == [0]


def test_commands_are_registered_once(server: DiscordServer) -> None:
    start(server)
    start(server)
    assert len(server.asked_for("PUT /applications")) == 1


@pytest.mark.parametrize("change", ["description", "default_member_permissions", "options"])
def test_commands_that_changed_are_registered_again(server: DiscordServer, change: str) -> None:
    start(server)
    server.world.commands[0][change] = {"description": "other", "default_member_permissions": "0", "options": []}[
        change
    ]
    start(server)
    assert len(server.asked_for("PUT /applications")) == 2


def test_the_order_in_which_discord_lists_commands_does_not_matter(server: DiscordServer) -> None:
    start(server)
    server.world.commands.reverse()
    start(server)
    assert len(server.asked_for("PUT /applications")) == 1


@pytest.mark.parametrize("fault", ["403 50001", "400 30034", "429 600"])
def test_the_bot_listens_even_if_discord_refuses_its_commands(server: DiscordServer, fault: str) -> None:
    start(server)
    server.world.commands[0]["description"] = "other"
    server.fail(fault, at="PUT /applications")
    start(server)


def test_a_command_that_has_changed_is_answered(server: DiscordServer, caplog: pytest.LogCaptureFixture) -> None:
    async def outdated() -> None:
        async with serving(server, Reception()):
            subscriptions = next(command for command in server.world.commands if command["name"] == "subscriptions")
            subscriptions["name"] = "feeds"
            channel = papers(server)
            asked = server.slash(channel, "feeds")
            await until(lambda: asked.is_answered)
            assert asked.is_private
            assert "This command has changed" in text_of(asked)

    with caplog.at_level(logging.ERROR):
        asyncio.run(outdated())
    assert "Traceback" not in caplog.text
