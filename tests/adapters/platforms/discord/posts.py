"""Posting to a loopback Discord, and looking for what was posted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from adapters.platforms.discord import Discord
from bot.domain import Address, Evidence, Match, message_key
from bot.domain.messages import Card, Message
from tests.builders import a_paper, card_of
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import at, opened
from tests.servers.discord.world import Payload

Result = TypeVar("Result")


KEY = message_key(Address("discord", "1"), ["9901.00001"])


OTHER_KEY = message_key(Address("discord", "1"), ["9901.00002"])


def a_card(title: str = "Walking Robots Learn to Dance", **given: Any) -> Card:  # noqa: ANN401 - of a paper
    """A card for a query that stands in its title."""
    return card_of(a_paper(title=title, **given), [Match("dance", (Evidence("title", "Dance"),))])


def guild_of(server: DiscordServer) -> Payload:
    """The server that the bot is in."""
    return next(iter(server.world.guilds.values()))


def run(server: DiscordServer, act: Callable[[Discord], Coroutine[Any, Any, Result]]) -> Result:
    """What comes of using the platform."""

    async def acted() -> Result:
        platform = opened(server)
        try:
            return await act(platform)
        finally:
            await platform.aclose()

    return asyncio.run(acted())


def post(server: DiscordServer, channel: Payload, message: Message, key: str = KEY) -> Any:  # noqa: ANN401 - a receipt
    """The receipt of a message posted to the channel."""
    return run(server, lambda platform: platform.post(at(channel), message, key=key))


def find(server: DiscordServer, channel: Payload, key: str = KEY, since: float = -60) -> Any:  # noqa: ANN401 - the same
    """The receipt of the message with that key, if it was posted that many seconds from now or later."""
    moment = datetime.now(UTC) + timedelta(seconds=since)
    return run(server, lambda platform: platform.find(at(channel), key, since=moment))
