"""What a channel is told of its subscriptions, and of what would serve it better."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.commands.desk import Desk
from bot.commands.table import ACTIONS
from bot.domain import ChannelPlan, NewSubscription
from bot.domain.commands import Invocation
from bot.domain.messages import Reply
from bot.matching.glossary import Glossary
from bot.ports.stores import Stores
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, query_ids, subscribe

LONG_AGO = NOW - timedelta(days=20)


@pytest.fixture
def desk(stores: Stores) -> Desk:
    """A desk at noon."""
    return Desk(ACTIONS, stores, Glossary(stores.papers), who="everyone", max_subscriptions=100, now=lambda: NOW)


def say(desk: Desk, words: str) -> Reply:
    """Type ``words`` in the channel."""
    command, _, text = words.removeprefix("/").partition(" ")
    return desk.reply(Invocation(HERE, "ada", command, text))


def save(stores: Stores, *titles: str, enqueued: bool = False) -> None:
    """Papers with these titles are in the store, and perhaps on their way to everybody who wants them."""
    papers = [a_paper(id=f"9901.{number:05}", title=title, abstract="") for number, title in enumerate(titles)]
    stores.papers.save("sample", list_of(*papers, day=TODAY), at=NOW)
    if enqueued:
        queries = query_ids(stores)
        stores.outbox.enqueue({paper.id: queries for paper in papers}, at=NOW)


def lines(reply: Reply) -> list[str]:
    """The list in a reply."""
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


def test_a_subscription_whose_papers_come_for_another_one_says_so(desk: Desk, stores: Stores) -> None:
    subscribe(stores, HERE, "*", at=LONG_AGO)
    save(stores, "Violins", enqueued=True)
    subscribe(stores, HERE, "violins", at=LONG_AGO)
    assert (
        "nothing in 30 days: what it finds comes here for another subscription" in lines(say(desk, "/subscriptions"))[1]
    )


def test_a_young_subscription_has_time(desk: Desk, stores: Stores) -> None:
    subscribe(stores, HERE, "harpsichords", at=NOW - timedelta(days=13))
    assert "no matches yet" in lines(say(desk, "/subscriptions"))[0]


def test_a_subscription_that_was_made_elsewhere_has_time_from_when_it_came_here(desk: Desk, stores: Stores) -> None:
    made = NewSubscription(HERE, "harpsichords", "harpsichords", "ben", NOW - timedelta(days=300))
    stores.subscriptions.follow([ChannelPlan(HERE, (made,))], at=NOW, limit=9)
    assert lines(say(desk, "/subscriptions")) == ["1. harpsichords (by ben, 14 May 2025; no matches yet)"]


def test_a_subscription_that_brings_something_says_how_much_and_when(desk: Desk, stores: Stores) -> None:
    subscribe(stores, HERE, "violins", at=LONG_AGO)
    save(stores, "Violins", "Violins too", enqueued=True)
    assert lines(say(desk, "/subscriptions")) == [
        "1. violins (by ada, 18 February 2026; 2 matches in 30 days, the last on 10 March 2026)"
    ]


@pytest.mark.parametrize("words", ["/subscriptions", "/papers help", "/papers why 9901.00000"])
def test_whoever_has_no_subscription_is_shown_one_that_would_bring_papers(
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
    [entry] = greeting.entries
    assert entry.text == "/subscribe copper kettles (it would have brought 4 papers in the last 30 days)"
    assert entry.button is not None
    assert entry.button.text == "try copper kettles"


def test_an_empty_store_does_not_say_that_nothing_would_have_come(desk: Desk) -> None:
    assert "I know no papers of the last 30 days yet" in say(desk, "/subscribe violins").text


def test_a_query_that_nothing_is_near_to_is_told_how_to_be_wider(desk: Desk, stores: Stores) -> None:
    save(stores, "Violins")
    reply = say(desk, "/subscribe harpsichords")
    assert reply.text.endswith("In the last 30 days: no papers.")
    assert "a comma adds alternatives" in reply.advice


def test_a_channel_with_digests_is_not_told_of_them_again(desk: Desk, stores: Stores) -> None:
    save(stores, *["Violins"] * 160)
    say(desk, "/papers digest daily 09:00")
    reply = say(desk, "/subscribe violins")
    assert reply.text.endswith("That is a lot.")
    assert [button.label for button in reply.buttons] == ["Undo"]


def test_trying_a_query_offers_other_forms_to_try(desk: Desk, stores: Stores) -> None:
    save(stores, "Speculative Decoding")
    reply = say(desk, "/papers try speculative decoding trees")
    assert [(button.command, button.text) for button in reply.buttons][1:] == [("papers", "try speculative decoding")]
