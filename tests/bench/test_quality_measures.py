"""The measures of what is found have the values that their definitions give."""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.quality.measures import Found, average_precision, count, mean, ndcg

NONE: frozenset[str] = frozenset()

ids = st.lists(st.sampled_from("abcdefgh"), unique=True)


def test_found_papers_are_right_or_wrong_and_others_are_missed() -> None:
    assert count(set("abx"), relevant=set("abcd"), mention=NONE) == Found(right=2, wrong=1, missed=2)


def test_a_paper_that_only_mentions_the_subject_is_neither_right_nor_wrong() -> None:
    assert count(set("am"), relevant=set("ab"), mention=set("mn")) == Found(right=1, wrong=0, missed=1)


def test_precision_is_the_share_of_what_was_found() -> None:
    assert Found(right=3, wrong=1, missed=9).precision == 0.75


def test_recall_is_the_share_of_what_is_relevant() -> None:
    assert Found(right=3, wrong=9, missed=1).recall == 0.75


def test_f1_is_the_harmonic_mean_of_precision_and_recall() -> None:
    found = Found(right=2, wrong=2, missed=6)
    assert (found.precision, found.recall) == (0.5, 0.25)
    assert found.f1 == pytest.approx(2 * 0.5 * 0.25 / (0.5 + 0.25))


def test_of_nothing_found_nothing_is_wrong_but_f1_is_zero() -> None:
    found = Found(missed=3)
    assert (found.precision, found.recall, found.f1) == (1.0, 0.0, 0.0)


def test_nothing_to_find_is_all_found() -> None:
    assert Found(wrong=2).recall == 1.0


def test_what_was_found_of_several_subjects_adds_up() -> None:
    assert sum([Found(1, 2, 3), Found(4, 5, 6)], Found()) == Found(5, 7, 9)


def test_average_precision_is_the_mean_of_the_precisions_at_relevant_ranks() -> None:
    assert average_precision("axbxc", set("abc"), NONE) == pytest.approx((1 + 2 / 3 + 3 / 5) / 3)


def test_a_relevant_paper_that_is_not_ranked_adds_nothing_to_average_precision() -> None:
    assert average_precision("a", set("ab"), NONE) == 0.5


def test_average_precision_passes_over_mentions() -> None:
    assert average_precision("mxna", set("a"), set("mn")) == average_precision("xa", set("a"), NONE) == 0.5


def test_a_gain_is_discounted_by_the_logarithm_of_its_rank() -> None:
    assert ndcg("xa", set("a"), NONE) == pytest.approx(1 / log2(3))


def test_a_mention_gains_three_tenths() -> None:
    best = 1 + 0.3 / log2(3)
    assert ndcg("ma", set("a"), set("m")) == pytest.approx((0.3 + 1 / log2(3)) / best)


def test_ndcg_looks_no_deeper_than_it_is_told() -> None:
    assert ndcg("xa", set("a"), NONE, depth=1) == 0.0
    assert ndcg("a", set("ab"), NONE, depth=1) == 1.0


@given(ids, st.frozensets(st.sampled_from("abcd")), st.frozensets(st.sampled_from("efgh")))
def test_every_measure_of_a_ranking_is_between_0_and_1(
    ranked: list[str], relevant: frozenset[str], mention: frozenset[str]
) -> None:
    assert 0 <= average_precision(ranked, relevant, mention) <= 1
    assert 0 <= ndcg(ranked, relevant, mention) <= 1 + 1e-9


@given(st.frozensets(st.sampled_from("abcd"), min_size=1), st.frozensets(st.sampled_from("efgh")))
def test_relevant_papers_first_then_mentions_is_the_best_order(
    relevant: frozenset[str], mention: frozenset[str]
) -> None:
    ranked = [*sorted(relevant), *sorted(mention), "x"]
    assert average_precision(ranked, relevant, mention) == 1.0
    assert ndcg(ranked, relevant, mention) == pytest.approx(1.0)


def test_the_mean_of_nothing_is_zero() -> None:
    assert mean([]) == 0.0
    assert mean([1.0, 2.0]) == 1.5
