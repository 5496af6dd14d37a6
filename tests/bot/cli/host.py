"""A machine that hosts Paperwire, and what its host does there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
from click.testing import CliRunner

from bot.cli import cli
from bot.ports.stores import Stores
from storage import open_database, stores_of
from tests.builders import HERE
from tests.servers.huggingface import HuggingFaceServer

PATIENCE = 20.0
"""The most seconds that anything here may take."""


def today() -> datetime:
    """The real time: the program's clock cannot be moved from outside."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Host:
    """A machine that hosts Paperwire, with the source on loopback.

    Attributes:
        folder: Where the database is.
        hub: The source.
        settings: Environment variables besides those that every test needs.
    """

    folder: Path
    hub: HuggingFaceServer
    settings: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """The environment of the process."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "PAPERWIRE_STORAGE__PATH": str(self.folder / "data" / "paperwire.db"),
            "PAPERWIRE_SOURCES__HUGGINGFACE__BASE_URL": self.hub.base_url,
            "PAPERWIRE_PLATFORMS__TERMINAL__ENABLED": "true",
            "PAPERWIRE_HTTP__PORT": "0",
            **self.settings,
        }

    def start(self, *arguments: str, without: Collection[str] = ()) -> subprocess.Popen[str]:
        """Start ``paperwire`` in the host's folder with these arguments, and without these variables."""
        return subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "bot", *arguments],
            env={name: value for name, value in self.environment().items() if name not in without},
            cwd=self.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def command(self, *arguments: str) -> str:
        """Run a command that the test is not about, in this process; return what it printed."""
        done = CliRunner().invoke(cli, arguments, env=self.environment(), prog_name="paperwire")
        assert done.exit_code == 0, done.output
        return done.stdout

    def complaint(self, *arguments: str, code: int = 1) -> str:
        """Run a command that fails with this exit code, in this process; return its stderr."""
        done = CliRunner().invoke(cli, arguments, env=self.environment(), prog_name="paperwire")
        assert done.exit_code == code, done.output
        return done.stderr

    def do(self, *arguments: str, code: int = 0) -> str:
        """Run ``paperwire`` to its end with this exit code; return its stdout."""
        process = self.start(*arguments)
        printed, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == code, errors
        return printed

    def fail(self, *arguments: str, code: int = 1) -> str:
        """Run ``paperwire`` to its end with this failing exit code; return its stderr."""
        process = self.start(*arguments)
        _, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == code, errors
        assert "Traceback" not in errors
        return errors


def shell(host: Host, line: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash, in which ``paperwire`` is the program; its exit code is that of the first that failed."""
    program = f'set -o pipefail; paperwire() {{ {sys.executable} -m bot "$@"; }}; {line}'
    return subprocess.run(  # noqa: S603 - our own line
        ["/bin/bash", "-c", program],
        env=host.environment(),
        cwd=host.folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@contextmanager
def stores_of_host(host: Host) -> Iterator[Stores]:
    """The stores of the host's database."""
    database = open_database(host.folder / "data" / "paperwire.db")
    yield stores_of(database)
    database.close()


def set_schedule(host: Host, *, due: datetime) -> None:
    """Give the terminal daily digests, the next one at ``due``."""
    with stores_of_host(host) as stores:
        stores.channels.set_schedule(HERE, "daily 09:00 UTC", due, at=today())


def wait_until(true: Callable[[], bool]) -> None:
    """Wait until it is true."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.01)  # so that whatever is waited for has the processor


def is_up(host: Host) -> bool:
    """Whether the service says over HTTP that it is well.

    Its lock is only read: trying it, as ``paperwire health`` does, could keep the service from starting.
    """
    lock = host.folder / "data" / "paperwire.db.lock"
    said = lock.read_text() if lock.exists() else ""
    address = json.loads(said)["http"] if said else ""
    return address != "" and httpx.get(f"{address}/healthz").is_success


def is_healthy(host: Host) -> bool:
    """Whether ``paperwire health`` says that it is well."""
    process = host.start("health")
    process.communicate(timeout=PATIENCE)
    return process.returncode == 0


def addresses(host: Host, printed: str) -> list[str]:
    """The ids of the papers whose address is on a line of its own."""
    prefix = f"{host.hub.base_url}/papers/"
    return [line.removeprefix(prefix) for line in printed.splitlines() if line.startswith(prefix)]
