"""Indexing queries under anchors finds what comparing every query finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import Paper
from bot.matching.evaluate import find
from bot.matching.folded_paper import fold_paper
from bot.matching.paper_batch import Batch
from bot.matching.query_index import ALWAYS, index_entries, possible_anchors
from bot.query import Knowledge, Query, parse
from bot.query.knowledge import NO_KNOWLEDGE
from bot.query.tree import Node
from tests.bot.query.strategies import KNOWN, WORDS, is_allowed, names, papers, trees
from tests.bot.query.test_characters import CHARACTERS
from tests.bot.query.test_operators import OPERATORS
from tests.bot.query.test_words import WORDS as WORD_CASES
from tests.builders import a_paper

CASES = [*WORD_CASES, *CHARACTERS, *OPERATORS]


def found_by_index(
    queries: Sequence[Query], papers: Sequence[Paper], known: Knowledge, common: Mapping[str, int] | None = None
) -> list[set[int]]:
    """Which papers each query finds among the entries under the papers' anchors."""
    counts = common or {}
    entries = [
        (number, entry)
        for number, query in enumerate(queries)
        for entry in index_entries(query, lambda anchor: counts.get(anchor, 0), known.names)
    ]
    folded = [fold_paper(paper) for paper in papers]
    batch = Batch(folded, known)
    anchors = set(batch.anchors)
    matching = batch.matching((number, entry.conjunction) for number, entry in entries if entry.anchor in anchors)
    # Where all are tried that are indexed, as is done when these are few, no more are found.
    of_all = Batch(folded, known).matching((number, entry.conjunction) for number, entry in entries)
    assert list(map(set, of_all)) == list(map(set, matching))
    return [{paper for paper, found in enumerate(matching) if query in found} for query in range(len(queries))]


def found_one_by_one(queries: Sequence[Query], papers: Sequence[Paper], known: Knowledge) -> list[set[int]]:
    """Which papers each query finds when every query is compared with every paper."""
    folded = [fold_paper(paper) for paper in papers]
    return [
        {number for number, paper in enumerate(folded) if find(query, paper, known) is not None} for query in queries
    ]


@settings(max_examples=1500)
@given(
    st.lists(trees.filter(is_allowed), min_size=1, max_size=4),
    st.lists(papers, min_size=1, max_size=4),
    st.sampled_from([KNOWN, NO_KNOWLEDGE]),
    st.dictionaries(st.sampled_from(WORDS), st.integers(0, 5)),
)
def test_the_index_finds_the_same_papers_as_comparing_one_by_one(
    given_trees: list[Node], given_papers: list[Paper], known: Knowledge, common: dict[str, int]
) -> None:
    queries = [parse(str(tree)) for tree in given_trees]
    assert found_by_index(queries, given_papers, known, common) == found_one_by_one(queries, given_papers, known)


@given(trees.filter(is_allowed), st.dictionaries(st.sampled_from(WORDS), st.integers(0, 5)))
def test_a_query_is_indexed_under_possible_anchors(tree: Node, common: dict[str, int]) -> None:
    query = parse(str(tree))
    assert {entry.anchor for entry in index_entries(query, lambda anchor: common.get(anchor, 0), names)} <= {
        ALWAYS,
        *possible_anchors(query, names),
    }


def test_the_cases_of_the_language_are_found_by_the_index_too() -> None:
    queries = [parse(query) for query, _, _ in CASES]
    papers = [a_paper(title=text or "Zzz", abstract="") for _, text, _ in CASES]
    assert found_by_index(queries, papers, NO_KNOWLEDGE) == found_one_by_one(queries, papers, NO_KNOWLEDGE)


@pytest.mark.parametrize(
    ("query", "anchors"),
    [
        ("robot", {"robot"}),
        ("robots AND the", {"robot"}),
        ("the robot", {"robot"}),
        ("robot, dance", {"robot", "dance"}),
        ("(robot, dance) AND upvotes>=3", {"robot", "dance"}),
        ("robot -dance", {"robot"}),
        ("RLHF", {"RLHF"}),
        ("transform*", {"trans*"}),
        ("author:lecun", {"author:lecun"}),
        ("fine tuning", {"tuning", "finetuning"}),
        ("upvotes>=3", {ALWAYS}),
        ("*", {ALWAYS}),
    ],
)
def test_a_query_is_indexed_under_its_rarest_word(query: str, anchors: set[str]) -> None:
    common = {"the": 9, "robot": 1, "dance": 2, "fine": 5}
    entries = index_entries(parse(query), lambda anchor: common.get(anchor, 0))
    assert {entry.anchor for entry in entries} == anchors
