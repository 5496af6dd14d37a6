"""What is near in meaning: below the results of /papers search, and by /papers like."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.commands.desk import Desk
from bot.domain.messages import Card
from bot.ports.stores import Stores
from bot.query import parse
from tests.bot.commands.front_desk import desk_of, say
from tests.builders import a_paper
from tests.invented import invented, is_about, keep


@pytest.fixture
def desk(stores: Stores) -> Desk:
    """A desk over the invented papers."""
    keep(stores, invented())
    desk = desk_of(stores)
    desk.meaning.keep_up()
    return desk


def is_about_tea(card: Card) -> bool:
    return is_about("tea", f"{card.title} {card.abstract}")


def test_what_matches_comes_first_and_what_is_near_under_its_own_heading(desk: Desk) -> None:
    reply = say(desk, "/papers search samovars AND title:teapots")
    assert reply.cards
    assert len(reply.near) == 5
    assert all(map(is_about_tea, reply.near))
    assert {card.paper_id for card in reply.cards}.isdisjoint(card.paper_id for card in reply.near)


def test_a_page_without_room_shows_what_matches_alone(desk: Desk) -> None:
    first = say(desk, "/papers search samovars")
    assert (len(first.cards), first.near) == (10, ())


def test_where_nothing_matches_what_is_near_is_shown_instead(desk: Desk) -> None:
    reply = say(desk, "/papers search teapots samovars oolong matcha")
    assert reply.text.startswith("No papers match")
    assert (reply.cards, reply.entries) == ((), ())
    assert len(reply.near) == 5
    assert all(map(is_about_tea, reply.near))


def test_what_a_query_demands_beside_its_words_is_demanded_of_what_is_near(desk: Desk) -> None:
    reply = say(desk, "/papers search teapots oolong matcha -samovars")
    assert reply.near
    assert not any("samovar" in f"{card.title} {card.abstract}".lower() for card in reply.near)
    assert say(desk, "/papers search teapots upvotes>=5").near == ()


def test_words_that_no_paper_has_are_near_to_nothing(desk: Desk) -> None:
    assert say(desk, "/papers search zeppelins").near == ()


def test_before_meaning_is_ready_a_search_finds_what_matches(stores: Stores) -> None:
    keep(stores, invented(20))
    reply = say(desk_of(stores), "/papers search teapots")
    assert reply.cards
    assert reply.near == ()


def test_like_shows_the_nearest_papers_without_the_paper_itself(desk: Desk) -> None:
    reply = say(desk, "/papers like 9901.00000")
    assert reply.text.startswith("The 5 papers nearest in meaning to ")
    assert len(reply.cards) == 5
    assert all(map(is_about_tea, reply.cards))
    assert "9901.00000" not in [card.paper_id for card in reply.cards]


def test_like_offers_subscriptions_with_what_they_would_have_brought(desk: Desk) -> None:
    reply = say(desk, "/papers like 9901.00000")
    assert reply.entries
    for entry in reply.entries:
        query = entry.buttons[0].text.removeprefix("try ")
        brought = len(desk.recent().run(parse(query)).papers)
        assert entry.text.startswith(f"{query}: {brought} papers in 30 days, ")
        assert [button.label for button in entry.buttons] == [f"Try {query}", f"Subscribe to {query}"]
        assert all(say(desk, f"/{button.command} {button.text}").ok for button in entry.buttons)


def test_like_takes_a_paper_that_is_not_stored(desk: Desk) -> None:
    fetched = a_paper(id="2608.01234", title="Samovars", abstract="Matcha and oolong.")
    reply = say(replace(desk, fetch=lambda _: fetched), "/papers like https://arxiv.org/abs/2608.01234")
    assert all(map(is_about_tea, reply.cards))


def test_a_paper_like_no_other_is_told(desk: Desk) -> None:
    fetched = a_paper(id="2608.01234", title="Zeppelins", abstract="")
    reply = say(replace(desk, fetch=lambda _: fetched), "/papers like 2608.01234")
    assert reply.text.splitlines() == ["Zeppelins", "No paper that I know is like this one."]


def test_before_meaning_is_ready_like_says_what_it_waits_for(stores: Stores) -> None:
    keep(stores, invented(20))
    reply = say(desk_of(stores), "/papers like 9901.00000")
    assert reply.text == (
        "I know too few papers to say which are alike. It takes 150 from the last two months, and I have 20."
    )
