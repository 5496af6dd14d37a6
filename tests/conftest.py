"""What every test may ask for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import bot.service.service
from bot.ports.stores import Stores
from storage import open_database, stores_of
from tests.builders import A_MOMENT

settings.register_profile("steady", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("steady")

RECORDINGS = Path(__file__).resolve().parents[2] / "shared" / "hf"


@pytest.fixture(scope="session")
def recordings() -> Path:
    """The folder of recorded answers of Hugging Face, kept outside this repository; skips where it is absent."""
    if not RECORDINGS.is_dir():
        pytest.skip("the recorded answers of Hugging Face are not here")
    return RECORDINGS


@pytest.fixture(scope="session", autouse=True)
def _no_authorities(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Trust no certificate: nobody here speaks TLS, and each HTTP client would read all of them, in 25 ms."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SSL_CERT_FILE", raising=False)
        patch.setenv("SSL_CERT_DIR", str(tmp_path_factory.mktemp("no-authorities")))
        yield


@pytest.fixture(scope="session")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a new database, to be copied: making one takes ten times as long."""
    path = tmp_path_factory.mktemp("new") / "paperwire.db"
    open_database(path).close()
    return path


@pytest.fixture
def stores(tmp_path: Path, new_database: Path) -> Iterator[Stores]:
    """The stores of a new database."""
    path = tmp_path / "paperwire.db"
    shutil.copy(new_database, path)
    database = open_database(path)
    yield stores_of(database)
    database.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Services look for new subscriptions, and for people to tell of closed channels, every moment."""
    monkeypatch.setattr(bot.service.service, "LOOK_EVERY", A_MOMENT)
