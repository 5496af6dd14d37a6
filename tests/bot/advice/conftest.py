"""What tests of advice share."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from adapters.sources.huggingface.payload import read_list
from bot.advice.backtest import Recent, recent
from bot.matching.glossary import Glossary
from storage import open_database, stores_of
from tests.builders import NOW


@pytest.fixture(scope="session")
def month(recordings: Path, tmp_path_factory: pytest.TempPathFactory) -> Recent:
    """The papers that Hugging Face listed in three weeks of August 2026."""
    database = open_database(tmp_path_factory.mktemp("month") / "paperwire.db")
    stores = stores_of(database)
    glossary = Glossary(stores.papers)
    for file in sorted(recordings.glob("2026-*.json")):
        day = date.fromisoformat(file.stem)
        papers = read_list(json.loads(file.read_text()), day=day, base_url="https://papers.example")
        stores.papers.save("huggingface", papers, at=NOW)
        glossary.read(papers.papers)
    result = recent(stores, glossary, now=datetime(2026, 8, 21, 12, tzinfo=UTC))
    database.close()
    return result
