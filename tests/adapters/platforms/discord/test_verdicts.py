"""Only Discord's own errors decide what becomes of a message; other answers in its place decide nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest

from adapters.platforms.discord import Discord
from bot.cards import make_card
from bot.domain import Address, message_key
from bot.domain.messages import Card
from bot.errors import ChannelClosed, DeliveryError, Rejected, RetryLater, Uncertain, UnknownRefusal
from tests.builders import a_paper
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import opened
from tests.servers.discord.world import FORUM, Payload

Result = TypeVar("Result")

KEY = message_key(Address("discord", "1"), ["9901.00001"])

OF_A_PROXY = (400, 401, 402, 403, 404, 405, 407, 408, 409, 412, 413, 421, 425, 426, 429, 431, 451, 500, 503)
"""Statuses with which a proxy, a firewall or a sign-in page may answer in Discord's place."""


def channel_of(server: DiscordServer) -> Payload:
    return next(iter(server.world.channels.values()))


def a_card() -> Card:
    return make_card(a_paper())


def run(server: DiscordServer, act: Callable[[Discord, Address], Coroutine[Any, Any, Result]]) -> Result:
    async def acted() -> Result:
        platform = opened(server)
        try:
            return await act(platform, Address("discord", channel_of(server)["id"]))
        finally:
            await platform.aclose()

    return asyncio.run(acted())


def outcome_of_a_post(server: DiscordServer, fault: str, *, at: str = "POST /channels") -> DeliveryError:
    """The error of a post that meets this fault."""
    server.fail(fault, at=at)
    with pytest.raises(DeliveryError) as raised:
        run(server, lambda platform, channel: platform.post(channel, a_card(), key=KEY))
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


def find(server: DiscordServer) -> object:
    """Look for the message that was posted."""
    since = datetime.now(UTC) - timedelta(minutes=1)
    return run(server, lambda platform, channel: platform.find(channel, KEY, since=since))


@pytest.mark.parametrize("body", ["{}", "null", '"no"', '[{"id": 7}]', "[7]", "<html>"])
def test_an_answer_that_is_not_a_list_of_messages_does_not_say_that_a_message_is_missing(
    server: DiscordServer, body: str
) -> None:
    run(server, lambda platform, channel: platform.post(channel, a_card(), key=KEY))
    server.fail(f"200 json {body}", at=f"GET /channels/{channel_of(server)['id']}/messages")
    with pytest.raises(DeliveryError):
        find(server)
    assert find(server) is not None


@pytest.mark.parametrize("status", [403, 404, 429])
def test_a_page_does_not_say_that_a_post_of_a_forum_was_deleted(server: DiscordServer, status: int) -> None:
    guild = next(iter(server.world.guilds.values()))
    forum = server.channel(guild, "forum", FORUM)
    address = Address("discord", forum["id"])
    run(server, lambda platform, _: platform.post(address, a_card(), key=KEY))
    thread = next(
        channel["id"] for channel in server.world.channels.values() if channel.get("parent_id") == forum["id"]
    )
    server.fail(f"{status} html", at=f"GET /channels/{thread}/messages/")
    since = datetime.now(UTC) - timedelta(minutes=1)
    with pytest.raises(DeliveryError):
        run(server, lambda platform, _: platform.find(address, KEY, since=since))
