"""Whatever is typed, every query on a button can be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

from bot.commands.desk import Desk
from bot.commands.pages import split_page
from bot.commands.table import ACTIONS
from bot.domain.commands import Invocation
from bot.matching.glossary import Glossary
from bot.query import parse
from storage import open_database, stores_of
from tests.bot.query.test_properties import BROKEN, QUERIES
from tests.builders import HERE, NOW, a_paper, list_of

TITLES = ["Robots with World Models", "World Models of Agents", "RLHF for Robots", "Clips of 3D Policies", "LLM Agents"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with a few papers."""
    database = open_database(tmp_path_factory.mktemp("offers") / Path("paperwire.db"))
    stores = stores_of(database)
    papers = [a_paper(id=f"9901.{number:05}", title=title) for number, title in enumerate(TITLES * 3)]
    stores.papers.save("sample", list_of(*papers), at=NOW)
    yield Desk(ACTIONS, stores, Glossary(stores.papers), who="everyone", max_subscriptions=9, now=lambda: NOW)
    database.close()


@settings(max_examples=300, deadline=None)
@given(text=QUERIES | BROKEN)
def test_every_query_on_a_button_is_read(desk: Desk, text: str) -> None:
    for command in ("try", "search"):
        reply = desk.reply(Invocation(HERE, "ada", "papers", f"{command} {text}"))
        for button in reply.buttons:
            word, _, query = button.text.partition(" ")
            parse(split_page(query)[1] if word in {"try", "search"} else button.text)
