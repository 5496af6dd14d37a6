"""Terms that keep company with a query, and examples to teach by."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from adapters.sources.huggingface.payload import read_list
from bot.advice.backtest import Recent, recent
from bot.advice.example_query import ALWAYS, example
from bot.advice.related_terms import log_likelihood_ratio, neighbours
from bot.advice.vocabulary import vocabulary
from bot.domain import Paper
from bot.matching.glossary import Glossary
from bot.ports.stores import Stores
from bot.query import parse
from storage import open_database, stores_of
from tests.builders import NOW, a_paper, list_of


def papers_of(*kinds: tuple[int, str, str]) -> list[Paper]:
    """So many papers of each kind, with a title and an abstract."""
    every = [(title, abstract) for number, title, abstract in kinds for _ in range(number)]
    return [
        a_paper(id=f"9901.{number:05}", title=title, abstract=abstract)
        for number, (title, abstract) in enumerate(every)
    ]


def recently(stores: Stores, papers: Sequence[Paper]) -> Recent:
    """These papers as the recent ones."""
    stores.papers.save("sample", list_of(*papers), at=NOW)
    return recent(stores.papers, Glossary(stores.papers), now=NOW)


def terms(query: str, recent: Recent, *others: str) -> list[tuple[str, int]]:
    """The query's neighbours, and what they add."""
    found = neighbours(parse(query), recent.run(parse(query)).papers, recent, [parse(each) for each in others])
    return [(each.term, each.adds) for each in found]


KITCHEN = papers_of(
    (4, "Teapots with Copper Kettles", "We warm them slowly."),
    (3, "Copper Kettles at Sea", "We boil water."),
    (60, "Violins", "We play music slowly."),
)


def test_a_term_that_keeps_company_is_offered_with_what_it_adds(stores: Stores) -> None:
    assert terms("teapots", recently(stores, KITCHEN)) == [("copper kettles", 3)]


@pytest.mark.parametrize("query", ["*", "upvotes>=1", "has:code, stars>=1", 'author:"Ada Example"'])
def test_a_query_about_no_subject_has_no_neighbours(stores: Stores, query: str) -> None:
    assert (
        terms(query, recently(stores, [replace(each, upvotes=5 * (each.id < "9901.00004")) for each in KITCHEN])) == []
    )


@pytest.mark.parametrize("describing", ["Real-World", "Kettle-Conditioned", "Closed-Loop", "Token-Level"])
def test_a_compound_that_only_describes_something_else_is_not_offered(stores: Stores, describing: str) -> None:
    described = papers_of((4, f"Teapots, {describing}", ""), (3, describing, ""), (60, "Violins", ""))
    assert terms("teapots", recently(stores, described)) == []


def test_a_term_that_is_everywhere_is_not_offered(stores: Stores) -> None:
    everywhere = papers_of((4, "Teapots and Large Models", ""), (60, "Violins and Large Models", ""))
    assert terms("teapots", recently(stores, everywhere)) == []


def test_a_term_that_adds_nothing_is_not_offered(stores: Stores) -> None:
    always = papers_of((4, "Teapots with Copper Kettles", ""), (60, "Violins", ""))
    assert terms("teapots", recently(stores, always)) == []


def test_a_term_whose_papers_come_already_is_not_offered(stores: Stores) -> None:
    assert terms("teapots", recently(stores, KITCHEN), "kettles at sea") == []


def test_forms_of_what_the_query_says_are_not_offered(stores: Stores) -> None:
    forms = papers_of((4, "Benchmark of Tea", "Benchmarking it."), (3, "Benchmarking Tea", ""), (60, "Violins", ""))
    assert all("bench" not in term for term, _ in terms("benchmark", recently(stores, forms)))


def test_of_two_names_of_one_thing_one_is_offered(stores: Stores) -> None:
    twice = papers_of(
        (4, "Teapots with Copper Kettles", "Boiling vessels."),
        (3, "Copper Kettles as Boiling Vessels", ""),
        (60, "Violins", ""),
    )
    assert len(terms("teapots", recently(stores, twice))) == 1


def test_a_query_that_finds_nothing_has_no_neighbours(stores: Stores) -> None:
    assert terms("harpsichords", recently(stores, KITCHEN)) == []


def test_the_ratio_is_nought_for_what_coincides_by_chance() -> None:
    assert log_likelihood_ratio(1, 10, 10, 100) == pytest.approx(0, abs=1e-9)
    assert log_likelihood_ratio(10, 10, 10, 100) == pytest.approx(65.02, abs=0.01)


def test_terms_are_runs_of_words_that_two_papers_are_named_by(stores: Stores) -> None:
    known = vocabulary(recently(stores, KITCHEN).papers)
    assert known.papers["copper kettle"] == 7
    assert known.written["copper kettle"] == "copper kettles"
    assert "boil" not in known.papers
    assert "kettle at" not in known.papers


def test_an_example_brings_neither_too_few_papers_nor_too_many(stores: Stores) -> None:
    papers = papers_of((2, "Brass Trumpets", ""), (5, "Copper Kettles", ""), (30, "Old Violins", ""))
    found = example(recently(stores, papers))
    assert (found.query, found.papers) == ("copper kettles", 5)
    assert found.invitation == "Try /subscribe copper kettles: it would have brought 5 papers in the last 30 days."


def test_a_new_store_has_an_example_all_the_same(stores: Stores) -> None:
    found = example(recently(stores, []))
    assert found == ALWAYS
    assert found.invitation == "Try /subscribe reinforcement learning."


@pytest.fixture(scope="module")
def month(recordings: Path, tmp_path_factory: pytest.TempPathFactory) -> Recent:
    """The recorded papers."""
    database = open_database(tmp_path_factory.mktemp("month") / "paperwire.db")
    stores = stores_of(database)
    glossary = Glossary(stores.papers)
    for file in sorted(recordings.glob("2026-*.json")):
        day = date.fromisoformat(file.stem)
        papers = read_list(json.loads(file.read_text()), day=day, base_url="https://papers.example")
        stores.papers.save("huggingface", papers, at=NOW)
        glossary.read(papers.papers)
    found = recent(stores.papers, glossary, now=datetime(2026, 8, 21, 12, tzinfo=UTC))
    database.close()
    return found


@pytest.mark.parametrize(
    ("query", "term"),
    [
        ("diffusion models", "flow matching"),
        ("reinforcement learning", "supervised fine-tuning"),
        ("robot*", "manipulation"),
        ("video generation", "world models"),
        ("speech", "audio"),
    ],
)
def test_a_researcher_would_nod_at_what_is_offered_for_recorded_papers(month: Recent, query: str, term: str) -> None:
    assert term in [each for each, _ in terms(query, month)]


def test_an_example_from_recorded_papers_brings_what_it_says(month: Recent) -> None:
    found = example(month)
    assert found != ALWAYS
    assert len(month.run(parse(found.query)).papers) == found.papers
