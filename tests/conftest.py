"""What every test may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.ports.stores import Stores
from storage import open_database, stores_of

settings.register_profile("steady", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("steady")

RECORDINGS = Path(__file__).resolve().parents[2] / "shared" / "hf"


@pytest.fixture(scope="session")
def recordings() -> Path:
    """The folder of recorded answers of Hugging Face, kept outside this repository; skips where it is absent."""
    if not RECORDINGS.is_dir():
        pytest.skip("the recorded answers of Hugging Face are not here")
    return RECORDINGS


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    """The stores of a new database."""
    database = open_database(tmp_path / "paperwire.db")
    yield stores_of(database)
    database.close()
