"""Notices that the machine's clock was set.

Waiting is measured by the steady clock, which nobody sets (`time.monotonic`); the wall clock decides days and
schedules, and when something stored is due. When the two go apart, what is stored is set right: see
`bot.ports.stores.moments`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

UNNOTICED = timedelta(seconds=1)
"""A clock that is set by less than this changes nothing that anybody sees."""

STEADY_AFTER = timedelta(hours=1)
"""How long a clock must run without being set before anything is dropped for its age."""


class SetClock:
    """Compares the wall clock with the steady one."""

    def __init__(
        self,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin to compare.

        Args:
            wall: The time, which somebody may set.
            steady: Seconds, which nobody can set.
        """
        self._wall = wall
        self._steady = steady
        self._offset = self._apart()
        self._set_at = steady()

    def was_set(self) -> timedelta:
        """How far the clock was set forward since that was last noted, negative if back; zero if it was not."""
        by = self._apart() - self._offset
        return by if abs(by) >= UNNOTICED else timedelta()

    def note(self) -> None:
        """Compare from now on with the clock as it is."""
        self._offset = self._apart()
        self._set_at = self._steady()

    @property
    def is_steady(self) -> bool:
        """Whether the clock has run for `STEADY_AFTER` without being set, as far as is known."""
        return not self.was_set() and self._steady() - self._set_at >= STEADY_AFTER.total_seconds()

    def _apart(self) -> timedelta:
        """The time of the wall clock when the steady one was at 0, as a span since 1970."""
        return self._wall() - EPOCH - timedelta(seconds=self._steady())
