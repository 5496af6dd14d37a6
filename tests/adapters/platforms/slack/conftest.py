"""What Slack's tests may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

import adapters.platforms.slack.sending
from tests.servers.slack.server import SlackServer


@pytest.fixture(autouse=True)
def _brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten the pauses between the tries of an answer."""
    monkeypatch.setattr(adapters.platforms.slack.sending, "FIRST_PAUSE", timedelta(milliseconds=10))


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    """A loopback Slack that runs."""
    with SlackServer() as server:
        yield server
