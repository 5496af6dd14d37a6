"""What a channel's subscriptions bring, and what would serve it better."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.commands.desk import Desk
from bot.domain import ChannelPlan, NewSubscription
from bot.domain.messages import Reply
from bot.ports.stores import Stores
from tests.bot.commands.front_desk import say
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, query_ids, subscribe

LONG_AGO = NOW - timedelta(days=20)


def save(stores: Stores, *titles: str, enqueued: bool = False) -> None:
    """Store papers with these titles, and perhaps enqueue them for every subscription."""
    papers = [a_paper(id=f"9901.{number:05}", title=title, abstract="") for number, title in enumerate(titles)]
    stores.papers.save("sample", list_of(*papers, day=TODAY), at=NOW)
    if enqueued:
        queries = query_ids(stores)
        stores.outbox.enqueue({paper.id: queries for paper in papers}, at=NOW)


def lines(reply: Reply) -> list[str]:
    """The lines of the list in a reply."""
    return [entry.text for entry in reply.entries]


def test_a_subscription_that_brings_nothing_says_so_with_a_wider_form(desk: Desk, stores: Stores) -> None:
    subscribe(stores, HERE, "speculative decoding trees", at=LONG_AGO)
    save(stores, "Speculative Decoding")
    reply = say(desk, "/subscriptions")
    [line] = lines(reply)
    assert line.startswith("1. speculative decoding trees (by ada, 18 February 2026; nothing in 30 days: ")
    assert line.endswith(": speculative decoding would have brought 1 paper)")
    [button] = reply.buttons
    assert (button.label, button.command, button.text) == (
        "Try speculative decoding",
        "papers",
        "try speculative decoding",
    )


def test_a_subscription_whose_papers_another_one_brings_says_so(desk: Desk, stores: Stores) -> None:
    subscribe(stores, HERE, "*", at=LONG_AGO)
    save(stores, "Violins", enqueued=True)
    subscribe(stores, HERE, "violins", at=LONG_AGO)
    assert (
        "nothing in 30 days: another subscription already brings what it finds" in lines(say(desk, "/subscriptions"))[1]
    )


def test_a_new_subscription_may_bring_nothing_for_two_weeks(desk: Desk, stores: Stores) -> None:
    subscribe(stores, HERE, "harpsichords", at=NOW - timedelta(days=13))
    assert "no matches yet" in lines(say(desk, "/subscriptions"))[0]


def test_an_imported_subscription_may_bring_nothing_for_two_weeks_after_the_import(desk: Desk, stores: Stores) -> None:
    imported = NewSubscription(HERE, "harpsichords", "harpsichords", "ben", NOW - timedelta(days=300))
    stores.subscriptions.follow([ChannelPlan(HERE, (imported,))], at=NOW, limit=9)
    assert lines(say(desk, "/subscriptions")) == ["1. harpsichords (by ben, 14 May 2025; no matches yet)"]


def test_a_subscription_that_brings_something_says_how_much_and_when(desk: Desk, stores: Stores) -> None:
    subscribe(stores, HERE, "violins", at=LONG_AGO)
    save(stores, "Violins", "Violins too", enqueued=True)
    assert lines(say(desk, "/subscriptions")) == [
        "1. violins (by ada, 18 February 2026; 2 matches in 30 days, the last on 10 March 2026)"
    ]


@pytest.mark.parametrize("words", ["/subscriptions", "/papers help", "/papers why 9901.00000"])
def test_a_channel_without_subscriptions_is_shown_one_that_would_bring_papers(
    desk: Desk, stores: Stores, words: str
) -> None:
    save(stores, *["Copper Kettles"] * 4)
    reply = say(desk, words)
    invitation = "Try /subscribe copper kettles: it would have brought 4 papers in the last 30 days."
    assert invitation in f"{reply.text}\n{reply.advice}"


def test_a_greeting_shows_what_would_bring_papers(desk: Desk, stores: Stores) -> None:
    save(stores, *["Copper Kettles"] * 4)
    greeting = asyncio.run(desk.joined(HERE))
    assert greeting is not None
    assert greeting.text.endswith(" Tell me what to follow, for example:")
    [entry] = greeting.entries
    assert entry.text == "/subscribe copper kettles (it would have brought 4 papers in the last 30 days)"
    assert entry.button is not None
    assert entry.button.text == "try copper kettles"


def test_an_empty_store_does_not_say_that_nothing_would_have_come(desk: Desk) -> None:
    assert (
        "I have no papers from the last 30 days yet, so I can't say what this would have brought."
        in say(desk, "/subscribe violins").text
    )


def test_a_query_without_near_misses_gets_advice_on_widening_it(desk: Desk, stores: Stores) -> None:
    save(stores, "Violins")
    reply = say(desk, "/subscribe harpsichords")
    assert reply.text.endswith("In the last 30 days: no papers.")
    assert "a comma adds alternatives" in reply.advice


def test_a_channel_with_digests_is_not_offered_a_digest(desk: Desk, stores: Stores) -> None:
    save(stores, *["Violins"] * 160)
    say(desk, "/papers digest daily 09:00")
    reply = say(desk, "/subscribe violins")
    assert reply.text.endswith("That is a lot.")
    assert [button.label for button in reply.buttons] == ["Undo"]


def test_trying_a_query_offers_other_forms_to_try(desk: Desk, stores: Stores) -> None:
    save(stores, "Speculative Decoding")
    reply = say(desk, "/papers try speculative decoding trees")
    assert [(button.command, button.text) for button in reply.buttons][1:] == [("papers", "try speculative decoding")]
