"""Durations as people write them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.text.durations import duration


@pytest.mark.parametrize(
    ("text", "units", "expected"),
    [
        ("30s", "smhd", timedelta(seconds=30)),
        ("90m", "smhd", timedelta(minutes=90)),
        ("12h", "hdw", timedelta(hours=12)),
        ("3d", "hdw", timedelta(days=3)),
        ("2w", "hdw", timedelta(weeks=2)),
        (" 3 D ", "hdw", timedelta(days=3)),
        ("1 week", "hdw", timedelta(weeks=1)),
        ("2 Weeks", "hdw", timedelta(weeks=2)),
        ("10 minutes", "smhd", timedelta(minutes=10)),
        ("1h", "hdw", timedelta(hours=1)),
        ("1 hours", "hdw", timedelta(hours=1)),
        ("0d", "hdw", None),
        ("3m", "hdw", None),
        ("2w", "smhd", None),
        ("600", "smhd", None),
        ("", "smhd", None),
        ("d", "smhd", None),
        ("-1d", "smhd", None),
        ("1.5h", "smhd", None),
        ("1h30m", "smhd", None),
        ("3 dayss", "hdw", None),
        ("soon", "smhd", None),
        ("٣m", "smhd", None),
        ("999999999w", "hdw", None),
        ("9" * 5000 + "s", "smhd", None),
    ],
)
def test_a_duration_is_read_in_the_units_that_are_allowed(text: str, units: str, expected: timedelta | None) -> None:
    assert duration(text, units=units) == expected
