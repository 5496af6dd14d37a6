"""Less like this: narrower forms of what brought a paper, and changing a subscription in its place."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.cards import make_card
from bot.commands.desk import Desk
from bot.commands.table import ACTIONS
from bot.delivery.courier import Courier
from bot.domain import Match, Paper
from bot.domain.commands import Invocation
from bot.domain.messages import Entry, Reply
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.ports.stores import Stores
from tests.bot.commands.front_desk import desk_of, say
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, subscribe
from tests.fakes.platform import Pinboard

DAY = timedelta(days=1)


def keep(stores: Stores, *papers: Paper, at: datetime = NOW) -> None:
    """Papers are in the store."""
    for paper in papers:
        stores.papers.save("sample", list_of(paper), at=at)


def a_dozen(stores: Stores) -> None:
    """Twelve papers about robots: two of them on surgery, one of these on teeth, and few votes for it."""
    titles = ["Dental Surgery by Robots", "Surgery by Robots", *[f"Robots Number {number}" for number in range(10)]]
    keywords = [("Surgery", "dental care"), ("Surgery",), *[("robots",)] * 10]
    papers = [
        a_paper(id=f"9901.{number:05}", title=title, abstract="Robots.", keywords=keywords[number], upvotes=number)
        for number, title in enumerate(titles)
    ]
    stores.papers.save("sample", list_of(*papers), at=NOW)


def press(desk: Desk, entry: Entry) -> Reply:
    """Press the button beside it."""
    assert entry.button
    return say(desk, f"/{entry.button.command} {entry.button.text}")


def live(stores: Stores, board: Pinboard, *, now: Callable[[], datetime] = lambda: NOW) -> None:
    """Match and deliver all there is."""
    matcher, glossary = Matcher(stores, Glossary(stores.papers), now=now), Glossary(stores.papers)
    matcher.match_subscriptions()
    matcher.match_papers()
    courier = Courier(
        stores,
        glossary,
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


def test_a_posted_card_has_the_button_and_one_that_was_asked_for_has_not() -> None:
    posted, asked = (make_card(a_paper(), [Match("robots")], is_posted=is_posted) for is_posted in (True, False))
    assert [button.text for button in posted.buttons][-1] == "less 9901.00001"
    assert len(asked.buttons) == 2


def test_words_that_few_others_have_and_a_number_of_votes_are_offered_with_what_they_keep_out(stores: Stores) -> None:
    a_dozen(stores)
    subscribe(stores, HERE, "robots")
    reply = say(desk_of(stores), "/papers less 9901.00000")
    assert reply.text == ("Dental Surgery by Robots\nIt matches subscription 1: robots\nTo get fewer papers like this:")
    both = "“Dental Surgery by Robots” and “Surgery by Robots”"
    three = "“Dental Surgery by Robots”, “Surgery by Robots” and 1 more"
    assert [entry.text for entry in reply.entries] == [
        f'1. robots -"surgery": keeps 10 of 12 papers in 30 days; drops {both}',
        '1. robots -"dental care": keeps 11 of 12 papers in 30 days; drops “Dental Surgery by Robots”',
        f"1. robots AND upvotes>=3: keeps 9 of 12 papers in 30 days; drops {three} until they have the votes",
    ]
    labels = [entry.button.label for entry in reply.entries if entry.button]
    assert labels == ["Without “surgery”", "Without “dental care”", "With at least 3 votes"]


def test_words_are_offered_that_stand_together_and_no_marks_between_them(stores: Stores) -> None:
    a_dozen(stores)
    keep(
        stores,
        a_paper(id="9901.00099", title="Robots *bold* [here](https://evil.example) \u202ejoin\u202c us, dancing"),
    )
    subscribe(stores, HERE, "robots")
    reply = say(desk_of(stores), "/papers less 9901.00099")
    labels = "".join(entry.button.label for entry in reply.entries if entry.button)
    assert not set(labels) & set("*[]():,\u202e\u202c")


def test_one_click_applies_it_tells_the_channel_and_can_be_undone(stores: Stores) -> None:
    a_dozen(stores)
    before = subscribe(stores, HERE, "robots", by="Ben")
    desk = desk_of(stores)
    applied = press(desk, say(desk, "/papers less 9901.00000").entries[0])
    assert applied.announcement == ('ada changed the subscription “robots” to “robots -"surgery"”.')
    assert "it would have brought 10 papers" in applied.text
    [changed] = stores.subscriptions.of(HERE, now=NOW)
    assert (changed.query, changed.number, changed.created_at, changed.created_by) == (
        'robots -"surgery"',
        before.number,
        before.created_at,
        "Ben",
    )
    [undo] = applied.buttons
    say(desk, f"/{undo.command} {undo.text}")
    assert [each.query for each in stores.subscriptions.of(HERE, now=NOW)] == ["robots"]


def test_pressing_twice_changes_nothing_more(stores: Stores) -> None:
    a_dozen(stores)
    subscribe(stores, HERE, "robots")
    desk = desk_of(stores)
    [first, *_] = say(desk, "/papers less 9901.00000").entries
    press(desk, first)
    again = press(desk, first)
    assert not again.ok
    assert "so nothing was changed" in again.text


def test_each_subscription_that_finds_the_paper_has_forms_of_its_own(stores: Stores) -> None:
    a_dozen(stores)
    subscribe(stores, HERE, "robots")
    subscribe(stores, HERE, "violins")
    subscribe(stores, HERE, "surgery")
    reply = say(desk_of(stores), "/papers less 9901.00000")
    assert "It matches subscriptions 1 and 3. To keep it out, change every one of them." in reply.text
    assert {entry.text[:2] for entry in reply.entries} == {"1.", "3."}
    labels = [entry.button.label for entry in reply.entries if entry.button and entry.text.startswith("3.")]
    assert "Without “surgery”" not in labels


def test_what_no_subscription_finds_any_more_needs_no_change(stores: Stores) -> None:
    a_dozen(stores)
    subscribe(stores, HERE, "violins")
    reply = say(desk_of(stores), "/papers less 9901.00000")
    assert "None of this channel's subscriptions matches it any more" in reply.text
    assert [button.text for button in reply.buttons] == ["why 9901.00000"]


def test_where_no_small_change_helps_it_says_what_does(stores: Stores) -> None:
    keep(stores, a_paper(title="Robots", abstract="", upvotes=9_999))
    subscribe(stores, HERE, "robots")
    reply = say(desk_of(stores), "/papers less 9901.00001")
    assert "I can't find a small change that would keep it out." in reply.text
    assert "/unsubscribe 1 removes the subscription" in reply.advice


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
def test_a_change_names_a_number_and_a_query_or_what_to_add(stores: Stores, words: str, query: str) -> None:
    subscribe(stores, HERE, "robots")
    assert say(desk_of(stores), f"/papers change {words}").ok
    assert [each.query for each in stores.subscriptions.of(HERE, now=NOW)] == [query]


@pytest.mark.parametrize("words", ["", "1", "robots", "9 robots", "1 (robots", "1 + (robots", "1 Robots", "1 VIOLINS"])
def test_what_cannot_be_changed_is_refused_with_a_repair_and_nothing_is_changed(stores: Stores, words: str) -> None:
    subscribe(stores, HERE, "robots")
    subscribe(stores, HERE, "VIOLINS")
    reply = say(desk_of(stores), f"/papers change {words}")
    assert not reply.ok
    assert reply.advice
    assert [each.query for each in stores.subscriptions.of(HERE, now=NOW)] == ["robots", "VIOLINS"]


def test_where_only_admins_may_change_things_others_may_look_and_not_apply(stores: Stores) -> None:
    a_dozen(stores)
    subscribe(stores, HERE, "robots")
    desk = desk_of(stores, who="admins")
    [first, *_] = say(desk, "/papers less 9901.00000").entries
    assert not press(desk, first).ok
    assert [each.query for each in stores.subscriptions.of(HERE, now=NOW)] == ["robots"]


def test_a_change_is_completed_to_the_queries_there_are(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    desk = Desk(ACTIONS, stores, Glossary(stores.papers), who="everyone", max_subscriptions=9, now=lambda: NOW)
    choices = asyncio.run(desk.suggest(Invocation(HERE, "ada", "papers", "change 1")))
    assert [choice.text for choice in choices] == ["1 robots"]


def test_after_a_change_nothing_comes_twice_and_nothing_of_today_is_missed(stores: Stores) -> None:
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


def test_what_waits_for_a_query_that_was_changed_is_not_posted_unless_something_else_finds_it(stores: Stores) -> None:
    board = Pinboard()
    subscribe(stores, HERE, "robots")
    subscribe(stores, HERE, "surgery")
    keep(stores, a_paper(title="Robots"), a_paper(id="9901.00002", title="Robot Surgery"))
    matcher = Matcher(stores, Glossary(stores.papers), now=lambda: NOW)
    matcher.match_papers()
    say(desk_of(stores), "/papers change 1 violins")
    live(stores, board)
    assert board.titles(HERE) == ["Robot Surgery"]


def test_a_paper_on_its_way_over_a_line_of_votes_still_comes_after_a_narrowing(stores: Stores) -> None:
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
