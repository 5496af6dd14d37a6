"""What a backup holds, when none is made, and how it is restored."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import AlreadyRunning, NewerDatabase, StorageError
from storage.sqlite.files.backup import back_up, restore
from storage.sqlite.files.service_lock import ServiceLock
from tests.builders import HERE, NOW, ROOT, subscribe
from tests.damage import damage
from tests.storage.sqlite.opened import stores_at

LATER = NOW + timedelta(days=2)

WRITE_ON = """
import sys
from pathlib import Path
from storage import open_database, stores_of
from tests.builders import NOW, a_paper, list_of
stores = stores_of(open_database(Path(sys.argv[1])))
number = 0
while True:
    number += 1
    papers = [a_paper(id=f"{number:04}.{place:05}", title=f"Batch {number}") for place in range(10)]
    stores.papers.save("sample", list_of(*papers), at=NOW)
    print(number, flush=True)
"""

SUBSCRIBE_AND_DIE = """
import os, sys
from pathlib import Path
from storage import open_database, stores_of
from tests.builders import HERE, subscribe
subscribe(stores_of(open_database(Path(sys.argv[1]))), HERE, "kettles")
os.kill(os.getpid(), 9)
"""

RESTORE_AND_DIE = """
import os, sqlite3, sys
from datetime import UTC, datetime
from pathlib import Path
from storage.sqlite.files.backup import restore
path, copy = map(Path, sys.argv[1:])

def die_before(steps):
    def count(event, _arguments):
        nonlocal steps
        if event in {"os.rename", "os.link", "os.remove", "os.chown", "open", "sqlite3.connect"}:
            steps -= 1
            if steps == 0:
                os.kill(os.getpid(), 9)
    return count

restore(copy, path.parent / "elsewhere" / path.name, at=datetime.now(UTC))  # imports what it needs, once
for steps in range(1, 99):
    child = os.fork()
    if child == 0:
        sys.addaudithook(die_before(steps))
        restore(copy, path, at=datetime.now(UTC))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    connection = sqlite3.connect(path)
    whole = connection.execute("PRAGMA integrity_check").fetchone()[0]
    print(status, whole, *(row[0] for row in connection.execute("SELECT text FROM subscriptions")))
    connection.close()
    if status == 0:
        break
"""
"""Dies before each of its steps on the disk: https://docs.python.org/3/library/audit_events.html."""


def queries(path: Path) -> list[str]:
    """The queries that the database has subscriptions for."""
    with stores_at(path) as stores:
        return [subscription.query for subscription in stores.subscriptions.all(now=NOW)]


def left_in(folder: Path) -> list[str]:
    """The names of the files in a folder, without the locks."""
    return sorted(file.name for file in folder.iterdir() if not file.name.endswith(".lock"))


def test_a_backup_holds_everything_and_only_its_owner_may_read_it(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup = back_up(path, copy, overwrite=False, at=NOW)
    assert (backup.papers, backup.subscriptions, backup.size) == (1, 1, copy.stat().st_size)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert left_in(tmp_path) == ["copy.db", "data"]
    assert queries(copy) == ["robots"]


def test_a_backup_is_whole_while_another_process_writes(path: Path, tmp_path: Path) -> None:
    writing = subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", WRITE_ON, str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert writing.stdout is not None
    writing.stdout.readline()
    for number in range(5):
        copy = tmp_path / f"copy-{number}.db"
        back_up(path, copy, overwrite=False, at=NOW)
        with closing(sqlite3.connect(copy)) as connection:
            batches = connection.execute("SELECT count(*) FROM papers WHERE title LIKE 'Batch %' GROUP BY title")
            assert {count for (count,) in batches} == {10}
        writing.stdout.readline()
    assert writing.poll() is None
    writing.kill()
    writing.communicate()


def test_an_existing_file_is_overwritten_only_on_request(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("Dear diary")
    with pytest.raises(StorageError, match="--force"):
        back_up(path, copy, overwrite=False, at=NOW)
    assert copy.read_text() == "Dear diary"
    back_up(path, copy, overwrite=True, at=NOW)
    assert queries(copy) == ["robots"]


def test_a_backup_never_overwrites_the_database_itself(path: Path) -> None:
    with pytest.raises(StorageError, match="the database itself"):
        back_up(path, path.parent / ".." / "data" / "paperwire.db", overwrite=True, at=NOW)
    assert queries(path) == ["robots"]


def test_without_a_database_there_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="There is no database at"):
        back_up(tmp_path / "paperwire.db", tmp_path / "copy.db", overwrite=False, at=NOW)
    assert left_in(tmp_path) == []


def test_a_missing_folder_is_named(path: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="Name a file in a folder"):
        back_up(path, tmp_path / "nowhere" / "copy.db", overwrite=False, at=NOW)
    with pytest.raises(StorageError, match="is a folder"):
        back_up(path, tmp_path, overwrite=True, at=NOW)


def test_a_damaged_database_is_not_backed_up(path: Path, tmp_path: Path) -> None:
    damage(path)
    with pytest.raises(StorageError, match="damaged; restore a backup"):
        back_up(path, tmp_path / "copy.db", overwrite=False, at=NOW)
    assert left_in(tmp_path) == ["data"]


def test_restoring_a_backup_keeps_the_old_database(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy, overwrite=False, at=NOW)
    with stores_at(path) as stores:
        subscribe(stores, HERE, "teapots")
    done = restore(copy, path, at=LATER)
    assert (done.backup.made_at, done.backup.subscriptions) == (NOW, 1)
    assert queries(path) == ["robots"]
    assert done.replaced == path.with_name("paperwire.db.replaced-20260312-120000")
    assert queries(done.replaced) == ["robots", "teapots"]
    assert queries(copy) == ["robots"]


def test_files_that_a_killed_service_left_beside_the_database_are_kept_with_it(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy, overwrite=False, at=NOW)
    killed = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", SUBSCRIBE_AND_DIE, str(path)], check=False, cwd=ROOT
    )
    assert killed.returncode == -9
    assert path.with_name("paperwire.db-wal").stat().st_size > 0
    done = restore(copy, path, at=LATER)
    assert left_in(path.parent) == ["paperwire.db", "paperwire.db.replaced-20260312-120000"]
    assert queries(path) == ["robots"]
    assert done.replaced is not None
    assert queries(done.replaced) == ["robots", "kettles"]


