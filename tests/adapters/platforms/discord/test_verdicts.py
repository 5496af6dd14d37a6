"""Only Discord's own errors decide what becomes of a message; other answers in its place decide nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.platforms.discord import Discord, rest
from bot.errors import ChannelClosed, DeliveryError, Rejected, RetryLater, Uncertain, UnknownRefusal
from tests.adapters.platforms.discord.posts import KEY, a_card, find, guild_of, post, run
from tests.fakes.desk import Reception
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import at, papers
from tests.servers.discord.world import FORUM, TEXT, THREAD

OF_A_PROXY = (400, 401, 402, 403, 404, 405, 407, 408, 409, 412, 413, 421, 425, 426, 429, 431, 451, 500, 503)
"""Statuses with which a proxy, a firewall or a sign-in page may answer in Discord's place."""


def outcome_of_a_post(server: DiscordServer, fault: str, *, at: str = "POST /channels") -> DeliveryError:
    """The error of a post that meets this fault."""
    server.fail(fault, at=at)
    with pytest.raises(DeliveryError) as raised:
        post(server, papers(server), a_card())
    return raised.value


@pytest.mark.parametrize("status", OF_A_PROXY)
@pytest.mark.parametrize("when", ["", "after "])
def test_a_page_in_place_of_discord_s_answer_leaves_a_post_uncertain(
    server: DiscordServer, status: int, when: str
) -> None:
    assert isinstance(outcome_of_a_post(server, f"{when}{status} html"), Uncertain)


@pytest.mark.parametrize("status", OF_A_PROXY)
def test_a_page_before_anything_is_posted_lets_the_message_wait(server: DiscordServer, status: int) -> None:
    error = outcome_of_a_post(server, f"{status} html", at="GET /channels")
    assert isinstance(error, RetryLater)


STRANGE = ("[]", "{}", '"no"', "null", '{"message": 7}', '{"code": 400}', '{"code": "50013"}', '{"code": [50013]}')
STRANGE_CODES = ('{"code": {"50013": 1}}', '{"code": 50013.5}', '{"code": true}', '{"code": null}')


@pytest.mark.parametrize("body", STRANGE + STRANGE_CODES)
@pytest.mark.parametrize("status", [400, 403, 404])
def test_json_of_another_shape_is_no_verdict(server: DiscordServer, status: int, body: str) -> None:
    assert isinstance(outcome_of_a_post(server, f"{status} json {body}"), Uncertain)


@pytest.mark.parametrize("body", ["[]", "{}", '{"id": []}', "null", "<html>"])
def test_a_success_that_makes_no_sense_leaves_a_post_uncertain(server: DiscordServer, body: str) -> None:
    assert isinstance(outcome_of_a_post(server, f"after 200 json {body}"), Uncertain)


def test_a_page_with_a_success_leaves_a_post_uncertain(server: DiscordServer) -> None:
    assert isinstance(outcome_of_a_post(server, "200 html"), Uncertain)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("403 50013", ChannelClosed),
        ("404 10003", ChannelClosed),
        ("400 50006", Rejected),
        ("400 20016", RetryLater),
        ("403 99999", UnknownRefusal),
        ("404 99999", UnknownRefusal),
        ("401 99999", RetryLater),
        ("400 99999", UnknownRefusal),
    ],
)
def test_discord_s_own_errors_are_taken_at_their_word(
    server: DiscordServer, fault: str, kind: type[DeliveryError]
) -> None:
    assert type(outcome_of_a_post(server, fault)) is kind


@pytest.mark.parametrize("body", ["{}", "null", '"no"', '[{"id": 7}]', "[7]", "<html>"])
def test_an_answer_that_is_not_a_list_of_messages_does_not_say_that_a_message_is_missing(
    server: DiscordServer, body: str
) -> None:
    post(server, papers(server), a_card())
    server.fail(*[f"200 json {body}"] * 2, at=f"GET /channels/{papers(server)['id']}/messages")
    with pytest.raises(DeliveryError):
        find(server, papers(server))
    server.rest.faults.clear()
    assert find(server, papers(server)) is not None


