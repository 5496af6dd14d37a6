"""Narrower and wider forms of a query, and what comes near."""

from __future__ import annotations

import pytest

from bot.advice.backtest import Recent, recent
from bot.advice.narrower import narrower_for_volume
from bot.advice.near_misses import near_misses
from bot.advice.wider import wider
from bot.domain import Paper
from bot.matching.glossary import Glossary
from bot.ports.stores import Stores
from bot.query import parse
from tests.builders import NOW, TODAY, a_paper, list_of

PAPERS = [
    a_paper(id="9901.00001", title="World Models for Robots", abstract="Speculative decoding of plans."),
    a_paper(id="9901.00002", title="A Model of the World", abstract="", authors=("Ada Example",), upvotes=7),
    a_paper(id="9901.00003", title="Quantized Violins", abstract="With a clip of each.", keywords=("music",)),
]


def recently(stores: Stores, papers: list[Paper]) -> Recent:
    """These papers as the recent ones."""
    stores.papers.save("sample", list_of(*papers, day=TODAY), at=NOW)
    return recent(stores.papers, Glossary(stores.papers), now=NOW)


@pytest.mark.parametrize(
    ("query", "forms"),
    [
        ('"quantised violin"', ["violin"]),
        ('"quantized violin"', ["quantized violin"]),
        ("models of robots", ["models AND robots"]),
        ("quantization", ["quantiz*"]),
        ("keyword:violins", ["violins"]),
        ("CLIP", ["clip"]),
        ("speculative decoding trees", ["speculative decoding"]),
        ("harpsichord AND violins", ["violins"]),
        ("violins -music", ["violins"]),
        ("world model AND upvotes>=500", ["world model"]),
        ('author:"Ada Sample"', ["author:Sample"]),
        ("harpsichord", []),
        ("upvotes>=500", []),
    ],
)
def test_wider_forms_would_have_brought_something(stores: Stores, query: str, forms: list[str]) -> None:
    found = wider(parse(query), recently(stores, PAPERS))
    assert [each.query.text for each in found][:1] == forms
    assert all(each.papers for each in found)


def test_a_phrase_without_its_telling_word_is_not_a_wider_form_of_it(stores: Stores) -> None:
    many = [a_paper(id=f"9902.{number:05}", title="Learning", abstract="") for number in range(9)]
    assert wider(parse("federated learning"), recently(stores, [*many, *PAPERS])) == []


def test_the_nearest_papers_are_named_with_what_they_lack(stores: Stores) -> None:
    [near] = near_misses(parse("speculative decoding trees"), recently(stores, PAPERS))
    assert near.paper.id == "9901.00001"
    assert near.lacks == "“speculative decoding trees” is not in it, only “Speculative” and “decoding”".replace(
        "S", "s"
    )


def test_a_paper_that_has_only_a_common_word_is_not_near(stores: Stores) -> None:
    many = [a_paper(id=f"9902.{number:05}", title="Learning", abstract="") for number in range(9)]
    assert near_misses(parse("federated learning"), recently(stores, many)) == []


def violins(number: int, **given: int) -> list[Paper]:
    """So many papers, a third of them about bows, and a tenth with votes."""
    return [
        a_paper(
            id=f"9902.{each:05}",
            title="Baroque Bows" if each % 3 == 0 else "Strings",
            abstract="Violins.",
            upvotes=given.get("upvotes", 0) if each % 10 == 0 else 0,
        )
        for each in range(number)
    ]


def test_narrower_forms_bring_less_by_words_and_by_votes(stores: Stores) -> None:
    papers = recently(stores, violins(160, upvotes=30))
    found = narrower_for_volume(parse("violins"), papers.run(parse("violins")).papers, papers)
    assert [(each.query.text, len(each.papers)) for each in found] == [
        ("violins AND baroque bows", 54),
        ("violins AND upvotes>=5", 16),
    ]


def test_narrower_forms_look_in_titles_alone(stores: Stores) -> None:
    papers = recently(stores, [*violins(160), a_paper(title="Violins")])
    found = narrower_for_volume(parse("violins, cellos"), papers.run(parse("violins, cellos")).papers, papers)
    assert "title:violins, title:cellos" in [each.query.text for each in found]


def test_votes_are_not_asked_for_twice(stores: Stores) -> None:
    papers = recently(stores, violins(160, upvotes=30))
    found = narrower_for_volume(parse("violins AND upvotes>=0"), papers.run(parse("violins")).papers, papers)
    assert all(each.query.text.count("upvotes") == 1 for each in found)


def test_what_brings_every_paper_is_not_split_by_words(stores: Stores) -> None:
    papers = recently(stores, violins(160, upvotes=30))
    assert [each.query.text for each in narrower_for_volume(parse("*"), papers.run(parse("*")).papers, papers)] == [
        "* AND upvotes>=5"
    ]
