"""Which words are the plural of which, family by family."""

from __future__ import annotations

import pytest

from bot.text.written_words import folded_word
from tests.bot.text.plural_pairs import ONE_WORD, TWO_WORDS, pairs

LEAST = 300


@pytest.mark.parametrize(("plural", "singular"), pairs(ONE_WORD))
def test_a_plural_folds_into_its_singular(plural: str, singular: str) -> None:
    assert folded_word(plural) == folded_word(singular)


@pytest.mark.parametrize(("one", "other"), pairs(TWO_WORDS))
def test_different_words_stay_different(one: str, other: str) -> None:
    assert folded_word(one) != folded_word(other)


def test_there_are_hundreds_of_either() -> None:
    assert len(set(pairs(ONE_WORD))) >= LEAST
    assert len(set(pairs(TWO_WORDS))) >= LEAST
