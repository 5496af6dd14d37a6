"""Commands about papers of two sources."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.commands.desk import Desk
from bot.ports.stores import Stores
from tests.bot.commands.front_desk import say
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, subscribe

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def lists(stores: Stores) -> None:
    """One paper on arXiv's list yesterday, two today, one of which is on the daily list too."""
    both = a_paper(title="Robots on Both", categories=("cs.RO",))
    only = a_paper(id="9901.00002", title="Robots on arXiv", categories=("cs.RO",))
    stores.papers.save("arxiv", list_of(a_paper(id="9901.00003", title="Old Robots", list_day=YESTERDAY)), at=NOW)
    stores.papers.save("arxiv", list_of(both, only), at=NOW)
    stores.papers.save("huggingface", list_of(both), at=NOW)


def titles(desk: Desk, words: str) -> list[str]:
    return [card.title for card in say(desk, words).cards]


def test_today_has_the_daily_papers_and_offers_the_list_of_arxiv(desk: Desk) -> None:
    reply = say(desk, "/papers today")
    assert [card.title for card in reply.cards] == ["Robots on Both"]
    assert [(button.label, button.text) for button in reply.buttons] == [
        ("Show arXiv's list (2)", "today arxiv 2026-03-10")
    ]


def test_the_list_of_arxiv_is_shown_where_it_is_named(desk: Desk) -> None:
    reply = say(desk, "/papers today arxiv")
    assert reply.text == "2 papers on arXiv's list of 10 March 2026:"
    assert [card.title for card in reply.cards] == ["Robots on Both", "Robots on arXiv"]
    assert titles(desk, "/papers today arxiv yesterday") == ["Old Robots"]


def test_a_day_without_daily_papers_still_offers_the_list_of_arxiv(desk: Desk) -> None:
    reply = say(desk, "/papers today yesterday")
    assert reply.cards == ()
    assert [button.text for button in reply.buttons] == ["today arxiv 2026-03-09"]


def test_search_looks_where_the_query_says(desk: Desk) -> None:
    assert titles(desk, "/papers search robots") == ["Robots on Both"]
    assert sorted(titles(desk, "/papers search source:arxiv robots")) == [
        "Old Robots",
        "Robots on Both",
        "Robots on arXiv",
    ]
    assert sorted(titles(desk, "/papers search cat:cs.RO")) == ["Robots on Both", "Robots on arXiv"]


def test_why_says_that_a_list_has_to_be_asked_for(desk: Desk, stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    subscribe(stores, HERE, "cat:cs.LG")
    [daily, category] = say(desk, "/papers why 9901.00002").entries
    assert daily.detail == "It is only on arXiv's list, which a query has to ask for: source:arxiv."
    assert category.detail == "It is in cs.RO, not in cs.LG."


def test_who_subscribes_to_a_list_that_is_not_read_is_told(desk: Desk) -> None:
    assert "I don't read arXiv's list yet" in say(desk, "/subscribe cat:cs.RO").text
    assert "I don't read arXiv's list yet" in say(desk, "/papers try cat:cs.RO").text
