"""Who is told that a channel has closed, what they are told, and how often."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.delivery.closed_channels import QUIET_FOR, tell_of_closings, whom_to_tell
from bot.domain import Address, Closing, Pause
from bot.errors import RetryLater
from bot.ports.stores import Stores
from tests.builders import NOW, subscribe
from tests.fakes.platform import Pinboard

ROBOTS, TEAPOTS = Address("slack", "C0ROBOTS"), Address("slack", "C0TEAPOTS")
MINUTE = timedelta(minutes=1)


def close(stores: Stores, channel: Address = ROBOTS, *, at: datetime = NOW, is_told: bool = False) -> None:
    """Close the channel, as if it were archived."""
    stores.channels.pause(channel, Pause("the channel is archived", "unarchive it", at, at + MINUTE), is_told=is_told)


def tell(stores: Stores, board: Pinboard, *, at: datetime = NOW + MINUTE) -> list[str]:
    """Tell people, and return the ids of everyone told so far."""
    asyncio.run(tell_of_closings(stores.channels, {"slack": board}, at))
    return [person for person, _ in board.told]


@pytest.fixture
def board(stores: Stores) -> Pinboard:
    """A platform with two channels: Ada subscribed both of them, and then Ben one."""
    subscribe(stores, ROBOTS, "robots", by_id="U0ADA")
    subscribe(stores, TEAPOTS, "teapots", by_id="U0ADA")
    subscribe(stores, TEAPOTS, "kettles", by_id="U0BEN")
    return Pinboard("slack")


@pytest.mark.parametrize(
    ("authors", "recipient"),
    [
        (["U0ADA"], "U0ADA"),
        (["U0ADA", "U0BEN"], "U0BEN"),
        (["U0BEN", "U0ADA", "U0BEN"], "U0BEN"),
        (["U0ADA", "U0BEN", ""], "U0BEN"),
        (["", "U0ADA", "", ""], "U0ADA"),
        (["", ""], ""),
        ([], ""),
    ],
)
def test_the_author_of_the_latest_subscription_with_a_known_author_is_told(authors: list[str], recipient: str) -> None:
    subscriptions = tuple((f"query {number}", author) for number, author in enumerate(authors))
    closing = Closing(ROBOTS, Pause("the channel is archived", "unarchive it", NOW, NOW), subscriptions)
    assert whom_to_tell(closing) == recipient


def test_whoever_subscribed_last_is_told_why_and_what_to_do(stores: Stores, board: Pinboard) -> None:
    close(stores, TEAPOTS)
    assert tell(stores, board) == ["U0BEN"]
    reply = board.told[0][1]
    assert reply.text == (
        "I can no longer post in slack:C0TEAPOTS (subscribed to teapots and 1 more): the channel is archived."
    )
    assert reply.advice == "To fix this, unarchive it. New papers wait for 7 days, and posting resumes by itself."


def test_nobody_is_told_while_channels_are_open(stores: Stores, board: Pinboard) -> None:
    assert tell(stores, board) == []


def test_a_pause_is_told_once(stores: Stores, board: Pinboard) -> None:
    close(stores)
    tell(stores, board)
    close(stores, at=NOW + 2 * QUIET_FOR)
    assert tell(stores, board, at=NOW + 3 * QUIET_FOR) == ["U0ADA"]


def test_another_pause_is_told_again_but_not_on_the_same_day(stores: Stores, board: Pinboard) -> None:
    close(stores)
    tell(stores, board)
    stores.channels.resume(ROBOTS)
    close(stores, at=NOW + 2 * MINUTE)
    assert len(tell(stores, board, at=NOW + 3 * MINUTE)) == 1
    assert len(tell(stores, board, at=NOW + QUIET_FOR + 2 * MINUTE)) == 2


def test_someone_who_loses_many_channels_gets_one_message(stores: Stores, board: Pinboard) -> None:
    for number in range(30):
        channel = Address("slack", f"C{number:04}")
        subscribe(stores, channel, "robots", by_id="U0ADA")
        close(stores, channel)
    assert tell(stores, board) == ["U0ADA"]
    reply = board.told[0][1]
    assert reply.text == "I can no longer post in 30 channels where you subscribed:"
    assert [len(reply.entries), reply.entries[-1].text] == [11, "and 20 more channels"]


def test_someone_who_knows_already_is_not_told(stores: Stores, board: Pinboard) -> None:
    close(stores, is_told=True)
    assert tell(stores, board) == []


def test_nobody_is_told_if_no_author_is_known(stores: Stores, board: Pinboard) -> None:
    channel = Address("slack", "C0IMPORTED")
    subscribe(stores, channel, "robots")
    close(stores, channel)
    assert tell(stores, board) == []


@pytest.mark.parametrize("fault", [RetryLater("too many messages"), ZeroDivisionError()])
def test_a_message_that_fails_is_not_sent_again_and_does_not_affect_others(
    stores: Stores, board: Pinboard, fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    close(stores)
    close(stores, TEAPOTS)
    board.deaf["U0ADA"] = fault
    assert tell(stores, board) == ["U0BEN"]
    board.deaf.clear()
    assert tell(stores, board) == ["U0BEN"]
    assert "slack:C0ROBOTS" in caplog.text


def test_someone_who_was_to_be_told_when_the_process_died_is_not_told_twice(stores: Stores, board: Pinboard) -> None:
    """That someone was told is recorded before it happens: rather never than again at every start."""
    close(stores)
    [closing] = stores.channels.take_closings(at=NOW, told_before=NOW - QUIET_FOR, limit=9)
    assert (closing.channel, closing.subscriptions) == (ROBOTS, (("robots", "U0ADA"),))
    assert tell(stores, board) == []
