"""Who is served first when more channels wait than there are places."""

from __future__ import annotations

import asyncio
from collections import deque
from datetime import datetime, timedelta
from itertools import count

from bot.delivery.courier import Courier
from bot.delivery.dispatcher import CHANNELS_AT_ONCE, Dispatcher
from bot.domain import Address
from bot.domain.messages import Card
from bot.errors import ChannelClosed, RetryLater
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.ports.stores import Stores
from tests.builders import NOW, a_paper, list_of, reasons_of, subscribe
from tests.fakes.platform import Pinboard

CHANNELS = [Address("terminal", f"c{number:03}") for number in range(CHANNELS_AT_ONCE + 10)]


def deliver(stores: Stores, board: Pinboard, papers: int) -> list[Address]:
    """Deliver so many papers to every channel; return the channel of each message, in order of arrival."""
    for channel in CHANNELS:
        subscribe(stores, channel, "*")
    stores.papers.save("sample", list_of(*(a_paper(id=f"9901.{n:05}") for n in range(papers))), at=NOW)
    glossary = Glossary(stores.papers)
    Matcher(stores, glossary, now=lambda: NOW).match_papers()
    ticks = count()

    def now() -> datetime:
        return NOW + timedelta(milliseconds=next(ticks))

    courier = Courier(
        stores,
        reasons_of(stores, glossary),
        {"terminal": board},
        max_attempts=3,
        flood_limit=99,
        now=now,
        chance=lambda: 0.0,
    )
    asyncio.run(Dispatcher(courier, stores.outbox, ["terminal"], now=now).run_once())
    return [channel for channel, _, _ in board.posted]


def test_every_channel_gets_its_first_card_before_another_gets_its_third(stores: Stores) -> None:
    arrived = deliver(stores, Pinboard(), 4)
    assert set(arrived[: 2 * len(CHANNELS)]) == set(CHANNELS)
    third = next(place for place, channel in enumerate(arrived) if arrived[:place].count(channel) == 2)
    assert third >= max(arrived.index(channel) for channel in CHANNELS)


def test_a_channel_gets_its_cards_in_order_however_many_wait(stores: Stores) -> None:
    board = Pinboard()
    deliver(stores, board, 3)
    for channel in CHANNELS:
        cards = [message for where, _, message in board.posted if where == channel and isinstance(message, Card)]
        assert [card.paper_id for card in cards] == ["9901.00000", "9901.00001", "9901.00002"]


def test_closed_channels_do_not_affect_the_others(stores: Stores) -> None:
    board = Pinboard()
    for channel in CHANNELS[::2]:
        board.closed[channel] = ChannelClosed("the channel is archived", repair="unarchive it")
    arrived = deliver(stores, board, 2)
    assert sorted(arrived) == sorted([*CHANNELS[1::2]] * 2)
    assert stores.outbox.counts()["due"] == 2 * len(CHANNELS[::2])


def test_an_unexpected_error_holds_a_channel_up_only_for_a_moment(stores: Stores) -> None:
    subscribe(stores, CHANNELS[0], "*")
    stores.papers.save("sample", list_of(a_paper()), at=NOW)
    glossary, board = Glossary(stores.papers), Pinboard(faults=deque([RetryLater("not now")]))
    Matcher(stores, glossary, now=lambda: NOW).match_papers()
    chances = iter([1 / 2])

    def unforeseen() -> float:
        if next(chances, None):
            raise ZeroDivisionError
        return 0.0

    courier = Courier(
        stores,
        reasons_of(stores, glossary),
        {"terminal": board},
        max_attempts=3,
        flood_limit=99,
        now=lambda: NOW,
        chance=unforeseen,
    )
    dispatcher = Dispatcher(courier, stores.outbox, ["terminal"], now=lambda: NOW, pause=timedelta())
    asyncio.run(dispatcher.run_once())
    assert [channel for channel, _, _ in board.posted] == [CHANNELS[0]]
