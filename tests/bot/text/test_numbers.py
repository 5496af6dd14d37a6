"""Numbers of a list as people write them."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.numbers import numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9", [9]),
        ("#9", [9]),
        ("9.", [9]),
        ("no. 9", [9]),
        ("number 9", [9]),
        ("9, 10", [9, 10]),
        ("9,10,", [9, 10]),
        ("#9 #10", [9, 10]),
        ("9 and 10", [9, 10]),
        ("9, 10, and 12", [9, 10, 12]),
        ("9 & 10", [9, 10]),
        ("9;10", [9, 10]),
        ("subscriptions 9 and 10", [9, 10]),
        ("9-11", [9, 10, 11]),
        ("9 – 11", [9, 10, 11]),
        ("9 to 11", [9, 10, 11]),
        ("1, 3-5", [1, 3, 4, 5]),
        *((wrong, []) for wrong in ("", "all", "robots", "9 robots", "9-", "11-9", "9,,10", "3d", "1-99999999", "٩")),
        ("9 " * 5000, []),
    ],
)
def test_numbers_are_read_in_any_list(text: str, expected: list[int]) -> None:
    assert list(chain.from_iterable(numbers(text))) == expected


@given(text=st.text(alphabet="0123456789 ,-and#.x", max_size=40))
def test_any_text_is_read_in_a_moment(text: str) -> None:
    assert all(numbers(text))
