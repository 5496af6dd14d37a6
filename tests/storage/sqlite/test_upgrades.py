"""Databases of every release are upgraded, after a copy is made, whatever interrupts that.

`scripts.release_schema` writes the fixtures in ``schemas/``, at each release.
"""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlite_utils
from sqlite_utils import Migrations

from bot.domain.index_query import IndexQuery, Row
from bot.errors import StorageError
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.matching.paper_index import index_papers
from bot.query import parse
from bot.search.lookup import look_up
from storage import open_database, stores_of
from storage.sqlite.migrations import MIGRATIONS
from tests.builders import HERE, NOW, ROOT, a_paper, list_of, queries_of, subscribe

RELEASES = sorted((Path(__file__).parent / "schemas").glob("*.sql"))

SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"

UPGRADE_AND_STOP = """
import sys
from pathlib import Path
from storage import open_database
from tests.storage.sqlite.test_upgrades import and_later

def later(database):
    database.conn.execute("ALTER TABLE papers ADD COLUMN mood TEXT")
    database.conn.execute("DELETE FROM subscriptions")
    print("half done", flush=True)
    sys.stdin.read()

open_database(Path(sys.argv[1]), migrations=and_later(later))
"""


def and_later(step: object) -> Migrations:
    """The current migrations, and one of a later version."""
    later = Migrations(MIGRATIONS.name)
    with closing(sqlite_utils.Database(memory=True).conn) as empty:
        for migration in MIGRATIONS.pending(sqlite_utils.Database(empty)):
            later(name=migration.name)(migration.fn)
    later(name="of_tomorrow")(step)  # type: ignore[type-var] # a function that takes a database
    return later


def add_mood(database: sqlite_utils.Database) -> None:
    """A step of a later version."""
    database.conn.execute("ALTER TABLE papers ADD COLUMN mood TEXT")


def released(release: Path, path: Path) -> Path:
    """A database as that release wrote it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"BEGIN;{release.read_text(encoding='utf-8')}COMMIT;")
    return path


def rows(path: Path) -> dict[str, list[dict[str, object]]]:
    """The rows of all our tables."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        named = connection.execute(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE '%sqlite%'"
        ).fetchall()
        return {
            name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')]  # noqa: S608 - ours
            for (name,) in named
        }


def kept(
    after: dict[str, list[dict[str, object]]], before: dict[str, list[dict[str, object]]]
) -> dict[str, list[dict[str, object]]]:
    """The tables and columns of an upgraded database that existed before."""
    return {
        table: [{column: row[column] for column in had} for row, had in zip(after[table], before[table], strict=True)]
        for table in before
    }


def schema(path: Path) -> list[tuple[str, ...]]:
    """The whole schema."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(SCHEMA).fetchall()


def copies(path: Path) -> list[Path]:
    """The copies made before upgrades, and the remains of unfinished ones."""
    return sorted(path.parent.glob(f"{path.name}.before-*"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database of the latest release."""
    return released(RELEASES[-1], tmp_path / "paperwire.db")


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.stem)
def test_a_released_database_is_upgraded_and_keeps_its_contents(release: Path, tmp_path: Path) -> None:
    old, new = released(release, tmp_path / "old.db"), tmp_path / "new.db"
    before = rows(old)
    assert all(before.values())
    for path in (old, new):
        open_database(path).close()
    assert schema(old) == schema(new)
    assert kept(rows(old), before) == before


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.stem)
def test_a_service_goes_on_with_a_released_database(release: Path, tmp_path: Path) -> None:
    database = open_database(released(release, tmp_path / "old.db"))
    stores = stores_of(database)
    assert stores.outbox.release() == 1
    claim = stores.outbox.claim(HERE, now=NOW + timedelta(hours=1), flood_limit=20, digest_limit=40)
    assert claim is not None
    assert claim.uncertain
    assert index_papers(stores.paper_index)
    assert stores.paper_index.search(IndexQuery(Row(("robot",))), limit=9).count == 7
    database.close()


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.stem)
def test_a_released_database_is_searched_and_matched_by_the_folding_of_today(release: Path, tmp_path: Path) -> None:
    """What was filed by an older folding is filed anew while it is used."""
    database = open_database(released(release, tmp_path / "old.db"))
    stores = stores_of(database)
    glossary = Glossary(stores.papers)
    later = NOW + timedelta(days=9)
    subscribe(stores, HERE, "DINO v2", at=later)
    new = a_paper(id="9901.00099", title="Robots See", abstract="We use DINOv2.", list_day=later.date())
    stores.papers.save("huggingface", list_of(new), at=later)
    matcher = Matcher(stores, glossary, now=lambda: later)
    # Before the service has filed anything, one paper is matched by all queries, and found by both kinds of words.
    found = matcher.find([new])[new.id]
    assert {text for pk, text in queries_of(stores) if pk in found} == {"robots", "DINO v2"}
    assert stores.query_index.unfiled(glossary.index_version, limit=1) == []
    for query, count in (("dino-v2", 1), ("robots", 8), ("Ada Example author:ada", 0), ('author:"Example, Ada"', 8)):
        result = look_up(parse(query), stores, glossary)
        assert (query, result.count, result.is_whole) == (query, count, True)
    database.close()


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.stem)
def test_names_that_a_released_database_lacks_are_filled_when_lists_are_read_again(
    release: Path, tmp_path: Path
) -> None:
    database = open_database(released(release, tmp_path / "old.db"))
    stores = stores_of(database)
    known = stores.papers.get("9901.00001")
    assert known is not None
    assert known.organization_handle == known.submitter == ""
    named = replace(known, organization_handle="acme", submitter="Ada", submitter_handle="ada")
    stores.papers.save("huggingface", list_of(named), at=NOW + timedelta(days=1))
    for query in ("org:acme", 'org:"Acme Labs"', "submitter:ada"):
        result = look_up(parse(query), stores, Glossary(stores.papers))
        assert known.id in [paper.id for paper in result.papers]
    database.close()


