"""Databases that are new, old, another program's, damaged, full or in use."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlite_utils

from bot.domain.index_query import IndexQuery, Row
from bot.errors import NewerDatabase, StorageError
from bot.matching.paper_index import index_papers
from bot.ports.stores import Stores
from storage import open_database, stores_of
from storage.outbox.next_due import BEGIN_DIGEST, BEGIN_FLOOD, DUE_AGAIN, UNCLAIM
from storage.outbox.next_message import COUNT, DELIVERIES
from storage.outbox.set_aside import LET_GO, NOT_SHOWN
from storage.sqlite.files.copies import APPLICATION_ID
from storage.sqlite.migrations import MIGRATIONS
from tests.builders import HERE, NOW, ROOT, a_paper, list_of, queries_of, subscribe
from tests.damage import damage

OPEN_AND_SUBSCRIBE = """
import sys
from pathlib import Path
from storage import open_database, stores_of
from tests.builders import HERE, queries_of, subscribe
subscribe(stores_of(open_database(Path(sys.argv[1]))), HERE, sys.argv[2])
"""

FIRST_VERSION = """
INSERT INTO papers VALUES (
    1, '9901.00001', 'Robots', 'https://papers.example/1', '2026-03-10', 0, '', '[]', NULL, '', '[]', '', 3, 0, NULL,
    '', '', '', '2026-03-10T08:00:00.000000+00:00', 0
);
INSERT INTO channels (pk, platform, id, next_number) VALUES (1, 'terminal', 'local', 2);
INSERT INTO queries (pk, canonical, text) VALUES (1, 'robots', 'robots');
INSERT INTO subscriptions VALUES (1, 1, 1, 1, 'robots', '2026-03-01T08:00:00.000000+00:00', 'ada', 0);
"""
"""A paper with three votes, and a subscription."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A path for a database."""
    return tmp_path / "data" / "paperwire.db"


def run_python(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Run code in another process, from the project's folder."""
    return subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", code, *arguments], stderr=subprocess.PIPE, text=True, cwd=ROOT
    )


def test_a_new_database_and_its_folder_are_made(path: Path) -> None:
    open_database(path).close()
    assert path.is_file()


def test_an_existing_database_keeps_its_contents(path: Path) -> None:
    database = open_database(path)
    subscribe(stores_of(database), HERE, "robots")
    database.close()
    again = open_database(path)
    assert [subscription.query for subscription in stores_of(again).subscriptions.all()] == ["robots"]
    again.close()


def test_a_database_of_the_first_version_is_upgraded_with_its_contents(path: Path) -> None:
    path.parent.mkdir()
    old = sqlite_utils.Database(path)
    old.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    MIGRATIONS.apply(old, stop_before="search")
    old.conn.executescript(FIRST_VERSION)
    old.close()
    database = open_database(path)
    stores = stores_of(database)
    assert index_papers(stores.paper_index)
    assert [paper.id for paper in stores.paper_index.search(IndexQuery(Row(("robot",))), limit=9).papers] == [
        "9901.00001"
    ]
    stores.papers.save("huggingface", list_of(a_paper(upvotes=5)), at=NOW)
    assert [sighting.upvotes for sighting in stores.votes.seen()["9901.00001"]] == [3, 5]
    [made] = stores.subscriptions.of(HERE)
    assert made.since == made.created_at
    changed = stores.subscriptions.change(HERE, 1, "violins", canonical="violins", since=NOW)
    assert stores.subscriptions.of(HERE) == [changed]
    database.close()


