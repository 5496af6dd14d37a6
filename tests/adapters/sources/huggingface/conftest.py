"""What the tests of Hugging Face's list may ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.huggingface import HuggingFaceServer


@pytest.fixture
def hub() -> Iterator[HuggingFaceServer]:
    """A server on loopback."""
    with HuggingFaceServer() as server:
        yield server
