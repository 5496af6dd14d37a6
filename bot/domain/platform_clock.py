"""The time by a platform's clock, which ours may be hours away from."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.domain.times import http_date

NEGLIGIBLE = timedelta(minutes=2)
"""Differences up to this are left alone: an answer takes its time, and its date is in whole seconds."""


class PlatformClock:
    """Tells when, by the platform's clock, what happened at a moment by ours: by the dates of the platform's answers.

    A message is looked for from the moment on when it was claimed. By a clock that is ahead, that would be after it was
    posted, and it would be posted again.
    """

    def __init__(
        self,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; until an answer has come, the platform's clock is taken to be ours.

        Args:
            now: Our clock.
            steady: Seconds by a clock that nobody sets.
        """
        self._now = now
        self._steady = steady
        self._heard: tuple[datetime, float] | None = None

    def hear(self, date: str | None) -> None:
        """Take note of an answer's date, as RFC 9110 has it; None or nonsense is passed over."""
        if said := http_date(date):
            self._heard = said, self._steady()

    def earliest(self, moment: datetime) -> datetime:
        """That moment by the platform's clock, or by ours if that is earlier: ours may have been set since."""
        return min(moment, moment - self._ahead())

    def latest(self, moment: datetime) -> datetime:
        """That moment by the platform's clock, or by ours if that is later."""
        return max(moment, moment - self._ahead())

    def _ahead(self) -> timedelta:
        """How far our clock is ahead of the platform's."""
        if self._heard is None:
            return timedelta()
        said, heard_at = self._heard
        ahead = self._now() - (said + timedelta(seconds=self._steady() - heard_at))
        return ahead if abs(ahead) > NEGLIGIBLE else timedelta()
