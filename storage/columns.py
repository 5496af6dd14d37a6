"""How domain values are written in columns, and read back."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from bot.errors import StorageError


def stamp(moment: datetime) -> str:
    """A moment in UTC, as a text that sorts by time."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def maybe_stamp(moment: datetime | None) -> str | None:
    """A moment as `stamp` writes it; None for None."""
    return None if moment is None else stamp(moment)


def moment(text: str) -> datetime:
    """What `stamp` wrote; a day alone, which people may have written, stands for its first moment.

    Raises:
        StorageError: It is neither.
    """
    with _understood(text):
        written = datetime.fromisoformat(text)
        return written if written.tzinfo else written.replace(tzinfo=UTC)


def maybe_moment(text: str | None) -> datetime | None:
    """What `stamp` wrote; None for None."""
    return None if text is None else moment(text)


def day(text: str) -> date:
    """A day written ``2026-03-10``.

    Raises:
        StorageError: It is not.
    """
    with _understood(text):
        return date.fromisoformat(text)


def day_after(day: str) -> str:
    """The day after one written ``2026-03-10``, as a text that sorts after every moment of that day."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def words(texts: Iterable[str]) -> str:
    """Several texts in one column."""
    return json.dumps(list(texts), ensure_ascii=False)


def texts(column: str) -> tuple[str, ...]:
    """What `words` wrote.

    Raises:
        StorageError: Something else wrote it.
    """
    with _understood(column):
        return tuple(json.loads(column))


def by_name(column: str) -> dict[str, str]:
    """What a JSON object of texts holds.

    Raises:
        StorageError: It is not one.
    """
    with _understood(column):
        return {name: str(value) for name, value in json.loads(column).items()}


@contextlib.contextmanager
def _understood(text: str) -> Iterator[None]:
    try:
        yield
    except (AttributeError, TypeError, ValueError) as error:
        raise StorageError(f"The database holds “{text}” where that makes no sense. Restore a backup.") from error
