"""What a restore does to those who use the database, or have used it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StorageError
from storage.sqlite.files.backup import back_up, restore
from tests.builders import HERE, NOW, subscribe
from tests.storage.sqlite.opened import stores_at
from tests.storage.sqlite.test_backup import LATER, left_in, queries


def test_a_number_that_was_given_since_the_backup_is_not_given_again(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy, overwrite=False, at=NOW)
    with stores_at(path) as stores:
        assert subscribe(stores, HERE, "teapots").number == 2
    restore(copy, path, at=LATER)
    with stores_at(path) as stores:
        assert subscribe(stores, HERE, "kettles").number == 3


def test_a_backup_from_the_future_has_a_gap_of_two_weeks(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy, overwrite=False, at=LATER + timedelta(days=40))
    assert restore(copy, path, at=LATER).backup.made_at == LATER - timedelta(days=14)


def test_a_symbolic_link_goes_on_leading_to_the_restored_database(path: Path, tmp_path: Path) -> None:
    copy, link = tmp_path / "copy.db", tmp_path / "link.db"
    back_up(path, copy, overwrite=False, at=NOW)
    with stores_at(path) as stores:
        subscribe(stores, HERE, "teapots")
    link.symlink_to(path)
    done = restore(copy, link, at=LATER)
    assert link.is_symlink()
    assert queries(path) == ["robots"]
    assert done.replaced is not None
    assert queries(done.replaced) == ["robots", "teapots"]


def test_who_writes_while_a_backup_is_restored_is_told_and_loses_nothing(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy, overwrite=False, at=NOW)
    with stores_at(path) as stores:
        subscribe(stores, HERE, "teapots")
        restore(copy, path, at=LATER)
        with pytest.raises(StorageError, match="give the command again"):
            subscribe(stores, HERE, "kettles")
    with stores_at(path) as stores:
        subscribe(stores, HERE, "kettles")
    assert queries(path) == ["robots", "kettles"]


def test_nothing_is_restored_while_somebody_writes_to_the_database(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy, overwrite=False, at=NOW)
    monkeypatch.setattr("storage.sqlite.files.backup.BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="wait until it is done"):
            restore(copy, path, at=LATER)
    assert left_in(path.parent) == ["paperwire.db"]
