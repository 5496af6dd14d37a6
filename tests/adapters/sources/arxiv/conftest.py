"""What the tests of arXiv may ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.arxiv.server import ArxivServer


@pytest.fixture
def server() -> Iterator[ArxivServer]:
    """A server on loopback; it is Tuesday noon, 10 March 2026, and nothing has been submitted."""
    with ArxivServer() as server:
        yield server
