"""Characters that cannot be seen, and the length of what can."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.characters import JOINER, one_line, units, visible, visible_lines

TEXT = st.text(
    st.characters(codec=None)
    | st.sampled_from("a \n\t\x00\x1b\u2028\u00ad\u200b\u202e\ud800\u3164\ufe00👩\u200d🔬\U0001faff")
)
"""Text of which much cannot be seen; lone surrogates are in it."""


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\x00b\x07c\x1b[31md", "abc[31md"),
        ("right\u202e to left", "right to left"),
        ("a\u200bb\ufeffc\u00add\u2060e", "abcde"),
        ("cut\ud83d in two", "cut in two"),
        ("private\ue000 use", "private use"),
        ("unassigned\u0378\U000e0fff", "unassigned"),
        ("tab\tand\nline\u2028ends\u00a0too", "tab and line ends too"),
        ("blank\u3164looking\u2800letters", "blank looking letters"),
        ("selected\ufe00\U000e0100 and joined\u034f", "selected and joined"),
        ("two  blanks ", "two  blanks "),
    ],
)
def test_characters_that_cannot_be_seen_are_dropped(text: str, seen: str) -> None:
    assert visible(text) == seen


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "e\u0301",
        "强化学习",
        "π₀",
        "❤\ufe0f",
        "👩\u200d🔬",
        "🏳\ufe0f\u200d🌈",
        "👍\U0001f3fd",
        "🇩🇪",
        "\U0001fadd",
    ],
)
def test_characters_that_can_be_seen_stay(text: str) -> None:
    assert visible(text) == text


def test_emoji_that_this_python_does_not_know_yet_stay() -> None:
    young = next(
        character for character in map(chr, range(0x1FAFF, 0x1F000, -1)) if unicodedata.category(character) == "Cn"
    )
    assert visible(f"new {young}!") == f"new {young}!"


def test_a_joiner_stays_only_between_emoji() -> None:
    assert visible("in\u200dvisible \u200d👩 👩\u200d, 👩\u200d\u200d🔬") == "invisible 👩 👩, 👩🔬"


@given(TEXT)
def test_any_text_becomes_one_line_of_visible_characters(text: str) -> None:
    seen = visible(text)
    assert len(seen.splitlines()) <= 1
    assert len(seen) <= len(text)
    assert all(
        unicodedata.category(character)[0] != "C" or character == JOINER or "\U0001f000" <= character <= "\U0001faff"
        for character in seen
    )
    seen.encode()


@given(TEXT)
def test_doing_it_again_changes_nothing(text: str) -> None:
    for clean in (visible, one_line):
        assert clean(clean(text)) == clean(text)


@given(TEXT)
def test_lines_stay_lines(text: str) -> None:
    assert visible_lines(text).split("\n") == [visible(line) for line in text.splitlines()] or not text


@given(TEXT)
def test_one_line_has_single_blanks(text: str) -> None:
    assert one_line(text).split(" ") == visible(text).split() or not visible(text).strip()


@given(TEXT)
def test_length_is_counted_as_utf_16_has_it(text: str) -> None:
    assert units(text) == sum(2 if character > "\uffff" else 1 for character in text)


@pytest.mark.parametrize("piece", ["a", "é", "\x00", "\u200d", "👩\u200d", "\u3164", "\ud800", "\n", "\u0378"])
def test_long_texts_take_no_more_time_than_their_length(piece: str) -> None:
    """A fraction of a second, that is; quadratic time would be minutes."""
    text = piece * 500_000
    began = time.process_time()
    for clean in (visible, visible_lines, one_line):
        clean(text)
    assert time.process_time() - began < 5
