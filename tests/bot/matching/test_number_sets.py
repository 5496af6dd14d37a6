"""Sets of small numbers as integers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.matching.number_sets import first_in, numbers_in, set_of, those_of

NUMBERS = st.sets(st.integers(0, 300))


@given(NUMBERS)
def test_the_numbers_of_a_set_come_back_rising(numbers: set[int]) -> None:
    assert list(numbers_in(sum(1 << number for number in numbers))) == sorted(numbers)


@given(NUMBERS.filter(bool))
def test_the_first_is_the_lowest(numbers: set[int]) -> None:
    assert first_in(sum(1 << number for number in numbers)) == min(numbers)


@given(st.integers(0, 300), st.integers(0, 300))
def test_a_range_is_a_set(start: int, length: int) -> None:
    numbers = range(start, start + length)
    assert list(numbers_in(set_of(numbers))) == list(numbers)


def test_those_that_pass_are_a_set_again() -> None:
    assert those_of(0b1011, ["a", "B", "c", "D"], str.isupper) == 0b1010
