"""Less like this: narrower forms of the query that brought a paper, and changing a subscription in place."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.commands.desk import Desk
from bot.commands.table import ACTIONS
from bot.delivery.courier import Courier
from bot.domain import Paper
from bot.domain.commands import Invocation
from bot.domain.messages import Entry, Reply
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.ports.stores import Stores
from tests.bot.commands.front_desk import desk_of, say
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, reasons_of, subscribe
from tests.fakes.platform import Pinboard

DAY = timedelta(days=1)


def keep(stores: Stores, *papers: Paper, at: datetime = NOW) -> None:
    """Put papers into the store."""
    for paper in papers:
        stores.papers.save("sample", list_of(paper), at=at)


def a_dozen(stores: Stores) -> None:
    """Store twelve papers about robots; two are also about surgery, and one of these, with few votes, about teeth."""
    titles = ["Dental Surgery by Robots", "Surgery by Robots", *[f"Robots Number {number}" for number in range(10)]]
    keywords = [("Surgery", "dental care"), ("Surgery",), *[("robots",)] * 10]
    papers = [
        a_paper(id=f"9901.{number:05}", title=title, abstract="Robots.", keywords=keywords[number], upvotes=number)
        for number, title in enumerate(titles)
    ]
    stores.papers.save("sample", list_of(*papers), at=NOW)


def press(desk: Desk, entry: Entry) -> Reply:
    """Press the button beside an entry."""
    [button] = entry.buttons
    return say(desk, f"/{button.command} {button.text}")


def live(stores: Stores, board: Pinboard, *, now: Callable[[], datetime] = lambda: NOW) -> None:
    """Match and deliver everything that is pending."""
    matcher, glossary = Matcher(stores, Glossary(stores.papers), now=now), Glossary(stores.papers)
    matcher.match_subscriptions()
    matcher.match_papers()
    courier = Courier(
        stores,
        reasons_of(stores, glossary),
        {"terminal": board},
        max_attempts=3,
        flood_limit=99,
        now=lambda: now() + timedelta(minutes=1),
        chance=lambda: 0.0,
    )

    async def deliver() -> None:
        while await courier.deliver_next(HERE):
            pass

    asyncio.run(deliver())


def test_rare_words_and_a_number_of_votes_are_offered_with_the_papers_that_they_keep_out(stores: Stores) -> None:
    a_dozen(stores)
    subscribe(stores, HERE, "robots")
    reply = say(desk_of(stores), "/papers less 9901.00000")
    assert reply.text.splitlines() == [
        "Dental Surgery by Robots",
        "It matches subscription 1: robots",
        "Papers like it will come later in this channel's digests.",
        "To get fewer papers like this:",
    ]
    both = "Dental Surgery by Robots and Surgery by Robots"
    three = "Dental Surgery by Robots, Surgery by Robots and 1 more"
    assert [entry.text for entry in reply.entries] == [
        f'1. robots -"surgery": keeps 10 of 12 papers in 30 days; drops {both}',
        f"1. robots AND upvotes>=3: keeps 9 of 12 papers in 30 days; drops {three} until they have the votes",
    ]
    labels = [button.label for entry in reply.entries for button in entry.buttons]
    assert labels == ["Without “surgery”", "With at least 3 votes"]


def test_words_that_no_other_paper_has_are_not_offered(stores: Stores) -> None:
    """They would keep out this paper, and nothing like it."""
    a_dozen(stores)
    subscribe(stores, HERE, "robots")
    reply = say(desk_of(stores), "/papers less 9901.00000")
    assert "dental" not in "".join(button.label for entry in reply.entries for button in entry.buttons)


def test_among_a_handful_of_papers_the_words_of_one_alone_have_to_do(stores: Stores) -> None:
    keep(stores, a_paper(title="Robots", keywords=("dental care",)))
    subscribe(stores, HERE, "robots")
    reply = say(desk_of(stores), "/papers less 9901.00001")
    assert [button.label for entry in reply.entries for button in entry.buttons] == ["Without “dental care”"]


def test_offered_words_are_adjacent_and_have_no_markup_between_them(stores: Stores) -> None:
    a_dozen(stores)
    keep(
        stores,
        a_paper(id="9901.00099", title="Robots *bold* [here](https://evil.example) \u202ejoin\u202c us, dancing"),
    )
    subscribe(stores, HERE, "robots")
    reply = say(desk_of(stores), "/papers less 9901.00099")
    labels = "".join(button.label for entry in reply.entries for button in entry.buttons)
    assert not set(labels) & set("*[]():,\u202e\u202c")


def test_one_click_applies_a_form_and_tells_the_channel_and_can_be_undone(stores: Stores) -> None:
    a_dozen(stores)
    before = subscribe(stores, HERE, "robots", by="Ben")
    desk = desk_of(stores)
    applied = press(desk, say(desk, "/papers less 9901.00000").entries[0])
    assert applied.announcement == ('ada changed the subscription “robots” to “robots -"surgery"”.')
    assert "it would have brought 10 papers" in applied.text
    [changed] = stores.subscriptions.of(HERE)
    assert (changed.query, changed.number, changed.created_at, changed.created_by) == (
        'robots -"surgery"',
        before.number,
        before.created_at,
        "Ben",
    )
    [undo] = applied.buttons
    say(desk, f"/{undo.command} {undo.text}")
    assert [subscription.query for subscription in stores.subscriptions.of(HERE)] == ["robots"]


def test_pressing_twice_changes_the_subscription_once(stores: Stores) -> None:
    a_dozen(stores)
    subscribe(stores, HERE, "robots")
    desk = desk_of(stores)
    [first, *_] = say(desk, "/papers less 9901.00000").entries
    press(desk, first)
    again = press(desk, first)
    assert not again.ok
    assert "so nothing was changed" in again.text


def test_every_subscription_that_finds_the_paper_has_its_own_forms(stores: Stores) -> None:
    a_dozen(stores)
    subscribe(stores, HERE, "robots")
    subscribe(stores, HERE, "violins")
    subscribe(stores, HERE, "surgery, robot*")
    reply = say(desk_of(stores), "/papers less 9901.00000")
    assert "It matches subscriptions 1 and 3. To keep it out, change every one of them." in reply.text
    assert {entry.text[:2] for entry in reply.entries} == {"1.", "3."}
    labels = [button.label for entry in reply.entries if entry.text.startswith("3.") for button in entry.buttons]
    assert "Without “surgery”" not in labels


def test_a_paper_that_no_subscription_finds_any_more_needs_no_change(stores: Stores) -> None:
    a_dozen(stores)
    subscribe(stores, HERE, "violins")
    reply = say(desk_of(stores), "/papers less 9901.00000")
    assert "None of this channel's subscriptions matches it any more" in reply.text
    assert [button.text for button in reply.buttons] == ["why 9901.00000"]


def test_when_no_small_change_helps_unsubscribing_is_suggested(stores: Stores) -> None:
    keep(stores, a_paper(title="Robots", abstract="", upvotes=9_999))
    subscribe(stores, HERE, "robots")
    reply = say(desk_of(stores), "/papers less 9901.00001")
    assert "I can't find a small change that would keep it out." in reply.text
    assert reply.advice.endswith("To remove the subscription: /unsubscribe 1")


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ("1 violins, music", "violins, music"),
        ("#1 violins", "violins"),
        ("1. violins", "violins"),
        ("1 + -dance", "robots -dance"),
        ("1 + upvotes>=20", "robots AND upvotes>=20"),
        ("1 +-dance", "+-dance"),
    ],
)
def test_a_change_takes_a_number_and_a_query_or_a_condition(stores: Stores, words: str, query: str) -> None:
    subscribe(stores, HERE, "robots")
    assert say(desk_of(stores), f"/papers change {words}").ok
    assert [subscription.query for subscription in stores.subscriptions.of(HERE)] == [query]


@pytest.mark.parametrize("words", ["", "1", "robots", "9 robots", "1 (robots", "1 + (robots", "1 Robots", "1 VIOLINS"])
def test_a_change_that_is_not_possible_is_refused_with_a_repair(stores: Stores, words: str) -> None:
    subscribe(stores, HERE, "robots")
    subscribe(stores, HERE, "VIOLINS")
    reply = say(desk_of(stores), f"/papers change {words}")
    assert not reply.ok
    assert reply.advice
    assert [subscription.query for subscription in stores.subscriptions.of(HERE)] == ["robots", "VIOLINS"]


def test_members_may_see_the_forms_but_not_apply_them_when_only_admins_may_change_things(stores: Stores) -> None:
    a_dozen(stores)
    subscribe(stores, HERE, "robots")
    desk = desk_of(stores, who="admins")
    [first, *_] = say(desk, "/papers less 9901.00000").entries
    assert not press(desk, first).ok
    assert [subscription.query for subscription in stores.subscriptions.of(HERE)] == ["robots"]


def test_a_change_is_completed_with_the_existing_queries(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    desk = Desk(ACTIONS, stores, Glossary(stores.papers), who="everyone", max_subscriptions=9, now=lambda: NOW)
    choices = asyncio.run(desk.suggest(Invocation(HERE, "ada", "papers", "change 1")))
    assert [choice.text for choice in choices] == ["1 robots"]


def test_after_a_change_no_paper_comes_twice_and_none_of_today_is_missed(stores: Stores) -> None:
    board = Pinboard()
    subscribe(stores, HERE, "robots", at=NOW - DAY)
    keep(
        stores,
        a_paper(id="9901.00001", title="Robots"),
        a_paper(id="9901.00002", title="Violins", abstract=""),
        a_paper(id="9901.00003", title="Violins of Old", abstract="", list_day=TODAY - DAY),
    )
    live(stores, board)
    assert board.titles(HERE) == ["Robots"]
    say(desk_of(stores), "/papers change 1 robots, violins")
    live(stores, board)
    assert board.titles(HERE) == ["Robots", "Violins"]


def test_a_paper_waiting_for_a_changed_query_is_posted_only_if_another_query_finds_it(stores: Stores) -> None:
    board = Pinboard()
    subscribe(stores, HERE, "robots")
    subscribe(stores, HERE, "surgery")
    keep(stores, a_paper(title="Robots"), a_paper(id="9901.00002", title="Robot Surgery"))
    matcher = Matcher(stores, Glossary(stores.papers), now=lambda: NOW)
    matcher.match_papers()
    say(desk_of(stores), "/papers change 1 violins")
    live(stores, board)
    assert board.titles(HERE) == ["Robot Surgery"]


def test_a_paper_that_still_gathers_votes_comes_after_the_query_was_narrowed(stores: Stores) -> None:
    board = Pinboard()
    subscribe(stores, HERE, "robots upvotes>=20", at=NOW - 3 * DAY)
    early = {"title": "Robots", "list_day": TODAY - 2 * DAY}
    keep(stores, a_paper(**early, upvotes=12))
    live(stores, board)
    say(desk_of(stores), "/papers change 1 + -dental")
    live(stores, board)
    assert board.titles(HERE) == []
    keep(stores, a_paper(**early, upvotes=21), at=NOW + timedelta(seconds=1))
    live(stores, board, now=lambda: NOW + timedelta(seconds=2))
    assert board.titles(HERE) == ["Robots"]
