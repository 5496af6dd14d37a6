from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest

from adapters.platforms.discord import Discord
from bot.cards import make_card, make_digest
from bot.domain import Address, Evidence, Match, message_key
from bot.domain.messages import Card, Message, Reply
from bot.errors import ChannelClosed, DeliveryError, Rejected, RetryLater, Uncertain, UnknownRefusal
from tests.builders import a_paper
from tests.servers.discord.interactions import buttons_of
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import at, opened, papers
from tests.servers.discord.world import (
    ANNOUNCEMENT,
    FORUM,
    GIVEN,
    HISTORY,
    REQUIRE_TAG,
    SEND,
    SEND_IN_THREADS,
    TEXT,
    VIEW,
    Payload,
)

Result = TypeVar("Result")

KEY = message_key(Address("discord", "1"), ["9901.00001"])
OTHER_KEY = message_key(Address("discord", "1"), ["9901.00002"])
PICTURE = "https://pictures.example/first.png"


def a_card(title: str = "Walking Robots Learn to Dance", **given: Any) -> Card:  # noqa: ANN401 - of a paper
    return make_card(a_paper(title=title, **given), [Match("dance", (Evidence("title", "Dance"),))])


def guild_of(server: DiscordServer) -> Payload:
    return next(iter(server.world.guilds.values()))


def run(server: DiscordServer, act: Callable[[Discord], Coroutine[Any, Any, Result]]) -> Result:
    async def acted() -> Result:
        platform = opened(server)
        try:
            return await act(platform)
        finally:
            await platform.aclose()

    return asyncio.run(acted())


def post(server: DiscordServer, channel: Payload, message: Message, key: str = KEY) -> Any:  # noqa: ANN401 - a receipt
    return run(server, lambda platform: platform.post(at(channel), message, key=key))


def find(server: DiscordServer, channel: Payload, key: str = KEY, since: float = -60) -> Any:  # noqa: ANN401 - the same
    moment = datetime.now(UTC) + timedelta(seconds=since)
    return run(server, lambda platform: platform.find(at(channel), key, since=moment))


@pytest.mark.parametrize("kind", [TEXT, ANNOUNCEMENT])
def test_a_card_is_posted_with_a_nonce_and_pings_nobody(server: DiscordServer, kind: int) -> None:
    channel = server.channel(guild_of(server), "news", kind)
    receipt = post(server, channel, a_card())
    [payload] = server.asked_for(f"POST /channels/{channel['id']}/messages")
    assert (payload["nonce"], payload["enforce_nonce"]) == (KEY, True)
    assert payload["allowed_mentions"]["parse"] == []
    assert receipt.link == f"https://discord.com/channels/{channel['guild_id']}/{channel['id']}/{receipt.id}"


def test_a_card_is_posted_to_a_thread_and_to_direct_messages(server: DiscordServer) -> None:
    thread = server.thread(papers(server), "reading group")
    person = server.channel(None)
    assert post(server, thread, a_card()).id == server.world.messages[thread["id"]][0]["id"]
    receipt = post(server, person, a_card())
    assert receipt.link == f"https://discord.com/channels/@me/{person['id']}/{receipt.id}"


def test_a_thread_that_was_archived_is_posted_to_all_the_same(server: DiscordServer) -> None:
    thread = server.thread(papers(server), "reading group")
    thread["thread_metadata"]["archived"] = True
    assert post(server, thread, a_card()).id


def test_the_same_message_posted_twice_is_one(server: DiscordServer) -> None:
    assert post(server, papers(server), a_card()) == post(server, papers(server), a_card())
    assert len(server.world.messages[papers(server)["id"]]) == 1


def test_a_forum_gets_a_post_with_the_papers_title_and_the_tag_that_fits(server: DiscordServer) -> None:
    tags = [a_tag("1", "News"), a_tag("2", "Dance"), a_tag("3", "dance", moderated=True)]
    forum = server.channel(guild_of(server), "library", FORUM, available_tags=tags)
    receipt = post(server, forum, a_card("Robots " * 30))
    [payload] = server.asked_for(f"POST /channels/{forum['id']}/threads")
    assert payload["name"].startswith("Robots Robots")
    assert len(payload["name"]) <= 100
    assert payload["applied_tags"] == ["2"]
    thread_id, _, message_id = receipt.id.partition(":")
    assert server.world.messages[thread_id][0]["id"] == message_id
    assert receipt.link.endswith(f"/{thread_id}/{message_id}")


