"""What a paper in trouble costs those behind it: some minutes, and no more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

from bot.domain.messages import Card, Digest, Message, cards_of
from bot.errors import Uncertain
from bot.ports.stores import Stores
from tests.bot.delivery.office import Office
from tests.builders import HERE, subscribe

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def obstruct(*titles: str) -> Callable[[Message], None]:
    """Answer messages with these papers with something that is not the platform's word."""

    def obstruct_it(message: Message) -> None:
        assert isinstance(message, Card | Digest)
        if {card.title for card in cards_of(message)} & {*titles}:
            raise Uncertain("a page")

    return obstruct_it


def wait(office: Office, minutes: int) -> None:
    """Let minutes pass, delivering in each."""
    for _ in range(minutes):
        office.clock.pass_(MINUTE)
        if office.stores.outbox.due(now=office.clock(), platforms=["terminal"], limit=1):
            office.deliver()


def test_a_paper_of_which_the_platform_never_tells_is_passed_after_some_minutes(office: Office) -> None:
    office.list_papers("Robots One", "Robots Two", "Robots Three")
    office.board.on_post = obstruct("Robots One")
    wait(office, 10)
    assert office.shown == ["Robots Two", "Robots Three"]
    assert office.stores.outbox.counts()["claimed"] == 1


def test_those_that_come_later_do_not_wait_for_it(office: Office) -> None:
    office.list_papers("Robots One", "Robots Two")
    office.board.on_post = obstruct("Robots One")
    wait(office, 60)
    office.list_papers("Robots Three", first=3)
    wait(office, 1)
    assert office.shown == ["Robots Two", "Robots Three"]


def test_it_is_tried_at_growing_pauses_and_comes_when_it_can(office: Office) -> None:
    office.list_papers("Robots One", "Robots Two", "Robots Three")
    tries = []

    def obstruct_it(message: Message) -> None:
        assert isinstance(message, Card)
        if message.title == "Robots One":
            tries.append(office.clock())
            raise Uncertain("a page")

    office.board.on_post = obstruct_it
    wait(office, 24 * 60)
    assert 90 < len(tries) < 110
    office.board.on_post = lambda _: None
    wait(office, 16)
    assert office.shown == ["Robots Two", "Robots Three", "Robots One"]


def test_in_an_outage_the_order_is_kept(office: Office) -> None:
    titles = [f"Robots {number}" for number in range(1, 8)]
    office.list_papers(*titles)
    office.board.on_post = obstruct(*titles)
    wait(office, 24 * 60)
    assert office.shown == []
    office.board.on_post = lambda _: None
    wait(office, 16)
    assert office.shown == titles


def test_several_papers_in_trouble_are_passed(office: Office) -> None:
    office.list_papers("Robots One", "Robots Two", "Robots Three", "Robots Four")
    office.board.on_post = obstruct("Robots One", "Robots Two", "Robots Three")
    wait(office, 3 * 60)
    assert office.shown == ["Robots Four"]


def test_it_is_dropped_after_a_week_and_those_behind_it_are_not(office: Office) -> None:
    office.list_papers("Robots One", "Robots Two")
    office.board.on_post = obstruct("Robots One")
    for _ in range(8 * 24):
        office.clock.pass_(HOUR)
        wait(office, 1)
        asyncio.run(office.courier.expire())
    assert office.stores.outbox.counts() == {"due": 0, "claimed": 0, "delivered": 1, "failed": 0, "expired": 1}
    assert office.stores.outbox.next_due(platforms=["terminal"]) is None


def test_what_arrived_although_nobody_said_so_is_found_and_not_posted_again(office: Office) -> None:
    office.list_papers("Robots One", "Robots Two")
    office.board.blindness = Uncertain("a page")
    office.board.lost_answers.append(Uncertain("a page"))
    wait(office, 60)
    office.board.blindness = None
    wait(office, 60)
    assert office.shown == ["Robots One", "Robots Two"]
    assert office.stores.outbox.counts()["delivered"] == 2


def test_a_digest_in_trouble_costs_only_the_paper_that_is_the_reason_once_others_have_arrived(
    stores: Stores,
) -> None:
    subscribe(stores, HERE, "robots")
    office = Office(stores, flood_limit=2)
    office.list_papers("Robots One", "Robots Two", "Robots Three", "Robots Four")
    office.board.on_post = obstruct("Robots Three")
    wait(office, 60)
    assert office.shown == []
    for number, title in enumerate(["Robots Five", "Robots Six"], 5):
        office.list_papers(title, first=number)
        wait(office, 3 * 60)
    messages = [message for _, _, message in office.board.posted if isinstance(message, Card | Digest)]
    posted = [card.title for message in messages for card in cards_of(message)]
    assert sorted(posted) == ["Robots Five", "Robots Four", "Robots One", "Robots Six", "Robots Two"]
    assert office.stores.outbox.counts()["claimed"] == 1


def test_a_digest_is_not_taken_apart_in_an_outage(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    office = Office(stores, flood_limit=2)
    titles = ["Robots One", "Robots Two", "Robots Three"]
    office.list_papers(*titles)
    office.board.on_post = obstruct(*titles, "Robots Four")
    wait(office, 60)
    office.list_papers("Robots Four", first=4)
    wait(office, 12 * 60)
    office.board.on_post = lambda _: None
    wait(office, 60)
    assert office.shown == ["3 papers · Tuesday 10 March", "Robots Four"]
