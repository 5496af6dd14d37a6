"""How often papers come, as people count."""

from __future__ import annotations

import pytest

from bot.advice.rates import often, rate


@pytest.mark.parametrize(
    ("papers", "days", "words"),
    [
        (1, 1, "about 1 a day"),
        (27, 30, "about 1 a day"),
        (40, 30, "about 1–2 a day"),
        (60, 30, "about 2 a day"),
        (67, 30, "about 2 a day"),
        (68, 30, "about 2–3 a day"),
        (160, 30, "about 5–6 a day"),
        (283, 30, "about 9–10 a day"),
        (293, 30, "about 10 a day"),
        (370, 30, "about 12 a day"),
        (100_000, 30, "about 3,333 a day"),
        (26, 30, "about 6 a week"),
        (10, 30, "about 2–3 a week"),
        (6, 30, "about 1–2 a week"),
        (4, 30, "about 1 a week"),
        (1, 7, "about 1 a week"),
        (3, 30, "about 3 a month"),
        (1, 30, "about 1 a month"),
        (4, 90, "about 1–2 a month"),
        (1, 60, "less than 1 a month"),
        (1, 3650, "less than 1 a month"),
    ],
)
def test_a_rate_is_given_in_the_smallest_unit_that_has_a_paper(papers: int, days: int, words: str) -> None:
    assert rate(papers, days) == words


@pytest.mark.parametrize(
    ("papers", "days", "words"),
    [
        (0, 30, ""),
        (3, 30, ""),
        (4, 30, ", about 1 a week"),
        (60, 30, ", about 2 a day"),
        (12, 360, ", about 1 a month"),
    ],
)
def test_beside_a_number_a_rate_is_given_where_it_says_more(papers: int, days: int, words: str) -> None:
    assert often(papers, days) == words
