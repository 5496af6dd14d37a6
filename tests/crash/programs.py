"""The program as a process that can be killed: forked from the launcher, or started as people start it."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.builders import ROOT

PATIENCE = 60.0
"""Seconds that starting may take on a busy machine."""

DieAt = tuple[str, str, int]
"""The function that writes, a point or `FAILS` (see `tests.crash.plans`), and at which of its calls, from 1."""


class Program:
    """One process of ``paperwire``.

    Attributes:
        died: The step at which it killed itself; "" if it did not.
        failed: The transaction that failed; "" if none did.
        code: Its exit code once it has ended.
    """

    def __init__(self, pid: int) -> None:
        """Wrap the process with that id."""
        self.pid = pid
        self.died = ""
        self.failed = ""
        self.code: int | None = None
        self._over = threading.Event()

    def end(self, code: int) -> None:
        """Record that it has ended."""
        self.code = code
        self._over.set()

    def send(self, name: signal.Signals) -> None:
        """Send it a signal, if it still runs."""
        if not self._over.is_set():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, name)

    def kill(self) -> None:
        """Kill it."""
        self.send(signal.SIGKILL)

    def wait(self, seconds: float) -> bool:
        """Wait until it has ended; return whether it has."""
        return self._over.wait(max(seconds, 0.0))


@dataclass(slots=True)
class Launcher:
    """A process that forks the program; use it as a context manager."""

    _process: subprocess.Popen[str] | None = None
    _started: queue.SimpleQueue[Program] = field(default_factory=queue.SimpleQueue)
    _reader: threading.Thread | None = None

    def __enter__(self) -> Self:
        """Start the process, which imports the program."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.launcher"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._listen)
        self._reader.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End the process, whose child has ended by then."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
        assert self._reader is not None
        self._reader.join()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def start(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        *,
        log: Path,
        die_at: DieAt | None = None,
        clock: Path | None = None,
        undisturbed: bool = False,
    ) -> Program:
        """Start the program; the one before it must have ended.

        Args:
            arguments: Of the command line.
            environment: All of it.
            log: Where it writes.
            die_at: Where it kills itself.
            clock: The clock that it goes by; see `tests.crash.clock`.
            undisturbed: Whether its requests have all the time that they need on a busy machine.
        """
        assert self._process is not None
        assert self._process.stdin is not None
        order = {
            "arguments": arguments,
            "environment": dict(environment),
            "log": str(log),
            "die_at": die_at,
            "clock": str(clock or ""),
            "undisturbed": undisturbed,
        }
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return self._started.get(timeout=PATIENCE)

    def _listen(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        program, died, failed = None, "", ""
        for line in self._process.stdout:
            event: dict[str, Any] = json.loads(line)
            if "pid" in event:
                program = Program(event["pid"])
                self._started.put(program)
            elif "died" in event:
                died = event["died"]
            elif "failed" in event:
                failed = event["failed"]
            elif program is not None:
                # A child can be quicker to say that it dies than the launcher to say that it lives.
                program.died, program.failed, died, failed = died, failed, "", ""
                program.end(event["exit"])


def start_cold(arguments: Sequence[str], environment: Mapping[str, str], *, log: Path) -> Program:
    """Start the program as people do, with its own pauses."""
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "bot", *arguments],
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    program = Program(process.pid)
    threading.Thread(target=lambda: program.end(process.wait())).start()
    return program
