from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest

from adapters.platforms.discord import Discord
from bot.domain import Address, Channel, Pause
from bot.domain.messages import Button, Reply
from bot.errors import DeliveryError
from bot.service.supervisor import supervise
from bot.status import Status
from tests.fakes.desk import Reception
from tests.servers.discord.interactions import buttons_of
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import at, opened, serving, until
from tests.servers.discord.world import GIVEN, HISTORY, SEND, VIEW, Payload

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
PAUSE = Pause("it is closed", "open it", since=NOW, probe_at=NOW + timedelta(hours=1))
HELLO = Reply("Hello!", buttons=(Button("Try it", "papers", "try robots"),))


@pytest.fixture
def server() -> Iterator[DiscordServer]:
    with DiscordServer() as server:
        yield server


@pytest.fixture
def guild(server: DiscordServer) -> Payload:
    """A server that the bot was in for years."""
    guild = server.invite()
    guild["joined_at"] = "2020-01-01T00:00:00+00:00"
    return guild


def channels_of(server: DiscordServer, guild: Payload) -> list[Payload]:
    return [channel for channel in server.world.channels.values() if channel.get("guild_id") == guild["id"]]


def knowing(*channels: Payload, pause: Pause | None = None) -> Reception:
    """A desk where somebody subscribed in these channels."""
    return Reception(known=[Channel(at(channel), pause) for channel in channels])


def meanwhile(server: DiscordServer, reception: Reception, happen: Callable[[Discord], Awaitable[None]]) -> None:
    """Serve while things happen."""

    async def served() -> None:
        async with serving(server, reception) as platform:
            await happen(platform)

    asyncio.run(served())


def answered(server: DiscordServer, channel: Payload) -> Callable[[], Awaitable[None]]:
    async def ask() -> None:
        asked = server.slash(channel, "papers", "status")
        await until(lambda: asked.is_answered)

    return ask


def reasons(reception: Reception) -> dict[Address, tuple[str, str]]:
    return {channel: (closed.reason, closed.repair) for channel, closed in reception.closed}


def test_a_server_that_lets_us_in_is_greeted_in_its_system_channel(server: DiscordServer, guild: Payload) -> None:
    reception = Reception(greeting=HELLO)

    async def happen(_: Discord) -> None:
        await asyncio.sleep(0)
        new = server.world.add_guild("New")
        server.world.add_channel(new, "chat")
        system = server.world.add_channel(new, "welcome")
        new["system_channel_id"] = system["id"]
        server.invite_again(new)
        await until(lambda: server.world.messages[system["id"]])
        [greeting] = server.world.messages[system["id"]]
        assert [button["label"] for button in buttons_of(greeting)] == ["Try it", "Subscribe…"]
        assert reception.opened == [at(system)]
        pressed = server.press(system, greeting, "Subscribe…")
        await until(lambda: pressed.modal is not None)

    meanwhile(server, reception, happen)
    assert guild["id"] in server.world.guilds


def test_a_greeting_goes_where_it_may_be_written(server: DiscordServer) -> None:
    reception = Reception(greeting=HELLO)

    async def happen(_: Discord) -> None:
        new = server.world.add_guild("New")
        rules, chat = (server.world.add_channel(new, name) for name in ("rules", "chat"))
        rules["permission_overwrites"] = [{"id": server.world.app_id, "type": 1, "allow": "0", "deny": str(SEND)}]
        new["system_channel_id"] = rules["id"]
        server.invite_again(new)
        await until(lambda: server.world.messages[chat["id"]])
        assert not server.world.messages[rules["id"]]

    meanwhile(server, reception, happen)


def test_a_server_that_let_us_in_before_we_were_started_is_greeted_too(server: DiscordServer) -> None:
    [channel] = channels_of(server, server.invite())

    async def happen(_: Discord) -> None:
        await until(lambda: server.world.messages[channel["id"]])

    meanwhile(server, Reception(greeting=HELLO), happen)


def test_a_server_from_long_ago_is_not_greeted_and_none_is_greeted_twice(server: DiscordServer, guild: Payload) -> None:
    [old] = channels_of(server, guild)
    [new] = channels_of(server, server.invite())
    reception = Reception(greeting=None)

    async def happen(_: Discord) -> None:
        await until(lambda: reception.opened)
        await answered(server, old)()

    meanwhile(server, reception, happen)
    assert reception.opened == [at(new)]
    assert not server.world.messages[old["id"]]
    assert not server.world.messages[new["id"]]


def test_a_kick_pauses_every_channel_of_the_server_and_no_other(server: DiscordServer, guild: Payload) -> None:
    first, second = channels_of(server, guild)[0], server.channel(guild, "more")
    [elsewhere] = channels_of(server, server.invite("Other"))
    reception = knowing(first, second, elsewhere)

    async def happen(_: Discord) -> None:
        server.kick(guild)
        await until(lambda: len(reception.closed) == 2)

    meanwhile(server, reception, happen)
    assert reasons(reception) == {
        at(channel): ("I am not in that server any more", "invite me again") for channel in (first, second)
    }


