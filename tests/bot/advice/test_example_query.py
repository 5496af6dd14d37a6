"""The example that people learn from: a query that would have brought papers this month."""

from __future__ import annotations

from dataclasses import replace

from bot.advice.backtest import Recent
from bot.advice.example_query import ALWAYS, ENOUGH, TOO_MANY, Example, example
from bot.ports.stores import Stores
from bot.query import parse
from tests.bot.advice.recent_papers import papers_of, recently


def test_an_example_brings_neither_too_few_papers_nor_too_many(stores: Stores) -> None:
    papers = papers_of((ENOUGH - 1, "Brass Trumpets", ""), (5, "Copper Kettles", ""), (TOO_MANY + 1, "Old Violins", ""))
    assert example(recently(stores, papers)) == Example("copper kettles", 5)


def test_a_keyword_is_preferred_to_words_of_more_titles(stores: Stores) -> None:
    papers = papers_of((8, "Copper Kettles", ""), (4, "Strings", "We play silver flutes."))
    flutes = [replace(paper, keywords=("silver flutes",)) if paper.title == "Strings" else paper for paper in papers]
    assert example(recently(stores, flutes)) == Example("silver flutes", 4)


def test_an_example_has_neither_one_word_nor_four(stores: Stores) -> None:
    papers = papers_of((5, "Kettles", ""), (5, "Violins, Harps", ""))
    assert example(recently(stores, papers)) == ALWAYS


def test_a_part_of_a_longer_term_is_not_an_example(stores: Stores) -> None:
    papers = papers_of((5, "Old Copper Kettles", ""))
    assert example(recently(stores, papers)).query == "old copper kettles"


def test_a_new_store_has_the_example_that_always_works(stores: Stores) -> None:
    assert example(recently(stores, [])) == ALWAYS
    parse(ALWAYS.query)


def test_the_invitation_says_what_the_example_would_have_brought() -> None:
    invitation = Example("copper kettles", 5).invitation
    assert invitation == "Try /subscribe copper kettles: it would have brought 5 papers in the last 30 days."
    assert Example("copper kettles", 1).brought == "it would have brought 1 paper in the last 30 days"


def test_the_invitation_promises_nothing_that_is_not_known() -> None:
    assert (ALWAYS.invitation, ALWAYS.brought) == ("Try /subscribe reinforcement learning", "")


def test_an_example_from_recorded_papers_brings_what_it_promises(month: Recent) -> None:
    chosen = example(month)
    assert chosen != ALWAYS
    assert len(month.run(parse(chosen.query)).papers) == chosen.papers
