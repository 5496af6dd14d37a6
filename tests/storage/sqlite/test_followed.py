"""Followed messages, and papers, in databases of other versions."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery.edit_policy import follow
from bot.domain import Paper, Receipt
from storage import open_database, stores_of
from storage.outbox.followed import OUTDATED, SWEEP
from tests.builders import HERE, NOW, a_paper, card_of, list_of, query_ids, subscribe

LATER = NOW + timedelta(days=1)


def open_with_cards(path: Path, *papers: Paper) -> sqlite3.Connection:
    """A closed database in which cards of these papers were posted, opened without Paperwire."""
    database = open_database(path)
    stores = stores_of(database)
    subscribe(stores, HERE, "*")
    [query] = query_ids(stores)
    stores.papers.save("sample", list_of(*papers), at=NOW)
    stores.outbox.enqueue({paper.id: [query] for paper in papers}, at=NOW)
    for paper in papers:
        claim = stores.outbox.claim(HERE, now=NOW, flood_limit=20, digest_limit=40)
        assert claim is not None
        stores.outbox.deliver(claim, Receipt("1"), at=NOW, followed=follow(card_of(paper), at=NOW))
    database.close()
    return sqlite3.connect(path)


@pytest.mark.parametrize("written", [b"no message", b"x\x9cK\xab\x02\x00"])
def test_a_message_that_cannot_be_read_is_forgotten_and_the_others_go_on(
    tmp_path: Path, written: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "paperwire.db"
    papers = [a_paper(id=f"9901.{number:05}", title=f"Robots {number}") for number in (1, 2)]
    connection = open_with_cards(path, *papers)
    connection.execute("UPDATE followed SET message = ? WHERE pk = 1", (written,))
    connection.execute("UPDATE papers SET upvotes = 99")
    connection.commit()
    connection.close()
    database = open_database(path)
    [found] = stores_of(database).followed.outdated("terminal", now=LATER, limit=9)
    assert found.counts.keys() == {"9901.00002"}
    with database.reading() as reading:
        assert reading.execute("SELECT count(*) FROM followed").fetchone()[0] == 1
    database.close()
    assert "cannot be read" in caplog.text


def test_a_forgotten_message_leaves_nothing_behind(tmp_path: Path) -> None:
    open_with_cards(tmp_path / "paperwire.db", a_paper()).close()
    database = open_database(tmp_path / "paperwire.db")
    assert stores_of(database).followed.sweep(now=NOW + timedelta(days=7)) == 1
    with database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM followed_papers").fetchone()[0] == 0
    database.close()


def test_papers_of_an_earlier_version_are_known_to_have_been_matched(tmp_path: Path) -> None:
    path = tmp_path / "paperwire.db"
    connection = open_with_cards(path, a_paper())
    connection.executescript(
        "DROP TABLE followed_papers; DROP TABLE followed; ALTER TABLE papers DROP COLUMN matched_at;"
        "ALTER TABLE outbox DROP COLUMN second_chance;"
        "DELETE FROM _sqlite_migrations WHERE name IN ('following', 'second_chances');"
    )
    connection.close()
    database = open_database(path)
    with database.reading() as reading:
        assert reading.execute("SELECT matched_at FROM papers").fetchone()[0] is not None
    assert stores_of(database).outbox.counts()["delivered"] == 1
    database.close()


def test_the_search_for_edits_reads_an_index_and_the_messages_that_it_finds(tmp_path: Path) -> None:
    connection = open_with_cards(tmp_path / "paperwire.db", a_paper())
    values = {"platform": "terminal", "now": "", "late": "", "limit": 1}
    plans = {
        statement: [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
        for statement in (OUTDATED, SWEEP)
    }
    connection.close()
    assert any("followed USING COVERING INDEX followed_by_turn (again_at<?)" in line for line in plans[OUTDATED])
    assert any("followed USING COVERING INDEX followed_by_end (until<?)" in line for line in plans[SWEEP])
    assert [line for plan in plans.values() for line in plan if line.startswith("SCAN followed")] == []
