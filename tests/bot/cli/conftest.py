"""A host, and a service that runs there."""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.cli.host import Host
from tests.servers.huggingface import HuggingFaceServer


@pytest.fixture(autouse=True)
def _log_as_before() -> Iterator[None]:
    """Leave the log to the next test as it was: a command that runs within a test sets it up for the whole process."""
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    yield
    root.setLevel(level)
    root.handlers[:] = handlers


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """A host with an empty folder and an empty source."""
    with HuggingFaceServer() as hub:
        yield Host(tmp_path, hub)


@pytest.fixture
def service(host: Host) -> Iterator[subprocess.Popen[str]]:
    """A running service on that host; killed at the end if it is still running."""
    process = host.start("run")
    yield process
    process.kill()
    process.communicate()
