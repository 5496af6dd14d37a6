"""When posted messages are left alone, and what becomes of edits that fail."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.delivery.edits import REST
from bot.domain import Pause, Quiet, Receipt
from bot.errors import ChannelClosed, Rejected, RetryLater, Uncertain
from bot.ports.stores import Stores
from tests.bot.delivery.house import HOUR, THERE, WEEK, House
from tests.builders import HERE, NOW, a_paper, subscribe


def test_nothing_is_edited_while_something_is_due(house: House) -> None:
    house.post(1, upvotes=2)
    house.grow(1, upvotes=58)
    house.time += HOUR
    house.list_papers(a_paper(id="9901.00002", title="Robots 2"))

    async def both() -> None:
        refreshing = asyncio.create_task(house.editor.edit_outdated())
        while await house.courier.deliver_next(HERE):
            assert house.board.edited == []
        await refreshing

    asyncio.run(both())
    assert len(house.board.posted) == 2
    assert len(house.board.edited) == 1


def test_nothing_is_edited_while_something_is_being_posted(house: House) -> None:
    house.post(1, upvotes=2)
    house.grow(1, upvotes=58)
    house.list_papers(a_paper(id="9901.00002", title="Robots 2"))
    claim = house.stores.outbox.claim(HERE, now=house.time, flood_limit=20, digest_limit=40)
    assert claim is not None
    assert house.stores.outbox.is_busy("terminal", now=house.time)
    house.stores.outbox.fail(claim, reason="too long", at=house.time)
    assert not house.stores.outbox.is_busy("terminal", now=house.time)


def test_nothing_is_edited_where_people_paused_until_they_resume(house: House) -> None:
    house.post(upvotes=2)
    house.grow(upvotes=58)
    house.stores.channels.quieten(HERE, Quiet(NOW, None, "ada"))
    assert house.refresh() == []
    house.stores.channels.wake_up(HERE, house.time)
    assert house.refresh(later=timedelta()) == [58]


def test_nothing_is_edited_in_a_channel_that_is_paused(house: House) -> None:
    house.post(upvotes=2)
    house.grow(upvotes=58)
    house.stores.channels.pause(HERE, Pause("the channel is archived", "unarchive it", NOW, NOW + WEEK))
    assert house.refresh() == []
    assert house.board.tried == []


def test_nothing_is_edited_on_a_platform_without_edits(stores: Stores) -> None:
    house = House(stores)
    house.board.edits = False
    house.start()
    house.post(upvotes=2)
    house.grow(upvotes=58)
    assert house.refresh() == []
    assert stores.followed.outdated("terminal", now=house.time, limit=9) == []


def test_a_message_that_was_deleted_is_left_alone_and_stays_delivered(house: House) -> None:
    house.post(upvotes=2)
    house.grow(upvotes=58)
    house.board.edit_faults.append(Rejected("the message is gone"))
    assert house.refresh() == []
    house.grow(upvotes=500)
    assert house.refresh() == []
    assert len(house.board.tried) == 1
    assert house.stores.outbox.counts()["delivered"] == 1


def test_a_platform_that_asks_for_a_rest_gets_it(house: House) -> None:
    for number in (1, 2, 3):
        house.post(number, upvotes=2)
    for number in (1, 2, 3):
        house.grow(number, upvotes=50 + number)
    house.board.edit_faults.append(RetryLater("rate limit", after=timedelta(minutes=20)))
    assert house.refresh() == []
    assert house.refresh(later=timedelta(minutes=19)) == []
    assert len(house.board.tried) == 1
    assert house.refresh(later=timedelta(minutes=1)) == [52, 53]
    assert house.refresh(later=timedelta(minutes=40)) == [51]


def test_a_rest_of_one_platform_does_not_hold_up_another(house: House) -> None:
    subscribe(house.stores, THERE, "robots")
    house.post(upvotes=2)
    house.grow(upvotes=58)
    house.other_board.edit_faults.append(RetryLater("rate limit", after=WEEK))
    assert house.refresh() == [58]
    assert house.other_board.edited == []


def test_due_messages_on_one_platform_do_not_hold_up_edits_on_another(house: House) -> None:
    subscribe(house.stores, THERE, "robots")
    house.post(upvotes=2)
    house.grow(upvotes=58)
    house.list_papers(a_paper(id="9901.00002", title="Robots 2"))
    claim = house.stores.outbox.claim(HERE, now=house.time, flood_limit=20, digest_limit=40)
    assert claim is not None
    house.stores.outbox.deliver(claim, Receipt("2"), at=house.time)
    house.time += HOUR
    assert house.stores.outbox.is_busy("slack", now=house.time)

    async def until_it_is_edited() -> None:
        refreshing = asyncio.create_task(house.editor.edit_outdated())
        async with asyncio.timeout(10):
            while not house.board.edited:  # noqa: ASYNC110 - what it waits for is done in threads
                await asyncio.sleep(0.01)
        refreshing.cancel()
        await asyncio.wait([refreshing])

    asyncio.run(until_it_is_edited())
    assert house.other_board.edited == []


@pytest.mark.parametrize("fault", [RetryLater("unreachable"), Uncertain("the answer was lost")])
def test_an_edit_that_failed_for_the_moment_is_made_an_hour_later(house: House, fault: Exception) -> None:
    house.post(upvotes=2)
    house.grow(upvotes=58)
    house.board.edit_faults.append(fault)
    assert house.refresh() == []
    assert house.refresh(later=REST) == []
    assert house.refresh() == [58]


def test_an_unexpected_error_costs_only_that_edit(house: House) -> None:
    for number in (1, 2):
        house.post(number, upvotes=2)
        house.grow(number, upvotes=50 + number)
    house.board.edit_faults.append(KeyError("surprise"))
    assert house.refresh() == [52]
    assert house.refresh() == [51]


def test_a_channel_that_turns_out_closed_is_tried_once_an_hour(house: House) -> None:
    for number in (1, 2):
        house.post(number, upvotes=2)
        house.grow(number, upvotes=50 + number)
    house.board.closed[HERE] = ChannelClosed("I am not in the channel", repair="invite me")
    assert house.refresh() == []
    assert len(house.board.tried) == 1
    channel = house.stores.channels.get(HERE)
    assert channel is not None
    assert channel.pause is None
    house.board.closed.clear()
    assert sorted(house.refresh()) == [51, 52]


def test_rounds_are_limited_and_edit_what_has_waited_longest_first(house: House) -> None:
    for number in (1, 2, 3):
        house.post(number, upvotes=2)
        house.time += timedelta(seconds=1)
    for number in (3, 2, 1):
        house.grow(number, upvotes=50 + number)
    assert house.refresh(most=2) == [51, 52]
    assert house.refresh(later=timedelta(), most=2) == [53]
