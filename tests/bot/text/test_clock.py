"""Times of day as people write them."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.clock import time_of_day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9:00", time(9)),
        ("09:05", time(9, 5)),
        ("9.30", time(9, 30)),
        ("9h30", time(9, 30)),
        ("9h", time(9)),
        ("9am", time(9)),
        ("9 AM", time(9)),
        ("9 p.m.", time(21)),
        ("9:30pm", time(21, 30)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("9 o’clock", time(9)),
        ("noon", time(12)),
        ("midnight", time(0)),
        ("21:00", time(21)),
        *(
            (wrong, None)
            for wrong in ("9", "", "24:00", "9:60", "13pm", "0am", "0900", "9.5", "٠٩:٠٠", "soon", "9:00:00")
        ),
    ],
)
def test_a_time_is_read_however_people_write_it(text: str, expected: time | None) -> None:
    assert time_of_day(text) == expected


def test_a_number_alone_is_an_hour_only_where_that_is_allowed() -> None:
    assert time_of_day("9", bare=True) == time(9)
    assert time_of_day("24", bare=True) is None


@given(at=st.times())
def test_every_minute_is_read_with_and_without_halves_of_the_day(at: time) -> None:
    at = at.replace(second=0, microsecond=0, fold=0)
    assert {time_of_day(f"{at:%H:%M}"), time_of_day(f"{at:%I:%M %p}"), time_of_day(f"{at:%I.%M%p}".lower())} == {at}
