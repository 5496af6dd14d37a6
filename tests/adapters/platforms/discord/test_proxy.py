"""The way out through a proxy."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from adapters.platforms.discord import Discord
from tests.fakes.desk import Reception
from tests.servers.discord.server import TOKEN, DiscordServer

PATIENCE = 10.0


@pytest.fixture
def server() -> Iterator[DiscordServer]:
    with DiscordServer() as server:
        server.invite()
        yield server


def test_requests_and_the_gateway_go_through_the_proxy(server: DiscordServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server takes what is sent to a proxy; the names it is sent to are nobody's."""
    monkeypatch.setenv("HTTP_PROXY", server.base_url)
    server.gateway.url = "ws://discord.invalid/gateway/"

    async def served() -> None:
        platform = Discord(
            TOKEN, api_url="http://discord.invalid/api/v10", gateway_url="ws://discord.invalid/gateway/", pace=0.01
        )
        found = await platform.check([])
        assert {finding.state for finding in found} == {"ok"}
        serving = asyncio.create_task(platform.serve(Reception()))
        async with asyncio.timeout(PATIENCE):
            while not server.gateway.is_heard:  # noqa: ASYNC110 - it is heard in another thread
                await asyncio.sleep(0.01)
        serving.cancel()
        await asyncio.wait([serving])
        await platform.aclose()

    asyncio.run(served())
