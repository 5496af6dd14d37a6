"""The clock of a process, set from another process while it runs: a number of seconds in a file that both map."""

from __future__ import annotations

import mmap
import struct
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

LONGEST = timedelta(days=5)
"""How much time may pass: after a week, what waits is dropped."""

SECONDS = struct.Struct("d")


class Offset:
    """How far the clock is ahead of the machine's, in seconds."""

    def __init__(self, file: Path) -> None:
        """Map the file; it is made if it is not there."""
        if not file.exists():
            file.write_bytes(SECONDS.pack(0.0))
        with file.open("r+b") as opened:
            self._map = mmap.mmap(opened.fileno(), SECONDS.size)

    def get(self) -> float:
        """The offset."""
        return float(SECONDS.unpack(self._map[:])[0])

    def set(self, seconds: float) -> None:
        """Set it, for every process that has mapped the file."""
        self._map[:] = SECONDS.pack(seconds)


class Time:
    """The right time, and the clock of the process, which may miss it.

    Attributes:
        file: Where the process finds how far its clock is ahead of the machine's.
        passed: How much time has passed beyond the machine's.
    """

    def __init__(self, file: Path) -> None:
        """Start with the machine's time."""
        self.file = file
        self.passed = timedelta()
        self._offset = Offset(file)

    def now(self) -> datetime:
        """The right time."""
        return datetime.now(UTC) + self.passed

    def shown(self) -> datetime:
        """What the clock of the process shows."""
        return datetime.now(UTC) + timedelta(seconds=self._offset.get())

    def seconds_passed(self) -> float:
        """See ``passed``."""
        return self.passed.total_seconds()

    def go_on(self, span: timedelta) -> bool:
        """Let time pass for everybody, unless that is too much; return whether it passed."""
        if self.passed + span > LONGEST:
            return False
        self.passed += span
        self._offset.set(self._offset.get() + span.total_seconds())
        return True

    def jump(self, span: timedelta) -> None:
        """Put the clock of the process ahead of the right time, or back if ``span`` is negative."""
        self._offset.set((self.passed + span).total_seconds())


def follow(file: Path) -> None:
    """Let every module of this process read the time from the clock in the file; monotonic time goes on as ever."""
    offset, seconds = Offset(file), time.time
    moved = _moved(offset)
    for module in list(sys.modules.values()):
        for name, value in list(getattr(module, "__dict__", {}).items()):
            if value is datetime and module.__name__ != __name__:
                setattr(module, name, moved)
            elif value is seconds:
                setattr(module, name, _ahead(seconds, offset))


def _ahead(seconds: Callable[[], float], offset: Offset) -> Callable[[], float]:
    return lambda: seconds() + offset.get()


def _moved(offset: Offset) -> type[datetime]:
    """A class that stands in for `datetime`: it makes genuine ones, and knows them as its own."""

    class Genuine(type):
        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, datetime)

        def __subclasscheck__(cls, other: type) -> bool:
            return issubclass(other, datetime)

    class Moved(datetime, metaclass=Genuine):
        def __new__(cls, *given: Any, **named: Any) -> datetime:  # type: ignore[misc]  # noqa: ANN401 - datetime's own
            return datetime(*given, **named)  # noqa: DTZ001 - whatever the caller wants

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(seconds=offset.get())

        @classmethod
        def utcnow(cls) -> datetime:  # type: ignore[override]
            return cls.now(UTC).replace(tzinfo=None)

    return Moved
