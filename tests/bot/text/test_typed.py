"""What chat clients make of the words that people type, undone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.characters import one_line
from bot.text.typed import outside_code, tidy, without_emphasis


def read(text: str) -> str:
    """As every platform reads it, once its own markup is gone."""
    return tidy(outside_code(text, without_emphasis))


@pytest.mark.parametrize(
    "sent",
    [
        "*rl*",
        "**rl**",
        "***rl***",
        "_rl_",
        "__rl__",
        "~rl~",
        "~~rl~~",
        "||rl||",
        "_*rl*_",
        "`rl`",
        "``rl``",
        "```rl```",
    ],
)
def test_marks_around_words_are_not_part_of_them(sent: str) -> None:
    assert read(sent) == "rl"
    assert read(f"diffusion AND ({sent} OR agents)") == "diffusion AND (rl OR agents)"


@pytest.mark.parametrize(
    "query",
    [
        "*",
        "robot* OR manipulation*",
        "* -survey",
        "A* search",
        "*-shot learn*",
        "a*b*c",
        "snake_case_name",
        "~red teaming",
        '~"red teaming" ~"blue teaming"',
        "title:agent, abstract:agent",
        "rlhf | reward model",
        r"\*rl\*",
        '":robot_face:"',
    ],
)
def test_the_signs_of_the_language_are_left_alone(query: str) -> None:
    assert read(query) == query


def test_code_is_taken_as_it_stands() -> None:
    assert read("`robot* AND *x*` or `y`") == "robot* AND *x* or y"


@pytest.mark.parametrize("emoji", [":robot_face:", ":+1:", ":flag-us:", ":wave::skin-tone-3:"])
def test_names_of_emoji_say_nothing(emoji: str) -> None:
    assert read(f"{emoji} robots {emoji}") == "robots"


def test_curly_quotes_and_blanks_of_any_kind_are_plain() -> None:
    assert read("“world\u00a0model”,\u200b „an\u2060swer‟ \n x") == '"world model", "answer" x'


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="*_~|`:\\“”„‟"))


@given(WORDS)
def test_text_without_marks_is_only_put_on_one_line(text: str) -> None:
    assert read(text) == one_line(text)


@pytest.mark.parametrize("piece", ["*a", "*", "_", "~a ", "||a ", "`", "``a", ":a", "*_", "*a *", "**a", "a:"])
def test_reading_takes_no_longer_than_the_text_is(piece: str) -> None:
    took = []
    for length in (20_000, 80_000):
        began = time.process_time()
        read(piece * (length // len(piece)))
        took.append(time.process_time() - began)
    assert took[1] < 12 * took[0] + 0.05
