"""The terminal's threads, and how long they may take."""

from __future__ import annotations

import threading

PATIENCE = 10.0
"""Seconds that anything here may take at most."""


def wait_for_threads(others: set[threading.Thread]) -> None:
    """Wait until the terminal's threads are done."""
    for thread in set(threading.enumerate()) - others:
        if thread.name.startswith("terminal "):
            thread.join(PATIENCE)
            assert not thread.is_alive()
