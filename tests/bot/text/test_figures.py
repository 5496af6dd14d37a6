"""How figures and times are said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.text.figures import ago, counted, day, moment
from tests.builders import NOW, TODAY


@pytest.mark.parametrize(
    ("number", "text"), [(0, "no papers"), (1, "1 paper"), (2, "2 papers"), (1204, "1,204 papers")]
)
def test_nouns_agree_with_their_numbers(number: int, text: str) -> None:
    assert counted(number, "paper") == text


def test_a_plural_of_its_own_is_used() -> None:
    assert counted(2, "match", "matches") == "2 matches"


def test_days_and_moments_are_said_in_full() -> None:
    assert day(TODAY) == "10 March 2026"
    assert moment(NOW) == "10 March 2026, 12:00 UTC"


@pytest.mark.parametrize(
    ("passed", "text"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=60), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(minutes=61), "1 hour ago"),
        (timedelta(hours=47), "1 day ago"),
        (timedelta(days=3), "3 days ago"),
        (timedelta(days=59, hours=23), "59 days ago"),
        (timedelta(days=60), "on 9 January 2026"),
        (timedelta(days=400), "on 3 February 2025"),
    ],
)
def test_a_moment_that_has_passed_is_so_long_ago(passed: timedelta, text: str) -> None:
    assert ago(NOW - passed, NOW) == text
