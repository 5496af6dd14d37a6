"""Terms that often occur in the same papers as a query."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.advice.backtest import Recent
from bot.advice.related_terms import log_likelihood_ratio, related_terms, sampled
from bot.advice.vocabulary import READ
from bot.ports.stores import Stores
from bot.query import parse
from tests.bot.advice.recent_papers import papers_of, recently
from tests.builders import NOW, TODAY, a_paper, list_of


def terms(query: str, recent: Recent, *others: str) -> list[tuple[str, int]]:
    """The terms related to the query, and how many papers each adds."""
    matched = recent.run(parse(query)).found
    related = related_terms(parse(query), matched, recent, [parse(other) for other in others])
    return [(term.term, len(term.adds)) for term in related]


KITCHEN = papers_of(
    (4, "Teapots with Copper Kettles", "We warm them slowly."),
    (3, "Copper Kettles at Sea", "We boil water."),
    (60, "Violins", "We play music slowly."),
)


def test_a_related_term_is_offered_with_the_papers_that_it_adds(stores: Stores) -> None:
    assert terms("teapots", recently(stores, KITCHEN)) == [("copper kettles", 3)]


@pytest.mark.parametrize("query", ["*", "upvotes>=1", "has:code, stars>=1", 'author:"Ada Example"'])
def test_a_query_about_no_subject_has_no_related_terms(stores: Stores, query: str) -> None:
    liked = [replace(paper, upvotes=5 * (paper.id < "9901.00004")) for paper in KITCHEN]
    assert terms(query, recently(stores, liked)) == []


@pytest.mark.parametrize("describing", ["Real-World", "Kettle-Conditioned", "Closed-Loop", "Token-Level"])
def test_a_compound_that_only_describes_another_word_is_not_offered(stores: Stores, describing: str) -> None:
    described = papers_of((4, f"Teapots, {describing}", ""), (3, describing, ""), (60, "Violins", ""))
    assert terms("teapots", recently(stores, described)) == []


@pytest.mark.parametrize(
    ("title", "piece"),
    [
        ("Teapots for Copper-Kettle Tasks", "kettle tasks"),
        ("Teapots by Kettle-based Methods", "based methods"),
        ("Teapots and Recursive Kettle-Boiling", "recursive kettle"),
        ("Teapots in a Visual Kettle Model", "visual kettle"),
    ],
)
def test_a_piece_of_a_longer_term_is_not_offered(stores: Stores, title: str, piece: str) -> None:
    """Even if papers have it so often apart from the longer one that it could be a term of its own."""
    alone = papers_of((4, title, ""), (3, "Violas", f"We use {piece} here."), (60, "Violins", ""))
    assert piece not in [term for term, _ in terms("teapots", recently(stores, alone))]


def test_a_term_that_is_everywhere_is_not_offered(stores: Stores) -> None:
    everywhere = papers_of((4, "Teapots and Large Models", ""), (60, "Violins and Large Models", ""))
    assert terms("teapots", recently(stores, everywhere)) == []


def test_a_term_that_adds_nothing_is_not_offered(stores: Stores) -> None:
    always = papers_of((4, "Teapots with Copper Kettles", ""), (60, "Violins", ""))
    assert terms("teapots", recently(stores, always)) == []


def test_a_term_whose_papers_the_channel_gets_already_is_not_offered(stores: Stores) -> None:
    assert terms("teapots", recently(stores, KITCHEN), "kettles at sea") == []


def test_other_forms_of_the_query_are_not_offered(stores: Stores) -> None:
    forms = papers_of((4, "Benchmark of Tea", "Benchmarking it."), (3, "Benchmarking Tea", ""), (60, "Violins", ""))
    assert all("bench" not in term for term, _ in terms("benchmark", recently(stores, forms)))


def test_only_one_of_two_names_for_a_thing_is_offered(stores: Stores) -> None:
    twice = papers_of(
        (4, "Teapots with Copper Kettles", "Boiling vessels."),
        (3, "Copper Kettles as Boiling Vessels", ""),
        (60, "Violins", ""),
    )
    assert len(terms("teapots", recently(stores, twice))) == 1


def test_a_query_that_finds_nothing_has_no_related_terms(stores: Stores) -> None:
    assert terms("harpsichords", recently(stores, KITCHEN)) == []


def test_many_papers_of_a_query_are_compared_with_the_papers_of_the_same_days_alone(stores: Stores) -> None:
    before = TODAY - timedelta(days=1)
    earlier = [a_paper(id=f"9902.{number:05}", title="Teapots", list_day=before) for number in range(50)]
    stores.papers.save("sample", list_of(*earlier), at=NOW)
    recent = recently(stores, papers_of((READ, "Teapots", ""), (9, "Violins", "")))
    matched, vocabulary = sampled(recent.run(parse("teapots")).found, recent.vocabulary)
    assert {one.paper.list_day for one in matched} == {TODAY}
    assert vocabulary.papers == READ + 9


def test_the_ratio_is_zero_for_things_that_coincide_by_chance() -> None:
    assert log_likelihood_ratio(1, 10, 10, 100) == pytest.approx(0, abs=1e-9)
    assert log_likelihood_ratio(10, 10, 10, 100) == pytest.approx(65.02, abs=0.01)


def test_terms_are_runs_of_words_in_the_titles_of_two_papers(stores: Stores) -> None:
    recent = recently(stores, KITCHEN)
    found = recent.vocabulary.of(recent.papers, least=1)
    assert found.papers["copper kettle"] == 7
    assert found.counts["copper kettle"].spelling == "copper kettles"
    assert "boil" not in found.papers
    assert "kettle at" not in found.papers


@pytest.mark.parametrize(
    ("query", "term"),
    [
        ("diffusion models", "flow matching"),
        ("reinforcement learning", "supervised fine-tuning"),
        ("robot*", "manipulation"),
        ("video generation", "world models"),
        ("world model", "video generation"),
        ("speech", "audio"),
    ],
)
def test_the_terms_offered_for_recorded_papers_make_sense_to_a_researcher(month: Recent, query: str, term: str) -> None:
    assert term in [related for related, _ in terms(query, month)]
