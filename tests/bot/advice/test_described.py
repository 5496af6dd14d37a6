"""What a query asks for is said with the forms that recent papers have."""

from __future__ import annotations

from bot.ports.stores import Stores
from bot.query import parse
from tests.bot.advice.recent_papers import papers_of, recently


def test_forms_that_papers_have_are_said(stores: Stores) -> None:
    recent = recently(stores, papers_of((2, "Robotic Manipulation", ""), (1, "Training", "trained on robots")))
    said = recent.described(parse("robot manipulation, train"))
    assert "“robot manipulation” also as “robotic manipulation”" in said
    assert "“train” also as “training” or “trained”" in said


def test_forms_that_no_paper_has_are_not_said(stores: Stores) -> None:
    recent = recently(stores, papers_of((2, "Robotic Hands and Manipulation", "")))
    assert recent.described(parse("robot manipulation")) == "papers that mention “robot manipulation”"


def test_a_subject_brings_the_papers_that_say_it_in_another_form(stores: Stores) -> None:
    recent = recently(stores, papers_of((2, "Robotic Hands", ""), (1, "Robots", ""), (1, "Violins", "")))
    assert len(recent.run(parse("robot")).papers) == 3
    assert len(recent.run(parse('"robot"')).papers) == 0
