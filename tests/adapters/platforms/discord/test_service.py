"""The whole service with Discord as its platform: what must not be lost, and what must not come twice."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app.wiring import open_service
from bot.domain import Paper
from tests.builders import a_paper, impatient_settings
from tests.fakes.source import Newsstand
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import opened, papers, texts_of, until
from tests.servers.discord.world import GIVEN, VIEW

TITLE = re.compile(r"^### \[(.*?)\]\(", re.MULTILINE)

pytestmark = pytest.mark.usefixtures("impatient")


def listed(number: int) -> Paper:
    return a_paper(id=f"9901.{number:05}", title=f"Robots, Volume {number}", list_day=datetime.now(UTC).date())


def titles(server: DiscordServer) -> list[str]:
    """The titles of the cards that arrived, in order."""
    messages = list(server.world.messages[papers(server)["id"]])
    return [title for message in messages for text in texts_of(message) for title in TITLE.findall(text)]


@asynccontextmanager
async def running(server: DiscordServer, folder: Path, stand: Newsstand) -> AsyncIterator[None]:
    """The service while it runs and is connected, in a channel that is subscribed to robots."""
    settings = impatient_settings(folder / "paperwire.db")
    async with open_service(settings, (stand,), (opened(server),)) as service:
        stop = asyncio.Event()
        running = asyncio.create_task(service.run(stop))
        await until(lambda: server.gateway.is_heard and not service.platforms[0].trouble)
        subscribed = server.slash(papers(server), "subscribe", "robots")
        await until(lambda: subscribed.is_answered)
        try:
            yield
        finally:
            stop.set()
            await running


def serve(server: DiscordServer, folder: Path, happen: Callable[[Newsstand], Awaitable[None]]) -> None:
    async def served() -> None:
        stand = Newsstand()
        async with running(server, folder, stand):
            await happen(stand)

    asyncio.run(served())


def publish(stand: Newsstand, *numbers: int) -> None:
    stand.lists.setdefault(datetime.now(UTC).date(), []).extend(listed(number) for number in numbers)


def test_who_subscribes_is_answered_and_gets_cards_at_the_next_poll(server: DiscordServer, tmp_path: Path) -> None:
    async def happen(stand: Newsstand) -> None:
        publish(stand, 1, 2)
        await until(lambda: len(titles(server)) == 2)

    serve(server, tmp_path, happen)
    assert titles(server) == ["Robots, Volume 1", "Robots, Volume 2"]
    [reply] = [asked.answers[0] for asked in server.interactions.asked.values()]
    assert "Subscribed to" in "".join(texts_of(reply))
    announced = server.world.messages[papers(server)["id"]][0]
    assert "ada subscribed this channel to" in "".join(texts_of(announced))


def test_what_is_published_while_we_may_not_post_comes_once_we_may(server: DiscordServer, tmp_path: Path) -> None:
    guild = server.world.guilds[papers(server)["guild_id"]]

    async def happen(stand: Newsstand) -> None:
        publish(stand, 1)
        await until(lambda: len(titles(server)) == 1)
        server.allow(guild, VIEW)
        polls = len(stand.asked)
        publish(stand, 2, 3)
        await until(lambda: len(stand.asked) > polls + 8)
        assert len(titles(server)) == 1
        server.allow(guild, GIVEN)
        await until(lambda: len(titles(server)) == 3)

    serve(server, tmp_path, happen)
    assert titles(server) == [f"Robots, Volume {number}" for number in (1, 2, 3)]


def test_a_kick_and_a_new_invitation_lose_nothing_and_repeat_nothing(server: DiscordServer, tmp_path: Path) -> None:
    guild = server.world.guilds[papers(server)["guild_id"]]

    async def happen(stand: Newsstand) -> None:
        publish(stand, 1)
        await until(lambda: len(titles(server)) == 1)
        server.kick(guild)
        polls = len(stand.asked)
        publish(stand, 2)
        await until(lambda: len(stand.asked) > polls + 8)
        server.invite_again(guild)
        await until(lambda: len(titles(server)) == 2)

    serve(server, tmp_path, happen)
    assert titles(server) == ["Robots, Volume 1", "Robots, Volume 2"]


def test_cards_come_while_the_gateway_is_away_and_none_twice_when_answers_are_lost(
    server: DiscordServer, tmp_path: Path
) -> None:
    async def happen(stand: Newsstand) -> None:
        server.gateway.is_down = True
        server.lose_gateway()
        server.fail("after drop", "after 500", "503")
        publish(stand, 1, 2)
        await until(lambda: len(titles(server)) == 2, within=40)

    serve(server, tmp_path, happen)
    assert titles(server) == ["Robots, Volume 1", "Robots, Volume 2"]
