from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest

from adapters.platforms.discord import Discord, laying_out
from bot.domain.messages import Message, Reply
from bot.errors import ChannelClosed, Rejected, RetryLater
from tests.adapters.platforms.discord.posts import KEY, OTHER_KEY, a_card, find, guild_of, post, run
from tests.builders import A_MOMENT, digest_of
from tests.servers.discord.interactions import labels_of
from tests.servers.discord.rules import COMPONENTS_V2
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import at, opened, papers
from tests.servers.discord.world import ANNOUNCEMENT, FORUM, GIVEN, HISTORY, REQUIRE_TAG, TEXT, THREAD, Payload

PICTURE = "https://pictures.example/first.png"

LONG = "We teach robots to dance, with great care. " * 5
"""A summary beside which a picture stands."""


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
    post(server, forum, digest_of([a_card()] * 2))
    assert server.asked_for(f"POST /channels/{forum['id']}/threads")[0]["applied_tags"] == ["1"]


def test_a_forum_that_wants_a_tag_only_after_our_first_post_gets_one(server: DiscordServer) -> None:
    forum = server.channel(guild_of(server), "library", FORUM)

    async def twice() -> None:
        platform = opened(server)
        await platform.post(at(forum), a_card(), key="a" * 24)
        forum["available_tags"] = [a_tag(str(number), name) for number, name in enumerate(["News", "Dance", "Art"], 1)]
        forum["flags"] = REQUIRE_TAG
        await platform.post(at(forum), a_card(), key="b" * 24)
        forum["available_tags"] = [a_tag("9", "Fun")]
        await platform.post(at(forum), digest_of([a_card()] * 2), key="c" * 24)
        await platform.aclose()

    asyncio.run(twice())
    posts = [thread["applied_tags"] for thread in server.world.channels.values() if thread["type"] == THREAD]
    assert posts == [[], ["2"], ["9"]]


def test_a_forum_whose_tags_we_may_not_apply_is_closed(server: DiscordServer) -> None:
    forum = server.channel(guild_of(server), "library", FORUM, flags=REQUIRE_TAG)
    with pytest.raises(ChannelClosed, match="#library requires a tag") as caught:
        post(server, forum, a_card())
    assert caught.value.repair == "add a tag that everyone may apply"


@pytest.mark.parametrize("message", [a_card(), digest_of([a_card()] * 2), Reply("Just a text")])
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


def test_a_message_that_was_posted_a_moment_ago_is_found_without_reading_all_that_others_wrote_before(
    server: DiscordServer,
) -> None:
    channel = papers(server)
    server.chat(channel, 1_000)
    receipt = post(server, channel, a_card())
    server.chat(channel, 50)
    assert find(server, channel) == receipt
    assert len(server.asked_for(f"GET /channels/{channel['id']}/messages")) == 1


def test_a_message_is_found_by_discord_s_clock_if_ours_is_ahead(server: DiscordServer) -> None:
    server.world.clock = lambda: datetime.now(UTC) - timedelta(hours=8)
    receipt = post(server, papers(server), a_card())
    assert find(server, papers(server)) == receipt


def test_without_the_history_nobody_can_tell_whether_a_message_arrived(
    server: DiscordServer,
) -> None:
    post(server, papers(server), a_card())
    server.allow(guild_of(server), GIVEN & ~HISTORY)
    with pytest.raises(ChannelClosed) as caught:
        find(server, papers(server))
    assert caught.value.repair == "give me “Read Message History” in #papers"


@pytest.mark.parametrize("kind", [TEXT, FORUM])
def test_a_message_is_a_sentence_for_its_notification_and_then_laid_out(server: DiscordServer, kind: int) -> None:
    channel = server.channel(guild_of(server), "place", kind)
    receipt = post(server, channel, a_card())
    [first] = server.asked_for("POST /channels")
    sentence = "Walking Robots Learn to Dance, by Ada Example, Ben Sample"
    assert (first.get("message") or first)["content"] == sentence
    [message] = server.world.messages[receipt.id.partition(":")[0] if kind == FORUM else channel["id"]]
    assert (message["content"], message["flags"]) == ("", COMPONENTS_V2)


