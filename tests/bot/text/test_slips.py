"""How many slips of the hand are between two words."""

from __future__ import annotations

import pytest

from bot.text.slips import slips


@pytest.mark.parametrize(
    ("word", "other", "distance"),
    [
        ("robot", "robot", 0),
        ("robt", "robot", 1),
        ("roboot", "robot", 1),
        ("rabot", "robot", 1),
        ("rboot", "robot", 1),
        ("rabto", "robot", 2),
        ("reinforcment", "reinforcement", 1),
        ("transfromer", "transformer", 1),
        ("cat", "robot", None),
        ("", "ab", 2),
    ],
)
def test_letters_left_out_added_replaced_or_exchanged_are_slips(word: str, other: str, distance: int | None) -> None:
    assert slips(word, other, most=2) == distance
    assert slips(other, word, most=2) == distance
