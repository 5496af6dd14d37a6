"""What is removed after a while, and what never happens because of that."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain import Channel
from bot.domain.index_query import IndexQuery, Row
from bot.errors import ChannelClosed
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.matching.paper_index import index_papers
from bot.matching.terms import COUNTED_FOR, count_terms
from bot.service.retention import Retention
from storage import Database, open_database, stores_of
from tests.bot.delivery.office import Office
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, subscribe

KEEP = timedelta(days=60)

A_DAY = timedelta(days=1)


class Archive(Office):
    """An office that also removes old papers."""

    def forget(self, *, after: timedelta = timedelta()) -> None:
        """Let time pass, and remove what is old then."""
        self.clock.pass_(after)
        asyncio.run(Retention(self.stores, KEEP).work(now=self.clock()))

    def listed_again(self, *numbers: int) -> None:
        """List papers with these numbers today."""
        day = self.clock().date()
        papers = [a_paper(id=f"9901.{number:05}", list_day=day, upvotes=number) for number in numbers]
        self.stores.papers.save("sample", list_of(*papers, day=day), at=self.clock())
        Matcher(self.stores, Glossary(self.stores.papers), now=self.clock).match_papers()

    def found(self, word: str) -> list[str]:
        """The papers that a search for the word finds."""
        index_papers(self.stores.paper_index)
        return [paper.id for paper in self.stores.paper_index.search(IndexQuery(Row((word,))), limit=9).papers]

    @property
    def known(self) -> list[str]:
        """The stored papers, by their last digits."""
        return sorted(paper.id[-1] for paper in self.stores.papers.listed(since=TODAY - timedelta(days=999)))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    database = open_database(tmp_path / "paperwire.db")
    yield database
    database.close()


@pytest.fixture
def office(database: Database) -> Archive:
    """A channel that is subscribed to robots, with one paper posted, and a later one."""
    office = Archive(stores_of(database))
    subscribe(office.stores, HERE, "robots")
    office.list_papers("Robots Walk")
    office.deliver()
    office.clock.pass_(timedelta(days=30))
    office.list_papers("Robots Run", first=2)
    office.deliver()
    return office


def count(database: Database, table: str) -> int:
    """How many rows a table has."""
    with database.reading() as connection:
        rows: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - a name of ours
        return rows


def test_old_papers_go_with_their_text_and_deliveries(office: Archive, database: Database) -> None:
    office.forget(after=timedelta(days=31))
    assert office.known == ["2"]
    assert office.found("walk") == []
    assert office.found("run") == ["9901.00002"]
    assert office.stores.papers.commonness(["walk", "run"]) == {"walk": 0, "run": 1}
    assert count(database, "outbox") == 1
    assert count(database, "lists") == 1


def test_a_paper_is_kept_for_as_long_as_it_is_asked_for(office: Archive) -> None:
    office.forget(after=timedelta(days=30))
    assert office.known == ["1", "2"]


def test_nothing_is_forgotten_unless_it_is_asked_for(office: Archive) -> None:
    office.clock.pass_(timedelta(days=3000))
    asyncio.run(Retention(office.stores, None).work(now=office.clock()))
    assert office.known == ["1", "2"]


def test_a_forgotten_paper_does_not_come_again_when_it_is_listed_again(office: Archive) -> None:
    office.forget(after=timedelta(days=31))
    office.listed_again(1, 3)
    office.deliver()
    assert office.shown[2:] == ["Walking Robots Learn to Dance"]
    assert office.known == ["2", "3"]


def test_a_paper_that_was_listed_again_lately_is_kept_and_does_not_come_again(office: Archive) -> None:
    office.clock.pass_(timedelta(days=20))
    office.listed_again(1)
    office.forget(after=timedelta(days=11))
    assert office.known == ["1", "2"]
    office.deliver()
    assert len(office.shown) == 2


def test_what_is_still_on_its_way_is_kept_and_arrives(office: Archive) -> None:
    office.list_papers("Robots Fly", first=3)
    office.board.closed[HERE] = ChannelClosed("archived", repair="unarchive it")
    office.deliver()
    office.list_papers("Robots Swim", first=4)
    office.forget(after=timedelta(days=100))
    assert office.known == ["3", "4"]
    office.board.closed.clear()
    office.deliver()
    assert office.shown[2:] == ["Robots Fly", "Robots Swim"]


def test_what_is_still_to_be_matched_is_kept(office: Archive) -> None:
    office.stores.papers.save("sample", list_of(a_paper(id="9901.00007")), at=office.clock())
    office.forget(after=timedelta(days=100))
    assert "7" in office.known


def test_new_papers_come_after_everything_old_was_forgotten(office: Archive) -> None:
    office.forget(after=timedelta(days=500))
    office.list_papers("Robots Swim", "Robots Fly", first=3)
    office.deliver()
    assert office.shown[2:] == ["Robots Swim", "Robots Fly"]


def test_a_digest_does_not_begin_early_after_everything_old_was_forgotten(office: Archive) -> None:
    office.set_schedule("daily 09:00")
    office.list_papers("Robots Sleep", first=3)
    assert len(office.deliver_by_the_hour(24)) == 1
    office.forget(after=timedelta(days=500))
    office.deliver_by_the_hour(24)
    office.list_papers("Robots Swim", "Robots Fly", first=4)
    lines = office.deliver_by_the_hour(24)
    assert [line[7:12] for line in lines] == ["09:00"]


def test_subscriptions_and_counts_are_kept(office: Archive) -> None:
    office.forget(after=timedelta(days=500))
    assert [subscription.query for subscription in office.stores.subscriptions.all()] == ["robots"]
    assert office.stores.channels.get(HERE) == Channel(HERE)
    assert office.stores.outbox.counts()["delivered"] == 2


def test_room_that_became_free_is_used_again(database: Database) -> None:
    office = Archive(stores_of(database))
    pages = []
    for month in range(9):
        papers = [
            a_paper(id=f"99{month:02}.{number:05}", list_day=office.clock().date(), abstract=f"{number} " * 500)
            for number in range(50)
        ]
        office.stores.papers.save("sample", list_of(*papers), at=office.clock())
        Matcher(office.stores, Glossary(office.stores.papers), now=office.clock).match_papers()
        index_papers(office.stores.paper_index)
        office.forget(after=timedelta(days=30))
        with database.reading() as connection:
            pages.append(connection.execute("PRAGMA page_count").fetchone()[0])
    assert count(database, "papers_folded_docsize") < count(database, "papers") * 2 + 200
    assert count(database, "paper_words") == count(database, "papers")
    assert pages[-1] <= 1.2 * pages[3]


def test_removing_very_much_does_not_block_writers(tmp_path: Path) -> None:
    path = tmp_path / "paperwire.db"
    database = open_database(path)
    stores = stores_of(database)
    papers = [a_paper(id=f"{number // 1000:04}.{number % 1000:05}") for number in range(500)]
    stores.papers.save("sample", list_of(*papers), at=NOW)
    Matcher(stores, Glossary(stores.papers), now=lambda: NOW).match_papers()
    forgetting = threading.Thread(
        target=lambda: asyncio.run(Retention(stores, KEEP).work(now=NOW + timedelta(days=100)))
    )
    forgetting.start()
    written = 0
    while forgetting.is_alive():
        subscribe(stores, HERE, f"robots {written}")
        written += 1
        if written == 100:
            break
    forgetting.join()
    assert written > 1
    assert len(stores.papers.listed(since=TODAY)) == 1
    database.close()


def test_a_full_disk_is_reported_and_removal_goes_on_the_next_time(
    office: Archive, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with sqlite3.connect(database.path) as other:
        other.execute("CREATE TRIGGER full BEFORE DELETE ON papers BEGIN SELECT raise(ABORT, 'disk is full'); END")
    other.close()
    office.forget(after=timedelta(days=31))
    assert "Old papers cannot be removed at present" in caplog.text
    assert office.known == ["1", "2"]
    with database.writing() as connection:
        connection.execute("DROP TRIGGER full")
    office.forget()
    assert office.known == ["2"]


def test_papers_of_a_large_source_that_nobody_wanted_go_sooner_than_others(office: Archive) -> None:
    subscribe(office.stores, HERE, "cat:cs.RO")
    day = office.clock().date()
    wanted = a_paper(id="9901.00003", list_day=day, categories=("cs.RO",))
    unwanted = a_paper(id="9901.00004", list_day=day, categories=("cs.CV",))
    last = a_paper(id="9901.00005", list_day=day)  # the latest paper always stays
    office.stores.papers.save("arxiv", list_of(wanted, unwanted), at=office.clock())
    office.stores.papers.save("sample", list_of(last), at=office.clock())
    Matcher(office.stores, Glossary(office.stores.papers), now=office.clock).match_papers()
    office.deliver()
    retention = Retention(office.stores, timedelta(days=400), {"arxiv": timedelta(days=30)})
    asyncio.run(retention.work(now=office.clock() + timedelta(days=31)))
    assert office.known == ["1", "2", "3", "5"]


def test_terms_are_counted_for_a_while_even_where_papers_are_kept_for_ever(office: Archive, database: Database) -> None:
    count_terms(office.stores.vocabulary)
    before = count(database, "terms")
    office.clock.pass_(COUNTED_FOR)
    asyncio.run(Retention(office.stores, None).work(now=office.clock()))
    assert before > 0
    assert count(database, "terms") == before // 2  # of the later paper
    office.clock.pass_(A_DAY)
    asyncio.run(Retention(office.stores, None).work(now=office.clock()))
    assert count(database, "terms") == 0
