"""A machine to check."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.machine import Machine
from tests.servers.huggingface import HuggingFaceServer, an_item


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    """A machine with an empty folder."""
    with contextlib.ExitStack() as stack, HuggingFaceServer() as hub:
        hub.lists[(datetime.now(UTC) - timedelta(days=1)).date()] = [an_item("9901.00001")]
        yield Machine(tmp_path, hub, stack)
