"""What a channel's subscriptions bring, and what would serve it better."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.commands.desk import Desk
from bot.domain.commands import Invocation
from bot.domain.messages import Reply
from bot.ports.stores import Stores
from bot.text.rich import pieces_of
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


def details(reply: Reply) -> list[str]:
    """What is said of each subscription in a reply."""
    return [entry.detail for entry in reply.entries]


def test_a_subscription_that_brings_nothing_says_so_with_a_wider_form(desk: Desk, stores: Stores) -> None:
    subscribe(stores, HERE, "speculative decoding trees", at=LONG_AGO)
    save(stores, "Speculative Decoding")
    reply = say(desk, "/subscriptions")
    assert details(reply) == [
        "by ada, 18 February · no matches in 30 days · “speculative decoding” would have brought 1 paper"
    ]
    [button] = reply.buttons
    assert (button.label, button.command, button.text) == (
        "Try speculative decoding",
        "papers",
        "try speculative decoding",
    )


def test_a_paper_counts_for_every_subscription_that_it_matches(desk: Desk, stores: Stores) -> None:
    subscribe(stores, HERE, "*", at=LONG_AGO)
    save(stores, "Violins", enqueued=True)
    subscribe(stores, HERE, "violins", at=LONG_AGO)
    assert ["1 match in 30 days" in line for line in details(say(desk, "/subscriptions"))] == [True, True]


def test_a_list_has_the_number_that_the_answer_to_the_subscription_had(desk: Desk, stores: Stores) -> None:
    save(stores, "Violins", "Violins too")
    assert "In the last 30 days: 2 papers" in say(desk, "/subscribe violins").text
    assert " · 2 matches in 30 days · last match 10 March" in details(say(desk, "/subscriptions"))[0]


def test_counts_follow_the_papers(desk: Desk, stores: Stores) -> None:
    subscribe(stores, HERE, "violins upvotes>=5")
    save(stores, "Violins")
    assert "no matches in 30 days" in details(say(desk, "/subscriptions"))[0]
    stores.papers.save("sample", list_of(a_paper(id="9901.00000", title="Violins", upvotes=5)), at=NOW)
    assert "1 match in 30 days" in details(say(desk, "/subscriptions"))[0]


def test_before_the_first_papers_there_is_nothing_to_count(desk: Desk, stores: Stores) -> None:
    subscribe(stores, HERE, "harpsichords", at=LONG_AGO)
    assert details(say(desk, "/subscriptions")) == ["by ada, 18 February · no matches yet"]


def test_a_long_list_has_pages_with_nothing_left_out(desk: Desk, stores: Stores) -> None:
    for number in range(1, 101):
        subscribe(stores, HERE, f"topic{number}")
    seen: list[str] = []
    reply = say(desk, "/subscriptions")
    assert reply.text.endswith("This channel has 100 subscriptions (1–6):")
    while True:
        seen += [entry.text for entry in reply.entries]
        following = [button for button in reply.buttons if button.label == "Next"]
        if not following:
            break
        reply = say(desk, f"/{following[0].command} {following[0].text}")
    assert seen == [f"{number}. topic{number}" for number in range(1, 101)]
    assert say(desk, "/subscriptions page 3").text.endswith("(13–18):")


def test_a_page_of_long_queries_has_fewer_of_them(desk: Desk, stores: Stores) -> None:
    for number in range(10):
        subscribe(stores, HERE, f"{'機械学習' * 100} {number}")
    reply = say(desk, "/subscriptions")
    assert 1 <= len(reply.entries) < 6
    assert sum(len(f"{entry.text}{entry.detail}".encode()) for entry in reply.entries) < 4_000
    assert [button.label for button in reply.buttons] == ["Next"]


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("2", [1, 3, 4, 5]),
        ("#2", [1, 3, 4, 5]),
        ("2, 4", [1, 3, 5]),
        ("#2 #4", [1, 3, 5]),
        ("2 and 4", [1, 3, 5]),
        ("2-4", [1, 5]),
        ("2 to 4", [1, 5]),
        ("1, 3-9", [2]),
        ("1-5", []),
        ("TOPIC2", [1, 3, 4, 5]),
    ],
)
def test_subscriptions_are_removed_by_any_numbers(desk: Desk, stores: Stores, typed: str, left: list[int]) -> None:
    for number in range(1, 6):
        subscribe(stores, HERE, f"topic{number}")
    assert say(desk, f"/unsubscribe {typed}").ok
    assert [subscription.number for subscription in stores.subscriptions.of(HERE)] == left


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("2, 9", "This channel has no subscription 9."),
        ("7-9", "This channel has no subscriptions 7–9."),
        ("all", "That would remove all of this channel's 2 subscriptions."),
        ("topic9", "This channel has no subscription “topic9”."),
        ("-1", "This channel has no subscription “-1”."),
        ('"topic', 'This channel has no subscription “"topic”.'),
        ("", "Which subscription should I remove?"),
    ],
)
def test_what_is_not_certain_removes_nothing(desk: Desk, stores: Stores, typed: str, text: str) -> None:
    for number in (1, 2):
        subscribe(stores, HERE, f"topic{number}")
    reply = say(desk, f"/unsubscribe {typed}")
    assert (reply.ok, reply.text) == (False, text)
    assert len(stores.subscriptions.of(HERE)) == 2


@pytest.mark.parametrize(("command", "text"), [("subscriptions", ""), ("unsubscribe", "1")])
def test_where_there_is_room_a_list_has_no_pages(desk: Desk, stores: Stores, command: str, text: str) -> None:
    for number in range(1, 42):
        subscribe(stores, HERE, f"topic{number}")
    reply = desk.reply(Invocation(HERE, "ada", command, text, has_room=True))
    assert len(reply.entries) >= 40
    assert {button.label for button in reply.buttons} <= {"Undo"}


def test_a_subscription_with_nearly_that_query_is_offered(desk: Desk, stores: Stores) -> None:
    for query in ("robots", "reward modelling"):
        subscribe(stores, HERE, query)
    reply = say(desk, "/unsubscribe reward modeling tasks")
    assert reply.text == "This channel has no subscription “reward modeling tasks”."
    assert reply.advice.startswith("Did you mean 2. reward modelling?")
    [button] = reply.buttons
    assert say(desk, f"/{button.command} {button.text}").text.startswith("Unsubscribed from reward modelling.")


def test_all_of_one_subscription_is_that_one(desk: Desk, stores: Stores) -> None:
    subscribe(stores, HERE, "topic1")
    assert say(desk, "/unsubscribe all").ok
    assert stores.subscriptions.of(HERE) == []


def test_all_subscriptions_are_removed_by_a_button(desk: Desk, stores: Stores) -> None:
    for number in (1, 2):
        subscribe(stores, HERE, f"topic{number}")
    [button] = say(desk, "/unsubscribe all").buttons
    reply = say(desk, f"/{button.command} {button.text}")
    assert reply.announcement == "ada removed the subscriptions “topic1” and “topic2”."
    assert stores.subscriptions.of(HERE) == []


def test_a_query_of_numbers_is_removed_by_its_words(desk: Desk, stores: Stores) -> None:
    for query in ("topic1", "9-11", "topic3"):
        subscribe(stores, HERE, query)
    say(desk, "/unsubscribe 9-11")
    assert [subscription.number for subscription in stores.subscriptions.of(HERE)] == [1, 3]


def test_several_that_were_removed_are_undone_one_by_one(desk: Desk, stores: Stores) -> None:
    for number in (1, 2, 3):
        subscribe(stores, HERE, f"topic{number}")
    reply = say(desk, "/unsubscribe 1 and 3")
    assert reply.text == "Removed 2 subscriptions:\n• 1. topic1\n• 3. topic3\nThis channel has 1 subscription:"
    assert [(button.label, button.command, button.text) for button in reply.buttons] == [
        ("Undo 1", "subscribe", "topic1"),
        ("Undo 3", "subscribe", "topic3"),
    ]


def test_a_subscription_that_brings_something_says_how_much_and_when(desk: Desk, stores: Stores) -> None:
    subscribe(stores, HERE, "violins", at=LONG_AGO)
    save(stores, "Violins", "Violins too", enqueued=True)
    assert details(say(desk, "/subscriptions")) == ["by ada, 18 February · 2 matches in 30 days · last match 10 March"]


def test_a_subscription_that_brings_many_says_how_often(desk: Desk, stores: Stores) -> None:
    subscribe(stores, HERE, "violins", at=LONG_AGO)
    save(stores, *["Violins"] * 9)
    assert " · 9 matches in 30 days, about 2 a week · last match " in details(say(desk, "/subscriptions"))[0]


def test_a_subscription_from_another_year_says_so(desk: Desk, stores: Stores) -> None:
    subscribe(stores, HERE, "violins", at=NOW - timedelta(days=100))
    assert details(say(desk, "/subscriptions")) == ["by ada, 30 November 2025 · no matches yet"]


def test_each_subscription_can_be_edited_paused_and_removed(desk: Desk, stores: Stores) -> None:
    subscribe(stores, HERE, "violins")
    [entry] = say(desk, "/subscriptions").entries
    assert [(button.label, f"/{button.command} {button.text}") for button in entry.buttons] == [
        ("Edit", "/papers edit 1"),
        ("Pause", "/papers pause subscription 1"),
        ("Remove", "/unsubscribe 1"),
    ]


def test_editing_by_typing_is_answered_with_what_to_type(desk: Desk, stores: Stores) -> None:
    subscribe(stores, HERE, "violins")
    reply = say(desk, "/papers edit 1")
    assert reply.text.splitlines()[0] == "Subscription 1 follows violins."
    commands = [piece.text for piece in pieces_of(reply.text) if piece.code]
    assert len(commands) == 2
    assert all(say(desk, command).ok for command in commands)


@pytest.mark.parametrize("number", ["", "2", "violins"])
def test_editing_what_is_not_there_is_refused_with_a_repair(desk: Desk, stores: Stores, number: str) -> None:
    subscribe(stores, HERE, "violins")
    reply = say(desk, f"/papers edit {number}")
    assert not reply.ok
    assert reply.advice == "/subscriptions lists them with their numbers."


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
    assert entry.text == "/subscribe copper kettles"
    assert entry.detail == "It would have brought 4 papers in the last 30 days"
    [button] = entry.buttons
    assert button.text == "try copper kettles"


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
