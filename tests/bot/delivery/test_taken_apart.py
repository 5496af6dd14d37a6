"""What a message of several papers that is refused costs: the paper that is the reason, and no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.delivery.courier import TRIED_TOGETHER
from bot.domain.messages import Card, Digest, Message, cards_of
from bot.errors import Rejected, RetryLater, UnknownRefusal
from bot.ports.stores import Stores
from tests.bot.delivery.office import Office
from tests.builders import HERE, subscribe

HOUR = timedelta(hours=1)


@pytest.fixture
def flooded(stores: Stores) -> Office:
    """A courier whose channel gets more than one paper as a digest."""
    subscribe(stores, HERE, "robots")
    return Office(stores, flood_limit=1)


def titles_in(message: Message) -> list[str]:
    """The titles of its papers."""
    assert isinstance(message, Card | Digest)
    return [card.title for card in cards_of(message)]


def refuse(title: str, error: Exception) -> Callable[[Message], None]:
    """Refuse every message with that paper."""

    def refuse_it(message: Message) -> None:
        if title in titles_in(message):
            raise error

    return refuse_it


def posted(office: Office) -> list[list[str]]:
    """The titles of each message in the channel."""
    return [titles_in(message) for _, _, message in office.board.posted]


def titles(count: int) -> list[str]:
    """Titles of papers, in their order."""
    return [f"Robots {number:02}" for number in range(1, count + 1)]


@pytest.mark.parametrize("bad", range(8))
def test_a_paper_that_is_refused_for_good_costs_its_digest_nothing(flooded: Office, bad: int) -> None:
    flooded.list_papers(*titles(8))
    flooded.board.on_post = refuse(titles(8)[bad], Rejected("a word is not allowed"))
    flooded.deliver()
    assert [title for message in posted(flooded) for title in message] == [*titles(8)[:bad], *titles(8)[bad + 1 :]]
    assert flooded.stores.outbox.counts() == {"due": 0, "claimed": 0, "delivered": 7, "failed": 1, "expired": 0}


def test_a_refused_digest_is_posted_in_halves(flooded: Office) -> None:
    flooded.list_papers(*titles(8))
    flooded.board.on_post = refuse("Robots 08", Rejected("a word is not allowed"))
    flooded.deliver()
    assert posted(flooded) == [titles(4), ["Robots 05", "Robots 06"], ["Robots 07"]]


def test_several_bad_papers_cost_themselves_only(flooded: Office) -> None:
    flooded.list_papers(*titles(40))
    bad = {"Robots 01", "Robots 17", "Robots 40"}

    def refuse_them(message: Message) -> None:
        if bad & {*titles_in(message)}:
            raise Rejected("a word is not allowed")

    flooded.board.on_post = refuse_them
    flooded.deliver()
    assert sorted(title for message in posted(flooded) for title in message) == sorted({*titles(40)} - bad)
    assert flooded.stores.outbox.counts()["failed"] == len(bad)


def test_a_refused_digest_is_no_longer_joined_when_a_piece_of_it_has_to_wait(flooded: Office) -> None:
    flooded.list_papers("Robots 01", "Robots 02")
    flooded.board.faults.extend([Rejected("a word is not allowed"), RetryLater("busy")])
    flooded.deliver()
    flooded.clock.pass_(HOUR)
    flooded.deliver()
    assert posted(flooded) == [["Robots 01"], ["Robots 02"]]


def test_a_digest_that_is_taken_apart_keeps_its_schedule(office: Office) -> None:
    office.set_schedule("daily 13:00 UTC")
    office.list_papers("Robots 01", "Robots 02", "Robots 03")
    office.board.on_post = refuse("Robots 02", Rejected("a word is not allowed"))
    office.clock.pass_(HOUR)
    office.deliver()
    assert posted(office) == [["Robots 01"], ["Robots 03"]]
    channel = office.stores.channels.get(HERE)
    assert channel is not None
    assert channel.digest_due == office.clock() + timedelta(days=1)


def test_an_unknown_refusal_of_a_digest_costs_one_paper_alone(flooded: Office) -> None:
    flooded.list_papers(*titles(8))
    flooded.board.on_post = refuse("Robots 03", UnknownRefusal("a_new_code"))
    for _ in range(20):
        flooded.deliver()
        flooded.clock.pass_(HOUR)
    assert sorted(title for message in posted(flooded) for title in message) == [*titles(2), *titles(8)[3:]]
    assert flooded.stores.outbox.counts()["failed"] == 1


def test_a_digest_that_arrived_despite_its_last_unknown_refusal_is_found_and_not_taken_apart(flooded: Office) -> None:
    flooded.list_papers(*titles(2))
    flooded.board.faults.extend([UnknownRefusal("a_new_code")] * (TRIED_TOGETHER - 1))
    for _ in range(TRIED_TOGETHER - 1):
        flooded.deliver()
        flooded.clock.pass_(HOUR)
    flooded.board.lost_answers.append(UnknownRefusal("a_new_code"))
    flooded.deliver()
    flooded.clock.pass_(HOUR)
    flooded.deliver()
    assert posted(flooded) == [titles(2)]
    assert flooded.stores.outbox.counts()["delivered"] == 2


@pytest.mark.parametrize("error", [Rejected("bad question"), RetryLater("no history"), UnknownRefusal("a_new_code")])
def test_a_digest_is_not_taken_apart_while_the_platform_cannot_tell_whether_it_arrived(
    flooded: Office, error: Rejected | RetryLater | UnknownRefusal
) -> None:
    flooded.list_papers(*titles(2))
    flooded.board.lost_answers.append(UnknownRefusal("a_new_code"))
    flooded.board.blindness = error
    for _ in range(12):
        flooded.deliver()
        flooded.clock.pass_(HOUR)
    flooded.board.blindness = None
    flooded.deliver()
    assert posted(flooded) == [titles(2)]
    assert flooded.stores.outbox.counts()["delivered"] == 2


def test_a_single_paper_that_is_refused_when_the_platform_is_asked_for_it_is_not_given_up_at_once(
    office: Office,
) -> None:
    office.list_papers("Robots 01")
    office.board.lost_answers.append(UnknownRefusal("a_new_code"))
    office.board.blindness = Rejected("bad question")
    office.deliver()
    office.clock.pass_(HOUR)
    office.deliver()
    office.board.blindness = None
    office.clock.pass_(HOUR)
    office.deliver()
    assert office.stores.outbox.counts()["delivered"] == 1