@pytest.mark.parametrize("begin", [b"Dear diary, ", b""])
def test_a_backup_replaces_a_file_that_is_not_a_database(path: Path, tmp_path: Path, begin: bytes) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy, overwrite=False, at=NOW)
    path.write_bytes(begin * 1000)
    path.with_name("paperwire.db-wal").write_bytes(b"left over")
    done = restore(copy, path, at=LATER)
    assert queries(path) == ["robots"]
    assert done.replaced is not None
    assert done.replaced.read_bytes() == begin * 1000


def test_a_backup_can_be_restored_where_there_is_no_database(path: Path, tmp_path: Path) -> None:
    copy, other = tmp_path / "copy.db", tmp_path / "new" / "paperwire.db"
    back_up(path, copy, overwrite=False, at=NOW)
    assert restore(copy, other, at=LATER).replaced is None
    assert queries(other) == ["robots"]
    assert left_in(other.parent) == ["paperwire.db"]


def test_nothing_is_restored_while_a_service_holds_the_database(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy, overwrite=False, at=NOW)
    with ServiceLock(path), pytest.raises(AlreadyRunning, match="Stop it"):
        restore(copy, path, at=LATER)
    assert left_in(path.parent) == ["paperwire.db"]


def test_an_incomplete_backup_is_refused_and_the_database_stays(path: Path, tmp_path: Path) -> None:
    diary, photos, torn, newer = (tmp_path / name for name in ("diary", "photos.db", "torn.db", "newer.db"))
    diary.write_text("Dear diary, " * 1000)
    with closing(sqlite3.connect(photos)) as connection:
        connection.execute("CREATE TABLE photos (id INTEGER)")
    back_up(path, torn, overwrite=False, at=NOW)
    damage(torn, "subscriptions")
    back_up(path, newer, overwrite=False, at=NOW)
    with closing(sqlite3.connect(newer)) as connection, connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('paperwire', 'of_tomorrow', '')"
        )
    before = path.read_bytes()
    for file, error, message in (
        (tmp_path / "nowhere", StorageError, "There is no database at"),
        (diary, StorageError, "not an SQLite database"),
        (photos, StorageError, "not a database of Paperwire"),
        (torn, StorageError, "damaged"),
        (newer, NewerDatabase, "later version"),
        (path, StorageError, "the database itself"),
    ):
        with pytest.raises(error, match=message) as refused:
            restore(file, path, at=LATER)
        assert str(file) in str(refused.value)
        assert "unfinished" not in str(refused.value)
        assert path.read_bytes() == before
        assert left_in(path.parent) == ["paperwire.db"]


def test_a_restore_that_is_killed_anywhere_leaves_one_database_or_the_other(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy, overwrite=False, at=NOW)
    with stores_at(path) as stores:
        subscribe(stores, HERE, "teapots")
    process = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", RESTORE_AND_DIE, str(path), str(copy)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    *killed, done = process.stdout.splitlines()
    assert len(killed) > 10
    assert set(killed) == {"9 ok robots teapots", "9 ok robots"}
    assert done == "0 ok robots"
    assert [name for name in left_in(path.parent) if "replaced" not in name] == ["elsewhere", "paperwire.db"]
