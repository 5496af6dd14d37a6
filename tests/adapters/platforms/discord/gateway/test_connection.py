"""The connection to Discord's gateway: shared, lost, refused, and left."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from datetime import timedelta
from typing import Any

import discord
import pytest

from adapters.platforms.discord import Discord
from bot.domain.messages import Reply
from bot.errors import DeliveryError
from bot.service.supervisor import supervise
from bot.status import Status
from tests.adapters.platforms.discord.gateway.guilds import answered, channels_of
from tests.builders import NOW
from tests.fakes.desk import Reception
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import at, opened, until
from tests.servers.discord.stage import converse as meanwhile
from tests.servers.discord.world import Payload


def test_only_the_fewest_intents_are_asked_for(server: DiscordServer, guild: Payload) -> None:
    async def happen(_: Discord) -> None:
        assert [session["intents"] for session in server.gateway.identified] == [discord.Intents(guilds=True).value]

    meanwhile(server, Reception(), happen)
    assert guild


def test_many_servers_are_shared_among_as_many_shards_as_discord_wants(server: DiscordServer) -> None:
    server.rest.shards = 2
    guilds = [server.invite(f"Server {number}") for number in range(2)]
    for number, guild in enumerate(guilds):  # one on each shard
        moved = str((number << 22) + 1)
        server.world.guilds[moved] = server.world.guilds.pop(guild["id"]) | {"id": moved}
        for channel in channels_of(server, guild):
            channel["guild_id"] = moved

    async def happen(platform: Discord) -> None:
        await until(lambda: len(server.gateway.sessions) >= 2)
        for channel in list(server.world.channels.values()):
            await answered(server, channel)()
        assert platform.trouble == ""

    meanwhile(server, Reception(), happen)
    assert [session["shard"] for session in server.gateway.identified] == [[0, 2], [1, 2]]


@pytest.mark.parametrize("loss", [{}, {"code": 1001}, {"code": 4000}, {"op": 7}, {"op": 9}])
def test_a_connection_that_is_lost_is_resumed_and_nothing_is_missed(
    server: DiscordServer, guild: Payload, loss: dict[str, Any]
) -> None:
    [channel] = channels_of(server, guild)
    reception = Reception()

    async def happen(platform: Discord) -> None:
        await answered(server, channel)()
        server.lose_gateway(**loss)
        asked = server.slash(channel, "papers", "today")
        await until(lambda: asked.is_answered)
        await until(lambda: not platform.trouble)

    meanwhile(server, reception, happen)
    assert server.gateway.resumed == 1
    assert [invocation.text for invocation in reception.heard] == ["status", "today"]


def test_a_session_that_is_over_is_replaced(server: DiscordServer, guild: Payload) -> None:
    [channel] = channels_of(server, guild)

    async def happen(platform: Discord) -> None:
        server.lose_gateway(op=9, resumable=False)
        await until(lambda: platform.trouble)
        assert "the connection to Discord's gateway is lost, since" in platform.trouble
        await until(lambda: not platform.trouble)
        await answered(server, channel)()

    meanwhile(server, Reception(), happen)
    assert len(server.gateway.identified) == 2


def test_messages_are_posted_while_the_gateway_is_away(server: DiscordServer, guild: Payload) -> None:
    [channel] = channels_of(server, guild)

    async def happen(platform: Discord) -> None:
        server.gateway.is_down = True
        server.lose_gateway()
        await until(lambda: platform.trouble)
        assert (await platform.post(at(channel), Reply("Still here"), key="a" * 24)).id
        server.gateway.is_down = False
        await until(lambda: not platform.trouble, within=20)
        await answered(server, channel)()

    meanwhile(server, Reception(), happen)


@pytest.mark.parametrize(("code", "text"), [(4004, "DISCORD_TOKEN"), (4013, "update"), (4014, "intent")])
def test_a_refusal_for_good_names_its_reason(server: DiscordServer, code: int, text: str) -> None:
    server.gateway.close_code = code
    platform = opened(server)
    with pytest.raises(DeliveryError, match=text):
        asyncio.run(platform.serve(Reception()))
    assert platform.trouble


def test_a_refused_token_is_reported_without_showing_it(
    server: DiscordServer, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(DeliveryError, match="DISCORD_TOKEN") as caught:
        asyncio.run(opened(server, "another.bots.token").serve(Reception()))
    assert "another.bots" not in f"{caught.value}{caplog.text}"


def test_whatever_ends_the_first_connection_it_is_started_again(server: DiscordServer, guild: Payload) -> None:
    [channel] = channels_of(server, guild)
    server.gateway.is_down = True
    server.fail("503", "503", at="GET /gateway/bot")
    server.fail("drop", "drop", "503", at="GET /users/@me")
    pauses: list[float] = []

    async def run() -> None:
        platform, status = opened(server), Status(started_at=NOW, interval=timedelta(minutes=10))

        async def sleep(seconds: float) -> None:
            pauses.append(seconds)
            server.gateway.is_down = not server.asked_for("GET /gateway/bot")[2:]

        task = asyncio.create_task(supervise(platform, Reception(), status, sleep=sleep))
        await until(lambda: server.gateway.is_heard and not platform.trouble)
        await answered(server, channel)()
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(run())
    assert len(pauses) >= 3
    assert pauses == sorted(pauses)


def test_it_leaves_at_once_when_cancelled_and_nothing_is_left_behind(server: DiscordServer, guild: Payload) -> None:
    assert guild

    async def run() -> float:
        platform = opened(server)
        task = asyncio.create_task(platform.serve(Reception()))
        await until(lambda: server.gateway.is_heard)
        began = time.monotonic()
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()
        return time.monotonic() - began

    assert asyncio.run(run()) < 2
    deadline = time.monotonic() + 5
    while any(is_beating(thread) for thread in threading.enumerate()) and time.monotonic() < deadline:
        time.sleep(0.005)
    assert not [thread for thread in threading.enumerate() if is_beating(thread)]


def test_it_leaves_at_once_when_cancelled_while_it_connects_again(server: DiscordServer, guild: Payload) -> None:
    assert guild

    async def run() -> float:
        platform = opened(server)
        task = asyncio.create_task(platform.serve(Reception()))
        await until(lambda: server.gateway.is_heard and not platform.trouble)
        server.gateway.is_hanging = True
        server.lose_gateway()
        await until(lambda: server.gateway.awaited)
        began = time.monotonic()
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()
        return time.monotonic() - began

    assert asyncio.run(run()) < 3


def test_heartbeats_go_on(server: DiscordServer, guild: Payload) -> None:
    server.gateway.heartbeat_ms = 50
    assert guild

    async def happen(_: Discord) -> None:
        await until(lambda: server.gateway.beats > 3)

    meanwhile(server, Reception(), happen)


def test_an_unexpected_error_only_costs_its_event(
    server: DiscordServer, guild: Payload, caplog: pytest.LogCaptureFixture
) -> None:
    [channel] = channels_of(server, guild)

    def answer(_: object) -> Reply:
        if "ZeroDivisionError" not in caplog.text:
            raise ZeroDivisionError
        return Reply("Well")

    async def happen(_: Discord) -> None:
        asked = server.slash(channel, "papers", "status")
        await until(lambda: asked.is_answered)
        assert "Something went wrong" in str(asked.answers)
        assert "ZeroDivisionError" in caplog.text
        await answered(server, channel)()

    meanwhile(server, Reception(answer), happen)


def is_beating(thread: threading.Thread) -> bool:
    """Whether it keeps a connection alive."""
    return thread.name.startswith("keep-alive")
