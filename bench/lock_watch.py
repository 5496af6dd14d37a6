"""Watches the write lock of a database from a process of its own, until its standard input ends.

``wait``: begins one write after another as Paperwire's own commands do, and notes the longest wait. It may be longer
than any transaction: SQLite asks again at growing intervals (https://www.sqlite.org/c3ref/busy_timeout.html), and
meanwhile the other side may have begun anew.

``hold``: asks for the lock without a pause, and notes the longest time in which it was always taken.
"""

from __future__ import annotations

import sqlite3
import sys
import threading
from time import perf_counter, sleep

from storage.sqlite.engine import BUSY_SECONDS

PAUSE = 0.002
"""Between two writes of ``wait``, in seconds."""


def main() -> None:
    """Watch the database named first, in the way named second; print the longest time in seconds."""
    path, manner = sys.argv[1:]
    ended = threading.Event()
    threading.Thread(target=_end_with_input, args=(ended,), daemon=True).start()
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS if manner == "wait" else 0, isolation_level=None)
    sys.stdout.write("watching\n")
    sys.stdout.flush()
    longest = 0.0
    while not ended.is_set():
        longest = max(longest, _until_ours(connection))
        if manner == "wait":
            sleep(PAUSE)
    connection.close()
    sys.stdout.write(f"{longest}\n")


def _end_with_input(ended: threading.Event) -> None:
    sys.stdin.read()
    ended.set()


def _until_ours(connection: sqlite3.Connection) -> float:
    """Begin a write and end it; how long that took, in seconds."""
    began = perf_counter()
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
        else:
            taken = perf_counter() - began
            connection.execute("ROLLBACK")
            return taken


if __name__ == "__main__":
    main()
