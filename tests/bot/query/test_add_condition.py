"""Narrower forms of a query."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.domain import Paper
from bot.errors import QueryError
from bot.matching.evaluate import find, fold_paper
from bot.query import narrowed, parse
from bot.query.tree import Node
from tests.bot.matching.test_query_index import ACRONYMS, is_allowed, papers, trees


@pytest.mark.parametrize(
    ("query", "addition", "narrower"),
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
def test_what_is_added_is_asked_for_too(query: str, addition: str, narrower: str) -> None:
    assert narrowed(parse(query), addition).text == narrower


@pytest.mark.parametrize("addition", ["", "(dance", "-", "+ x"])
def test_what_is_not_in_the_language_is_refused(addition: str) -> None:
    with pytest.raises(QueryError):
        narrowed(parse("robots"), addition)


@given(trees.filter(is_allowed), trees, papers)
def test_a_narrower_query_matches_what_both_parts_match(tree: Node, addition: Node, paper: Paper) -> None:
    try:
        narrower = narrowed(parse(str(tree)), str(addition))
    except QueryError:
        return
    matches = [
        find(parse(each), fold_paper(paper), ACRONYMS) is not None for each in (str(tree), f"* AND ({addition})")
    ]
    assert (find(narrower, fold_paper(paper), ACRONYMS) is not None) == all(matches)
