"""Pauses between tries, and the dates of answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.times import http_date, pauses

SECOND = timedelta(seconds=1)


def test_pauses_double_up_to_the_longest() -> None:
    assert [pause / SECOND for pause in islice(pauses(SECOND, 10 * SECOND), 6)] == [1, 2, 4, 8, 10, 10]


def test_no_pause_exceeds_the_longest_not_even_the_first() -> None:
    assert next(pauses(10 * SECOND, SECOND)) == SECOND


def test_chance_takes_up_to_half_off_each_pause_and_shortens_none_that_follow() -> None:
    numbers = iter([0.0, 1.0, 0.5, 0.0])
    assert [pause / SECOND for pause in islice(pauses(SECOND, 60 * SECOND, lambda: next(numbers)), 4)] == [1, 1, 3, 8]


@given(tries=st.integers(0, 5_000), chance=st.floats(0, 1))
def test_pauses_never_end(tries: int, chance: float) -> None:
    assert SECOND / 2 <= next(islice(pauses(SECOND, 60 * SECOND, lambda: chance), tries, None)) <= 60 * SECOND


@pytest.mark.parametrize("zone", ["GMT", "+0000", "-0000", ""])
def test_the_date_of_an_answer_is_in_utc_whatever_zone_it_claims_to_know_nothing_of(zone: str) -> None:
    assert http_date(f"Tue, 10 Mar 2026 12:00:00 {zone}") == datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize("date", [None, "", "yesterday", "Tue, 99 Mar 2026 12:00:00 GMT"])
def test_an_answer_without_a_date_or_with_nonsense_tells_no_time(date: str | None) -> None:
    assert http_date(date) is None
