"""The time by a platform's clock, which ours may be hours away from."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

NEGLIGIBLE = timedelta(minutes=2)
"""Differences up to this are left alone: an answer takes its time, and its date is in whole seconds."""


class PlatformClock:
    """Tells moments by our clock as the platform's clock had them, by the dates of its answers.

    A message is looked for from the moment on when it was claimed. By a clock that is ahead, that would be after it was
    posted.
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
        try:
            said = parsedate_to_datetime(date or "").astimezone(UTC)
        except (TypeError, ValueError, OverflowError):
            return
        self._heard = said, self._steady()

    def at(self, moment: datetime) -> datetime:
        """That moment by the platform's clock."""
        if self._heard is None:
            return moment
        said, heard_at = self._heard
        ahead = self._now() - (said + timedelta(seconds=self._steady() - heard_at))
        return moment - ahead if abs(ahead) > NEGLIGIBLE else moment
