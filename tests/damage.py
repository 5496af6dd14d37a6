"""Damages a database file, as a disk might."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path


def damage(path: Path, name: str = "papers") -> tuple[int, bytes]:
    """Overwrite the first page of a table or index; return its place and what was there."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    place = (root - 1) * size
    with path.open("r+b") as file:
        file.seek(place)
        whole = file.read(size)
        file.seek(place)
        file.write(b"\xff" * size)
    return place, whole
