"""Terms are found in titles and keywords, and counted as papers come."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.terms import NamedTerm
from bot.matching.folded_paper import fold_paper
from bot.matching.quick_check import words_of
from bot.matching.terms import BATCHES_AT_ONCE, TERMS_VERSION, count_terms, named_by, terms_within
from bot.matching.verdicts import BATCH
from bot.ports.stores import Stores
from storage import open_stores
from tests.builders import NOW, TODAY, a_paper, list_of


def terms_of(title: str, *keywords: str) -> dict[str, NamedTerm]:
    """The terms that a paper with this title and these keywords names."""
    return {term.term: term for term in named_by(a_paper(title=title, keywords=keywords))}


def test_a_title_names_its_subjects_their_ends_and_single_words() -> None:
    terms = terms_of("Controllable Image Generation for Robots")
    assert terms.keys() == {
        "controllable",
        "image",
        "generation",
        "image generation",
        "controllable image generation",
        "robot",
    }
    whole, end, piece = terms["controllable image generation"], terms["image generation"], terms["controllable"]
    assert [each.is_subject for each in (whole, end, piece)] == [True, False, False]
    assert [each.is_head for each in (whole, end, piece)] == [True, True, False]


def test_only_acronyms_keep_their_capitals() -> None:
    terms = terms_of("GRPO and Copper Kettles")
    assert (terms["grpo"].spelling, terms["copper kettle"].spelling) == ("GRPO", "copper kettles")


def test_a_keyword_is_a_term_as_a_whole() -> None:
    terms = terms_of("Tea", "Copper Kettles")
    assert (terms["copper kettle"].is_keyword, terms["copper kettle"].in_title) == (True, False)
    assert not terms["kettle"].is_keyword


def test_a_piece_of_a_compound_is_neither_a_subject_nor_an_end() -> None:
    assert "kettle task" not in terms_of("Copper-Kettle Tasks")


@pytest.mark.parametrize("name", ["mixture of experts", "text to speech"])
def test_what_small_words_join_may_be_a_name(name: str) -> None:
    assert name.removesuffix("s") in terms_of(f"Efficient {name.title()}")


@pytest.mark.parametrize("title", ["Of the", "3.5 2026", "¥ €", "A1"])
def test_small_words_and_what_is_not_made_of_letters_are_no_terms(title: str) -> None:
    assert terms_of(title) == {}


def test_terms_anywhere_in_a_text_neither_begin_nor_end_with_small_words() -> None:
    found = terms_within(words_of(fold_paper(a_paper(title="Tea", abstract="Kettles of copper.", keywords=()))))
    assert found == {"tea", "kettle", "copper", "kettle of copper"}


def test_a_bounded_number_of_papers_is_counted_at_once(stores: Stores) -> None:
    papers = [a_paper(id=f"9901.{number:05}") for number in range(BATCH * BATCHES_AT_ONCE + 1)]
    stores.papers.save("sample", list_of(*papers), at=NOW)
    assert not count_terms(stores.vocabulary)
    assert len(stores.vocabulary.uncounted(TERMS_VERSION, limit=9)) == 1
    assert count_terms(stores.vocabulary)


TITLES = ("Copper Kettles", "A Copper Kettle for Tea", "Old Violins: Copper Strings", "Large Models of Tea", "X")
OLD = TODAY - timedelta(days=90)
SAVE, COUNT, FORGET = "save", "count", "forget"
STEPS = st.lists(
    st.tuples(
        st.sampled_from([SAVE, SAVE, COUNT, FORGET]),
        st.integers(0, 5),
        st.sampled_from(TITLES),
        st.sampled_from([TODAY, OLD]),
    ),
    max_size=25,
)


def taken(stores: Stores, steps: list[tuple[str, int, str, date]]) -> None:
    """Take the steps: save the paper of that number with a title and a day, count what has come, or forget the old."""
    for step, number, title, day in steps:
        if step == SAVE:
            at = datetime.combine(day, time(12), UTC)
            paper = a_paper(id=f"9901.{number:05}", title=title, list_day=day, keywords=(title.lower(),))
            stores.papers.save("sample", list_of(paper), at=at)
            stores.outbox.enqueue({paper.id: []}, at=at)  # what is pending is never forgotten
        elif step == COUNT:
            count_terms(stores.vocabulary)
        else:
            stores.papers.forget(listed_before=TODAY - timedelta(days=30))


@settings(max_examples=40)
@given(steps=STEPS)
def test_counts_kept_as_papers_come_change_and_are_forgotten_are_those_taken_anew(
    steps: list[tuple[str, int, str, date]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, open_stores(Path(folder) / "paperwire.db") as stores:
        taken(stores, steps)
        count_terms(stores.vocabulary)
        for since in (OLD, TODAY):
            anew = [term for paper in stores.papers.listed(since=since) for term in named_by(paper)]
            kept = stores.vocabulary.frequent(since=since, least=1, most=99, limit=999)
            assert {term: counts.naming for term, counts in kept.items()} == Counter(term.term for term in anew)
            assert Counter({term: counts.heads for term, counts in kept.items()}) == Counter(
                term.term for term in anew if term.is_head
            )
