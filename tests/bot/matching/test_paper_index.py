"""An index query finds every paper that its query matches, and few others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bot.advice.wider import wider_wordings
from bot.domain import Listing, Nearness, Paper
from bot.matching.evaluate import find
from bot.matching.folded_paper import fold_paper
from bot.matching.paper_index import folded_text, index_query
from bot.ports.stores import Stores
from bot.query import Knowledge, parse
from bot.query.tree import Node
from bot.text.folding import FOLDING_VERSION
from storage import open_database, stores_of
from tests.bot.matching.test_query_index import CASES
from tests.bot.query.strategies import KNOWN, is_allowed, papers, trees
from tests.bot.query.test_field_queries import FIELDS
from tests.builders import NOW, a_paper, list_of

NUMBERS = count(1)


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    """The stores of a database that all tests here add papers to."""
    folder: Path = tmp_path_factory.mktemp("collection")
    database = open_database(folder / "paperwire.db")
    yield stores_of(database)
    database.close()


CLOSE = Knowledge(nearness=lambda wording, _paper: Nearness(wording.subject, 1.0))
"""Every paper is close to every subject."""


def is_candidate(collection: Stores, query: str, paper: Paper, known: Knowledge = KNOWN) -> bool:
    """Whether the query's index query finds the paper once it is indexed."""
    indexed = replace(paper, id=f"9901.{next(NUMBERS):05}")
    for listing in paper.listings or [Listing("sample", paper.list_day)]:
        collection.papers.save(listing.source, list_of(indexed), at=NOW)
    collection.paper_index.file({indexed.id: folded_text(fold_paper(indexed))}, version=FOLDING_VERSION)
    hits = collection.paper_index.search(index_query(parse(query), known), limit=100_000)
    return indexed.id in {hit.id for hit in hits.papers}


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(trees.filter(is_allowed), papers)
def test_every_paper_that_a_query_matches_is_a_candidate(collection: Stores, tree: Node, paper: Paper) -> None:
    query = parse(str(tree))
    if find(query, fold_paper(paper), KNOWN) is not None:
        assert is_candidate(collection, query.text, paper)


def test_a_paper_with_the_words_of_a_subject_apart_and_joined_is_a_candidate(collection: Stores) -> None:
    paper = a_paper(title="Zzz", abstract="Selfsupervised kettles for learning.", keywords=())
    assert find(parse("~self supervised learning"), fold_paper(paper), CLOSE) is not None
    assert is_candidate(collection, "~self supervised learning", paper, CLOSE)


def test_the_matches_among_the_cases_of_the_language_are_candidates(collection: Stores) -> None:
    matching = [(query, a_paper(title=text, abstract="")) for query, text, matched in CASES if matched]
    for query, given_fields, matched in FIELDS:
        if matched and isinstance(given_fields, dict):
            matching.append((query, replace(a_paper(title="Zzz", abstract=""), **given_fields)))
    assert [query for query, paper in matching if not is_candidate(collection, query, paper, Knowledge())] == []


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("world model", "A Model of the World"),
        ("fine tuning", "Tuning, and How Fine It Is"),
        ("robots -dance", "Violins"),
        ("author:robot", "Robots"),
        ("title:keyboard", "Zzz"),
        ("upvotes>=20", "Robots"),
        ("has:code", "Robots"),
        ("RAG", "Fragments"),
    ],
)
def test_a_paper_without_the_words_or_facts_is_not_a_candidate(collection: Stores, query: str, title: str) -> None:
    assert not is_candidate(collection, query, a_paper(title=title, abstract="keyboard", authors=("Ada Example",)))


@pytest.mark.parametrize(
    ("query", "forms"),
    [
        ("world model robot", ["world AND model AND robot", "world, model, robot"]),
        ('"world models" upvotes>=90', ["world AND models", "world, models"]),
        ("state of the art", ["state AND art", "state, art"]),
        ("title:robot", ["robot"]),
        ("rlhf, reward model", ["rlhf, reward, model"]),
        ("robot -dance", ["robot"]),
        ("upvotes>=90", []),
    ],
)
def test_broader_forms_have_words_apart_and_no_facts(query: str, forms: list[str]) -> None:
    assert list(wider_wordings(parse(query))) == forms
