"""Watches the write lock of a database from a process of its own, until its standard input ends.

``wait``: begins one write after another as Paperwire's own commands do, and notes the longest wait. It may be longer
than any transaction, since meanwhile the other side may have begun anew.

``hold``: asks for the lock without a pause, and notes the longest time in which it was always taken.
"""

from __future__ import annotations

import sqlite3
import sys
import threading
from collections.abc import Callable
from time import perf_counter, sleep

from storage.sqlite.engine import begin_writing

PAUSE = 0.002
"""Between two writes of ``wait``, in seconds."""


def main() -> None:
    """Watch the database named first, in the way named second; print the longest time in seconds."""
    path, manner = sys.argv[1:]
    ended = threading.Event()
    threading.Thread(target=_end_with_input, args=(ended,), daemon=True).start()
    connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    begin = begin_writing if manner == "wait" else _begin
    sys.stdout.write("watching\n")
    sys.stdout.flush()
    longest = 0.0
    while not ended.is_set():
        longest = max(longest, _until_ours(connection, begin))
        if manner == "wait":
            sleep(PAUSE)
    connection.close()
    sys.stdout.write(f"{longest}\n")


def _end_with_input(ended: threading.Event) -> None:
    sys.stdin.read()
    ended.set()


def _begin(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")


def _until_ours(connection: sqlite3.Connection, begin: Callable[[sqlite3.Connection], object]) -> float:
    """Begin a write and end it; how long that took, in seconds."""
    began = perf_counter()
    while True:
        try:
            begin(connection)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
        else:
            taken = perf_counter() - began
            connection.execute("ROLLBACK")
            return taken


if __name__ == "__main__":
    main()
