"""Terms are offered with the evidence by which people decide: how many papers, how many close, and their titles."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.advice.advise import advise
from bot.advice.backtest import Recent, recent
from bot.advice.term_offers import MOST, TermOffer, as_subject, offers_for
from bot.domain import Paper
from bot.matching.glossary import Glossary
from bot.matching.meaning.judging import Judge
from bot.matching.meaning.learning import Meaning
from bot.matching.subject_table import Subject, SubjectTable
from bot.ports.stores import Stores
from bot.query import parse
from tests.builders import NOW, TODAY, a_paper, list_of
from tests.invented import SUBJECTS, invented, keep

TEA = tuple(SUBJECTS["tea"])
TABLE = SubjectTable([Subject("brewing", (), (*TEA, "violins"))])
BREWING = a_paper(id="9901.90001", title="Brewing", abstract="Brewing in kettles.", keywords=(), list_day=TODAY)


def paper(number: int, abstract: str) -> Paper:
    """A paper of today."""
    return a_paper(id=f"9901.8{number:04}", title=f"Zzz {number}", abstract=abstract, keywords=(), list_day=TODAY)


ON_TEA = [
    paper(number, f"We fill {word} with oolong and sencha. Samovars and infusers.") for number, word in enumerate(TEA)
]
ON_MUSIC = [paper(90 + number, "Violins and oboes and bassoons in quartets and sonatas.") for number in range(3)]


@pytest.fixture
def papers(stores: Stores) -> Recent:
    """The papers of the last 30 days."""
    keep(stores, [*invented(), BREWING, *ON_TEA, *ON_MUSIC])
    return recent(stores, glossary_of(stores), now=NOW)


def glossary_of(stores: Stores) -> Glossary:
    """A glossary that knows the table of subjects, and what is close."""
    return Glossary(stores.papers, TABLE, Judge(Meaning(stores, lambda: NOW), stores.nearness))


def offered(papers: Recent, text: str = "brewing", others: Sequence[str] = ()) -> tuple[TermOffer, ...]:
    """The offers for a query."""
    query = parse(text)
    return offers_for(query, papers.run(query).found, papers, [parse(other) for other in others]).terms


def test_the_names_of_a_subject_are_offered_best_first_and_six_at_most(papers: Recent) -> None:
    terms = [offer.term for offer in offered(papers)]
    assert terms
    assert len(terms) <= MOST
    assert set(terms) <= set(TEA)


def test_a_name_whose_papers_are_all_far_is_not_offered(papers: Recent) -> None:
    assert "violins" not in [offer.term for offer in offered(papers)]


def test_a_name_that_brings_more_than_people_read_is_not_offered(stores: Stores, papers: Recent) -> None:
    common = offered(papers)[0].term
    many = [paper(1_000 + number, f"We fill {common}.") for number in range(151)]
    stores.papers.save("sample", list_of(*many), at=NOW)
    assert common not in [offer.term for offer in offered(recent(stores, glossary_of(stores), now=NOW))]


def test_an_offer_adds_only_what_the_channel_does_not_get_yet(papers: Recent) -> None:
    for offer in offered(papers, others=["oolong"]):
        assert not {each.id for each in offer.adds} & {each.id for each in papers.run(parse("oolong")).papers}


def test_what_an_offer_says_it_adds_is_what_its_query_brings(papers: Recent) -> None:
    own = {each.id for each in papers.run(parse("brewing")).papers}
    for offer in offered(papers):
        assert {each.id for each in papers.run(offer.query).papers} - own == {each.id for each in offer.adds}


def test_most_papers_of_an_offer_are_close_or_its_query_says_that_they_must_be(papers: Recent) -> None:
    for offer in offered(papers):
        share = (offer.close or 0) / len(offer.adds)
        assert share == 1 if "~" in offer.query.text else share >= 0.5


def test_what_readers_like_is_offered_first(papers: Recent) -> None:
    query = parse("brewing")
    plain = offers_for(query, papers.run(query).found, papers, ()).terms
    last = plain[-1]
    turned = offers_for(
        query,
        papers.run(query).found,
        papers,
        (),
        lambda _papers: {each.id: 9.0 for each in last.adds},
    ).terms
    assert turned[0].term == last.term


@pytest.mark.parametrize("text", ["~brewing", '"brewing"', "brewing AND upvotes>=0", "author:brewing"])
def test_names_are_offered_for_plain_terms_alone(papers: Recent, text: str) -> None:
    assert not {offer.term for offer in offered(papers, text)} & set(TEA)


def test_all_names_at_once_come_first_with_titles_as_evidence(papers: Recent) -> None:
    advice = advise(parse("brewing"), papers, lambda form: ("papers", f"change 1 {form}"), others=())
    first, second, *_ = advice.entries
    assert first.text.startswith("~brewing: ")
    assert first.text.endswith(" more papers, close in meaning")
    assert first.buttons[0].text == "change 1 ~brewing"
    assert " · " in first.detail
    assert second.buttons[0].command == "subscribe"


@pytest.mark.parametrize(
    ("text", "form"),
    [("tea", "~tea"), ("tea, kettles", "~tea, ~kettles"), ("tea AND kettles", None), ('"tea"', None), ("tea*", None)],
)
def test_plain_terms_have_a_form_as_subjects(text: str, form: str | None) -> None:
    found = as_subject(parse(text))
    assert (found.text if found else None) == form
