"""What comes to a channel whose subscriptions are about the Daily Papers, arXiv, or both."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import Paper
from bot.domain.messages import Card
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.ports.stores import Stores
from tests.bot.delivery.office import Office
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, subscribe

YESTERDAY = TODAY - timedelta(days=1)


class TwoSources(Office):
    """An office that takes papers from Hugging Face and arXiv."""

    def list_at(self, source: str, *papers: Paper) -> None:
        """List papers, match them, and deliver."""
        self.stores.papers.save(source, list_of(*papers), at=self.clock())
        self.match()

    def match(self) -> None:
        """Match what is pending, and deliver."""
        matcher = Matcher(self.stores, Glossary(self.stores.papers), now=self.clock)
        matcher.match_subscriptions()
        matcher.match_papers()
        self.deliver()


@pytest.fixture
def office(stores: Stores) -> TwoSources:
    return TwoSources(stores)


def at_arxiv(number: int = 1, **given: object) -> Paper:
    """A paper as arXiv has it."""
    return a_paper(id=f"9901.{number:05}", categories=("cs.RO", "cs.LG"), **given)


def test_a_subscription_that_names_no_source_gets_the_daily_papers_alone(office: TwoSources) -> None:
    subscribe(office.stores, HERE, "robots")
    office.list_at("arxiv", at_arxiv(1, title="Robots of arXiv"))
    office.list_at("huggingface", a_paper(id="9901.00002", title="Robots of the Day"))
    assert office.shown == ["Robots of the Day"]


@pytest.mark.parametrize("query", ["cat:cs.RO", "cat:cs.LG AND robots", "cat:cs.*", "source:arxiv robots"])
def test_a_subscription_that_names_arxiv_gets_its_papers(office: TwoSources, query: str) -> None:
    subscribe(office.stores, HERE, query)
    office.list_at("huggingface", a_paper(id="9901.00002", title="Robots of the Day"))
    office.list_at("arxiv", at_arxiv(1, title="Robots of arXiv"))
    assert office.shown == ["Robots of arXiv"]


def test_each_alternative_is_about_its_own_source(office: TwoSources) -> None:
    subscribe(office.stores, HERE, "cat:cs.RO, violins")
    office.list_at("arxiv", at_arxiv(1, title="Robots"), a_paper(id="9901.00002", title="Violins at arXiv"))
    office.list_at("huggingface", a_paper(id="9901.00003", title="Violins of the Day"))
    assert office.shown == ["Robots", "Violins of the Day"]


def test_a_paper_on_both_lists_comes_once_on_the_first_of_them(office: TwoSources) -> None:
    subscribe(office.stores, HERE, "robots")
    subscribe(office.stores, HERE, "cat:cs.RO")
    office.list_at("arxiv", at_arxiv(1))
    office.clock.pass_(timedelta(days=1))
    office.list_at("huggingface", a_paper(id="9901.00001", list_day=TODAY + timedelta(days=1), upvotes=9))
    assert office.shown == ["Walking Robots Learn to Dance"]


def test_a_paper_that_was_on_arxiv_before_comes_when_the_daily_list_has_it(office: TwoSources) -> None:
    office.list_at("arxiv", at_arxiv(1, list_day=YESTERDAY))
    subscribe(office.stores, HERE, "robots")
    office.match()
    assert office.shown == []
    office.list_at("huggingface", a_paper(id="9901.00001"))
    [(_, _, card)] = office.board.posted
    assert isinstance(card, Card)
    assert (card.listed, card.day, card.reached) == (TODAY, "", None)


def test_a_new_subscription_gets_what_its_list_has_today(office: TwoSources) -> None:
    office.list_at("arxiv", at_arxiv(1, title="Robots of arXiv"), at_arxiv(2, title="Older", list_day=YESTERDAY))
    office.list_at("huggingface", a_paper(id="9901.00003", title="Robots of the Day"))
    subscribe(office.stores, HERE, "cat:cs.RO")
    office.match()
    assert office.shown == ["Robots of arXiv"]


def test_a_card_says_which_list_a_paper_is_on_and_what_its_authors_say(office: TwoSources) -> None:
    subscribe(office.stores, HERE, "cat:cs.RO")
    office.list_at("arxiv", at_arxiv(1, comment="Accepted at ExampleConf 2026"))
    [(_, _, card)] = office.board.posted
    assert isinstance(card, Card)
    assert card.figures == "arXiv cs.RO, cs.LG · “Accepted at ExampleConf 2026”"


def test_a_paper_whose_authors_have_withdrawn_it_is_not_posted(office: TwoSources) -> None:
    subscribe(office.stores, HERE, "cat:cs.RO")
    office.list_at("arxiv", at_arxiv(1, is_withdrawn=True))
    assert office.shown == []
    assert office.stores.papers.pending(limit=9) == []


def test_a_paper_that_is_withdrawn_while_it_waits_is_not_posted(office: TwoSources) -> None:
    subscribe(office.stores, HERE, "cat:cs.RO")
    office.set_schedule("daily 18:00 UTC")
    office.list_at("arxiv", at_arxiv(1))
    office.stores.papers.save("arxiv", list_of(at_arxiv(1, is_withdrawn=True)), at=NOW)
    office.clock.pass_(timedelta(hours=7))
    office.deliver()
    assert office.shown == []


def test_a_paper_is_matched_by_what_its_authors_say_of_it(office: TwoSources) -> None:
    subscribe(office.stores, HERE, "cat:cs.RO AND comment:ExampleConf")
    office.list_at("arxiv", at_arxiv(1, comment="Accepted at ExampleConf"), at_arxiv(2, title="ExampleConf Robots"))
    assert office.shown == ["Walking Robots Learn to Dance"]


def test_a_replacement_is_no_news(office: TwoSources) -> None:
    subscribe(office.stores, HERE, "cat:cs.RO")
    office.list_at("arxiv", at_arxiv(1))
    office.clock.pass_(timedelta(days=2))
    office.list_at("arxiv", replace(at_arxiv(1), title="Walking Robots Learn to Dance Better"))
    assert office.shown == ["Walking Robots Learn to Dance"]
