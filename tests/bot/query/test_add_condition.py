"""A query with another condition."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.domain import Paper
from bot.errors import QueryError
from bot.matching.evaluate import find
from bot.matching.folded_paper import fold_paper
from bot.query import narrowed, parse
from bot.query.tree import Node
from tests.bot.query.strategies import KNOWN, is_allowed, papers, trees


@pytest.mark.parametrize(
    ("query", "condition", "narrower"),
    [
        ("robots", '-"dance"', 'robots -"dance"'),
        ("robots, agents", '-"dance"', '(robots, agents) -"dance"'),
        ("robots", "upvotes>=20", "robots AND upvotes>=20"),
        ("robots", "dance", "robots AND dance"),
        ("robots", "dance, music", "robots AND (dance, music)"),
        ("robots", "-dance, music", "robots AND (-dance, music)"),
        ("robots -dance", "-music", "robots -dance -music"),
        ("robots -dance", "-dance", "robots AND -dance"),
        ("robots upvotes>=5", "upvotes>=20", "robots AND upvotes>=20"),
        ("robots upvotes>=20", "upvotes>=5", "robots AND upvotes>=20"),
        ("*", "-dance", "* -dance"),
    ],
)
def test_the_narrower_query_has_the_condition_too(query: str, condition: str, narrower: str) -> None:
    assert narrowed(parse(query), condition).text == narrower


@pytest.mark.parametrize("condition", ["", "(dance", "-", "+ x"])
def test_a_condition_outside_the_language_is_refused(condition: str) -> None:
    with pytest.raises(QueryError):
        narrowed(parse("robots"), condition)


@given(trees.filter(is_allowed), trees, papers)
def test_a_narrower_query_matches_what_both_parts_match(tree: Node, condition: Node, paper: Paper) -> None:
    try:
        narrower = narrowed(parse(str(tree)), str(condition))
    except QueryError:
        return
    parts = (str(tree), f"* AND ({condition})")
    matches = [find(parse(part), fold_paper(paper), KNOWN) is not None for part in parts]
    assert (find(narrower, fold_paper(paper), KNOWN) is not None) == all(matches)
