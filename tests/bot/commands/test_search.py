"""/papers search and /papers today."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain import Paper
from bot.domain.messages import Reply
from bot.domain.polls import Poll
from bot.matching.paper_index import index_papers
from bot.ports.stores import Stores
from bot.status import Status
from tests.bot.commands.front_desk import desk_of, say
from tests.builders import NOW, TODAY, a_paper, list_of

INTERVAL = timedelta(minutes=10)


def keep(stores: Stores, *papers: Paper) -> None:
    """Store papers."""
    for paper in papers:
        stores.papers.save("sample", list_of(paper), at=NOW)


def teapots(count: int) -> list[Paper]:
    """So many papers about teapots, the first with the most votes."""
    return [a_paper(id=f"9901.{number:05}", title="Teapots", upvotes=99 - number) for number in range(count)]


def labels(reply: Reply) -> list[str]:
    """The labels of the reply's buttons."""
    return [button.label for button in reply.buttons]


def press(stores: Stores, reply: Reply, label: str) -> Reply:
    """Press the button."""
    [button] = [button for button in reply.buttons if button.label == label]
    return say(desk_of(stores), f"/{button.command} {button.text}")


def test_search_speaks_the_language_of_subscriptions_and_quotes_what_matched(stores: Stores) -> None:
    keep(stores, a_paper(title="Fine-Tuning Teapots"), a_paper(id="9901.00002", title="Tuning Fine Teapots"))
    reply = say(desk_of(stores), "/papers SEARCH finetuning")
    [card] = reply.cards
    assert card.title == "Fine-Tuning Teapots"
    assert "“Fine-Tuning”" in "".join(piece.text for piece in card.reasons[0])
    assert reply.text == "1 paper for finetuning:"


def test_a_full_form_finds_papers_with_its_acronym(stores: Stores) -> None:
    keep(stores, a_paper(title="RL for Teapots"), a_paper(id="9901.00002", title="Kettles"))
    assert [card.title for card in say(desk_of(stores), "/papers search reinforcement learning").cards] == [
        "RL for Teapots"
    ]


def test_a_wrong_search_is_shown_with_a_caret_and_a_repair(stores: Stores) -> None:
    reply = say(desk_of(stores), "/papers search (robots")
    assert not reply.ok
    assert reply.code.splitlines() == ["(robots", "^"]


def test_many_papers_come_in_pages_that_buttons_turn(stores: Stores) -> None:
    keep(stores, *teapots(23))
    first = say(desk_of(stores), "/papers search teapots")
    assert first.text == "23 papers for teapots (1–10), best matches first:"
    assert labels(first) == ["Next", "Subscribe to this"]
    second = press(stores, first, "Next")
    assert second.text == "23 papers for teapots (11–20), best matches first:"
    assert labels(second) == ["Previous", "Next", "Subscribe to this"]
    third = press(stores, second, "Next")
    assert (len(third.cards), labels(third)) == (3, ["Previous", "Subscribe to this"])
    assert press(stores, second, "Previous").cards == first.cards
    shown = [card.upvotes for reply in (first, second, third) for card in reply.cards]
    assert shown == sorted(shown, reverse=True)


def test_a_page_after_the_last_shows_the_last(stores: Stores) -> None:
    keep(stores, *teapots(12))
    assert " (11–12)," in say(desk_of(stores), "/papers search page:99 teapots").text


def test_a_query_about_pages_is_not_taken_for_a_page(stores: Stores) -> None:
    keep(stores, a_paper(title="Page 2 of the Teapots"))
    assert len(say(desk_of(stores), "/papers search page 2").cards) == 1


def test_the_button_below_subscribes_to_what_was_searched(stores: Stores) -> None:
    keep(stores, a_paper(title="Teapots"))
    press(stores, say(desk_of(stores), "/papers search teapots -kettles"), "Subscribe to this")
    assert [subscription.query for subscription in stores.subscriptions.all()] == ["teapots -kettles"]


def test_without_words_the_most_votes_come_first(stores: Stores) -> None:
    keep(stores, *teapots(3))
    reply = say(desk_of(stores), "/papers search upvotes>=98")
    assert reply.text == "2 papers for upvotes>=98, most votes first:"


def test_cards_of_a_search_do_not_offer_fewer_such_papers(stores: Stores) -> None:
    keep(stores, a_paper())
    [card] = say(desk_of(stores), "/papers search robots").cards
    assert "Less like this" not in [target.label for target in card.menu]


def test_a_search_without_results_shows_near_misses_and_offers_a_wider_query(stores: Stores) -> None:
    keep(stores, a_paper(title="A Model of the World", abstract=""))
    reply = say(desk_of(stores), "/papers search world model")
    assert reply.ok
    assert reply.text.startswith("No papers match “world model”. 1 paper matches “world AND model”.")
    assert reply.entries[0].text.startswith("A Model of the World: it doesn't mention “world model”")
    assert labels(reply) == ["Search wider", "Try wider", "Subscribe to this"]
    assert len(press(stores, reply, "Search wider").cards) == 1
    assert "1 paper" in press(stores, reply, "Try wider").text


def test_a_search_without_near_misses_says_how_to_find_more(stores: Stores) -> None:
    reply = say(desk_of(stores), "/papers search violins")
    assert reply.text == "No papers match “violins”."
    assert reply.advice.startswith("Broader words find more")
    assert labels(reply) == ["Try it anyway", "Subscribe to this"]


