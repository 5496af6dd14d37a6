"""How posted messages are brought up to date."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.domain import Counts
from bot.domain.messages import Card, Digest
from bot.errors import Uncertain
from bot.ports.stores import Stores
from tests.bot.delivery.house import HOUR, WEEK, House
from tests.builders import HERE, a_paper


def test_an_edit_brings_counts_up_to_date_under_the_same_key_and_keeps_everything_else(house: House) -> None:
    house.post(upvotes=2)
    house.grow(upvotes=58, comments=3, stars=138)
    house.refresh()
    [(channel, key, posted)], [(edited_channel, edited_key, edited)] = house.board.posted, house.board.edited
    assert (edited_channel, edited_key) == (channel, key)
    assert isinstance(posted, Card)
    assert isinstance(edited, Card)
    assert (edited.upvotes, edited.comments, edited.stars) == (58, 3, 138)
    assert (edited.title, edited.matches, edited.buttons) == (posted.title, posted.matches, posted.buttons)


def test_a_change_that_nobody_would_notice_is_left_until_it_has_grown(house: House) -> None:
    house.post(upvotes=20)
    house.grow(upvotes=23)
    assert house.refresh() == []
    house.grow(upvotes=24)
    assert house.refresh() == [24]
    house.grow(upvotes=27)
    assert house.refresh() == []


@pytest.mark.parametrize("counts", [{"comments": 1}, {"stars": 1}])
def test_a_first_comment_and_first_stars_are_shown(house: House, counts: dict[str, int]) -> None:
    house.post(upvotes=20)
    house.grow(**counts)
    assert house.refresh() == [20]


def test_a_message_is_edited_at_most_once_an_hour(house: House) -> None:
    house.post(upvotes=2)
    house.grow(upvotes=10)
    assert house.refresh(later=timedelta(minutes=59)) == []
    assert house.refresh(later=timedelta(minutes=1)) == [10]
    house.grow(upvotes=20)
    assert house.refresh(later=timedelta(minutes=59)) == []
    assert house.refresh(later=timedelta(minutes=1)) == [20]


def test_the_last_edit_shows_any_difference_and_no_more_follow(house: House) -> None:
    house.post(upvotes=20)
    house.grow(upvotes=19)
    assert house.refresh(later=WEEK - HOUR) == []
    assert house.refresh() == [19]
    house.grow(upvotes=500)
    assert house.refresh() == []


def test_a_message_that_is_up_to_date_gets_no_last_edit(house: House) -> None:
    house.post(upvotes=20)
    assert house.refresh(later=WEEK) == []
    house.grow(upvotes=500)
    assert house.refresh() == []


def test_a_message_that_missed_its_last_edit_is_forgotten_a_day_later(house: House) -> None:
    house.post(upvotes=20)
    house.grow(upvotes=21)
    assert house.refresh(later=WEEK + timedelta(days=1)) == []


def test_edits_go_on_after_a_restart(house: House) -> None:
    house.post(upvotes=2)
    house.grow(upvotes=58)
    assert house.refresh() == [58]
    house.start()
    house.grow(upvotes=90)
    assert house.refresh() == [90]


def test_an_edit_that_was_not_recorded_is_made_again(house: House) -> None:
    house.post(upvotes=2)
    house.grow(upvotes=58)
    house.time += HOUR
    [message] = house.stores.followed.outdated("terminal", now=house.time, limit=9)
    asyncio.run(house.board.update(message.channel, message.receipt, message.message, key=message.key))
    assert house.refresh(later=timedelta()) == [58]


def test_the_reason_stays_when_the_subscription_is_gone(house: House) -> None:
    house.post(upvotes=2)
    house.stores.subscriptions.remove(HERE, 1)
    house.grow(upvotes=58)
    house.refresh()
    [(_, _, edited)] = house.board.edited
    assert isinstance(edited, Card)
    assert [match.query for match in edited.matches] == ["robots"]


def test_a_card_keeps_its_title_when_the_title_of_the_paper_changes(house: House) -> None:
    house.post(upvotes=2)
    house.list_papers(a_paper(title="Robots, Retitled", upvotes=58))
    house.refresh()
    [(_, _, edited)] = house.board.edited
    assert isinstance(edited, Card)
    assert (edited.title, edited.upvotes) == ("Robots 1", 58)


def test_the_lines_of_a_digest_of_several_messages_follow_too(stores: Stores) -> None:
    house = House(stores, flood_limit=2)
    papers = [a_paper(id=f"9901.{n:05}", title=f"Robots {n}", upvotes=100 - n) for n in range(1, 46)]
    house.list_papers(*papers)
    house.deliver()
    house.grow(1, upvotes=500)
    house.grow(45, upvotes=500)
    house.refresh()
    counts = [
        [card.upvotes for card in message.cards if card.upvotes == 500]
        for _, _, message in house.board.edited
        if isinstance(message, Digest)
    ]
    assert counts == [[500], [500]]


def test_a_message_that_was_found_after_its_answer_was_lost_is_followed_too(house: House) -> None:
    house.board.lost_answers.append(Uncertain("the connection broke"))
    house.post(upvotes=2)
    house.time += timedelta(minutes=1)
    house.deliver()
    house.grow(upvotes=58)
    assert house.refresh() == [58]


def test_an_outdated_message_comes_with_the_counts_in_the_store(house: House) -> None:
    house.post(upvotes=2)
    house.grow(upvotes=58, comments=3)
    [message] = house.stores.followed.outdated("terminal", now=house.time + HOUR, limit=9)
    assert message.counts == {"9901.00001": Counts(58, 3, None)}
    assert not message.is_last
