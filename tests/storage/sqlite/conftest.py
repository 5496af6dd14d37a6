"""A database to copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import HERE, NOW, a_paper, list_of, subscribe
from tests.storage.sqlite.opened import stores_at


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with a paper and a subscription."""
    path = tmp_path / "data" / "paperwire.db"
    with stores_at(path) as stores:
        subscribe(stores, HERE, "robots")
        stores.papers.save("sample", list_of(a_paper()), at=NOW)
    return path
