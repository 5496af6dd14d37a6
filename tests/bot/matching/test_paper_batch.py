"""Many papers at once: which have a word, and which satisfy a conjunction."""

from __future__ import annotations

import pytest

from bot.matching.folded_paper import fold_paper
from bot.matching.paper_batch import Batch
from bot.matching.query_index import ALWAYS
from bot.query import COMMON, Knowledge
from tests.builders import a_paper

PAPERS = [
    a_paper(title="Deep RL for Robots", abstract="A world model is learned.", authors=(), upvotes=30),
    a_paper(title="Fine-Tuning World Models", abstract="Robots dance.", authors=("Ada Example",)),
    a_paper(
        title="A Model of the World",
        abstract="",
        authors=(),
        keywords=("Reinforcement Learning",),
        organization="Example Lab",
    ),
]


@pytest.fixture(scope="module")
def batch() -> Batch:
    """The three papers."""
    return Batch([fold_paper(paper) for paper in PAPERS], Knowledge(COMMON))


def numbers(papers: int) -> set[int]:
    """The indices of the papers in a set."""
    return {index for index in range(len(PAPERS)) if papers >> index & 1}


@pytest.mark.parametrize(
    ("conjunction", "satisfying"),
    [
        # words
        ("robot", {0, 1}),
        ("violin", set()),
        ("finetuning", {1}),
        ("title:robot", {0}),
        ("author:example", {1}),
        ("org:example", {2}),
        ("example", set()),
        # adjacent words
        ("world model=worldmodel", {0, 1}),
        ("fine tuning=finetuning", {1}),
        ("title:world model=worldmodel", {1}),
        ("tuning world= model=worldmodel", {1}),
        # acronyms and full forms
        ("RL", {0, 2}),
        ("reinforcement learning=reinforcementlearning", {0, 2}),
        ("title:RL", {0}),
        # the beginning of a word
        ("rob*", {0, 1}),
        ("finetun*", {1}),
        ("wo*", {0, 1, 2}),
        ("models*", {1}),
        ("worldmodels*", {1}),
        ("violin*", set()),
        # anything else
        ("?upvotes>=20", {0}),
        ("?comments>=1", set()),
        ('?"robots"', {0, 1}),
        ('?"models"', {1}),
        ('?"worldmodel"', {0}),
        ('?author:"Ada Example"', {1}),
        ("?author:exa*", {1}),
        ("?abstract:world model", {0}),
        ("?abstract:robots", {1}),
        # several tests, and their opposites
        ("", {0, 1, 2}),
        ("robot\nworld", {0, 1}),
        ("robot\n-RL", {1}),
        ("-robot", {2}),
        ("world\n-?upvotes>=20\n-rob*", {2}),
        ("robot\n-robot", set()),
    ],
)
def test_a_conjunction_is_satisfied_by_the_papers_that_pass_all_its_tests(
    batch: Batch, conjunction: str, satisfying: set[int]
) -> None:
    assert numbers(batch.satisfying(conjunction)) == satisfying
    assert numbers(batch.satisfying(conjunction)) == satisfying  # from what it remembers


@pytest.mark.parametrize(
    "anchor",
    [ALWAYS, "robot", "finetuning", "RL", "rl", "reinforcementlearning", "rob*", "robot*", "author:ada", "author:exa*"],
)
def test_whatever_a_paper_has_is_an_anchor(batch: Batch, anchor: str) -> None:
    assert anchor in batch.anchors


@pytest.mark.parametrize("anchor", ["violin", "ada", "ro*", "org:ada", "?has:code"])
def test_nothing_else_is_an_anchor(batch: Batch, anchor: str) -> None:
    assert anchor not in batch.anchors


def test_every_paper_gets_the_queries_of_which_it_satisfies_a_conjunction(batch: Batch) -> None:
    entries = [(7, "robot"), (7, "RL"), (8, "RL"), (9, "violin"), (9, "world\n-robot")]
    assert [sorted(queries) for queries in batch.matching(entries)] == [[7, 8], [7], [7, 8, 9]]


def test_no_papers_satisfy_nothing() -> None:
    assert Batch([]).matching([(1, ""), (2, "robot")]) == []
    assert Batch([]).satisfying("") == 0
