"""What happens to servers and channels, and what becomes of it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from adapters.platforms.discord import Discord
from bot.domain import Channel, Pause
from bot.domain.messages import Button, Reply
from bot.errors import ChannelClosed
from tests.adapters.platforms.discord.gateway.guilds import answered, channels_of, knowing, reasons
from tests.builders import NOW
from tests.fakes.desk import Reception
from tests.servers.discord.interactions import buttons_of
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import at, until
from tests.servers.discord.stage import converse as meanwhile
from tests.servers.discord.world import FORUM, GIVEN, HISTORY, REQUIRE_TAG, SEND, VIEW, Payload

PAUSE = Pause("it is closed", "open it", since=NOW, probe_at=NOW + timedelta(hours=1))
HELLO = Reply("Hello!", buttons=(Button("Try it", "papers", "try robots"),))


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
        await until(lambda: len(reception.closed) >= 2)

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
        await until(lambda: len(reception.closed) >= 2)

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
        assert repair == "give me “Send Messages” in #papers"
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
        await until(lambda: len(reception.closed) >= 2)
        assert reasons(reception)[at(thread)][1] == "give me “Send Messages in Threads” and “Embed Links” in “group”"
        reception.known = [Channel(at(channel), PAUSE), Channel(at(thread), PAUSE)]
        server.allow(guild, GIVEN)
        await until(lambda: len(reception.opened) >= 2)

    meanwhile(server, reception, happen)


def test_a_role_that_we_lose_or_that_is_deleted_pauses_what_it_opened(server: DiscordServer, guild: Payload) -> None:
    [channel] = channels_of(server, guild)
    reception = knowing(channel)

    async def happen(_: Discord) -> None:
        server.tell("GUILD_MEMBER_UPDATE", server.world.member(guild) | {"guild_id": guild["id"], "roles": []})
        await until(lambda: reception.closed)
        server.tell("GUILD_MEMBER_UPDATE", server.world.member(guild) | {"guild_id": guild["id"]})
        server.tell("GUILD_ROLE_DELETE", {"guild_id": guild["id"], "role_id": guild["roles"][1]["id"]})
        await until(lambda: len(reception.closed) >= 2)

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


@pytest.mark.parametrize(
    ("permission", "name"),
    [(VIEW, "View Channel"), (SEND, "Send Messages")],
)
def test_the_one_permission_that_is_taken_is_named_and_stays_named_when_a_paper_is_due(
    server: DiscordServer, guild: Payload, permission: int, name: str
) -> None:
    [channel] = channels_of(server, guild)
    reception = knowing(channel)

    async def happen(platform: Discord) -> None:
        await platform.post(at(channel), HELLO, key="a" * 24)
        server.overwrite(channel, deny=permission)
        await until(lambda: reception.closed)
        with pytest.raises(ChannelClosed) as refused:
            await platform.post(at(channel), HELLO, key="b" * 24)
        assert refused.value.repair == reasons(reception)[at(channel)][1] == f"give me “{name}” in #papers"

    meanwhile(server, reception, happen)


def test_a_thread_is_not_paused_for_what_its_channel_alone_forbids(server: DiscordServer, guild: Payload) -> None:
    [channel] = channels_of(server, guild)
    thread = server.thread(channel, "group")
    reception = knowing(channel, thread)

    async def happen(_: Discord) -> None:
        server.overwrite(channel, deny=SEND)
        await until(lambda: reception.closed)

    meanwhile(server, reception, happen)
    assert list(reasons(reception)) == [at(channel)]


def test_a_time_out_is_told_as_one(server: DiscordServer, guild: Payload) -> None:
    [channel] = channels_of(server, guild)
    reception = knowing(channel)

    async def happen(_: Discord) -> None:
        until_when = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
        member = server.world.member(guild) | {"communication_disabled_until": until_when}
        server.tell("GUILD_MEMBER_UPDATE", member | {"guild_id": guild["id"]})
        await until(lambda: reception.closed)

    meanwhile(server, reception, happen)
    assert reasons(reception)[at(channel)] == ("I was timed out in that server", "end my time-out there")


def test_a_thread_that_is_opened_again_resumes_at_once(server: DiscordServer, guild: Payload) -> None:
    thread = server.thread(channels_of(server, guild)[0], "group")
    thread["thread_metadata"] |= {"locked": True, "archived": True}
    reception = knowing(thread, pause=PAUSE)

    async def happen(_: Discord) -> None:
        server.tell("THREAD_UPDATE", thread)
        thread["thread_metadata"] |= {"locked": False, "archived": False}
        server.tell("THREAD_UPDATE", thread)
        await until(lambda: reception.opened)

    meanwhile(server, reception, happen)
    assert reception.opened == [at(thread)]


def test_a_forum_closes_when_it_wants_a_tag_that_does_not_exist_and_opens_with_one(
    server: DiscordServer, guild: Payload
) -> None:
    forum = server.channel(guild, "library", FORUM)
    reception = knowing(forum)

    async def happen(_: Discord) -> None:
        forum["flags"] = REQUIRE_TAG
        server.tell("CHANNEL_UPDATE", forum)
        await until(lambda: reception.closed)
        reception.known = [Channel(at(forum), PAUSE)]
        forum["available_tags"] = [
            {"id": "7", "name": "News", "moderated": False, "emoji_id": None, "emoji_name": None}
        ]
        server.tell("CHANNEL_UPDATE", forum)
        await until(lambda: reception.opened)

    meanwhile(server, reception, happen)
    assert reasons(reception)[at(forum)][1] == "add a tag that everyone may apply"
