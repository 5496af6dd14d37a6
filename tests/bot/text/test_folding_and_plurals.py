"""Text folded into the words that are compared."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.folding import fold
from bot.text.plural_lists import IN_ICS, IRREGULAR, UNCHANGED
from bot.text.plurals import singular

ODD = (
    "aAzZsS09 \n\t.,'’-‐_^+#&/éßæøıİŁﬁ①½™²₀πΠςЖйعִ강하強かﾎﾞアไ🤗🏽\u200d\ufe0f\u0301\u0308\u0323\u00ad\u1161\u3099ʼ＇ǅŉ"
)
TEXTS = st.one_of(st.text(max_size=60), st.text(ODD, max_size=40))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Fine-tuning LLMs’ policies", ["fine", "tuning", "llm", "policy"]),
        ("GPT4o, GPT-4.1 & T5", ["gpt", "4o", "gpt", "4.1", "t5"]),
        ("1,000,000 steps (5-10%)", ["1000000", "step", "5", "10"]),
        ("don't, O’Brien’s, L'Hôpital", ["dont", "obrien", "lhopital"]),
        ("C++ C# C f# a#b", ["c++", "c#", "c", "f#", "a", "b"]),
        ("Schrödinger Ærø Ｆｕｌｌ ﬂow", ["schrodinger", "aero", "full", "flow"]),
        ("Transformer² ℝ² 𝐀𝐁 ①", ["transformer", "2", "r2", "ab", "1"]),
        ("Model™ ½ ≠", ["model", "½"]),
        ("用GPT做", ["用", "gpt", "做"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("العَرَبِيَّة", ["العربية"]),
        ("👩🏽‍🔬🤗", ["👩", "🔬", "🤗"]),
        (" \n-…!?", []),
    ],
)
def test_text_is_folded_into_words(text: str, words: list[str]) -> None:
    assert [token.word for token in fold(text)] == words


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("fine-tuning", ["", "finetuning"]),
        ("fine tuning", ["", "finetuning"]),
        ("fine, tuning", ["", ""]),
        ("fine – tuning", ["", ""]),
        ("few shots", ["", "fewshot"]),
        ("in context", ["", ""]),
        ("in-context", ["", "incontext"]),
        ("not able", ["", ""]),
        ("3-D", ["", "3d"]),
        ("5-10", ["", ""]),
        ("GPT-4", ["", "gpt4"]),
        ("Llama 3", ["", "llama3"]),
    ],
)
def test_neighbours_join_across_a_hyphen_and_longer_ones_across_a_space(text: str, pairs: list[str]) -> None:
    assert [token.pair for token in fold(text)] == pairs


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        ("LLM LLMs CLIP’s", ["LLM", "LLM", "CLIP"]),
        ("MoE CoTs NeRF LLMS", ["MOE", "COT", "NERF", "LLM"]),
        ("Clip clip A T5 As", ["", "", "", "", ""]),
    ],
)
def test_words_with_several_capitals_keep_their_shape(text: str, shapes: list[str]) -> None:
    assert [token.shape for token in fold(text)] == shapes


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    """Folded words fold to themselves."""
    words = [token.word for token in fold(text)]
    assert [token.word for token in fold(" ".join(words))] == words


@given(TEXTS)
def test_words_stand_in_the_original_one_behind_the_other(text: str) -> None:
    """A ligature may be in two of them."""
    tokens = fold(text)
    for token in tokens:
        assert 0 <= token.start < token.end <= len(text)
    for one, next_one in pairwise(tokens):
        assert one.start <= next_one.start
        assert one.end <= next_one.end


@given(st.one_of(st.from_regex(r"[a-z]{1,8}(?:s|es|ies|ses|ves)?", fullmatch=True), st.sampled_from(sorted(IRREGULAR))))
def test_a_singular_has_no_other_singular(word: str) -> None:
    assert singular(singular(word)) == singular(word)


def test_no_word_is_in_two_lists_of_exceptions() -> None:
    assert not UNCHANGED & set(IRREGULAR)
    assert all(word.endswith("ics") for word in IN_ICS)