def test_a_new_invitation_resumes_the_servers_channels(server: DiscordServer, guild: Payload) -> None:
    [channel] = channels_of(server, guild)
    reception = knowing(channel)

    async def happen(_: Discord) -> None:
        server.kick(guild)
        await until(lambda: reception.closed)
        reception.known = [Channel(at(channel), PAUSE)]
        server.invite_again(guild)
        await until(lambda: at(channel) in reception.opened)

    meanwhile(server, reception, happen)


def test_a_channel_that_is_deleted_is_paused_with_its_threads(server: DiscordServer, guild: Payload) -> None:
    [channel] = channels_of(server, guild)
    thread = server.thread(channel, "group")
    reception = knowing(channel, thread)

    async def happen(_: Discord) -> None:
        server.delete(channel)
        await until(lambda: len(reception.closed) == 2)

    meanwhile(server, reception, happen)
    assert reasons(reception)[at(channel)] == ("#papers was deleted", "subscribe another channel")


def test_a_thread_that_is_deleted_is_paused(server: DiscordServer, guild: Payload) -> None:
    thread = server.thread(channels_of(server, guild)[0], "group")
    reception = knowing(thread)

    async def happen(_: Discord) -> None:
        server.delete(thread)
        await until(lambda: reception.closed)

    meanwhile(server, reception, happen)
    assert reasons(reception) == {at(thread): ("“group” was deleted", "subscribe another channel")}


def test_a_permission_that_is_taken_pauses_and_given_back_resumes(server: DiscordServer, guild: Payload) -> None:
    [channel] = channels_of(server, guild)
    reception = knowing(channel)

    async def happen(_: Discord) -> None:
        server.overwrite(channel, deny=SEND)
        await until(lambda: reception.closed)
        reason, repair = reasons(reception)[at(channel)]
        assert reason == "I may not post in #papers"
        assert repair == "give me “Send Messages” and “Embed Links” in #papers"
        reception.known = [Channel(at(channel), PAUSE)]
        server.overwrite(channel)
        await until(lambda: reception.opened)

    meanwhile(server, reception, happen)


def test_a_role_that_loses_its_permissions_pauses_a_whole_server(server: DiscordServer, guild: Payload) -> None:
    [channel] = channels_of(server, guild)
    thread = server.thread(channel, "group")
    reception = knowing(channel, thread)

    async def happen(_: Discord) -> None:
        server.allow(guild, VIEW | HISTORY)
        await until(lambda: len(reception.closed) == 2)
        assert reasons(reception)[at(thread)][1] == "give me “Send Messages in Threads” and “Embed Links” in “group”"
        reception.known = [Channel(at(channel), PAUSE), Channel(at(thread), PAUSE)]
        server.allow(guild, GIVEN)
        await until(lambda: len(reception.opened) == 2)

    meanwhile(server, reception, happen)


def test_a_role_that_we_lose_or_that_is_deleted_pauses_what_it_opened(server: DiscordServer, guild: Payload) -> None:
    [channel] = channels_of(server, guild)
    reception = knowing(channel)

    async def happen(_: Discord) -> None:
        server.tell("GUILD_MEMBER_UPDATE", server.world.member(guild) | {"guild_id": guild["id"], "roles": []})
        await until(lambda: reception.closed)
        server.tell("GUILD_MEMBER_UPDATE", server.world.member(guild) | {"guild_id": guild["id"]})
        server.tell("GUILD_ROLE_DELETE", {"guild_id": guild["id"], "role_id": guild["roles"][1]["id"]})
        await until(lambda: len(reception.closed) == 2)

    meanwhile(server, reception, happen)
    assert reasons(reception)[at(channel)][0] == "I cannot see #papers"


def test_a_thread_that_is_locked_is_paused(server: DiscordServer, guild: Payload) -> None:
    thread = server.thread(channels_of(server, guild)[0], "group")
    reception = knowing(thread)

    async def happen(_: Discord) -> None:
        locked = thread | {"thread_metadata": thread["thread_metadata"] | {"locked": True}}
        server.tell("THREAD_UPDATE", locked)
        await until(lambda: reception.closed)

    meanwhile(server, reception, happen)
    assert reasons(reception)[at(thread)][0] == "the thread “group” is locked"


def test_what_changed_while_we_were_away_is_seen_at_the_start(server: DiscordServer, guild: Payload) -> None:
    closed, opened_again = channels_of(server, guild)[0], server.channel(guild, "more")
    server.overwrite(closed, deny=VIEW)
    reception = Reception(known=[Channel(at(closed)), Channel(at(opened_again), PAUSE)])

    async def happen(_: Discord) -> None:
        await until(lambda: reception.closed and reception.opened)

    meanwhile(server, reception, happen)
    assert list(reasons(reception)) == [at(closed)]
    assert reception.opened == [at(opened_again)]


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
        await until(lambda: len(server.gateway.sessions) == 2)
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
        if not caplog.text:
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
