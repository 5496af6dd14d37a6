"""How posted messages are brought up to date, and when they are left alone."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.delivery.courier import Courier
from bot.delivery.edits import REST, Editor
from bot.domain import Address, Counts, Paper, Pause, Quiet, Receipt
from bot.domain.messages import Card, Digest
from bot.errors import ChannelClosed, Rejected, RetryLater, Uncertain
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.ports.stores import Stores
from tests.builders import HERE, NOW, a_paper, list_of, subscribe
from tests.fakes.platform import Pinboard

THERE = Address("slack", "C0123456789")
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)


class House:
    """The parts of a service from the store to the platform, with a clock that is moved by hand."""

    def __init__(self, stores: Stores, *, flood_limit: int = 20) -> None:
        """Subscribe a channel to robots."""
        self.stores, self.board, self.time = stores, Pinboard(), NOW
        self.other_board = Pinboard(name="slack")
        subscribe(stores, HERE, "robots")
        self.flood_limit = flood_limit
        self.papers: dict[str, Paper] = {}
        self.start()

    def start(self) -> None:
        """Put the parts together, as a new process does."""
        glossary = Glossary(self.stores.papers)
        platforms = {"terminal": self.board, "slack": self.other_board}
        self.matcher = Matcher(self.stores, glossary, now=lambda: self.time)
        self.courier = Courier(
            self.stores,
            glossary,
            platforms,
            max_attempts=3,
            flood_limit=self.flood_limit,
            now=lambda: self.time,
            chance=lambda: 0.0,
        )
        self.editor = Editor(self.stores, platforms, now=lambda: self.time, pace=timedelta())

    def list_papers(self, *papers: Paper) -> None:
        """List papers, or list them again with other counts."""
        self.papers |= {paper.id: paper for paper in papers}
        self.stores.papers.save("sample", list_of(*papers), at=self.time)
        self.matcher.match_papers()

    def grow(self, number: int = 1, **counts: int) -> None:
        """List the paper again with these counts."""
        paper = self.papers[f"9901.{number:05}"]
        before = {"upvotes": paper.upvotes, "comments": paper.comments, "stars": paper.stars, "title": paper.title}
        self.list_papers(a_paper(id=paper.id, **before | counts))

    def post(self, number: int = 1, **given: int) -> None:
        """List a paper, and post it."""
        self.list_papers(a_paper(id=f"9901.{number:05}", title=f"Robots {number}", **given))
        self.deliver()

    def deliver(self) -> None:
        """Post everything that is due."""

        async def until_it_waits() -> None:
            for channel in (HERE, THERE):
                while await self.courier.deliver_next(channel):
                    pass

        asyncio.run(until_it_waits())

    def refresh(self, *, later: timedelta = HOUR, most: int = 100) -> list[int]:
        """Run a round of edits, so much later; return the votes on the cards that were edited."""
        self.time += later
        before = len(self.board.edited)
        asyncio.run(self.editor.edit_outdated(most=most))
        return [message.upvotes for _, _, message in self.board.edited[before:] if isinstance(message, Card)]


@pytest.fixture
def house(stores: Stores) -> House:
    return House(stores)


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
