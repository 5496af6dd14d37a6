"""What people type into alerts elsewhere: each means here what they meant, or the answer offers what they meant."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from adapters.sources.huggingface.payload import read_list
from bot.commands.desk import Desk
from bot.commands.table import ACTIONS
from bot.domain.messages import Reply
from bot.matching.glossary import Glossary
from bot.ports.stores import Stores
from bot.query import other_reading, parse
from storage import open_database, stores_of
from tests.bot.commands.front_desk import say
from tests.bot.commands.real_queries import ANSWERED, UNDERSTOOD
from tests.builders import NOW

AT = datetime(2026, 8, 21, 12, tzinfo=UTC)
"""The day of the last recorded list."""


@pytest.fixture(scope="module")
def desk(recordings: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with the papers that Hugging Face listed in three weeks of August 2026."""
    stores = stores_of(open_database(tmp_path_factory.mktemp("real") / "paperwire.db"))
    glossary = Glossary(stores.papers)
    for file in sorted(recordings.glob("2026-*.json")):
        papers = read_list(
            json.loads(file.read_text()), day=date.fromisoformat(file.stem), base_url="https://papers.example"
        )
        stores.papers.save("huggingface", papers, at=NOW)
        glossary.read(papers.papers)
    return Desk(ACTIONS, stores, glossary, who="everyone", max_subscriptions=100, now=lambda: AT)


def offered(reply: Reply) -> list[str]:
    """The other queries on the reply's buttons."""
    return [button.text.removeprefix("try ") for button in reply.buttons if button.text.startswith("try ")]


@pytest.mark.parametrize("query", UNDERSTOOD)
def test_a_query_means_what_its_author_meant(desk: Desk, query: str) -> None:
    reply = say(desk, f"/papers try {query}")
    assert reply.ok
    assert "taken for" not in reply.text
    assert "Did you mean" not in reply.text


@pytest.mark.parametrize(("query", "meant"), ANSWERED)
def test_a_query_in_another_notation_is_answered_with_what_was_meant(desk: Desk, query: str, meant: str) -> None:
    reply = say(desk, f"/papers try {query}")
    assert parse(offered(reply)[0]).tree == parse(meant).tree


@pytest.mark.parametrize("query", UNDERSTOOD + [query for query, _ in ANSWERED])
def test_every_query_that_is_offered_is_read_and_leaves_no_doubt(desk: Desk, query: str) -> None:
    for other in offered(say(desk, f"/papers try {query}")):
        reading = other_reading(parse(other))
        assert reading is None or not reading.is_certain


@pytest.mark.parametrize(("query", "meant"), ANSWERED)
def test_without_papers_the_answer_is_the_same_but_for_spelling(stores: Stores, query: str, meant: str) -> None:
    empty = Desk(ACTIONS, stores, Glossary(stores.papers), who="everyone", max_subscriptions=9, now=lambda: NOW)
    texts = offered(say(empty, f"/papers try {query}"))
    assert texts[:1] == [] or parse(texts[0]).tree == parse(meant).tree
    assert texts or meant in {"reinforcement learning", "transformer"}
