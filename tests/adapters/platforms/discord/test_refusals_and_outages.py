"""What Discord refuses, and what is lost on the way: the error that follows, and what is posted later."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from adapters.platforms.discord import Discord
from bot.domain import Address, message_key
from bot.domain.messages import Reply
from bot.errors import ChannelClosed, DeliveryError, Rejected, RetryLater, Uncertain, UnknownRefusal
from tests.adapters.platforms.discord.posts import KEY, OTHER_KEY, a_card, find, guild_of, post, run
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import at, papers
from tests.servers.discord.world import FORUM, GIVEN, HISTORY, SEND, SEND_IN_THREADS, VIEW


@pytest.mark.parametrize(
    ("fault", "raised", "text", "repair"),
    [
        ("403 50001", ChannelClosed, "I cannot see #papers", "“View Channel”"),
        ("403 50013", ChannelClosed, "I may not post in #papers", "“Send Messages” and “Embed Links” in #papers"),
        ("403 50007", ChannelClosed, "accept direct messages", "allow direct messages"),
        ("404 10003", ChannelClosed, "#papers does not exist any more", "subscribe another channel"),
        ("404 10004", ChannelClosed, "not in that server", "invite me again"),
        ("400 50008", ChannelClosed, "#papers is not for text", "subscribe a text channel"),
        ("400 50024", ChannelClosed, "#papers is not for text", "subscribe a text channel"),
        ("400 50083", ChannelClosed, "archived", "unarchive it"),
        ("403 160005", ChannelClosed, "locked", "unlock it"),
        ("400 160006", ChannelClosed, "too many active threads", "archive some"),
        ("403 99999", UnknownRefusal, "403, code 99999", ""),
        ("404 99999", UnknownRefusal, "404, code 99999", ""),
        ("50035 embeds.0.title", Rejected, "rules for messages: .*embeds.0.title", ""),
        ("400 50006", Rejected, "empty", ""),
        ("400 200000", Rejected, "AutoMod", ""),
        ("400 240000", Rejected, "harmful links", ""),
        ("400 99999", UnknownRefusal, "code 99999", ""),
        ("401", RetryLater, "DISCORD_TOKEN", ""),
        ("403", Uncertain, "not from Discord itself", ""),
        ("403 html", Uncertain, "not from Discord itself", ""),
        ("429 html", Uncertain, "not from Discord itself", ""),
        ("400 20016", RetryLater, "slow mode", ""),
        ("400 20028", RetryLater, "too much was posted", ""),
        ("400 40062", RetryLater, "rate-limiting us", ""),
        ("400 130000", RetryLater, "overloaded", ""),
        ("500", Uncertain, "answered 500", ""),
        ("502 html", Uncertain, "answered 502", ""),
        ("503", Uncertain, "answered 503", ""),
        ("after 504", Uncertain, "answered 504", ""),
        ("drop", Uncertain, "connection to Discord was lost", ""),
        ("after drop", Uncertain, "connection to Discord was lost", ""),
    ],
)
def test_every_refusal_becomes_the_error_that_it_means(
    server: DiscordServer, fault: str, raised: type[DeliveryError], text: str, repair: str
) -> None:
    server.fail(fault)
    with pytest.raises(raised, match=text) as caught:
        post(server, papers(server), a_card())
    assert type(caught.value) is raised
    if isinstance(caught.value, ChannelClosed):
        assert repair in caught.value.repair
    assert "bot.token" not in str(caught.value)
    assert "Walking" not in str(caught.value)


@pytest.mark.parametrize("fault", ["503", "drop", "429 html"])
def test_what_fails_before_anything_is_sent_is_tried_later(server: DiscordServer, fault: str) -> None:
    # aiohttp asks once more by itself when a connection is dropped before an answer.
    server.fail(*[fault] * 3, at="GET /channels")
    with pytest.raises(RetryLater):
        post(server, papers(server), a_card())


@pytest.mark.parametrize("fault", ["503", "drop", "401"])
def test_a_search_that_fails_says_that_it_cannot_tell(server: DiscordServer, fault: str) -> None:
    server.fail(*[fault] * 3, at=f"GET /channels/{papers(server)['id']}/messages")
    with pytest.raises(RetryLater):
        find(server, papers(server))


def test_a_forums_post_is_begun_once_though_discord_answers_500(server: DiscordServer) -> None:
    forum = server.channel(guild_of(server), "library", FORUM)
    server.fail("after 500")
    with pytest.raises(Uncertain):
        post(server, forum, a_card())
    assert len(server.asked_for(f"POST /channels/{forum['id']}/threads")) == 1
    assert find(server, forum) is not None


@pytest.mark.parametrize("fault", ["after drop", "after 500"])
def test_a_message_in_doubt_is_found_and_not_posted_again(server: DiscordServer, fault: str) -> None:
    server.fail(fault)
    with pytest.raises(Uncertain):
        post(server, papers(server), a_card())
    assert find(server, papers(server)) is not None
    assert post(server, papers(server), a_card()) == find(server, papers(server))


def test_a_short_rate_limit_is_waited_out_and_a_long_one_is_reported(server: DiscordServer) -> None:
    server.fail("429 0.02")
    assert post(server, papers(server), a_card()).id
    for seconds in (5, 600):
        server.fail(f"429 {seconds}")
        with pytest.raises(RetryLater) as caught:
            post(server, papers(server), a_card(), OTHER_KEY)
        assert caught.value.after == timedelta(seconds=seconds)


def test_messages_that_are_posted_at_once_keep_discords_pace(server: DiscordServer) -> None:
    server.rest.limit, server.rest.window = 3, 0.2

    async def at_once(platform: Discord) -> None:
        texts = [Reply(f"number {number}") for number in range(8)]
        await asyncio.gather(
            *(
                platform.post(at(papers(server)), text, key=message_key(at(papers(server)), [text.text]))
                for text in texts
            )
        )

    run(server, at_once)
    assert len(server.world.messages[papers(server)["id"]]) == 8


def test_a_token_that_is_refused_posts_nothing_and_can_be_repaired(server: DiscordServer) -> None:
    server.fail("401", at="GET /users/@me")

    async def twice(platform: Discord) -> str:
        with pytest.raises(RetryLater, match="DISCORD_TOKEN"):
            await platform.post(at(papers(server)), a_card(), key=KEY)
        return (await platform.post(at(papers(server)), a_card(), key=KEY)).id

    assert run(server, twice)


def test_a_server_that_does_not_answer_is_tried_later(server: DiscordServer) -> None:
    async def alone(platform: Discord) -> None:
        with pytest.raises(RetryLater, match="cannot be reached"):
            await platform.post(at(papers(server)), a_card(), key=KEY)

    with DiscordServer() as gone:
        pass
    run(gone, alone)


@pytest.mark.parametrize("identifier", ["papers", "1" * 21, "-1", "١٢٣"])
def test_an_address_that_is_not_discords_is_closed(server: DiscordServer, identifier: str) -> None:
    with pytest.raises(ChannelClosed, match="not a channel of Discord"):
        run(server, lambda platform: platform.post(Address("discord", identifier), a_card(), key=KEY))


def test_a_kind_of_channel_that_is_not_for_text_is_closed(server: DiscordServer) -> None:
    category = server.channel(guild_of(server), "Rooms", 4)
    with pytest.raises(ChannelClosed, match="#Rooms is a kind of channel that I do not support"):
        post(server, category, a_card())


def test_a_kick_is_reported_and_posts_arrive_after_a_new_invitation(server: DiscordServer) -> None:
    guild, channel = guild_of(server), papers(server)
    server.kick(guild)
    with pytest.raises(ChannelClosed, match="cannot see"):
        post(server, channel, a_card())
    server.invite_again(guild)
    assert post(server, channel, a_card()).id


def test_a_locked_thread_says_who_can_open_it(server: DiscordServer) -> None:
    thread = server.thread(papers(server), "reading group")
    thread["thread_metadata"]["locked"] = True
    with pytest.raises(ChannelClosed, match="the thread “reading group” is locked"):
        post(server, thread, a_card())


def test_threads_have_a_permission_of_their_own(server: DiscordServer) -> None:
    thread = server.thread(papers(server), "reading group")
    server.allow(guild_of(server), VIEW | SEND | HISTORY)
    with pytest.raises(ChannelClosed) as caught:
        post(server, thread, a_card())
    assert "“reading group”" in caught.value.repair
    server.allow(guild_of(server), GIVEN | SEND_IN_THREADS)
    assert post(server, thread, a_card()).id
