"""What the suites of contracts share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.ports.stores import Stores
from tests.contracts.stages import PLATFORMS, Stage
from tests.contracts.stores import STORES


@pytest.fixture(params=STORES)
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stores]:
    """New and empty stores, of one kind of database after the other."""
    with STORES[request.param](tmp_path) as opened:
        yield opened


@pytest.fixture(params=PLATFORMS)
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    """One platform after the other."""
    stage = PLATFORMS[request.param](tmp_path)
    yield stage
    stage.close()
