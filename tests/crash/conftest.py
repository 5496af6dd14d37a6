"""What the crash tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.crash.programs import Launcher


@pytest.fixture(scope="session")
def launcher() -> Iterator[Launcher]:
    """A process that has already imported the program."""
    with Launcher() as launcher:
        yield launcher
