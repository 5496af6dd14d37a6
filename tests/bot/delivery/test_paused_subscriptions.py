"""What is posted around the pause of a subscription, and what is not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.commands.pause_subscription import counts_again_from
from bot.domain.messages import papers_in
from bot.errors import Uncertain
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.ports.stores import Stores
from tests.bot.delivery.office import Office
from tests.builders import HERE, a_paper, list_of, subscribe

DAY = timedelta(days=1)


@pytest.fixture
def office(stores: Stores) -> Office:
    """A courier of a channel that is subscribed to robots (1) and teapots (2)."""
    office = Office(stores)
    for query in ("robots", "teapots"):
        subscribe(stores, HERE, query)
    match(office)
    return office


def match(office: Office) -> None:
    """Look for what is new and matches."""
    matcher = Matcher(office.stores, Glossary(office.stores.papers), now=office.clock)
    matcher.match_papers()
    matcher.match_subscriptions()


def list_paper(office: Office, title: str, *, upvotes: int = 0, days_ago: int = 0) -> None:
    """List a paper, whose title is its id too, and match it."""
    day = office.clock().date() - days_ago * DAY
    paper = a_paper(id=title, title=title, abstract="", upvotes=upvotes, list_day=day)
    office.stores.papers.save("sample", list_of(paper), at=office.clock())
    match(office)


def pause(office: Office, number: int) -> None:
    """Pause the subscription."""
    assert office.stores.subscriptions.pause(HERE, number, by="ada", at=office.clock())


def resume(office: Office, number: int) -> None:
    """Resume the subscription, as the command does."""
    [subscription] = [one for one in office.stores.subscriptions.of(HERE) if one.number == number]
    since = counts_again_from(subscription, office.clock())
    assert office.stores.subscriptions.resume(HERE, number, since=since)
    match(office)


def came(office: Office) -> list[str]:
    """The papers that were posted, once what is due has been."""
    office.deliver()
    return [paper for _, _, message in office.board.posted for paper in papers_in(message)]


def test_a_paused_subscription_brings_nothing_and_the_others_go_on(office: Office) -> None:
    pause(office, 2)
    list_paper(office, "Teapots")
    list_paper(office, "Robots")
    assert came(office) == ["Robots"]


def test_a_paper_of_two_subscriptions_comes_for_the_one_that_is_not_paused(office: Office) -> None:
    list_paper(office, "Robots with Teapots")
    pause(office, 1)
    assert came(office) == ["Robots with Teapots"]
    [(_, _, card)] = office.board.posted
    assert "teapots" in str(card)
    assert "“robots”" not in str(card)


def test_what_waits_is_dropped_if_only_a_paused_subscription_wants_it_when_its_time_comes(office: Office) -> None:
    office.set_schedule("daily 13:00")
    list_paper(office, "Teapots")
    list_paper(office, "Robots")
    pause(office, 2)
    office.clock.pass_(timedelta(hours=1))
    assert came(office) == ["Robots"]
    resume(office, 2)
    office.clock.pass_(DAY)
    assert came(office) == ["Robots", "Teapots"]


def test_what_waits_still_comes_if_the_subscription_is_resumed_before_its_time(office: Office) -> None:
    office.set_schedule("weekly fri 09:00")
    list_paper(office, "Teapots")
    pause(office, 2)
    office.clock.pass_(DAY)
    list_paper(office, "Teapots Two")
    office.clock.pass_(DAY)
    resume(office, 2)
    office.clock.pass_(DAY)
    assert came(office) == ["Teapots"]


def test_after_a_pause_today_s_list_comes_and_earlier_ones_do_not(office: Office) -> None:
    pause(office, 2)
    list_paper(office, "Teapots on Tuesday")
    office.clock.pass_(DAY)
    list_paper(office, "Teapots on Wednesday")
    resume(office, 2)
    list_paper(office, "Teapots on Wednesday, too")
    assert came(office) == ["Teapots on Wednesday", "Teapots on Wednesday, too"]


def test_a_paper_of_the_pause_does_not_come_when_its_votes_rise_afterwards(office: Office) -> None:
    pause(office, 2)
    list_paper(office, "Teapots")
    office.clock.pass_(DAY)
    resume(office, 2)
    list_paper(office, "Teapots", upvotes=99, days_ago=1)
    assert came(office) == []


def test_a_pause_that_is_undone_costs_no_paper_that_was_on_its_way_to_votes(stores: Stores) -> None:
    office = Office(stores)
    subscribe(stores, HERE, "upvotes>=20")
    list_paper(office, "Teapots")
    office.clock.pass_(DAY)
    pause(office, 1)
    resume(office, 1)
    list_paper(office, "Teapots", upvotes=20, days_ago=1)
    assert came(office) == ["Teapots"]


def test_whatever_is_paused_and_resumed_a_paper_comes_once(office: Office) -> None:
    list_paper(office, "Teapots")
    for _ in range(3):
        assert came(office) == ["Teapots"]
        pause(office, 2)
        list_paper(office, "Teapots", upvotes=len(office.board.posted))
        resume(office, 2)


def test_a_message_that_may_have_arrived_before_the_pause_is_found_and_not_posted_again(office: Office) -> None:
    list_paper(office, "Teapots")
    office.board.lost_answers.append(Uncertain("the connection broke"))
    assert came(office) == ["Teapots"]
    pause(office, 2)
    office.clock.pass_(DAY)
    assert came(office) == ["Teapots"]
    assert office.stores.outbox.counts()["delivered"] == 1
