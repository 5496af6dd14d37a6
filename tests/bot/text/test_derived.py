"""The forms of a word in -ic, -ing and -ed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.derived import SHORTEST, bases_of, derived_from
from bot.text.derived_lists import UNRELATED

LETTERS = st.text("abcdefgilmnoprstuvwxyz", min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("robot", ["robotic"]),
        ("agent", ["agentic"]),
        ("algorithm", ["algorithmic"]),
        ("episode", ["episodic"]),
        ("distill", ["distilling", "distilled"]),
        ("prompt", ["prompting", "prompted"]),
        ("quantize", ["quantizing", "quantized"]),
        ("train", ["training", "trained"]),
        ("plan", ["planning", "planned"]),
        ("model", ["modeling", "modeled"]),
        ("transfer", ["transferring", "transferred"]),
        ("embed", ["embedding", "embedded"]),
        ("classify", ["classifying", "classified"]),
        ("play", ["playing", "played"]),
        ("agree", ["agreeing", "agreed"]),
        ("segment", ["segmenting", "segmented"]),
        ("test", ["testing"]),
    ],
)
def test_a_word_has_forms(word: str, forms: list[str]) -> None:
    assert set(forms) <= set(derived_from(word))
    assert all(word in bases_of(form) for form in forms)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("state", "static"),
        ("base", "basic"),
        ("base", "based"),
        ("face", "facing"),
        ("pose", "posed"),
        ("mean", "meaning"),
        ("top", "topic"),
        ("meter", "metric"),
        ("muse", "music"),
        ("log", "logic"),
        ("gene", "generic"),
        ("graph", "graphic"),
        ("class", "classic"),
        ("organ", "organic"),
        ("electron", "electronic"),
        ("system", "systemic"),
        ("automate", "automatic"),
        ("come", "comic"),
        ("learn", "learning"),
        ("reward", "rewarding"),
        ("survey", "surveyed"),
        ("clip", "clipping"),
        ("test", "tested"),
        ("use", "using"),
        ("car", "caring"),
        ("plan", "planing"),
        ("plane", "planning"),
        ("star", "staring"),
        ("distill", "distillation"),
        ("transformer", "transformation"),
        ("robotic", "robot"),
        ("training", "train"),
        ("t5", "t5ing"),
    ],
)
def test_a_word_of_its_own_is_no_form_of_another(word: str, other: str) -> None:
    assert other not in derived_from(word)
    assert word not in bases_of(other)


@given(LETTERS)
def test_a_word_is_a_base_of_each_of_its_forms_and_of_nothing_else(word: str) -> None:
    assert all(word in bases_of(form) for form in derived_from(word))
    assert all(word in derived_from(base) for base in bases_of(word))


@given(LETTERS)
def test_forms_are_longer_than_their_bases_and_bases_are_not_short(word: str) -> None:
    assert all(len(word) < len(form) for form in derived_from(word))
    assert all(len(base) >= SHORTEST for base in bases_of(word))


@pytest.mark.parametrize("word", sorted(UNRELATED))
def test_a_word_that_means_something_else_is_a_form_of_nothing(word: str) -> None:
    assert bases_of(word) == ()
