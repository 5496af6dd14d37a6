"""What the gateway's tests may ask for: a Discord where the bot is in no server, and one that it was in for years."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.discord.server import DiscordServer
from tests.servers.discord.world import Payload


@pytest.fixture
def server() -> Iterator[DiscordServer]:
    """A loopback Discord that runs."""
    with DiscordServer() as server:
        yield server


@pytest.fixture
def guild(server: DiscordServer) -> Payload:
    """A server that the bot was in for years."""
    guild = server.invite()
    guild["joined_at"] = "2020-01-01T00:00:00+00:00"
    return guild
