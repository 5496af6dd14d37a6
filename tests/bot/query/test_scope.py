"""Which sources a query is about."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from bot.domain import Paper
from bot.matching.evaluate import matches
from bot.matching.folded_paper import fold_paper
from bot.query import parse
from bot.query.knowledge import NO_KNOWLEDGE
from bot.query.scope import scoped, sources_of
from bot.query.tree import Node
from tests.bot.query.strategies import is_allowed, papers, trees
from tests.builders import TODAY


@pytest.mark.parametrize(
    ("query", "sources"),
    [
        ("robots", {""}),
        ("*", {""}),
        ("robots -cat:cs.CV", {""}),
        ("robots -source:arxiv", {""}),
        ("comment:NeurIPS", {""}),
        ("source:huggingface robots", {"huggingface"}),
        ("cat:cs.RO", {"arxiv"}),
        ("cat:cs.* AND robots", {"arxiv"}),
        ("source:arxiv (robots, violins)", {"arxiv"}),
        ("cat:cs.RO, robots", {"", "arxiv"}),
        ("(cat:cs.RO, robots) AND violins", {"", "arxiv"}),
        ("(cat:cs.RO, robots) AND source:arxiv", {"arxiv"}),
    ],
)
def test_the_sources_that_a_query_is_about(query: str, sources: set[str]) -> None:
    assert parse(query).sources == sources


@settings(max_examples=500)
@given(trees.filter(is_allowed), papers)
def test_a_query_matches_only_papers_of_the_sources_that_it_is_about(tree: Node, paper: Paper) -> None:
    if matches(scoped(tree), fold_paper(paper), NO_KNOWLEDGE):
        assert paper.listed_on(sources_of(tree)) == TODAY


@settings(max_examples=500)
@given(trees.filter(is_allowed), papers)
def test_on_a_list_that_need_not_be_named_a_query_matches_as_it_stands(tree: Node, paper: Paper) -> None:
    folded = fold_paper(paper)
    if paper.listed_on(("",)):
        assert matches(scoped(tree), folded, NO_KNOWLEDGE) is matches(tree, folded, NO_KNOWLEDGE)
