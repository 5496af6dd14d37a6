"""The word that was probably meant by one that no paper has."""

from __future__ import annotations

import pytest

from bot.advice.backtest import Recent
from bot.advice.spelling import respelled
from bot.ports.stores import Stores
from bot.query import parse
from tests.bot.advice.recent_papers import papers_of, recently
from tests.builders import a_paper


def meant(recent: Recent, query: str) -> str | None:
    """The query that was probably meant; None if nothing is offered."""
    respelling = respelled(parse(query), recent)
    return respelling.brings.query.text if respelling else None


def test_of_two_words_that_are_as_near_the_one_of_more_papers_is_meant(stores: Stores) -> None:
    recent = recently(stores, papers_of((1, "Kettles", ""), (3, "Nettles", "")))
    assert meant(recent, "hettle") == "nettle"


@pytest.mark.parametrize(("query", "form"), [("kettel", "kettle"), ("kitle", None), ("reinforcmant", "reinforcement")])
def test_long_words_may_have_two_slips_and_others_one(stores: Stores, query: str, form: str | None) -> None:
    assert meant(recently(stores, papers_of((1, "Reinforcement for Kettles", ""))), query) == form


@pytest.mark.parametrize("query", ["kettle", "kettles", "KETTEL", "ket", "kettl*", "tea -kettel", "upvotes>=3", "*"])
def test_nothing_is_meant_by_words_that_papers_have_or_by_what_is_no_plain_word(stores: Stores, query: str) -> None:
    assert meant(recently(stores, papers_of((1, "Tea Kettles", ""))), query) is None


def test_every_word_is_looked_at_and_what_is_around_them_stays(stores: Stores) -> None:
    recent = recently(stores, papers_of((1, "Copper Kettles on Stoves", "")))
    assert meant(recent, "(coper kettel, violins) -dance") == "(copper kettle, violins) AND -dance"


@pytest.mark.parametrize(
    ("query", "form"),
    [("kettel*", "kettle*"), ("tranform*", "transform*"), ("ketle*", "kettle*"), ("violin*", None), ("transfo*", None)],
)
def test_the_beginning_of_words_may_be_misspelt_too(stores: Stores, query: str, form: str | None) -> None:
    assert meant(recently(stores, papers_of((2, "Transformers as Kettles", "Transforming one"))), query) == form


def test_names_are_spelled_as_papers_spell_them(stores: Stores) -> None:
    recent = recently(stores, [a_paper(authors=("Yann LeCun",), organization="Acme Labs")])
    assert meant(recent, "author:LeCunn") == "author:LeCun"
    assert meant(recent, "org:Acmee") == "org:Acme"


def test_without_papers_nothing_is_meant(stores: Stores) -> None:
    assert meant(recently(stores, []), "kettel") is None
