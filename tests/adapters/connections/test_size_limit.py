"""Answers that never end."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from adapters.connections import LARGEST_ANSWER, TooLarge, limiting_answers
from adapters.platforms.discord import Discord
from adapters.platforms.slack import Slack
from bot.domain import Address
from bot.domain.messages import Reply
from bot.errors import RetryLater, Uncertain
from bot.ports.platform import Platform
from tests.servers.impostor import ENDLESS, Impostor


@pytest.mark.parametrize(("largest", "is_read"), [(9, False), (10, True)])
def test_an_answer_is_read_up_to_the_limit(largest: int, is_read: bool) -> None:  # noqa: FBT001 - a table's column
    says = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789"

    async def read(url: str) -> bytes:
        async with (
            aiohttp.ClientSession(trace_configs=[limiting_answers(largest)]) as session,
            session.get(url) as answer,
        ):
            return await answer.read()

    with Impostor(says=says) as server:
        if is_read:
            assert asyncio.run(read(server.base_url)) == b"0123456789"
        else:
            with pytest.raises(TooLarge, match="more than 9 bytes"):
                asyncio.run(read(server.base_url))


@pytest.mark.parametrize("name", ["slack", "discord"])
def test_an_answer_of_a_platform_that_never_ends_is_hung_up_on(name: str) -> None:
    with Impostor(says=ENDLESS, on_and_on=b" " * 1_000_000) as server:

        async def post() -> None:
            platform: Platform = (
                Slack("xoxb-1", "xapp-1", api_url=f"{server.base_url}/api/")
                if name == "slack"
                else Discord("a.b.c", api_url=server.base_url)
            )
            try:
                await platform.post(Address(name, "7"), Reply("Hello"), key="")
            finally:
                await platform.aclose()

        with pytest.raises((RetryLater, Uncertain), match="TooLarge"):
            asyncio.run(post())
    assert LARGEST_ANSWER == 20_000_000
