"""A host, and a service that runs there."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.cli.host import Host
from tests.servers.huggingface import HuggingFaceServer


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
