"""A channel's subscription, followed in one's own direct messages too."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.commands.desk import Desk
from bot.delivery.digests import next_digest
from bot.domain import Address, Quiet
from bot.domain.commands import Invocation
from bot.domain.messages import Reply
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.ports.stores import Stores
from tests.bot.commands.reading import DIRECT, desk_beside, labels, press, publish, tell
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, subscribe

FOLLOW = "follow 9901.00001"


@pytest.fixture
def desk(stores: Stores) -> Desk:
    """A desk where only admins change subscriptions, in a channel that got a paper about dancing robots."""
    publish(stores, a_paper())
    subscribe(stores, HERE, "robots")
    return desk_beside(stores, who="admins")


def followed(stores: Stores, direct: Address = DIRECT) -> list[tuple[int, str, str]]:
    """What the direct messages are subscribed to, and by whom."""
    return [(one.number, one.query, one.created_by) for one in stores.subscriptions.of(direct)]


def test_one_press_subscribes_ones_direct_messages(desk: Desk, stores: Stores) -> None:
    reply = tell(desk, FOLLOW)
    assert reply.ok
    assert reply.text.split("\n") == [
        "You now follow papers that mention “robots”.",
        "New ones come to you as direct messages, as soon as they are found.",
        "In the last 30 days it would have brought 1 paper.",
    ]
    assert (labels(reply), reply.announcement) == (["Undo"], "")
    assert followed(stores) == [(1, "robots", "ada")]
    assert [one.query for one in stores.subscriptions.of(HERE)] == ["robots"]


def test_new_papers_are_on_their_way_there(desk: Desk, stores: Stores) -> None:
    tell(desk, FOLLOW)
    stores.papers.save("sample", list_of(a_paper(id="9901.00002"), day=TODAY), at=NOW)
    Matcher(stores, Glossary(stores.papers), now=lambda: NOW).match_papers()
    assert DIRECT in stores.outbox.due(now=NOW + timedelta(minutes=1), platforms=["slack"], limit=9)


def test_undo_ends_it_there_and_not_in_the_channel_where_it_is_pressed(desk: Desk, stores: Stores) -> None:
    [undo] = tell(desk, FOLLOW).buttons
    reply = press(desk, undo)
    assert reply.text == "You no longer follow robots in your direct messages."
    assert followed(stores) == []
    assert [one.query for one in stores.subscriptions.of(HERE)] == ["robots"]


def test_undo_pressed_twice_says_that_there_is_nothing_left(desk: Desk) -> None:
    [undo] = tell(desk, FOLLOW).buttons
    press(desk, undo)
    again = press(desk, undo)
    assert (again.ok, again.text) == (False, "You follow nothing with the number “1”.")
    assert again.advice


def test_of_several_subscriptions_one_is_chosen(desk: Desk, stores: Stores) -> None:
    subscribe(stores, HERE, "violins")
    subscribe(stores, HERE, "dance")
    reply = tell(desk, FOLLOW)
    assert reply.text == "Which of these should come to your direct messages?"
    assert [entry.text for entry in reply.entries] == ["1. robots", "3. dance"]
    assert followed(stores) == []
    [button] = reply.entries[1].buttons
    assert press(desk, button).text.startswith("You now follow papers that mention “dance”.")
    assert followed(stores) == [(1, "dance", "ada")]


def test_what_one_follows_already_is_not_offered_again(desk: Desk, stores: Stores) -> None:
    subscribe(stores, HERE, "dance")
    subscribe(stores, DIRECT, "Robots")
    subscribe(stores, DIRECT, "Dance")
    reply = tell(desk, FOLLOW)
    assert (reply.ok, reply.text) == (False, "You follow that in your direct messages already.")
    assert reply.advice == "/subscriptions, in a direct message to me, lists what you follow."


def test_of_many_subscriptions_the_rest_is_followed_by_number(stores: Stores) -> None:
    publish(stores, a_paper())
    for number in range(12):
        subscribe(stores, HERE, f"robots, word{number}")
    reply = tell(desk_beside(stores), FOLLOW)
    assert len(reply.entries) == 10
    assert "/papers follow 12" in reply.advice
    assert tell(desk_beside(stores), "follow 12").ok
    assert followed(stores) == [(1, "robots, word11", "ada")]


def refused(reply: Reply) -> str:
    """Why nothing was done; with a repair."""
    assert not reply.ok
    assert reply.advice
    return reply.text


def test_without_direct_messages_there_is_nothing_to_follow_in(desk: Desk) -> None:
    assert refused(tell(desk, FOLLOW, direct=None)) == "I can't send you direct messages from here."


def test_in_direct_messages_there_is_nothing_more_to_follow_in(desk: Desk) -> None:
    assert refused(tell(desk, FOLLOW, channel=DIRECT)) == "These are your direct messages already."


def test_a_paper_that_nothing_brought_cannot_be_followed(desk: Desk, stores: Stores) -> None:
    publish(stores, a_paper(id="9901.00002", title="Violins", abstract=""))
    assert refused(tell(desk, "follow 9901.00002")) == "None of this channel's subscriptions matches this paper."


@pytest.mark.parametrize(
    "words", ["follow", "follow robots", "follow 99", "follow stop", "follow stop 7", "follow stop x"]
)
def test_what_names_neither_a_paper_nor_a_subscription_is_refused(desk: Desk, stores: Stores, words: str) -> None:
    refused(tell(desk, words))
    assert followed(stores) == []


@pytest.mark.usefixtures("desk")
def test_the_limit_of_subscriptions_is_that_of_any_channel(stores: Stores) -> None:
    subscribe(stores, DIRECT, "violins")
    limited = desk_beside(stores, max_subscriptions=1)
    assert refused(tell(limited, FOLLOW)) == ("You already follow 1 query in your direct messages, which is the limit.")


def test_a_digest_and_a_pause_of_the_direct_messages_are_told(desk: Desk, stores: Stores) -> None:
    schedule = "daily 09:00 UTC"
    stores.channels.set_schedule(DIRECT, schedule, next_digest(schedule, NOW), at=NOW)
    stores.channels.quieten(DIRECT, Quiet(NOW, None, "Ada"))
    text = tell(desk, FOLLOW).text
    assert "New ones come to you as direct messages, as a digest every day at 09:00 (UTC)." in text
    assert "Paused by Ada until someone runs /papers resume." in text


def test_the_platform_is_told_that_the_command_is_about_direct_messages(desk: Desk) -> None:
    command = desk.find("papers", FOLLOW)
    assert command is not None
    assert command.is_direct
    assert not desk.needs_admin(command)
    assert asyncio.run(desk.answer(Invocation(HERE, "ada", "papers", FOLLOW, direct=DIRECT))).ok
