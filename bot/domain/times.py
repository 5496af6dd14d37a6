"""Moments, days, and pauses between tries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime


def utc(moment: datetime) -> datetime:
    """The same moment in UTC.

    Raises:
        ValueError: ``moment`` has no time zone.
    """
    if moment.tzinfo is None:
        message = f"{moment.isoformat()} has no time zone"
        raise ValueError(message)
    return moment.astimezone(UTC)


def http_date(text: str | None) -> datetime | None:
    """The moment in a ``Date`` header, in UTC; None if there is none, or nonsense.

    ``-0000`` is a moment in UTC that says nothing of the sender's zone: https://www.rfc-editor.org/rfc/rfc5322#section-3.3.
    """
    try:
        said = parsedate_to_datetime(text or "")
        return (said if said.tzinfo else said.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None


def days_until(today: date, span: timedelta) -> Iterator[date]:
    """Every day from ``span`` before ``today`` to ``today``, in order."""
    for days in range(span.days, -1, -1):
        yield today - timedelta(days=days)


def start_of(day: date) -> datetime:
    """Midnight UTC at the start of a day."""
    return datetime.combine(day, time(), tzinfo=UTC)


def pauses(first: timedelta, longest: timedelta, chance: Callable[[], float] = lambda: 0.0) -> Iterator[timedelta]:
    """How long to wait before each further try, without end: every pause is twice the one before it.

    Args:
        first: The first pause.
        longest: The pause that is not exceeded.
        chance: Random numbers, 0 … 1. They take up to half off a pause, so that those who failed together do not try
            again together: https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/.
    """
    pause = min(first, longest)
    while True:
        yield pause * (1 - chance() / 2)
        pause = min(pause * 2, longest)
