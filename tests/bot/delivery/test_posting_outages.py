"""A platform that takes nothing, as the courier notices it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.delivery.posting_outages import PostingOutages
from bot.errors import DeliveryError, Rejected, RetryLater, Uncertain, UnknownRefusal
from tests.bot.delivery.office import Office
from tests.builders import NOW

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("fault", [RetryLater("busy"), Uncertain("status 503"), UnknownRefusal("what?")])
def test_an_outage_begins_with_the_first_message_that_is_not_taken(office: Office, fault: DeliveryError) -> None:
    office.list_papers("Robots Dance")
    office.board.faults += [fault, fault]
    office.deliver()
    office.clock.pass_(40 * MINUTE)
    office.deliver()
    outage = office.courier.outages.known["terminal"]
    assert outage.since == NOW
    assert str(fault) in outage.reason
    assert office.stores.outages.all() == {"terminal": outage}


def test_an_outage_is_over_once_anything_goes_through(office: Office) -> None:
    office.list_papers("Robots Dance")
    office.board.faults.append(RetryLater("busy"))
    office.deliver()
    office.clock.pass_(MINUTE)
    office.deliver()
    assert office.shown
    assert office.courier.outages.known == office.stores.outages.all() == {}


def test_a_message_that_is_refused_for_good_is_no_outage(office: Office) -> None:
    office.list_papers("Robots Dance")
    office.board.faults.append(Rejected("too long"))
    office.deliver()
    assert office.courier.outages.known == {}


def test_an_outage_is_known_after_a_restart_with_its_beginning(office: Office) -> None:
    office.list_papers("Robots Dance")
    office.board.faults.append(RetryLater("busy"))
    office.deliver()
    again = PostingOutages(office.stores.outages, office.clock)
    asyncio.run(again.load())
    assert again.known == office.courier.outages.known


def test_an_outage_of_long_ago_is_not_the_beginning_of_another(office: Office) -> None:
    office.list_papers("Robots Dance")
    office.board.faults += [RetryLater("busy")] * 3
    office.deliver()
    office.clock.pass_(timedelta(days=1))
    again = PostingOutages(office.stores.outages, office.clock)
    asyncio.run(again.load())
    assert again.known == office.stores.outages.all() == {}
    office.deliver()
    assert office.courier.outages.known["terminal"].since == office.clock()
