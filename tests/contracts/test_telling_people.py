"""A direct message that does not arrive says why, on every platform."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from adapters.platforms.terminal.platform import Terminal
from bot.domain.messages import Reply
from bot.errors import ChannelClosed, DeliveryError, Rejected
from bot.ports.platform import Platform
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import opened
from tests.servers.slack.server import SlackServer
from tests.servers.slack.serving import opened as opened_slack

LETTER = Reply("I can no longer post there.")


def tell(platform: Platform, person: str) -> DeliveryError:
    """The error that notifying somebody ends in."""

    async def run() -> DeliveryError:
        try:
            with pytest.raises(DeliveryError) as caught:
                await platform.tell(person, LETTER)
            return caught.value
        finally:
            await platform.aclose()

    return asyncio.run(run())


def test_a_terminal_cannot_notify_anybody(tmp_path: Path) -> None:
    assert isinstance(tell(Terminal(tmp_path / "log"), "ada"), Rejected)


@pytest.mark.parametrize("person", ["U0NOBODY", "", "<!channel>"])
def test_slack_says_who_cannot_be_notified(person: str) -> None:
    with SlackServer() as slack:
        assert isinstance(tell(opened_slack(slack), person), ChannelClosed)


def test_in_discord_somebody_who_takes_no_messages_is_not_notified() -> None:
    with DiscordServer() as server:
        server.fail("403 50007", at="POST /channels")
        error = tell(opened(server), server.world.snowflake())
    assert isinstance(error, ChannelClosed)
    assert "direct messages" in error.reason


@pytest.mark.parametrize("person", ["", "ada", "9" * 40])
def test_in_discord_somebody_without_an_id_is_not_notified(person: str) -> None:
    with DiscordServer() as server:
        assert isinstance(tell(opened(server), person), ChannelClosed)