def test_a_forum_that_wants_a_tag_gets_one_though_none_fits(server: DiscordServer) -> None:
    forum = server.channel(guild_of(server), "library", FORUM, available_tags=[a_tag("1", "News")], flags=REQUIRE_TAG)
    post(server, forum, make_digest([a_card()] * 2))
    assert server.asked_for(f"POST /channels/{forum['id']}/threads")[0]["applied_tags"] == ["1"]


def test_a_forum_whose_tags_we_may_not_apply_is_closed(server: DiscordServer) -> None:
    forum = server.channel(guild_of(server), "library", FORUM, flags=REQUIRE_TAG)
    with pytest.raises(ChannelClosed, match="#library requires a tag") as caught:
        post(server, forum, a_card())
    assert caught.value.repair == "add a tag that everyone may apply"


@pytest.mark.parametrize("message", [a_card(), make_digest([a_card()] * 2), Reply("Just a text")])
@pytest.mark.parametrize("kind", [TEXT, FORUM])
def test_every_kind_of_message_is_found_by_its_key_though_histories_show_no_nonce(
    server: DiscordServer, message: Message, kind: int
) -> None:
    channel = server.channel(guild_of(server), "place", kind)
    receipt = post(server, channel, message)
    assert find(server, channel) == receipt
    assert find(server, channel, OTHER_KEY) is None
    assert find(server, channel, since=60) is None


def test_a_forums_post_is_found_after_it_was_archived(server: DiscordServer) -> None:
    forum = server.channel(guild_of(server), "library", FORUM)
    receipt = post(server, forum, a_card())
    server.world.channels[receipt.id.partition(":")[0]]["thread_metadata"]["archived"] = True
    assert find(server, forum) == receipt


def test_a_message_is_found_among_hundreds_and_never_in_what_others_wrote(server: DiscordServer) -> None:
    channel = papers(server)
    forged = server.world.add_message(channel["id"], {"embeds": [{"url": f"https://a.example/#{KEY}"}]})
    forged["author"] = forged["author"] | {"id": server.world.snowflake()}
    for _ in range(250):
        server.world.add_message(channel["id"], {"content": "chatter"})
    assert find(server, channel) is None
    receipt = post(server, channel, a_card())
    assert find(server, channel) == receipt


def test_without_the_history_nobody_can_tell_whether_a_message_arrived(
    server: DiscordServer,
) -> None:
    post(server, papers(server), a_card())
    server.allow(guild_of(server), GIVEN & ~HISTORY)
    with pytest.raises(ChannelClosed) as caught:
        find(server, papers(server))
    assert caught.value.repair == "give me “Read Message History” in #papers"


@pytest.mark.parametrize("kind", [TEXT, FORUM])
def test_a_message_is_changed_in_place(server: DiscordServer, kind: int) -> None:
    channel = server.channel(guild_of(server), "place", kind)
    receipt = post(server, channel, a_card(upvotes=1))
    run(server, lambda platform: platform.update(at(channel), receipt, a_card(upvotes=77), key=KEY))
    [message] = server.world.messages[receipt.id.partition(":")[0] if kind == FORUM else channel["id"]]
    assert "77" in str(message["embeds"])
    assert {button["label"] for button in buttons_of(message)} >= {"Paper", "Abstract"}


@pytest.mark.parametrize("kind", [TEXT, FORUM])
def test_a_changed_message_is_still_found_and_mentions_nobody(server: DiscordServer, kind: int) -> None:
    channel = server.channel(guild_of(server), "place", kind)
    receipt = post(server, channel, a_card(upvotes=1))
    run(server, lambda platform: platform.update(at(channel), receipt, a_card(upvotes=77), key=KEY))
    assert find(server, channel) == receipt
    assert [payload["allowed_mentions"]["parse"] for payload in server.asked_for("PATCH")] == [[]]