def test_before_an_upgrade_the_database_is_copied_and_the_log_says_so(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = rows(path)
    with caplog.at_level(logging.INFO):
        open_database(path, migrations=and_later(add_mood), now=lambda: NOW).close()
    [copy] = copies(path)
    assert copy.name == "paperwire.db.before-0.1.0-20260310-120000"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert rows(copy) == before
    assert str(copy) in caplog.text
    assert "mood" in rows(path)["papers"][0]


def test_new_and_current_databases_are_not_copied(tmp_path: Path) -> None:
    for _ in range(2):
        open_database(tmp_path / "paperwire.db").close()
    assert copies(tmp_path / "paperwire.db") == []


def test_the_newest_three_copies_are_kept(path: Path) -> None:
    untouched = path.read_bytes()

    def upgrade(at: datetime) -> None:
        path.write_bytes(untouched)
        open_database(path, now=lambda: at).close()

    for month in range(1, 6):
        upgrade(datetime(2026, month, 1, tzinfo=NOW.tzinfo))
    assert [copy.name[-15:] for copy in copies(path)] == ["20260301-000000", "20260401-000000", "20260501-000000"]


def test_an_upgrade_that_is_killed_changes_nothing_and_is_done_the_next_time(path: Path) -> None:
    before = rows(path)
    process = subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", UPGRADE_AND_STOP, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "half done\n"
    process.kill()
    process.communicate()
    assert rows(path) == before
    open_database(path, migrations=and_later(add_mood), now=lambda: NOW).close()
    after = rows(path)
    assert kept(after, before)["subscriptions"] == before["subscriptions"]
    assert "mood" in after["papers"][0]


def test_the_remains_of_a_killed_copy_are_removed(path: Path) -> None:
    left = path.with_name(f"{path.name}.before-0.1.0-20260309-120000.abc.unfinished")
    left.write_bytes(b"half")
    open_database(path, now=lambda: NOW).close()
    assert [copy.name for copy in copies(path)] == ["paperwire.db.before-0.1.0-20260310-120000"]


def test_what_somebody_else_put_beside_the_database_stays(path: Path) -> None:
    others = [path.with_name(f"{path.name}.before-{name}") for name in ("the-move", "0.1.0", "my-trip-20260101")]
    for other in others:
        other.write_text("Dear diary")
    kept_by_us = [path.with_name(f"{path.name}.before-0.1.0-2026030{day}-120000") for day in range(1, 5)]
    for copy in kept_by_us:
        copy.touch()
    open_database(path, now=lambda: NOW).close()
    assert [other.read_text() for other in others] == ["Dear diary"] * 3
    assert [copy.exists() for copy in kept_by_us] == [False, False, True, True]


def test_nothing_is_upgraded_without_a_copy(tmp_path: Path) -> None:
    path = released(RELEASES[-1], tmp_path / ("p" * 240))  # the copy's name would be longer than names may be
    before = schema(path)
    with pytest.raises(StorageError, match="Nothing was upgraded"):
        open_database(path)
    assert schema(path) == before


def test_processes_that_upgrade_at_once_make_one_copy(path: Path) -> None:
    code = "import sys; from pathlib import Path; from storage import open_database; open_database(Path(sys.argv[1]))"
    others = [
        subprocess.Popen(  # noqa: S603 - our own code
            [sys.executable, "-c", code, str(path)],
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(3)
    ]
    assert [(other.communicate()[1], other.returncode) for other in others] == [("", 0)] * 3
    assert len(copies(path)) == 1
