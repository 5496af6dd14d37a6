"""Databases that were edited by hand are refused in a line, rather than misread."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StorageError
from storage import open_database, open_stores
from storage.columns import stamp
from storage.sqlite.files.backup import back_up, restore
from storage.sqlite.files.inspection import inspect
from storage.sqlite.files.values import DAYS, MOMENTS, NEEDS, PAPERS, WORDS
from tests.builders import NOW

COLUMNS = [
    (table, column) for kind in (MOMENTS, DAYS, WORDS, PAPERS) for table, columns in kind.items() for column in columns
]

ROWS = {
    "outbox": "INSERT INTO outbox (channel, paper, number, state, enqueued_at) VALUES (1, 1, 1, 'due', :then)",
    "followed": "INSERT INTO followed (key, channel, receipt, again_at, until, message)"
    " VALUES ('key', 1, 'receipt', :then, :then, x'')",
    "gaps": "INSERT INTO gaps (since, until) VALUES (:then, :then)",
    "set_aside": "INSERT INTO set_aside VALUES ('key', 1, :then, NULL, 5, 0, 0, :then)",
    "posting_outages": "INSERT INTO posting_outages VALUES ('slack', :then, 'busy', :then)",
    "space": "INSERT INTO space VALUES (1, :then, 1, x'', x'')",
    "opinions": "INSERT INTO opinions VALUES (1, 1, 1, :then)",
    "saved": "INSERT INTO saved VALUES ('slack', 'C1', '9901.00001', 'U1', 'ada', :then, '{}')",
}
"""A row for each table in which the database has none."""


def edit(path: Path, table: str, column: str, value: str) -> None:
    """Write the value to every row of the table, as nobody but a person would."""
    with closing(sqlite3.connect(path)) as connection, connection:
        if table in ROWS and not connection.execute(f"SELECT 1 FROM {table}").fetchone():  # noqa: S608 - ours
            connection.execute(ROWS[table], {"then": stamp(NOW)})
        connection.execute(f"UPDATE {table} SET {column} = ?", (value,))  # noqa: S608 - ours


@pytest.mark.parametrize("value", ["", "soon", "2026-02-31T09:00:00.000000+00:00", "2026-03-10 09:00"])
@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_value_that_makes_no_sense_is_refused_with_its_place(path: Path, table: str, column: str, value: str) -> None:
    edit(path, table, column, value)
    with (
        pytest.raises(StorageError, match=rf"{table}\.{column} holds “{value[:9]}"),
        open_stores(path, reads_through=True),
    ):
        pass


@pytest.mark.parametrize("one", sorted({column for column, _ in NEEDS}))
def test_half_of_what_belongs_together_is_refused(path: Path, one: str) -> None:
    edit(path, "channels", one, stamp(NOW))
    with pytest.raises(StorageError, match=f"terminal:local has {one}, but no"), open_stores(path, reads_through=True):
        pass


def test_such_a_backup_is_not_restored_and_check_says_why(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy, overwrite=False, at=NOW)
    edit(copy, "channels", "next_due", "soon")
    with pytest.raises(StorageError, match=r"channels\.next_due holds “soon”"):
        restore(copy, path, at=NOW)
    with pytest.raises(StorageError, match=r"channels\.next_due holds “soon”"):
        inspect(copy)
    open_database(path).close()


def test_a_value_that_is_edited_later_is_an_error_of_the_database(path: Path) -> None:
    with open_stores(path) as stores:
        edit(path, "subscriptions", "created_at", "soon")
        with pytest.raises(StorageError, match="“soon”"):
            stores.subscriptions.all()
