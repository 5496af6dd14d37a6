"""Durations, as settings have them and as people write them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.durations import duration, minutes_or_months, span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30s", timedelta(seconds=30)),
        ("90m", timedelta(minutes=90)),
        ("12h", timedelta(hours=12)),
        ("3d", timedelta(days=3)),
        (" 3 D ", timedelta(days=3)),
        ("5 M", timedelta(minutes=5)),
        *((wrong, None) for wrong in ("10 minutes", "2w", "0d", "600", "", "d", "-1d", "1.5h", "1h30m", "soon", "٣m")),
        ("9" * 5000 + "s", None),
    ],
)
def test_a_setting_is_read_in_the_units_that_are_allowed(text: str, expected: timedelta | None) -> None:
    assert duration(text, units="s m h d") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3d", timedelta(days=3)),
        (" 3 Days ", timedelta(days=3)),
        ("12h", timedelta(hours=12)),
        ("1 h", timedelta(hours=1)),
        ("90 minutes", timedelta(minutes=90)),
        ("30min", timedelta(minutes=30)),
        ("2 weeks", timedelta(weeks=2)),
        ("two weeks", timedelta(weeks=2)),
        ("a week", timedelta(weeks=1)),
        ("an hour", timedelta(hours=1)),
        ("half an hour", timedelta(minutes=30)),
        ("a fortnight", timedelta(weeks=2)),
        ("1 month", timedelta(days=30)),
        ("1.5 days", timedelta(hours=36)),
        ("1,5 days", timedelta(hours=36)),
        ("1h30min", timedelta(minutes=90)),
        ("1h30m", timedelta(minutes=90)),
        ("1h 5m", timedelta(minutes=65)),
        ("2h30", timedelta(minutes=150)),
        ("1d 2h 15m", timedelta(days=1, minutes=135)),
        ("1 day and 12 hours", timedelta(hours=36)),
        ("1 day, 12 hours", timedelta(hours=36)),
        *(
            (wrong, None)
            for wrong in ("0d", "-1d", "soon", "3m", "3", "d", "and", "", "3 moons", "3 d 3dd", "٣d", "1h99", "30m1h")
        ),
        ("999999999w", None),
        ("9" * 5000 + "s", None),
    ],
)
def test_a_span_is_read_as_people_write_it(text: str, expected: timedelta | None) -> None:
    assert span(text) == expected


@pytest.mark.parametrize(("text", "number"), [("3m", 3), ("1 M", 1), ("3d", 0), ("m", 0), ("3 minutes", 0), ("0m", 0)])
def test_a_lone_m_may_be_minutes_or_months(text: str, number: int) -> None:
    assert minutes_or_months(text) == number


@given(text=st.text(max_size=40))
def test_any_text_is_a_span_or_none(text: str) -> None:
    assert span(text) is None or span(text)
