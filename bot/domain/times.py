"""Moments in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta


def utc(moment: datetime) -> datetime:
    """The same moment in UTC.

    Raises:
        ValueError: ``moment`` has no time zone.
    """
    if moment.tzinfo is None:
        message = f"{moment.isoformat()} has no time zone"
        raise ValueError(message)
    return moment.astimezone(UTC)


def days_until(today: date, span: timedelta) -> Iterator[date]:
    """Every day from ``span`` before ``today`` to ``today``, in order."""
    for days in range(span.days, -1, -1):
        yield today - timedelta(days=days)


def start_of(day: date) -> datetime:
    """Midnight UTC at the start of a day."""
    return datetime.combine(day, time(), tzinfo=UTC)
