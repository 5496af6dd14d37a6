"""The kinds of databases that keep the contracts of stores, and the steps that their tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from bot.domain import (
    DIGEST_LIMIT,
    Address,
    Claim,
    Receipt,
)
from bot.ports.stores import Stores
from storage import open_database, stores_of
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, query_ids, subscribe

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
LATER = NOW + timedelta(minutes=1)
SECOND, WEEK = timedelta(seconds=1), timedelta(days=7)
THERE = Address("slack", "C0123456789")
OPEN = Receipt("message 1", "https://chat.example/1")


@contextmanager
def sqlite_stores(folder: Path) -> Iterator[Stores]:
    """The stores of a new SQLite file."""
    database = open_database(folder / "paperwire.db")
    yield stores_of(database)
    database.close()


STORES: dict[str, Callable[[Path], AbstractContextManager[Stores]]] = {"sqlite": sqlite_stores}


def enqueue(stores: Stores, *titles: str, channel: Address = HERE) -> None:
    """Make papers with these titles due in the channel, in this order, by a subscription to everything."""
    if not stores.subscriptions.of(channel):
        subscribe(stores, channel, "*")
    papers = [a_paper(id=f"9901.{number:05}", title=title) for number, title in enumerate(titles, 1)]
    stores.papers.save("sample", list_of(*papers), at=NOW)
    for paper in papers:
        stores.outbox.enqueue({paper.id: query_ids(stores)}, at=NOW)


def claim(stores: Stores, channel: Address = HERE, *, flood_limit: int = 20) -> Claim:
    """Claim the channel's next message."""
    claimed = stores.outbox.claim(channel, now=LATER, flood_limit=flood_limit, digest_limit=DIGEST_LIMIT)
    assert claimed is not None
    return claimed


def expire(stores: Stores, *, before: datetime, at: datetime) -> int:
    """Settle what waited too long, in channels with digests a week longer; return how many."""
    return stores.outbox.expire(enqueued_before=before, in_digests_before=before - WEEK, at=at)


DUE = NOW + timedelta(hours=21)
"""Tomorrow at nine, when a digest is due."""

NEXT = DUE + timedelta(days=1)


def let_digests_come(stores: Stores, *, even_if_empty: bool = False) -> None:
    """Set the channel to daily digests."""
    stores.channels.set_schedule(HERE, "daily 09:00 UTC", DUE, at=NOW, even_if_empty=even_if_empty)


def add_paper(stores: Stores, title: str, *, number: int = 99, at: datetime = NOW) -> None:
    """Make one more paper due in every channel that is subscribed to everything."""
    paper = a_paper(id=f"9901.{number:05}", title=title)
    stores.papers.save("sample", list_of(paper), at=at)
    stores.outbox.enqueue({paper.id: query_ids(stores)}, at=at)


def claim_digest(stores: Stores, at: datetime = DUE, following: datetime = NEXT) -> Claim:
    """Claim the channel's digest."""
    claimed = stores.outbox.claim(HERE, now=at, flood_limit=20, digest_limit=DIGEST_LIMIT, next_digest=following)
    assert claimed is not None
    return claimed


def due_at(stores: Stores) -> datetime | None:
    """When the channel's next message is due."""
    return stores.outbox.next_due(platforms=["terminal"])


def digest_due(stores: Stores) -> datetime | None:
    """When the channel's next digest is due."""
    channel = stores.channels.get(HERE)
    assert channel is not None
    return channel.digest_due


def titles(claimed: Claim) -> list[str]:
    """The titles of its papers."""
    return [delivery.paper.title for delivery in claimed.deliveries]
