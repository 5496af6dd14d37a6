"""Durations as people write them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.text.durations import duration

SHORT = "s m h d"
LONG = "h hour hours d day days w week weeks"


@pytest.mark.parametrize(
    ("text", "units", "expected"),
    [
        ("30s", SHORT, timedelta(seconds=30)),
        ("90m", SHORT, timedelta(minutes=90)),
        ("12h", LONG, timedelta(hours=12)),
        ("3d", LONG, timedelta(days=3)),
        ("2w", LONG, timedelta(weeks=2)),
        (" 3 D ", LONG, timedelta(days=3)),
        ("1 week", LONG, timedelta(weeks=1)),
        ("2 Weeks", LONG, timedelta(weeks=2)),
        ("10 minutes", SHORT, None),
        ("5 M", SHORT, timedelta(minutes=5)),
        ("1h", LONG, timedelta(hours=1)),
        ("1 hours", LONG, timedelta(hours=1)),
        ("0d", LONG, None),
        ("3m", LONG, None),
        ("2w", SHORT, None),
        ("600", SHORT, None),
        ("", SHORT, None),
        ("d", SHORT, None),
        ("-1d", SHORT, None),
        ("1.5h", SHORT, None),
        ("1h30m", SHORT, None),
        ("3 dayss", LONG, None),
        ("soon", SHORT, None),
        ("٣m", SHORT, None),
        ("999999999w", LONG, None),
        ("9" * 5000 + "s", SHORT, None),
    ],
)
def test_a_duration_is_read_in_the_units_that_are_allowed(text: str, units: str, expected: timedelta | None) -> None:
    assert duration(text, units=units) == expected
