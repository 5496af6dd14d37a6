"""Where only admins may change things, nobody else can, by any command, button or form."""

from __future__ import annotations

import pytest

from bot.commands.desk import Desk
from bot.commands.table import ACTIONS, COMMANDS
from bot.domain.commands import Command, Invocation
from bot.matching.glossary import Glossary
from bot.ports.stores import Stores
from tests.builders import HERE, NOW, example_of, subscribe

CHANGING = [command for command in COMMANDS if command.changes]


def test_the_commands_that_change_something_are_known() -> None:
    names = {command.name for command in CHANGING}
    assert names >= {"subscribe", "unsubscribe", "papers digest", "papers pause", "papers resume"}


@pytest.mark.parametrize("command", CHANGING, ids=lambda command: command.name)
@pytest.mark.parametrize("disguise", [str, str.upper, lambda text: f"  \t{text}", lambda text: text.replace(" ", "\n")])
def test_nobody_else_changes_anything(stores: Stores, command: Command, disguise: type[str]) -> None:
    subscribe(stores, HERE, "robots")
    before = stores.channels.get(HERE), stores.subscriptions.of(HERE)
    desk = Desk(ACTIONS, stores, Glossary(stores.papers), who="admins", max_subscriptions=9, now=lambda: NOW)
    reply = desk.reply(Invocation(HERE, "ben", command.slash, disguise(example_of(command))))
    assert not reply.ok
    assert (stores.channels.get(HERE), stores.subscriptions.of(HERE)) == before


@pytest.mark.parametrize("command", CHANGING, ids=lambda command: command.name)
@pytest.mark.parametrize("who", ["admins", "everyone"])
def test_every_platform_learns_from_the_desk_what_needs_an_admin(stores: Stores, command: Command, who: str) -> None:
    """For these Slack asks whether the person is an admin, buttons included; Discord hides the command from others."""
    desk = Desk(ACTIONS, stores, Glossary(stores.papers), who=who, max_subscriptions=9, now=lambda: NOW)
    given = desk.find(command.slash, example_of(command))
    assert given == command
    assert desk.needs_admin(given) is (who == "admins")
