"""What a courier does with a database that was restored from a copy, after which papers were still posted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery.retry_and_expiry import SHORTEST_PAUSE
from bot.domain import message_key
from bot.errors import RetryLater
from storage import open_database, stores_of
from storage.columns import stamp
from storage.sqlite.files.backup import back_up, restore
from tests.bot.delivery.office import Office
from tests.builders import HERE, NOW, a_paper, card_of, digest_of, subscribe

MANY = range(1, 26)


class Restored(Office):
    """A courier with a database that was restored."""

    def list_robots(self, *numbers: int) -> None:
        """List papers with these numbers."""
        for number in numbers:
            self.list_papers(f"Robots {number}", first=number)

    def pin(self, *numbers: int) -> None:
        """Post these papers as one message, after the copy was made."""
        cards = [card_of(a_paper(id=f"9901.{number:05}", title=f"Robots {number}")) for number in numbers]
        message = cards[0] if len(cards) == 1 else digest_of(cards)
        self.board.posted.append((HERE, message_key(HERE, map(str, numbers)), message))

    def posted_now(self) -> list[str]:
        """Deliver, and return what was posted."""
        before = len(self.shown)
        self.deliver()
        return self.shown[before:]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Restored]:
    """The channel is subscribed to robots; the copy was made at noon, and restored two days later."""
    path, copy = tmp_path / "paperwire.db", tmp_path / "copy.db"
    database = open_database(path)
    office = Restored(stores_of(database))
    subscribe(office.stores, HERE, "robots")
    database.close()
    back_up(path, copy, overwrite=False, at=NOW)
    restore(copy, path, at=NOW + timedelta(days=2))
    database = open_database(path)
    yield Restored(stores_of(database))
    database.close()


def test_papers_that_were_posted_as_a_digest_do_not_come_as_cards(office: Restored) -> None:
    office.pin(1, 2, 3)
    office.list_robots(1, 2, 3)
    assert office.posted_now() == []
    assert office.stores.outbox.counts()["delivered"] == 3


def test_papers_that_were_posted_as_cards_do_not_come_as_a_digest(office: Restored) -> None:
    for number in MANY:
        office.pin(number)
    office.list_robots(*MANY)
    assert office.posted_now() == []


def test_papers_that_were_not_posted_come_once(office: Restored) -> None:
    office.pin(*range(1, 24))
    office.list_robots(*MANY)
    assert office.posted_now() == ["2 papers · Tuesday 10 March"]
    assert office.posted_now() == []


def test_a_paper_that_was_posted_counts_as_delivered(office: Restored) -> None:
    office.pin(1)
    office.list_robots(1)
    office.deliver()
    fate = office.stores.outbox.fate(HERE, "9901.00001")
    assert fate is not None
    assert fate.state == "delivered"


def test_nothing_is_posted_while_the_platform_cannot_tell(office: Restored) -> None:
    office.list_robots(1)
    office.board.closed[HERE] = RetryLater("the history cannot be read")
    assert office.posted_now() == []
    office.board.closed.clear()
    office.clock.pass_(SHORTEST_PAUSE)
    assert office.posted_now() == ["Robots 1"]


def test_papers_listed_long_after_the_restore_are_posted_without_asking(office: Restored) -> None:
    office.clock.pass_(timedelta(days=5))
    office.pin(1)
    office.list_robots(1)
    assert office.posted_now() == ["Robots 1"]


def test_an_empty_digest_that_was_posted_does_not_come_again(office: Restored) -> None:
    due = NOW + timedelta(hours=21)
    office.stores.channels.set_schedule(HERE, "daily 09:00 UTC even if empty", due, at=NOW, even_if_empty=True)
    office.board.posted.append((HERE, message_key(HERE, [stamp(due)]), digest_of([])))
    office.clock.pass_(timedelta(days=2))
    assert office.posted_now() == []
    office.clock.pass_(timedelta(days=1))
    assert office.posted_now() == ["No new papers."]


def test_a_message_in_doubt_that_was_posted_with_others_after_the_copy_does_not_come_again(tmp_path: Path) -> None:
    path, copy = tmp_path / "paperwire.db", tmp_path / "copy.db"
    database = open_database(path)
    office = Restored(stores_of(database))
    subscribe(office.stores, HERE, "robots")
    office.list_robots(1, 2)
    office.board.faults.append(ConnectionError("cut off"))
    office.deliver()
    back_up(path, copy, overwrite=False, at=NOW)
    database.close()
    restore(copy, path, at=NOW + timedelta(days=2))
    database = open_database(path)
    office = Restored(stores_of(database))
    office.stores.outbox.release()
    office.pin(1, 2)
    office.clock.pass_(timedelta(days=2))
    assert office.posted_now() == []
    assert office.stores.outbox.counts()["delivered"] == 2
    database.close()


def test_what_a_digest_only_offered_is_posted_since_its_message_does_not_tell(office: Restored) -> None:
    office.set_schedule("daily 13:00 top 2")
    office.pin(1, 2)
    office.list_robots(1, 2, 3, 4)
    office.clock.pass_(timedelta(hours=1))
    assert office.posted_now() == ["2 papers · Tuesday 10 March"]
    assert office.stores.outbox.counts()["delivered"] == 4
    office.clock.pass_(timedelta(days=1))
    assert office.posted_now() == []