def test_a_very_large_result_is_estimated_and_indexing_it_takes_a_while(stores: Stores) -> None:
    stores.papers.save("sample", list_of(*teapots(600)), at=NOW)
    assert "I'm still indexing older papers" in say(desk_of(stores), "/papers search violins").text
    while not index_papers(stores.paper_index):
        pass
    reply = say(desk_of(stores), "/papers search teapots -kettles")
    assert reply.text.startswith("About 600 papers for teapots -kettles (1–10), best matches first. I can")


def test_a_day_comes_in_pages_with_the_most_votes_first(stores: Stores) -> None:
    keep(stores, *teapots(12))
    first = say(desk_of(stores), "/papers today")
    assert first.text == "12 papers on the list of 10 March 2026 (1–10), most votes first:"
    assert press(stores, first, "Next").text == "12 papers on the list of 10 March 2026 (11–12), most votes first:"


@pytest.mark.parametrize(
    "argument", ["yesterday", "2026-03-09", "monday", "last monday", "9 March", "Mar 9", "9.3.", "1 day ago", "the 9th"]
)
def test_another_day_can_be_named(stores: Stores, argument: str) -> None:
    keep(stores, a_paper(title="Kettles", list_day=TODAY - timedelta(days=1)))
    reply = say(desk_of(stores), f"/papers today {argument}")
    assert reply.text == "1 paper on the list of 9 March 2026:"
    assert [card.title for card in reply.cards] == ["Kettles"]


@pytest.mark.parametrize("argument", ["tomorrow", "11 March", "next wednesday"])
def test_a_day_to_come_has_no_list_yet(stores: Stores, argument: str) -> None:
    reply = say(desk_of(stores), f"/papers today {argument}")
    assert (reply.ok, reply.text) == (True, "The list of 11 March 2026 isn't out yet.")


@pytest.mark.parametrize("argument", ["2026-13-01", "teapots", "Tue 9 March"])
def test_a_mistake_in_a_day_is_refused_with_a_repair(stores: Stores, argument: str) -> None:
    reply = say(desk_of(stores), f"/papers today {argument}")
    assert not reply.ok
    assert reply.text == f"I can't read “{argument}” as a date."
    assert reply.advice == "Write it as tuesday, 24 Nov or 2026-11-24, or leave it out for today's list."


def test_a_day_that_may_be_two_is_asked_about(stores: Stores) -> None:
    reply = say(desk_of(stores), "/papers today 3/4")
    assert (reply.ok, reply.text) == (False, "“3/4” can mean 3 April 2025 or 4 March 2026.")
    assert [(button.label, button.text) for button in reply.buttons] == [
        ("3 April 2025", "today 2025-04-03"),
        ("4 March 2026", "today 2026-03-04"),
    ]


def test_a_day_before_the_first_list_says_when_the_records_start(stores: Stores) -> None:
    for ago in (2, 40):
        keep(stores, a_paper(id=f"9901.{ago:05}", list_day=TODAY - timedelta(days=ago)))
    for argument in ("2025-10-01", "2024-02-29", "1901-01-01"):
        reply = say(desk_of(stores), f"/papers today {argument}")
        assert reply.text.endswith(" My records start around 29 January 2026.")
    assert say(desk_of(stores), "/papers today 2025-10-01").text.startswith("I have no papers for 1 October 2025.")


def test_a_day_without_papers_among_others_offers_the_one_before(stores: Stores) -> None:
    keep(stores, a_paper(list_day=TODAY - timedelta(days=5)))
    reply = say(desk_of(stores), "/papers today 2026-03-06")
    assert reply.text == (
        "I have no papers for 6 March 2026. The latest list before it is from Thursday, 5 March 2026, with 1 paper."
    )


def test_a_day_in_an_empty_store_has_no_papers(stores: Stores) -> None:
    assert say(desk_of(stores), "/papers today 2026-03-06").text == "I have no papers for 6 March 2026."


def test_a_day_that_is_still_to_come_says_so(stores: Stores) -> None:
    assert say(desk_of(stores), "/papers today 2026-03-11").text == "The list of 11 March 2026 isn't out yet."


def test_an_empty_weekend_says_so_and_offers_the_latest_papers(stores: Stores) -> None:
    keep(stores, a_paper(title="Kettles", list_day=TODAY - timedelta(days=4)))
    reply = say(desk_of(stores), "/papers today 2026-03-08")
    assert reply.text == (
        "There are no papers for 8 March 2026: it's a Sunday, and there are no lists at weekends."
        " The latest list before it is from Friday, 6 March 2026, with 1 paper."
    )
    assert [card.title for card in press(stores, reply, "Show Friday's papers").cards] == ["Kettles"]


def test_an_empty_working_day_is_distinguished_from_a_list_that_could_not_be_read(stores: Stores) -> None:
    assert "The first ones come soon" in say(desk_of(stores), "/papers today").text
    status = Status(NOW, INTERVAL)
    status.polled(Poll(NOW, failures=("huggingface, list of 2026-03-10: no connection",)))
    assert "I couldn't read the list: huggingface" in say(desk_of(stores, status=status), "/papers today").text
