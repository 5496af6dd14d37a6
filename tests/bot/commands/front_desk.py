"""A desk to give commands to, for the tests of commands."""

from __future__ import annotations

from bot.commands.desk import Desk
from bot.commands.table import ACTIONS
from bot.domain.commands import Invocation
from bot.domain.messages import Reply
from bot.matching.glossary import Glossary
from bot.ports.stores import Stores
from bot.status import Status
from tests.builders import HERE, NOW


def desk_of(
    stores: Stores, *, who: str = "everyone", max_subscriptions: int = 100, status: Status | None = None
) -> Desk:
    """A desk at noon."""
    return Desk(
        ACTIONS,
        stores,
        Glossary(stores.papers),
        who=who,
        max_subscriptions=max_subscriptions,
        now=lambda: NOW,
        status=status,
    )


def say(desk: Desk, words: str, *, is_admin: bool = False) -> Reply:
    """Type ``words`` in the channel."""
    command, _, text = words.removeprefix("/").partition(" ")
    return desk.reply(Invocation(HERE, "ada", command, text, is_admin=is_admin))