@pytest.mark.parametrize("fault", ["503", "drop", "after 500"])
def test_a_layout_that_does_not_arrive_is_sent_again(server: DiscordServer, fault: str) -> None:
    server.fail(fault, at="PATCH /channels")
    post(server, papers(server), a_card())
    [message] = server.world.messages[papers(server)["id"]]
    assert message["flags"] == COMPONENTS_V2


def test_a_message_that_cannot_be_laid_out_was_posted_all_the_same_and_is_found(server: DiscordServer) -> None:
    server.fail("403 50013", at="PATCH /channels")
    receipt = post(server, papers(server), a_card())
    [message] = server.world.messages[papers(server)["id"]]
    assert "Walking Robots Learn to Dance" in message["content"]
    assert labels_of(message) >= {"PDF", "Abstract", "Why"}
    assert find(server, papers(server)) == receipt


@pytest.mark.parametrize("fault", ["hang", "429 20"])
def test_the_next_papers_do_not_wait_for_a_layout_that_takes_long(
    server: DiscordServer, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(laying_out, "WAITED", A_MOMENT)
    server.fail(fault, at="PATCH /channels")

    async def post_two(platform: Discord) -> None:
        begun = monotonic()
        for key, title in ((KEY, "First"), (OTHER_KEY, "Second")):
            await platform.post(at(papers(server)), a_card(title), key=key)
        assert monotonic() - begun < 10

    run(server, post_two)
    assert len(server.world.messages[papers(server)["id"]]) == 2


def test_a_layout_that_is_being_tried_again_is_waited_for_at_the_end(
    server: DiscordServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(laying_out, "WAITED", timedelta(seconds=0))

    async def post_one(platform: Discord) -> None:
        await platform.post(at(papers(server)), a_card(), key=KEY)
        [message] = server.world.messages[papers(server)["id"]]
        assert message["flags"] != COMPONENTS_V2
        monkeypatch.setattr(laying_out, "WAITED", timedelta(seconds=10))

    server.fail("503", at="PATCH /channels")
    run(server, post_one)
    [message] = server.world.messages[papers(server)["id"]]
    assert message["flags"] == COMPONENTS_V2


@pytest.mark.parametrize("kind", [TEXT, FORUM])
def test_a_message_is_changed_in_place(server: DiscordServer, kind: int) -> None:
    channel = server.channel(guild_of(server), "place", kind)
    receipt = post(server, channel, a_card(upvotes=1))
    run(server, lambda platform: platform.update(at(channel), receipt, a_card(upvotes=77), key=KEY))
    [message] = server.world.messages[receipt.id.partition(":")[0] if kind == FORUM else channel["id"]]
    assert "77" in str(message["components"])
    assert labels_of(message) >= {"PDF", "Abstract", "Why"}


@pytest.mark.parametrize("kind", [TEXT, FORUM])
def test_a_changed_message_is_still_found_and_mentions_nobody(server: DiscordServer, kind: int) -> None:
    channel = server.channel(guild_of(server), "place", kind)
    receipt = post(server, channel, a_card(upvotes=1))
    run(server, lambda platform: platform.update(at(channel), receipt, a_card(upvotes=77), key=KEY))
    assert find(server, channel) == receipt
    assert [payload["allowed_mentions"]["parse"] for payload in server.asked_for("PATCH")] == [[], []]


def test_a_changed_message_goes_without_a_picture_that_discord_does_not_take(server: DiscordServer) -> None:
    receipt = post(server, papers(server), a_card(thumbnail_url=PICTURE, summary=LONG))
    server.fail("50035 components.0.components.0.accessory.media.url", at="PATCH /channels")
    changed = a_card(thumbnail_url=PICTURE, summary=LONG, upvotes=77)
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
    server.fail("50035 components.0.components.0.accessory.media.url", at="PATCH /channels")
    post(server, papers(server), a_card(thumbnail_url=PICTURE, summary=LONG))
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


def a_tag(tag_id: str, name: str, *, moderated: bool = False) -> Payload:
    return {"id": tag_id, "name": name, "moderated": moderated, "emoji_id": None, "emoji_name": None}
