"""Small builders: each gives a valid thing, and takes what the test is about."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.cards import figures, make_card, make_digest, notice, reasons
from bot.config import Settings, load_settings
from bot.delivery.reasons import Reasons
from bot.domain import Address, Listing, Match, Paper, PaperList, Skipped, Subscription
from bot.domain.commands import Command
from bot.domain.messages import Card, Digest
from bot.matching.glossary import Glossary
from bot.matching.meaning.learning import Meaning
from bot.ports.stores import Stores
from bot.query import parse

ROOT = Path(__file__).parents[1]
"""The folder of the repository."""

TODAY = date(2026, 3, 10)
"""A Tuesday."""

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
"""Noon of that day."""

HERE = Address("terminal", "local")

A_MOMENT = timedelta(milliseconds=200)
"""What an impatient service lets pass where others let seconds or minutes pass."""


def a_paper(**given: Any) -> Paper:  # noqa: ANN401 - any attribute of Paper
    """A paper on today's list."""
    values: dict[str, Any] = {
        "id": "9901.00001",
        "title": "Walking Robots Learn to Dance",
        "list_day": TODAY,
        "abstract": "We teach robots to dance.",
        "authors": ("Ada Example", "Ben Sample"),
    }
    values.update(given)
    values.setdefault("url", f"https://papers.example/papers/{values['id']}")
    return Paper(**values)


def on_list(paper: Paper, *listings: tuple[str, date]) -> Paper:
    """The paper as a store gives it back: on the list of its source, or on these sources' lists of these days."""
    lists = tuple(Listing(source, day) for source, day in listings or [("sample", paper.list_day)])
    return replace(paper, listings=lists, list_day=lists[0].day)


def list_of(*papers: Paper, day: date | None = None, skipped: tuple[Skipped, ...] = ()) -> PaperList:
    """The list that these papers stand on; its day is theirs unless given."""
    return PaperList(day or (papers[0].list_day if papers else TODAY), papers, skipped)


def subscribe(
    stores: Stores, channel: Address, query: str, *, at: datetime = NOW, by: str = "ada", by_id: str = ""
) -> Subscription:
    """Subscribe a channel, as the command does."""
    parsed = parse(query)
    return stores.subscriptions.add(
        channel, parsed.text, canonical=parsed.canonical, by=by, at=at, limit=100, by_id=by_id
    )


def reasons_of(stores: Stores, glossary: Glossary) -> Reasons:
    """Why papers are posted, by what these stores know."""
    return Reasons(stores, glossary, Meaning(stores, lambda: NOW))


def queries_of(stores: Stores) -> Sequence[tuple[int, str]]:
    """Every distinct query, with its id: of the version to come, none is filed yet."""
    return stores.query_index.unfiled(sys.maxsize, limit=sys.maxsize)


def query_ids(stores: Stores) -> list[int]:
    """The id of every distinct query."""
    return [number for number, _ in queries_of(stores)]


def example_of(command: Command) -> str:
    """What to type after the command's first word, with the example of its argument."""
    return f"{command.word} {command.argument.example if command.argument else ''}".strip()


def impatient_settings(database: Path) -> Settings:
    """The settings of a service with that database, which polls more often than people may ask for."""
    settings = load_settings(None, {"PAPERWIRE_STORAGE__PATH": str(database)})
    return settings.model_copy(update={"poll": settings.poll.model_copy(update={"interval": A_MOMENT})})


def card_of(paper: Paper, matches: Sequence[Match] = (), **made: Any) -> Card:  # noqa: ANN401 - as `make_card` takes them
    """The paper's card, made on `TODAY`."""
    return make_card(paper, matches, **{"today": TODAY, **made})


def digest_of(cards: Sequence[Card]) -> Digest:
    """The digest of these cards, made on `TODAY`."""
    return make_digest(cards, today=TODAY)


def completed(card: Card) -> Card:
    """The card with what `bot.cards` makes of its other attributes."""
    complete = replace(card, figures=figures(card), reasons=reasons(card))
    return replace(complete, notice=notice(complete))


def noticed(digest: Digest) -> Digest:
    """The digest with its notification."""
    return replace(digest, notice=notice(digest))
