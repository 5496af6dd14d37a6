"""People who ask the bot in Discord, for the tests of its answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from adapters.platforms.discord import Discord
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Reply
from tests.fakes.desk import Reception
from tests.servers.discord.interactions import Asked
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import at, converse, papers, reaction
from tests.servers.discord.world import Payload


def heard(server: DiscordServer, reception: Reception, talk: Callable[[Discord], Awaitable[None]]) -> list[Invocation]:
    """Serve while people talk; return what the desk heard."""
    converse(server, reception, talk)
    return reception.heard


def ask(server: DiscordServer, reception: Reception, act: Callable[[], Asked]) -> Asked:
    """Serve until what a person does is answered."""
    asked: list[Asked] = []

    async def talk(_: Discord) -> None:
        asked.append(await reaction(act()))

    heard(server, reception, talk)
    return asked[0]


def a_message(server: DiscordServer, *buttons: Button) -> Payload:
    """A message that the bot posted earlier, in another process."""
    posted: list[Payload] = []

    async def talk(platform: Discord) -> None:
        await platform.post(at(papers(server)), Reply("Look", buttons=buttons), key="a" * 24)
        posted.append(server.world.messages[papers(server)["id"]][-1])

    heard(server, Reception(), talk)
    return posted[0]
