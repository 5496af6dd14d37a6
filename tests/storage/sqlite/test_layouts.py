"""Messages that were posted in the first layout, in a database of that time."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.cards import with_counts
from bot.delivery.edit_policy import follow
from bot.domain import Counts, Receipt
from bot.domain.messages import Card, Digest
from bot.ports.stores import Stores
from bot.text.rich import Piece
from storage import open_database, stores_of
from tests.builders import HERE, NOW, a_paper, card_of, list_of, query_ids, subscribe

LATER = NOW + timedelta(days=1)

CARD: dict[str, Any] = {
    "paper_id": "9901.00001",
    "title": "Robots Pour Tea",
    "url": "https://papers.example/papers/9901.00001",
    "byline": "Ada Example",
    "listed": "2026-03-10",
    "summary": "Tea is poured.",
    "abstract": "",
    "matches": [{"query": "robots", "evidence": [{"field": "title", "words": "Robots", "after": " Pour Tea"}]}],
    "upvotes": 0,
    "comments": 0,
    "stars": None,
    "thumbnail_url": "",
    "links": [{"label": "Paper", "url": "https://papers.example/papers/9901.00001"}],
    "buttons": [{"label": "Why", "command": "papers", "text": "why 9901.00001"}],
    "origin": "published 5 Apr 2023",
    "figures": "▲ 0",
    "reasons": [[{"text": "title: "}, {"text": "“Robots”", "matched": True}, {"text": " Pour Tea"}]],
    "notice": "Robots Pour Tea · Ada Example",
}
"""A card as the first layout stored it."""

DIGEST: dict[str, Any] = {"headline": "1 paper · 10 March 2026", "cards": [CARD], "notice": "1 paper"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database in which a card was posted."""
    path = tmp_path / "paperwire.db"
    database = open_database(path)
    stores = stores_of(database)
    subscribe(stores, HERE, "*")
    paper = a_paper(title="Robots Pour Tea")
    stores.papers.save("sample", list_of(paper), at=NOW)
    stores.outbox.enqueue({paper.id: query_ids(stores)}, at=NOW)
    claim = stores.outbox.claim(HERE, now=NOW, flood_limit=20, digest_limit=10)
    assert claim is not None
    stores.outbox.deliver(claim, Receipt("1"), at=NOW, followed=follow(card_of(paper), at=NOW))
    stores.papers.save("sample", list_of(a_paper(title="Robots Pour Tea", upvotes=58, comments=3)), at=NOW)
    database.close()
    return path


def written_as(path: Path, message: bytes) -> None:
    """Let the database be one of before there were layouts, with that message."""
    connection = sqlite3.connect(path)
    connection.execute("UPDATE followed SET message = ?", (message,))
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'layouts'")
    connection.commit()
    connection.close()


@pytest.fixture
def upgraded(path: Path, request: pytest.FixtureRequest) -> Iterator[Stores]:
    """The stores of that database with the parameter as its message, upgraded."""
    written_as(path, zlib.compress(json.dumps(request.param).encode()))
    database = open_database(path)
    yield stores_of(database)
    database.close()


def edited(stores: Stores) -> Card | Digest:
    """The message as it is edited now."""
    [outdated] = stores.followed.outdated("terminal", now=LATER, limit=9)
    return with_counts(outdated.message, outdated.counts)


@pytest.mark.parametrize("upgraded", [CARD], indirect=True)
def test_a_card_is_edited_in_the_layout_in_which_it_was_posted(upgraded: Stores) -> None:
    card = edited(upgraded)
    assert isinstance(card, Card)
    assert (card.layout, card.counts) == (1, Counts(58, 3, None))
    assert card.figures == "▲ 58 · 3 comments"
    assert card.reasons == ((Piece("title: "), Piece("“Robots”", bold=True), Piece(" Pour Tea")),)
    assert [button.label for button in card.buttons] == ["Why"]
    assert (card.origin, card.notice) == (CARD["origin"], CARD["notice"])


@pytest.mark.parametrize("upgraded", [DIGEST], indirect=True)
def test_a_digest_is_edited_in_the_layout_in_which_it_was_posted(upgraded: Stores) -> None:
    digest = edited(upgraded)
    assert isinstance(digest, Digest)
    assert (digest.layout, digest.headline) == (1, DIGEST["headline"])
    assert [(card.layout, card.figures) for card in digest.cards] == [(1, "▲ 58 · 3 comments")]


def test_a_message_of_today_is_in_the_layout_of_today(path: Path) -> None:
    database = open_database(path)
    card = edited(stores_of(database))
    database.close()
    assert isinstance(card, Card)
    assert card.layout == card_of(a_paper()).layout


@pytest.mark.parametrize("damaged", [b"no message", zlib.compress(b"[1]"), zlib.compress(b'{"cards": 7}')])
def test_a_damaged_message_does_not_keep_a_database_from_being_upgraded(path: Path, damaged: bytes) -> None:
    written_as(path, damaged)
    database = open_database(path)
    assert stores_of(database).followed.outdated("terminal", now=LATER, limit=9) == []
    database.close()