def test_a_changed_message_goes_without_a_picture_that_discord_does_not_take(server: DiscordServer) -> None:
    receipt = post(server, papers(server), a_card(thumbnail_url=PICTURE))
    server.fail("50035 embeds.0.thumbnail.url", at="PATCH /channels")
    changed = a_card(thumbnail_url=PICTURE, upvotes=77)
    run(server, lambda platform: platform.update(at(papers(server)), receipt, changed, key=KEY))
    [message] = server.world.messages[papers(server)["id"]]
    assert PICTURE not in str(message)
    assert "77" in str(message)


def test_a_deleted_message_stays_deleted(server: DiscordServer) -> None:
    channel = papers(server)
    receipt = post(server, channel, a_card())
    server.world.messages[channel["id"]].clear()
    with pytest.raises(Rejected, match="was deleted"):
        run(server, lambda platform: platform.update(at(channel), receipt, a_card(), key=KEY))
    assert server.world.messages[channel["id"]] == []


def test_a_picture_that_discord_refuses_only_costs_the_picture(server: DiscordServer) -> None:
    server.fail("50035 embeds.0.thumbnail.url")
    post(server, papers(server), a_card(thumbnail_url=PICTURE))
    [message] = server.world.messages[papers(server)["id"]]
    assert PICTURE not in str(message)
    assert "Dance" in str(message)


@pytest.mark.parametrize("fault", ["404 10003", "400 50083", "403 50005"])
def test_a_forum_post_that_is_deleted_archived_or_not_ours_is_left_alone(server: DiscordServer, fault: str) -> None:
    forum = server.channel(guild_of(server), "library", FORUM)
    receipt = post(server, forum, a_card())
    server.fail(fault, at="PATCH /channels")
    with pytest.raises(Rejected, match="deleted, archived, or is not ours"):
        run(server, lambda platform: platform.update(at(forum), receipt, a_card(upvotes=77), key=KEY))


@pytest.mark.parametrize("fault", ["503", "drop", "400 30046"])
def test_a_change_that_fails_is_tried_later(server: DiscordServer, fault: str) -> None:
    receipt = post(server, papers(server), a_card())
    server.fail(fault, at="PATCH /channels")
    with pytest.raises(RetryLater):
        run(server, lambda platform: platform.update(at(papers(server)), receipt, a_card(), key=KEY))


@pytest.mark.parametrize(
    ("fault", "raised", "text", "repair"),
    [
        ("403 50001", ChannelClosed, "I cannot see #papers", "“View Channel”"),
        ("403 50013", ChannelClosed, "I may not post in #papers", "“Send Messages” and “Embed Links” in #papers"),
        ("403 50007", ChannelClosed, "no direct messages", "allow direct messages"),
        ("404 10003", ChannelClosed, "#papers does not exist any more", "subscribe another channel"),
        ("404 10004", ChannelClosed, "not in that server", "invite me again"),
        ("400 50008", ChannelClosed, "#papers is not for text", "subscribe a text channel"),
        ("400 50024", ChannelClosed, "#papers is not for text", "subscribe a text channel"),
        ("400 50083", ChannelClosed, "archived", "unarchive it"),
        ("403 160005", ChannelClosed, "locked", "unlock it"),
        ("400 160006", ChannelClosed, "too many active threads", "archive some"),
        ("403 99999", ChannelClosed, "code 99999", "give me"),
        ("404 99999", ChannelClosed, "cannot be found", "subscribe another channel"),
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
        ("400 20028", RetryLater, "limited", ""),
        ("400 40062", RetryLater, "limited", ""),
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
    server.fail("429 600")
    with pytest.raises(RetryLater) as caught:
        post(server, papers(server), a_card(), OTHER_KEY)
    assert caught.value.after == timedelta(seconds=600)


def test_messages_that_are_posted_at_once_keep_discords_pace(server: DiscordServer) -> None:
    server.rest.limit, server.rest.window = 3, 0.2

    async def at_once(platform: Discord) -> None:
        texts = [Reply(f"number {number}") for number in range(8)]
        await asyncio.gather(
            *(platform.post(at(papers(server)), text, key=message_key(HERE, [text.text])) for text in texts)
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


def a_tag(tag_id: str, name: str, *, moderated: bool = False) -> Payload:
    return {"id": tag_id, "name": name, "moderated": moderated, "emoji_id": None, "emoji_name": None}


HERE = Address("discord", "1")