def test_tables_are_strict_and_foreign_keys_are_kept(path: Path) -> None:
    database = open_database(path)
    with database.reading() as connection:
        tables = connection.execute(
            "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        ).fetchall()
        ours = {row["name"]: row["strict"] for row in tables if not row["name"].startswith(("sqlite_", "_sqlite"))}
        assert ours == dict.fromkeys(
            "papers lists definitions folding votes channels queries anchors subscriptions outbox"
            " settled followed followed_papers gaps forgotten posting_outages set_aside saved people space"
            " places nearness opinions paper_words terms uncounted counting".split(),
            1,
        )
        assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    database.close()


def test_a_newer_database_is_refused_and_not_touched(path: Path) -> None:
    open_database(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('paperwire', 'of_tomorrow', '')"
        )
    connection.close()
    before = path.read_bytes()
    with pytest.raises(NewerDatabase, match="later version of Paperwire"):
        open_database(path)
    assert path.read_bytes() == before


def test_another_programs_database_is_refused_and_not_touched(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE photos (id INTEGER)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StorageError, match="another program's database"):
        open_database(path)
    assert path.read_bytes() == before


def test_a_file_that_is_not_a_database_is_named_with_its_repair(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("Dear diary, " * 1000)
    with pytest.raises(StorageError, match="not an SQLite database; name another file"):
        open_database(path)


def test_a_damaged_page_is_an_error_with_its_repair(path: Path) -> None:
    database = open_database(path)
    stores = stores_of(database)
    papers = [a_paper(id=f"9901.{number:05}", abstract="robots " * 200) for number in range(50)]
    stores.papers.save("sample", list_of(*papers), at=NOW)
    database.close()
    damage(path)
    damaged = open_database(path)
    with pytest.raises(StorageError, match="damaged; restore a backup"):
        stores_of(damaged).papers.get("9901.00001")
    damaged.close()


def test_a_folder_in_the_place_of_the_database_is_named(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StorageError, match="cannot be used: unable to open database file"):
        open_database(path)


def test_a_file_in_the_place_of_the_folder_is_named(path: Path) -> None:
    path.parent.write_text("")
    with pytest.raises(StorageError, match="cannot be created"):
        open_database(path)


def test_a_database_that_may_not_be_written_says_so_and_can_be_read(path: Path) -> None:
    database = open_database(path)
    with database.reading() as connection:
        connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StorageError, match="Let the user who runs Paperwire write"):
        subscribe(stores_of(database), HERE, "robots")
    assert stores_of(database).subscriptions.all() == []
    database.close()


def test_a_full_disk_loses_only_what_was_being_written(path: Path) -> None:
    database = open_database(path)
    stores = stores_of(database)
    stores.papers.save("sample", list_of(a_paper()), at=NOW)
    with database.reading() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
    large = [a_paper(id=f"9901.{number:05}", abstract="robots " * 2000) for number in range(2, 50)]
    with pytest.raises(StorageError, match="Free some space"):
        stores.papers.save("sample", list_of(*large), at=NOW)
    with database.reading() as connection:
        connection.execute("PRAGMA max_page_count = 1000000")
    assert [paper.id for paper in stores.papers.pending(limit=99)] == ["9901.00001"]
    assert stores.papers.save("sample", list_of(*large), at=NOW) == 48
    database.close()


def test_an_error_during_a_write_undoes_all_of_it(path: Path) -> None:
    database = open_database(path)

    def write_and_fail() -> None:
        with database.writing() as connection:
            connection.execute("INSERT INTO queries (canonical, text) VALUES ('a', 'a')")
            connection.execute("INSERT INTO nowhere VALUES (1)")

    with pytest.raises(StorageError, match="no such table"):
        write_and_fail()
    assert queries_of(stores_of(database)) == []
    database.close()


def test_two_processes_that_make_the_same_database_at_once_both_succeed(path: Path) -> None:
    others = [run_python(OPEN_AND_SUBSCRIBE, str(path), f"robots {number}") for number in range(3)]
    assert [(other.communicate()[1], other.returncode) for other in others] == [("", 0)] * 3
    database = open_database(path)
    assert sorted(subscription.number for subscription in stores_of(database).subscriptions.all()) == [1, 2, 3]
    database.close()


def test_threads_write_side_by_side(stores: Stores) -> None:
    def work(name: str) -> None:
        for number in range(10):
            subscribe(stores, HERE, f"{name} {number}")

    threads = [threading.Thread(target=work, args=(name,)) for name in ("ada", "ben", "cyd")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [subscription.number for subscription in stores.subscriptions.of(HERE)] == list(range(1, 31))


@pytest.mark.parametrize("is_there", [True, False])
def test_a_database_whose_file_is_replaced_while_it_is_in_use_is_no_longer_written(
    path: Path, *, is_there: bool
) -> None:
    database = open_database(path)
    stores = stores_of(database)
    subscribe(stores, HERE, "robots")
    path.rename(path.with_name("aside.db"))
    if is_there:
        open_database(path).close()
    with pytest.raises(StorageError, match="was replaced or removed"):
        subscribe(stores, HERE, "violins")
    database.close()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT platform, id FROM channels WHERE next_due <= '' AND platform IN ('slack') ORDER BY next_due LIMIT 9",
        DELIVERIES.replace("?", "1"),
        "SELECT pk, enqueued_at FROM outbox WHERE state = 'due' ORDER BY pk LIMIT 9",
        "SELECT * FROM channels WHERE digest_due <= '' AND next_due IS NULL AND claim_key IS NULL LIMIT 9",
        "SELECT number, max(enqueued_at) FROM outbox WHERE channel = 1 GROUP BY number",
        "SELECT pk, text FROM queries WHERE filed < 1 LIMIT 9",
        "SELECT query, conjunction FROM json_each('[]') AS wanted CROSS JOIN anchors ON anchor = wanted.value",
        "SELECT * FROM papers WHERE pending ORDER BY list_day, position LIMIT 9",
    ],
)
def test_frequent_queries_use_an_index(path: Path, query: str) -> None:
    database = open_database(path)
    with database.reading() as connection:
        plan = [row["detail"] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}")]
    database.close()
    assert [step for step in plan if step.startswith("SCAN") and " USING INDEX " not in step] in (
        [],
        ["SCAN wanted VIRTUAL TABLE INDEX 1:"],
    )
    assert any("INDEX " in step or "PRIMARY KEY" in step for step in plan)


@pytest.mark.parametrize(
    "statement", [COUNT, DELIVERIES, BEGIN_DIGEST, BEGIN_FLOOD, DUE_AGAIN, UNCLAIM, LET_GO, NOT_SHOWN]
)
def test_a_claim_does_not_look_through_all_that_its_channel_ever_got(path: Path, statement: str) -> None:
    database = open_database(path)
    query = re.sub(r":[a-z_]+|[?]", "1", statement)
    with database.reading() as connection:
        plan = [row["detail"] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}")]
    database.close()
    looked = [step for step in plan if step.startswith(("SEARCH outbox", "SCAN outbox"))]
    assert looked
    assert all("INDEX outbox_open" in step for step in looked)