@pytest.mark.parametrize("status", [403, 404, 429])
def test_a_page_does_not_say_that_a_post_of_a_forum_was_deleted(server: DiscordServer, status: int) -> None:
    forum = server.channel(guild_of(server), "library", FORUM)
    thread = post(server, forum, a_card()).id.partition(":")[0]
    server.fail(f"{status} html", at=f"GET /channels/{thread}/messages/")
    with pytest.raises(DeliveryError):
        find(server, forum)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed_so_that_nothing_is_posted_twice(server: DiscordServer, status: int) -> None:
    forum = server.channel(guild_of(server), "library", FORUM)
    server.fail(f"after {status} html", at=f"POST /channels/{forum['id']}")
    with pytest.raises(Uncertain):
        post(server, forum, a_card())
    assert len([channel for channel in server.world.channels.values() if channel["type"] == THREAD]) == 1


def test_a_page_in_place_of_an_empty_forum_s_posts_is_no_list(server: DiscordServer) -> None:
    forum = server.channel(guild_of(server), "library", FORUM)
    server.fail("200 html", at="GET /guilds/")
    with pytest.raises(DeliveryError):
        find(server, forum)


@pytest.mark.parametrize(
    ("kind", "request_", "answer"),
    [
        (TEXT, "GET /channels/{channel}/messages", "[]"),
        (FORUM, "GET /guilds/{guild}/threads/active", '{"threads": [], "members": []}'),
    ],
)
def test_an_empty_list_does_not_say_that_a_message_is_missing_if_the_channel_names_it(
    server: DiscordServer, kind: int, request_: str, answer: str
) -> None:
    channel = server.channel(guild_of(server), "place", kind)
    receipt = post(server, channel, a_card())
    server.fail(*[f"200 json {answer}"] * 2, at=request_.format(channel=channel["id"], guild=guild_of(server)["id"]))
    with pytest.raises(RetryLater):
        find(server, channel)
    server.rest.faults.clear()
    assert find(server, channel) == receipt


def test_a_last_message_that_was_deleted_does_not_hold_up_the_channel(server: DiscordServer) -> None:
    channel = papers(server)
    server.world.add_message(channel["id"], {"content": "Hello!"})
    server.world.messages[channel["id"]].clear()
    assert find(server, channel) is None


def test_a_last_post_that_was_deleted_does_not_hold_up_the_forum(server: DiscordServer) -> None:
    forum = server.channel(guild_of(server), "library", FORUM)
    server.world.channels.pop(post(server, forum, a_card()).id.partition(":")[0])
    assert find(server, forum) is None


def test_a_global_limit_that_outlasts_a_request_does_not_hold_up_those_after_it(
    server: DiscordServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.fail('429 json {"message": "Slow down", "retry_after": 0.9, "global": true}')

    async def post_twice(platform: Discord) -> None:
        with monkeypatch.context() as impatient:
            impatient.setattr(rest, "LONGEST_REQUEST", 0.3)
            with pytest.raises(Uncertain):
                await platform.post(at(papers(server)), a_card(), key=KEY)
        await platform.post(at(papers(server)), a_card(), key=KEY)

    run(server, post_twice)
    assert len(server.world.messages[papers(server)["id"]]) == 1


@pytest.mark.parametrize("seconds", ["86401", "1e300", "1e999"])
def test_a_wait_of_years_counts_as_a_day(server: DiscordServer, seconds: str) -> None:
    error = outcome_of_a_post(server, f'429 json {{"message": "Slow down", "retry_after": {seconds}, "global": false}}')
    assert isinstance(error, RetryLater)
    assert error.after == timedelta(days=1)


def test_a_sign_in_page_does_not_say_that_the_token_is_wrong(server: DiscordServer) -> None:
    error = outcome_of_a_post(server, "401 html", at="GET /users/@me")
    assert isinstance(error, RetryLater)
    assert "DISCORD_TOKEN" not in str(error)


def test_a_sign_in_page_does_not_end_listening_for_good(server: DiscordServer) -> None:
    server.fail("401 html", at="GET /users/@me")
    with pytest.raises(ConnectionError, match="not from Discord itself"):
        run(server, lambda platform: platform.serve(Reception()))
