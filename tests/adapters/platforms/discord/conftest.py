"""What Discord's tests may ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.discord.server import DiscordServer


@pytest.fixture
def server() -> Iterator[DiscordServer]:
    """A loopback Discord that runs, with the bot in one server, too long ago to be greeted there."""
    with DiscordServer() as server:
        server.invite()["joined_at"] = "2020-01-01T00:00:00+00:00"
        yield server
