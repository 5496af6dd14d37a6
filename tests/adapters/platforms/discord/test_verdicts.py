"""Only Discord's own errors decide what becomes of a message; other answers in its place decide nothing."""

from __future__ import annotations

import pytest

from bot.errors import ChannelClosed, DeliveryError, Rejected, RetryLater, Uncertain, UnknownRefusal
from tests.adapters.platforms.discord.posts import a_card, find, guild_of, post
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import papers
from tests.servers.discord.world import FORUM

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


@pytest.mark.parametrize("body", ["[]", "{}", '{"code": 400}', '{"code": "50013"}', '"no"', "null", '{"message": 7}'])
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
        ("403 99999", ChannelClosed),
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
    server.fail(f"200 json {body}", at=f"GET /channels/{papers(server)['id']}/messages")
    with pytest.raises(DeliveryError):
        find(server, papers(server))
    assert find(server, papers(server)) is not None


@pytest.mark.parametrize("status", [403, 404, 429])
def test_a_page_does_not_say_that_a_post_of_a_forum_was_deleted(server: DiscordServer, status: int) -> None:
    forum = server.channel(guild_of(server), "library", FORUM)
    thread = post(server, forum, a_card()).id.partition(":")[0]
    server.fail(f"{status} html", at=f"GET /channels/{thread}/messages/")
    with pytest.raises(DeliveryError):
        find(server, forum)
