"""A backtest by the word index brings what comparing papers one by one brings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.advice.advise import in_short, in_words
from bot.advice.backtest import EXACT, LATEST, MOST_FOLDED, Recent, recent
from bot.domain import Paper
from bot.matching.evaluate import find
from bot.matching.folded_paper import fold_paper
from bot.matching.glossary import Glossary
from bot.ports.stores import Stores
from bot.query import parse
from bot.query.tree import Node
from storage import open_database, stores_of
from tests.bot.advice.recent_papers import papers_of, recently
from tests.bot.query.strategies import KNOWN, is_allowed, papers, trees
from tests.builders import NOW, TODAY, a_paper, list_of


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    """The stores of a database whose papers change with every example."""
    folder: Path = tmp_path_factory.mktemp("collection")
    database = open_database(folder / "paperwire.db")
    yield stores_of(database)
    database.close()


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(trees.filter(is_allowed), st.lists(papers, min_size=1, max_size=5))
def test_a_backtest_brings_what_comparing_one_by_one_brings(
    collection: Stores, tree: Node, given_papers: list[Paper]
) -> None:
    query = parse(str(tree))
    listed = [
        replace(paper, id=f"9901.0000{number}", list_day=TODAY - timedelta(days=number % 2))
        for number, paper in enumerate(given_papers)
    ]
    for paper in listed:
        for source in [listing.source for listing in paper.listings] or ["sample"]:
            collection.papers.save(source, list_of(paper), at=NOW)
    found = recent(collection, Glossary(collection.papers), now=NOW)
    since, words = TODAY - timedelta(days=29), found.vocabulary
    tried = Recent(collection.paper_index, since, 30, found.count, KNOWN, words).run(query)
    stored = collection.papers.listed(since=TODAY - timedelta(days=29))
    expected = {paper.id for paper in stored if find(query, fold_paper(paper), KNOWN) is not None}
    assert {paper.id for paper in tried.papers} == expected
    assert (tried.count, tried.is_estimate) == (len(expected), False)


def test_papers_come_in_the_order_of_their_lists_latest_day_first(stores: Stores) -> None:
    yesterday = TODAY - timedelta(days=1)
    stores.papers.save("sample", list_of(a_paper(id="9901.00003", list_day=yesterday)), at=NOW)
    papers = recently(stores, [a_paper(id="9901.00002"), a_paper(id="9901.00001")])
    assert [paper.id[-1] for paper in papers.run(parse("robots")).papers] == ["2", "1", "3"]


def test_a_month_ends_with_the_first_day_that_counts(stores: Stores) -> None:
    days = [29, 30]
    papers = [a_paper(id=f"9901.000{ago}", list_day=TODAY - timedelta(days=ago)) for ago in days]
    for paper in papers:
        stores.papers.save("sample", list_of(paper), at=NOW)
    assert [paper.id for paper in recently(stores, []).run(parse("robots")).papers] == ["9901.00029"]


def test_of_many_papers_the_latest_are_looked_at_and_the_count_is_an_estimate(stores: Stores) -> None:
    papers = recently(stores, papers_of((2 * EXACT, "Violins", ""), (9, "Teapots", "")))
    tried = papers.run(parse("violins -cellos"))
    assert (tried.count, tried.is_estimate) == (2 * EXACT, True)
    assert len(tried.papers) < EXACT
    assert papers.run(parse("teapots")).in_numbers == "9 papers, about 2 a week"
    assert str(in_words(tried)).startswith("In the last 30 days: about 2,000 papers, about 67 a day. The latest:")
    assert in_short(tried, papers).endswith(": about 2,000 papers in 30 days, about 67 a day")


def test_papers_are_counted_exactly_where_no_words_are_asked_for(stores: Stores) -> None:
    papers = recently(stores, [*papers_of((EXACT + 1, "Violins", "")), a_paper(id="9902.00001", upvotes=20)])
    assert papers.run(parse("*")).in_papers == "1,002 papers"
    assert papers.run(parse("upvotes>=20")).in_papers == "1 paper"


def test_until_all_papers_are_indexed_the_count_is_an_estimate(stores: Stores) -> None:
    stores.papers.save("sample", list_of(*papers_of((1_000, "Violins", ""))), at=NOW)
    tried = recent(stores, Glossary(stores.papers), now=NOW).run(parse("violins"))
    assert tried.in_papers == "about 1,000 papers"
    assert 0 < len(tried.papers) < 1_000


def test_every_match_is_found_where_that_is_asked_for(stores: Stores) -> None:
    stores.papers.save("sample", list_of(*papers_of((2 * EXACT, "Violins", ""))), at=NOW)
    papers = recent(stores, Glossary(stores.papers), now=NOW)
    assert len(dict(papers.every_match(parse("violins -cellos")))) == 2 * EXACT


def test_only_so_many_papers_are_folded_again(stores: Stores) -> None:
    papers = recently(stores, papers_of((MOST_FOLDED + 100, "Violins", "")))
    assert papers.run(parse('"violins"')).in_papers == "about 600 papers"


def test_terms_are_learned_from_the_latest_papers(stores: Stores) -> None:
    papers = recently(stores, papers_of((9, "Teapots", ""), (LATEST, "Violins", "")))
    assert len(papers.papers) == LATEST
