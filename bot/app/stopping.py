"""SIGTERM and SIGINT, from the first moment to the last.

This is imported before anything else, so it imports next to nothing itself.
"""

from __future__ import annotations

import signal
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGINT)

FOREVER = ("run", "demo")
"""Commands that go on until they are told to stop, and then have done what they should."""


class Stopped(SystemExit):
    """The process was told to stop; asyncio and click let this through, and everything is closed on its way."""


def listen() -> None:
    """Raise `Stopped` on a signal from now on, wherever the process is."""
    for name in SIGNALS:
        signal.signal(name, _stop)


def end() -> None:
    """Ignore signals from now on: the process is ending anyway."""
    for name in SIGNALS:
        signal.signal(name, signal.SIG_IGN)


def exit_code(arguments: list[str]) -> int:
    """The exit code of a process that was told to stop: 0 where it did what was asked until then."""
    is_forever = bool(arguments) and arguments[0] in FOREVER and "--once" not in arguments
    return 0 if is_forever else 1


def _stop(number: int, _frame: FrameType | None) -> None:
    raise Stopped(128 + number)
