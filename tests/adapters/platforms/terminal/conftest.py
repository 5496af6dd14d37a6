"""What the terminal's tests may ask for."""

from __future__ import annotations

import threading

import pytest


@pytest.fixture
def others() -> set[threading.Thread]:
    """The threads of other tests, such as those that wait for input which never comes."""
    return set(threading.enumerate())
