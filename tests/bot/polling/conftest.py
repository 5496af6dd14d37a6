"""What the tests of polling may ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.ports.stores import Stores
from tests.bot.polling.post import Post
from tests.servers.arxiv.server import ArxivServer
from tests.servers.huggingface import HuggingFaceServer


@pytest.fixture
def post(stores: Stores) -> Iterator[Post]:
    """A new service, with its source."""
    with HuggingFaceServer() as hub:
        yield Post(hub, stores)


@pytest.fixture
def server() -> Iterator[ArxivServer]:
    """ArXiv on loopback; it is Tuesday noon, 10 March 2026, and nothing has been submitted."""
    with ArxivServer() as server:
        yield server
