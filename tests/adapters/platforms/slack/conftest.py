"""What Slack's tests may ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.slack.server import SlackServer


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    """A loopback Slack that runs."""
    with SlackServer() as server:
        yield server
