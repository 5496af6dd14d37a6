"""How long deliveries pause between attempts, and how long they are kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.retry_and_expiry import KEPT_FOR, LONGEST_PAUSE, SHORTEST_PAUSE, kept_for, pause_after

ATTEMPTS = st.integers(1, 10_000)
CHANCES = st.floats(0, 1)


def test_the_first_pause_is_the_shortest_and_each_failure_doubles_it() -> None:
    assert [pause_after(attempts, 0.0) for attempts in (1, 2, 3, 4)] == [
        SHORTEST_PAUSE,
        2 * SHORTEST_PAUSE,
        4 * SHORTEST_PAUSE,
        8 * SHORTEST_PAUSE,
    ]


@given(attempts=ATTEMPTS, chance=CHANCES)
def test_no_pause_is_longer_than_the_longest(attempts: int, chance: float) -> None:
    assert pause_after(attempts, chance) <= LONGEST_PAUSE


@pytest.mark.parametrize("attempts", [9, 10, 1_000])
def test_pauses_stop_growing_at_the_longest(attempts: int) -> None:
    assert pause_after(attempts, 0.0) == LONGEST_PAUSE


@given(attempts=ATTEMPTS, chance=CHANCES)
def test_chance_shortens_a_pause_by_at_most_a_half(attempts: int, chance: float) -> None:
    whole = pause_after(attempts, 0.0)
    assert pause_after(attempts, 1.0) == whole / 2
    assert whole / 2 <= pause_after(attempts, chance) <= whole


def test_a_delivery_is_kept_for_a_week() -> None:
    assert kept_for(in_digest=False) == KEPT_FOR == timedelta(days=7)


def test_a_delivery_in_a_digest_is_kept_for_a_week_after_the_longest_wait_for_its_digest() -> None:
    assert kept_for(in_digest=True) == timedelta(days=14)
