"""How figures and times are said."""

from __future__ import annotations

import pytest

from bot.text.figures import counted, day, moment
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
