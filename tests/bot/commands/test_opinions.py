"""What *Less like this* and *Save* say of a paper is remembered for the subscriptions that match it."""

from __future__ import annotations

import pytest

import bot.commands.opinions
from bot.commands.desk import Desk
from bot.commands.less import LATER
from bot.domain import Address
from bot.ports.stores import Stores
from tests.bot.commands.reading import DIRECT, desk_beside, press, publish, tell
from tests.builders import HERE, NOW, a_paper, subscribe

LESS, SAVE, UNSAVE = "less 9901.00001", "save 9901.00001", "unsave 9901.00001"


@pytest.fixture
def desk(stores: Stores) -> Desk:
    """A desk where only admins change subscriptions, in a channel with two for a paper and one for others."""
    publish(stores, a_paper())
    for query in ("robots", "violins", "dance"):
        subscribe(stores, HERE, query)
    return desk_beside(stores, who="admins")


def thought(stores: Stores, channel: Address = HERE) -> dict[str, bool]:
    """By its query, whether a subscription's readers liked the paper."""
    return {opinion.query: opinion.is_liked for opinion in stores.opinions.of(channel)}


def test_less_is_remembered_for_every_subscription_that_matches_and_said_in_a_line(desk: Desk, stores: Stores) -> None:
    reply = tell(desk, LESS)
    assert thought(stores) == {"robots": False, "dance": False}
    assert "Papers like it will come later in this channel's digests." in reply.text.split("\n")
    assert reply.announcement == ""


def test_saving_is_remembered_too(desk: Desk, stores: Stores) -> None:
    tell(desk, SAVE)
    assert thought(stores) == {"robots": True, "dance": True}


def test_the_newest_press_counts(desk: Desk, stores: Stores) -> None:
    tell(desk, SAVE)
    tell(desk, LESS, by="ben")
    assert set(thought(stores).values()) == {False}
    tell(desk, SAVE)
    assert set(thought(stores).values()) == {True}


def test_undo_takes_a_like_back(desk: Desk, stores: Stores) -> None:
    [undo] = tell(desk, SAVE).buttons
    press(desk, undo)
    assert thought(stores) == {}


def test_a_like_stays_while_somebody_else_has_saved_the_paper(desk: Desk, stores: Stores) -> None:
    tell(desk, SAVE)
    tell(desk, SAVE, by="ben")
    tell(desk, UNSAVE)
    assert thought(stores) == {"robots": True, "dance": True}
    tell(desk, UNSAVE, by="ben")
    assert thought(stores) == {}


def test_removing_a_paper_for_everyone_takes_the_like_back(desk: Desk, stores: Stores) -> None:
    tell(desk, SAVE)
    tell(desk, f"{UNSAVE} for everyone", by="ben")
    assert thought(stores) == {}


def test_unsaving_does_not_take_back_that_less_was_wanted(desk: Desk, stores: Stores) -> None:
    tell(desk, SAVE)
    tell(desk, LESS)
    tell(desk, UNSAVE)
    assert thought(stores) == {"robots": False, "dance": False}


def test_what_is_pressed_in_direct_messages_counts_there_alone(desk: Desk, stores: Stores) -> None:
    subscribe(stores, DIRECT, "robots")
    tell(desk, SAVE, channel=DIRECT)
    assert (thought(stores), thought(stores, DIRECT)) == ({}, {"robots": True})
    tell(desk, LESS, channel=DIRECT)
    assert (thought(stores), thought(stores, DIRECT)) == ({}, {"robots": False})


def test_a_paused_subscription_remembers_as_well(desk: Desk, stores: Stores) -> None:
    for number in (1, 3):
        stores.subscriptions.pause(HERE, number, by="ada", at=NOW)
    reply = tell(desk, LESS)
    assert thought(stores) == {"robots": False, "dance": False}
    assert LATER not in reply.text


def test_what_no_subscription_matches_is_not_remembered(stores: Stores) -> None:
    publish(stores, a_paper())
    desk = desk_beside(stores)
    assert tell(desk, SAVE).ok
    subscribe(stores, HERE, "violins")
    assert tell(desk, SAVE).ok
    assert LATER not in tell(desk, LESS).text
    assert thought(stores) == {}


def test_a_paper_that_is_on_no_list_is_saved_but_not_remembered(stores: Stores) -> None:
    subscribe(stores, HERE, "robots")
    desk = desk_beside(stores, a_paper(id="2608.01234"))
    assert tell(desk, "save 2608.01234").ok
    assert LATER not in tell(desk, "less 2608.01234").text
    assert thought(stores) == {}


def test_of_each_subscription_so_many_are_remembered(
    desk: Desk, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.commands.opinions, "MOST", 2)
    publish(stores, *(a_paper(id=f"9901.{number:05}") for number in range(1, 5)))
    for number in range(1, 5):
        tell(desk, f"save 9901.{number:05}")
    assert [one.paper_id for one in stores.opinions.of(HERE) if one.query == "robots"] == ["9901.00003", "9901.00004"]
