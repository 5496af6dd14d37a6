"""Papers as rows of the table ``papers``."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bot.domain import Listing, Paper
from bot.domain.merging import CONTENT
from bot.domain.sources import UNNAMED
from storage.columns import by_name, day, maybe_moment, maybe_stamp, texts, words

WRITTEN: Mapping[str, Callable[[Any], Any]] = {
    "authors": words,
    "keywords": words,
    "categories": words,
    "published_at": maybe_stamp,
    "is_withdrawn": int,
}
"""How attributes are written that are neither texts nor numbers, …"""

READ: Mapping[str, Callable[[Any], Any]] = {
    "authors": texts,
    "keywords": texts,
    "categories": texts,
    "published_at": maybe_moment,
    "is_withdrawn": bool,
}
"""… and read."""


def as_paper(row: sqlite3.Row | Mapping[str, Any]) -> Paper:
    """The paper of a row."""
    content = {name: READ.get(name, _same)(row[name]) for name in CONTENT}
    return Paper(id=row["id"], list_day=day(row["list_day"]), listings=_listings(row["listings"]), **content)


def as_columns(paper: Paper) -> dict[str, Any]:
    """A paper as a row, as far as sources and their lists tell it."""
    content = {name: WRITTEN.get(name, _same)(getattr(paper, name)) for name in CONTENT}
    return {
        "id": paper.id,
        "list_day": paper.list_day.isoformat(),
        "last_listed": paper.last_listed.isoformat(),
        "unnamed_on": unnamed_on.isoformat() if (unnamed_on := paper.listed_on((UNNAMED,))) else None,
        "listings": json.dumps({each.source: each.day.isoformat() for each in paper.listings}),
        **content,
    }


def changed_since(connection: sqlite3.Connection, as_read: Iterable[Paper]) -> set[str]:
    """The ids of those papers that differ by now from what was read.

    They are compared rather than the times of their changes: the clock may have been set in between.
    """
    return {
        paper.id
        for paper in as_read
        if (row := connection.execute("SELECT * FROM papers WHERE id = ?", (paper.id,)).fetchone())
        and as_paper(row) != paper
    }


def day_of_list(source: str | None) -> tuple[str, Sequence[str]]:
    """The first day on which a source listed a paper, or one that need not be named, as SQL, and its values.

    Without a source, the latest day on which any did.
    """
    if source is None:
        return "last_listed", ()
    return ("json_extract(listings, ?)", (f"$.{source}",)) if source else ("unnamed_on", ())


def _listings(column: str) -> tuple[Listing, ...]:
    return tuple(Listing(source, day(listed)) for source, listed in by_name(column).items())


def _same(value: Any) -> Any:  # noqa: ANN401 - texts and numbers
    return value
