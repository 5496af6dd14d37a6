from __future__ import annotations

import asyncio

import pytest

from bot.domain import Finding
from tests.servers.discord.server import TOKEN, DiscordServer
from tests.servers.discord.stage import at, opened, papers
from tests.servers.discord.world import EMBED, FORUM, GIVEN, HISTORY, SEND_IN_THREADS, VIEW, Payload


def check(server: DiscordServer, *channels: Payload, token: str = TOKEN) -> list[Finding]:
    async def checked() -> list[Finding]:
        platform = opened(server, token)
        try:
            return list(await platform.check([at(channel) for channel in channels]))
        finally:
            await platform.aclose()

    return asyncio.run(checked())


def test_a_token_that_works_and_channels_that_can_be_posted_to_are_well(server: DiscordServer) -> None:
    thread = server.thread(papers(server), "group")
    forum = server.channel(server.world.guilds[papers(server)["guild_id"]], "library", FORUM)
    found = check(server, papers(server), thread, forum, server.channel(None))
    assert [(finding.state, finding.detail) for finding in found] == [
        ("ok", "belongs to Paperwire"),
        ("ok", "#papers can be posted to"),
        ("ok", "“group” can be posted to"),
        ("ok", "#library can be posted to"),
        ("ok", "our direct messages can be posted to"),
    ]
    assert server.asked_for("POST") == []


def test_a_token_that_is_refused_is_named_and_never_shown(server: DiscordServer) -> None:
    token, channel = check(server, papers(server), token="another.bots.token")  # noqa: S106 - nobody's
    assert (token.state, token.detail) == ("failed", "Discord refuses it")
    assert "DISCORD_TOKEN" in token.repair
    assert channel.state == "failed"
    assert "another.bots" not in f"{token}{channel}"


def test_an_outage_of_discord_is_not_blamed_on_the_token(server: DiscordServer) -> None:
    server.fail("503", at="GET /users/@me")
    [token] = check(server)
    assert (token.state, token.detail) == ("failed", "Discord answered 503")
    assert "can reach Discord" in token.repair


def test_commands_that_discord_sends_elsewhere_are_found(server: DiscordServer) -> None:
    server.rest.endpoint_url = "https://elsewhere.example/"
    _, commands = check(server)
    assert commands.state == "failed"
    assert "Interactions Endpoint URL" in commands.repair


def test_a_bot_that_is_in_no_server_is_told_how_to_get_in(server: DiscordServer) -> None:
    server.kick(next(iter(server.world.guilds.values())))
    _, servers = check(server)
    assert (servers.state, servers.detail) == ("warning", "the bot is in no server")
    assert "paperwire discord-invite" in servers.repair


def test_servers_that_cannot_be_asked_for_are_a_warning(server: DiscordServer) -> None:
    server.fail("503", at="GET /users/@me/guilds")
    _, servers = check(server)
    assert (servers.state, servers.detail) == ("warning", "Discord answered 503")


@pytest.mark.parametrize(
    ("allowed", "state", "repair"),
    [
        (VIEW | HISTORY, "failed", "give me “Send Messages” and “Embed Links” in #papers"),
        (GIVEN & ~EMBED, "failed", "give me “Embed Links” in #papers"),
        (GIVEN & ~HISTORY, "warning", "give me “Read Message History” in #papers"),
        (0, "failed", "“View Channel”"),
    ],
)
def test_permissions_that_are_missing_are_named(server: DiscordServer, allowed: int, state: str, repair: str) -> None:
    server.allow(server.world.guilds[papers(server)["guild_id"]], allowed)
    _, found = check(server, papers(server))
    assert found.state == state
    assert repair in found.repair


def test_a_thread_needs_a_permission_of_its_own(server: DiscordServer) -> None:
    thread = server.thread(papers(server), "group")
    server.allow(server.world.guilds[papers(server)["guild_id"]], GIVEN & ~SEND_IN_THREADS)
    _, channel, found = check(server, papers(server), thread)
    assert channel.state == "ok"
    assert found.repair == "give me “Send Messages in Threads” in “group”"


def test_a_deleted_channel_and_a_passing_failure_are_told_apart(server: DiscordServer) -> None:
    gone = server.channel(server.world.guilds[papers(server)["guild_id"]], "old")
    server.delete(gone)
    server.fail("503", at=f"GET /channels/{papers(server)['id']}")
    _, first, second = check(server, gone, papers(server))
    assert (first.state, first.repair) == ("failed", "subscribe another channel")
    assert (second.state, second.detail, second.repair) == ("failed", "Discord answered 503", "try again later")
