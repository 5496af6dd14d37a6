"""Which failures count towards giving a message up, and what that costs."""

from __future__ import annotations

from datetime import timedelta

from bot.delivery.retry_and_expiry import LONGEST_PAUSE, SHORTEST_PAUSE
from bot.errors import Uncertain, UnknownRefusal
from bot.ports.stores import Stores
from tests.bot.delivery.office import Office
from tests.builders import HERE, subscribe


def test_an_unknown_refusal_costs_its_paper_alone(office: Office) -> None:
    office.list_papers("Robots Dance", "Robots Sing")
    office.board.faults.extend([UnknownRefusal("a_new_code")] * 3)
    for _ in range(3):
        office.deliver()
        office.clock.pass_(timedelta(hours=1))
    assert office.shown == ["Robots Sing"]
    assert office.stores.outbox.counts()["failed"] == 1


def test_after_an_unknown_refusal_the_message_is_looked_for(office: Office) -> None:
    office.list_papers("Robots Dance")
    office.board.lost_answers.append(UnknownRefusal("a_new_code"))
    office.deliver()
    office.clock.pass_(SHORTEST_PAUSE)
    office.deliver()
    assert office.shown == ["Robots Dance"]
    assert office.stores.outbox.counts()["delivered"] == 1


def test_a_message_that_arrived_is_not_given_up_because_it_cannot_be_completed(office: Office) -> None:
    office.list_papers("Robots Dance")
    office.board.lost_answers.append(Uncertain("no answer"))
    office.deliver()
    office.board.edit_faults.append(KeyError("surprise"))
    office.clock.pass_(SHORTEST_PAUSE)
    office.deliver()
    assert office.stores.outbox.counts()["delivered"] == 1


def test_refusals_of_one_paper_do_not_count_against_a_digest_with_others(stores: Stores) -> None:
    office = Office(stores, max_attempts=3, flood_limit=1)
    subscribe(stores, HERE, "robots")
    office.list_papers("Robots Dance")
    office.board.faults.extend([UnknownRefusal("a_new_code")] * 3)
    office.deliver()
    office.list_papers("Robots Sing", "Robots Walk", first=2)
    for _ in range(3):
        office.clock.pass_(LONGEST_PAUSE)
        office.deliver()
    assert office.stores.outbox.counts() == {"due": 0, "claimed": 0, "delivered": 2, "failed": 1, "expired": 0}


def test_an_unknown_refusal_may_pass(office: Office) -> None:
    office.list_papers("Robots Dance")
    office.board.faults.extend([UnknownRefusal("a_new_code"), UnknownRefusal("a_new_code"), None])
    for _ in range(3):
        office.deliver()
        office.clock.pass_(timedelta(hours=1))
    assert office.shown == ["Robots Dance"]


def test_an_unexpected_error_fails_at_the_last_attempt(office: Office) -> None:
    office.list_papers("Robots One", "Robots Two")
    for _ in range(3):
        office.board.faults.append(KeyError("surprise"))
        office.deliver()
        office.clock.pass_(LONGEST_PAUSE)
    office.deliver()
    assert office.shown == ["Robots Two"]
    assert office.stores.outbox.counts()["failed"] == 1


def test_an_outage_does_not_count_towards_giving_up(office: Office) -> None:
    office.list_papers("Robots Dance")
    office.board.faults.extend([*[Uncertain("503")] * 12, TypeError("no message"), None])
    for _ in range(14):
        office.deliver()
        office.clock.pass_(timedelta(hours=1))
    assert office.shown == ["Robots Dance"]
