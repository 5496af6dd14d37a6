"""Queries completed with the subjects of recent papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.advice.backtest import Recent
from bot.advice.subjects import FRESH, Subject, Subjects, completed, subjects_of
from bot.advice.vocabulary import Vocabulary
from bot.ports.stores import Stores
from bot.query import parse
from tests.bot.advice.recent_papers import papers_of, recently
from tests.builders import NOW

SUBJECTS = [Subject("world models", 24), Subject("reward models", 9), Subject("RLHF", 6), Subject("video models", 2)]


def completions(typed: str) -> list[str]:
    """What completes the query, in its order."""
    return [query for query, _ in completed(typed, SUBJECTS)]


@pytest.mark.parametrize(
    ("typed", "queries"),
    [
        ("wor", ["world models"]),
        ("WORLD M", ["world models"]),
        ("rl", ["RLHF"]),
        ("mod", ["world models", "reward models", "video models"]),
        ("r", ["reward models", "RLHF"]),
        ("robots, vi", ["robots, video models"]),
        ("robots AND wor", ["robots AND world models"]),
        ("robots -rew", ["robots -reward models"]),
        ("(robots OR rl", ["(robots OR RLHF"]),
        ("violins", []),
        ("world of", []),
    ],
)
def test_the_last_term_is_completed_by_how_it_begins_then_by_a_word_within(typed: str, queries: list[str]) -> None:
    assert completions(typed) == queries


def test_before_anything_is_typed_all_subjects_are_there_the_most_frequent_first() -> None:
    assert completions("") == [subject.term for subject in SUBJECTS]


def test_subjects_are_what_some_papers_are_about_and_not_what_most_are(stores: Stores) -> None:
    papers = papers_of((4, "Copper Kettles", ""), (3, "Silver Teapots", ""), (40, "Models", "models"))
    assert subjects_of(recently(stores, papers).vocabulary) == (
        Subject("copper kettles", 4),
        Subject("silver teapots", 3),
    )


def test_subjects_of_recorded_papers_are_queries(month: Recent) -> None:
    found = subjects_of(month.vocabulary)
    assert len(found) > 50
    for subject in found:
        parse(subject.term)


def test_whoever_asks_while_papers_are_read_does_not_wait_but_gets_the_subjects_of_before(stores: Stores) -> None:
    subjects = Subjects()
    meanwhile: list[Sequence[Subject]] = []

    def read() -> Vocabulary:
        meanwhile.append(subjects.of(read, NOW + FRESH * len(meanwhile)))
        return recently(stores, papers_of((3, "Silver Teapots", ""), (40, "Models", "models"))).vocabulary

    subjects.of(read, NOW)
    subjects.of(read, NOW + FRESH)
    assert meanwhile == [(), (Subject("silver teapots", 3),)]


def test_papers_are_read_again_only_after_a_while(stores: Stores) -> None:
    reads: list[int] = []

    def read() -> Vocabulary:
        reads.append(1)
        return recently(stores, papers_of((3, "Silver Teapots", ""))).vocabulary

    subjects = Subjects()
    for later in (timedelta(), FRESH / 2, FRESH, FRESH * 1.5):
        subjects.of(read, NOW + later)
    assert len(reads) == 2
