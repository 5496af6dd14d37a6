"""The list of steps, and how one is run."""

from __future__ import annotations

from collections.abc import Iterable

import sqlite_utils
from sqlite_utils import Migrations

MIGRATIONS = Migrations("paperwire")


def execute(database: sqlite_utils.Database, statements: Iterable[str]) -> None:
    """Execute statements one by one: a script would commit the transaction that a migration runs in."""
    for statement in statements:
        if statement.strip():
            database.conn.execute(statement)
