"""A process that is told to stop, at any moment from its first import on."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from tests.bot.cli.host import PATIENCE, Host

MOMENTS = ["bot.cli.options", "asyncio", "pydantic", "storage.sqlite.engine", "adapters.monitoring.http_server"]
"""Modules that the service imports before it is up, the first as soon as it can."""


def told_to_stop(host: Host, name: signal.Signals, after: str, *arguments: str) -> tuple[int, str]:
    """Signal a process once these words stood in what it reports of its imports; its exit code and its own words."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-X", "importtime", "-m", "bot", *arguments],
        env=host.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        for line in process.stderr:
            if line.rstrip().endswith(after):
                break
        process.send_signal(name)
        _, rest = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    return process.returncode, "".join(line for line in rest.splitlines(keepends=True) if "import time:" not in line)


@pytest.mark.parametrize("after", MOMENTS)
@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_a_service_that_is_told_to_stop_while_it_starts_stops_cleanly(
    host: Host, name: signal.Signals, after: str
) -> None:
    code, told = told_to_stop(host, name, after, "run")
    assert code == 0, told
    assert not {"Traceback", "Aborted", "Exception"} & set(told.replace("!", " ").split())


@pytest.mark.parametrize("arguments", [("backfill",), ("check",), ("run", "--once"), ("try", "x")])
@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_a_command_that_is_told_to_stop_says_that_it_was_not_done(
    host: Host, name: signal.Signals, arguments: tuple[str, ...]
) -> None:
    code, told = told_to_stop(host, name, "pydantic", *arguments)
    assert (code, told) == (1, "paperwire: stopped before it was done.\n")


def test_a_demo_that_is_told_to_stop_leaves_nothing_behind(host: Host) -> None:
    host.settings["TMPDIR"] = str(host.folder)
    code, told = told_to_stop(host, signal.SIGINT, "storage.sqlite.engine", "demo")
    assert code == 0, told
    assert list(host.folder.iterdir()) == []
