"""What a process takes: time, memory, and copies of files to write to."""

from __future__ import annotations

import contextlib
import gc
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import TypeVar

T = TypeVar("T")


def timed(do: Callable[[], T]) -> tuple[float, T]:
    """How long it takes in seconds, and what it returns."""
    began = perf_counter()
    result = do()
    return perf_counter() - began, result


def best(do: Callable[[int], object], runs: int) -> float:
    """The shortest of several runs in seconds; each is given its number. Nothing is collected as garbage meanwhile."""
    gc.collect()
    gc.disable()
    try:
        return min(timed(lambda: do(run))[0] for run in range(runs))  # noqa: B023 - called at once
    finally:
        gc.enable()


def memory(line: str = "VmRSS") -> int:
    """Bytes of memory that this process has (``VmRSS``) or had at most (``VmHWM``); 0 where Linux does not say.

    https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
    """
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(status.split()[1]) * 1024 for status in lines if status.startswith(f"{line}:")), 0)


@contextlib.contextmanager
def copied(database: Path) -> Iterator[Path]:
    """A copy of a closed database that may be written to."""
    with tempfile.TemporaryDirectory(dir=database.parent) as folder:
        yield Path(shutil.copy(database, folder))


@contextlib.contextmanager
def watching(database: Path, manner: str) -> Iterator[list[float]]:
    """Have the write lock watched by `bench.lock_watch`; afterwards the list has the longest time in seconds."""
    longest: list[float] = []
    command = [sys.executable, "-m", "bench.lock_watch", str(database), manner]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as watcher:
        if watcher.stdout is None or watcher.stdout.readline() != "watching\n":
            raise RuntimeError("The watcher of the write lock did not start.")
        yield longest
        said, _ = watcher.communicate()
        longest.append(float(said))
