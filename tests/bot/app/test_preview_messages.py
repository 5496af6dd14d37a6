from __future__ import annotations

import pytest

from bot.app.preview_messages import IN_DIGEST, Filled, Showcase, showcase
from bot.commands.desk import Desk
from bot.commands.table import ACTIONS
from bot.domain.messages import Card, Digest, Reply
from bot.errors import QueryError
from bot.matching.glossary import Glossary
from bot.ports.stores import Stores
from tests.builders import NOW, a_paper, list_of

REPLIES = ["The form", "The reply", "The announcement", "The list"]


def shown(stores: Stores, query: str, *, days: int = 30, limit: int = 5) -> Showcase:
    """What the query would look like at noon."""
    desk = Desk(ACTIONS, stores, Glossary(stores.papers), who="admins", max_subscriptions=1, now=lambda: NOW)
    return showcase(desk, query, days=days, limit=limit)


def store(stores: Stores, count: int) -> None:
    """Store that many papers about robots."""
    papers = [a_paper(id=f"9901.{number:05}", title=f"Robot {number}") for number in range(1, count + 1)]
    stores.papers.save("newsstand", list_of(*papers), at=NOW)


def test_a_query_has_cards_a_digest_a_form_replies_and_a_list(stores: Stores) -> None:
    store(stores, 3)
    preview = shown(stores, "robots")
    assert [exhibit.headline for exhibit in preview.exhibits] == ["Cards", "A digest", *REPLIES]
    assert [[type(shown) for shown in exhibit.shown] for exhibit in preview.exhibits] == [
        [Card] * 3,
        [Digest],
        [Filled],
        *[[Reply]] * 3,
    ]
    assert [exhibit.alone for exhibit in preview.exhibits] == [False, False, False, True, False, True]


def test_the_form_holds_the_query_and_what_it_would_bring(stores: Stores) -> None:
    store(stores, 1)
    [form] = shown(stores, "robots").exhibits[2].shown
    assert isinstance(form, Filled)
    assert form.explanation
    assert form.draft.query == "robots"
    assert "1 paper" in form.explanation.text


def test_the_list_names_the_query_and_what_it_has_brought(stores: Stores) -> None:
    store(stores, 1)
    [reply] = shown(stores, "robots").exhibits[-1].shown
    assert isinstance(reply, Reply)
    [entry] = reply.entries
    assert "robots" in entry.text
    assert "1 match" in f"{entry.text} {entry.detail}"


def test_cards_say_why_they_are_there(stores: Stores) -> None:
    store(stores, 1)
    [card] = shown(stores, "robots").exhibits[0].shown
    assert isinstance(card, Card)
    assert card.matches[0].evidence[0].words == "Robot"


def test_no_more_cards_are_shown_than_asked_for(stores: Stores) -> None:
    store(stores, IN_DIGEST + 5)
    cards, digest, *_ = shown(stores, "robots", limit=2).exhibits
    assert len(cards.shown) == 2
    assert isinstance(digest.shown[0], Digest)
    assert len(digest.shown[0].cards) == IN_DIGEST


def test_more_cards_than_a_digest_holds_may_be_asked_for(stores: Stores) -> None:
    store(stores, IN_DIGEST + 5)
    assert len(shown(stores, "robots", limit=IN_DIGEST + 3).exhibits[0].shown) == IN_DIGEST + 3


def test_the_result_is_put_into_words(stores: Stores) -> None:
    store(stores, 1)
    assert shown(stores, "robots").found == "Papers that mention “robots”: 1 paper in 30 days."


def test_without_a_match_there_are_only_the_replies(stores: Stores) -> None:
    store(stores, 1)
    preview = shown(stores, "violins")
    assert [exhibit.headline for exhibit in preview.exhibits] == REPLIES
    assert preview.found == "Papers that mention “violins”: no papers in 30 days."


def test_a_wrong_query_is_an_error_with_its_place(stores: Stores) -> None:
    with pytest.raises(QueryError):
        shown(stores, "robots AND")
