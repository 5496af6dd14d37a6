"""Narrower and broader forms of a query, and papers that come close."""

from __future__ import annotations

import pytest

from bot.advice.narrower import narrower_for_volume
from bot.advice.near_misses import near_misses
from bot.advice.wider import wider
from bot.domain import Paper
from bot.ports.stores import Stores
from bot.query import parse
from tests.bot.advice.recent_papers import recently
from tests.builders import a_paper

PAPERS = [
    a_paper(id="9901.00001", title="World Models for Robots", abstract="Speculative decoding of plans."),
    a_paper(id="9901.00002", title="A Model of the World", abstract="", authors=("Ada Example",), upvotes=7),
    a_paper(id="9901.00003", title="Quantized Violins", abstract="With a clip of each.", keywords=("music",)),
]


@pytest.mark.parametrize(
    ("query", "forms"),
    [
        ('"plucked violin"', ["violin"]),
        ('"quantised violin"', ["quantised violin"]),
        ('"quantized violin"', ["quantized violin"]),
        ("models of robots", ["models AND robots"]),
        ("quantization", ["quantiz*"]),
        ("keyword:violins", ["violins"]),
        ("CLIP", ["clip"]),
        ("speculative decoding trees", ["speculative decoding"]),
        ("harpsichord AND violins", ["violins"]),
        ("violins -music", ["violins"]),
        ("world model AND upvotes>=500", ["world model"]),
        ('author:"Ada Sample"', []),
        ('author:"Ada Sample" AND violins', ["violins"]),
        ("harpsichord", []),
        ("upvotes>=500", []),
        ("cat:cs.RO AND violins", []),
    ],
)
def test_broader_forms_would_have_brought_papers(stores: Stores, query: str, forms: list[str]) -> None:
    offered = wider(parse(query), recently(stores, PAPERS))
    assert [backtest.query.text for backtest in offered][:1] == forms
    assert all(backtest.papers for backtest in offered)


def test_a_phrase_without_its_informative_word_is_not_a_broader_form_of_it(stores: Stores) -> None:
    many = [a_paper(id=f"9902.{number:05}", title="Learning", abstract="") for number in range(9)]
    assert wider(parse("federated learning"), recently(stores, [*many, *PAPERS])) == []


def test_the_nearest_papers_come_with_what_they_lack(stores: Stores) -> None:
    [near] = near_misses(parse("speculative decoding trees"), recently(stores, PAPERS))
    assert near.paper.id == "9901.00001"
    assert near.lacks == "it doesn't mention “speculative decoding trees”, only “speculative” and “decoding”"


def test_a_paper_with_nothing_but_a_common_word_is_not_near(stores: Stores) -> None:
    many = [a_paper(id=f"9902.{number:05}", title="Learning", abstract="") for number in range(9)]
    assert near_misses(parse("federated learning"), recently(stores, many)) == []


def violins(number: int, *, upvotes: int = 0) -> list[Paper]:
    """So many papers; a third of them are about bows, and a tenth have votes."""
    return [
        a_paper(
            id=f"9902.{index:05}",
            title="Baroque Bows" if index % 3 == 0 else "Strings",
            abstract="Violins.",
            upvotes=upvotes if index % 10 == 0 else 0,
        )
        for index in range(number)
    ]


def test_narrower_forms_bring_less_by_words_and_by_votes(stores: Stores) -> None:
    papers = recently(stores, violins(160, upvotes=30))
    forms = narrower_for_volume(parse("violins"), papers.run(parse("violins")), papers)
    assert [(form.query.text, len(form.papers)) for form in forms] == [
        ("violins AND baroque bows", 54),
        ("violins AND upvotes>=5", 16),
    ]


def test_narrower_forms_look_in_titles_alone(stores: Stores) -> None:
    papers = recently(stores, [*violins(160), a_paper(title="Violins")])
    forms = narrower_for_volume(parse("violins, cellos"), papers.run(parse("violins, cellos")), papers)
    assert "title:violins, title:cellos" in [form.query.text for form in forms]


def test_votes_are_not_asked_for_twice(stores: Stores) -> None:
    papers = recently(stores, violins(160, upvotes=30))
    forms = narrower_for_volume(parse("violins AND upvotes>=0"), papers.run(parse("violins")), papers)
    assert all(form.query.text.count("upvotes") == 1 for form in forms)


def test_a_query_for_every_paper_is_not_split_by_words(stores: Stores) -> None:
    papers = recently(stores, violins(160, upvotes=30))
    forms = narrower_for_volume(parse("*"), papers.run(parse("*")), papers)
    assert [form.query.text for form in forms] == ["* AND upvotes>=5"]
