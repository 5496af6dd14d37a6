"""Which papers are about a subject, and why."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain import Nearness, Paper
from bot.matching.evaluate import find
from bot.matching.folded_paper import fold_paper
from bot.matching.missing import nearest_miss
from bot.matching.subject import CLOSE, CLOSE_APART, CLOSE_IN_TITLE
from bot.query import Knowledge, Term, parse
from bot.query.knowledge import Wording
from tests.builders import a_paper

SENTENCE = "We jailbreak a kettle."
NAMES = (Term("jailbreak"), Term("prompt injection"))


def known(closeness: float | None) -> Knowledge:
    """The names of red teaming, and how close every paper is to it."""

    def nearness(wording: Wording, _paper: Paper) -> Nearness | None:
        return None if closeness is None else Nearness(wording.subject, closeness, SENTENCE)

    return Knowledge(names=lambda term: NAMES if term.key == "redteaming" else (), nearness=nearness)


def finds(closeness: float | None, query: str = "~red teaming", **paper: Any) -> bool:  # noqa: ANN401 - a paper's
    """Whether the query finds the paper, if it is so close."""
    return (
        find(parse(query), fold_paper(a_paper(**{"title": "Zzz", "abstract": ""} | paper)), known(closeness))
        is not None
    )


@pytest.mark.parametrize("closeness", [None, 0.0])
def test_a_paper_that_says_the_subject_is_about_it_however_close_it_is(closeness: float | None) -> None:
    assert finds(closeness, abstract="Red-teaming for tea.")
    assert finds(closeness, title="Red Teaming")


def test_a_paper_that_says_a_name_is_about_the_subject_if_it_is_close() -> None:
    assert finds(CLOSE, abstract=SENTENCE)
    assert not finds(CLOSE - 0.01, abstract=SENTENCE)


def test_a_name_in_the_title_counts_for_more() -> None:
    assert finds(CLOSE_IN_TITLE, title="Jailbreaks", abstract=SENTENCE)
    assert not finds(CLOSE_IN_TITLE - 0.01, title="Jailbreaks")


def test_the_words_apart_count_for_less() -> None:
    assert finds(CLOSE_APART, abstract="Teaming with a red robot.")
    assert not finds(CLOSE_APART - 0.01, abstract="Teaming with a red robot.")
    assert not finds(1.0, abstract="A red robot.")


def test_a_close_paper_without_any_of_the_words_is_not_found() -> None:
    assert not finds(1.0, abstract="A teapot.")


def test_a_name_is_not_enough_while_nobody_can_tell_how_close_the_paper_is() -> None:
    assert not finds(None, abstract=SENTENCE)


def test_a_subject_can_be_left_out() -> None:
    assert not finds(CLOSE, 'kettle -~"red teaming"', abstract=SENTENCE)
    assert finds(0.0, 'kettle -~"red teaming"', abstract=SENTENCE)


def test_the_evidence_says_how_close_the_paper_is_where_that_counted() -> None:
    [named] = find(parse("~red teaming"), fold_paper(a_paper(title="Zzz", abstract=SENTENCE)), known(0.52)) or ()
    assert (named.field, named.words) == ("abstract", "jailbreak")
    assert named.near == Nearness("red teaming", 0.52, SENTENCE)
    [said] = find(parse("~red teaming"), fold_paper(a_paper(title="Red teaming", abstract="")), known(0.52)) or ()
    assert said.near is None


@pytest.mark.parametrize(
    ("closeness", "abstract", "clause"),
    [
        (0.31, SENTENCE, "it mentions “jailbreak”, but is not close enough to “red teaming”: 0.31 of 0.40"),
        (
            0.31,
            "Teaming with a red robot.",
            (
                "it doesn't mention “red teaming”, only “red” and “teaming” apart,"
                " and is not close enough to it: 0.31 of 0.50"
            ),
        ),
        (
            0.22,
            "A teapot.",
            "it mentions neither “red teaming” nor a name that goes with it, and its closeness is 0.22",
        ),
        (
            None,
            SENTENCE,
            "it doesn't mention “red teaming”, and I know too few papers yet to tell how close it is",
        ),
    ],
)
def test_a_miss_says_how_close_the_paper_is(closeness: float | None, abstract: str, clause: str) -> None:
    folded = fold_paper(a_paper(title="Zzz", abstract=abstract, keywords=()))
    assert nearest_miss(parse("~red teaming"), folded, known(closeness)) == clause


def test_a_miss_says_by_which_words_a_paper_is_about_what_is_excluded() -> None:
    folded = fold_paper(a_paper(title="Zzz", abstract=SENTENCE))
    assert nearest_miss(parse('kettle -~"red teaming"'), folded, known(0.9)) == (
        "it is about “red teaming” (it mentions “jailbreak”), which is excluded"
    )
