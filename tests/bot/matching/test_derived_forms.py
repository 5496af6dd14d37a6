"""Stored subscriptions find new forms of their words without being filed again."""

from __future__ import annotations

from bot.matching.folded_paper import fold_paper
from bot.matching.paper_batch import Batch
from bot.matching.query_index import index_entries
from bot.matching.quick_check import quick_check, words_of
from bot.query import parse
from tests.builders import a_paper

ROBOTIC = a_paper(title="On Robotic Manipulation", abstract="")


def test_a_query_that_is_filed_under_its_word_is_reached_by_a_paper_with_a_form_of_it() -> None:
    entries = index_entries(parse("robot manipulation"), lambda anchor: anchor != "robot")
    batch = Batch([fold_paper(ROBOTIC)])
    assert {entry.anchor for entry in entries} == {"robot", "robotmanipulation"}
    assert "robot" in batch.anchors
    assert batch.matching((1, entry.conjunction) for entry in entries) == [[1]]


def test_a_single_word_needs_no_second_look_at_the_paper() -> None:
    assert quick_check(parse("robot"), ROBOTIC, words_of(fold_paper(ROBOTIC))) is True
