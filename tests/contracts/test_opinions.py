"""What every store promises about what people think of papers."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain import Address, Opinion
from bot.ports.stores import Stores
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, subscribe
from tests.contracts.stores import LATER, THERE

ROBOTS, TEA, OLD = "9901.00001", "9901.00002", "9901.00003"


def list_papers(stores: Stores) -> None:
    """Store three papers, one of them a year old."""
    stores.papers.save("sample", list_of(a_paper(id=ROBOTS), a_paper(id=TEA)), at=NOW)
    stores.papers.save("sample", list_of(a_paper(id=OLD, list_day=TODAY - timedelta(days=365))), at=NOW)


def note(
    stores: Stores,
    paper_id: str,
    *numbers: int,
    is_liked: bool = True,
    at: datetime = NOW,
    channel: Address = HERE,
    most: int = 9,
) -> bool:
    """Note an opinion for these subscriptions."""
    return stores.opinions.note(channel, numbers, paper_id, is_liked=is_liked, at=at, most=most)


def thought(stores: Stores, channel: Address = HERE) -> list[tuple[str, str, bool]]:
    """What is thought in the channel: of which subscription, of which paper, and whether it was liked."""
    return [(one.query, one.paper_id, one.is_liked) for one in stores.opinions.of(channel)]


class TestNoting:
    """`OpinionStore.note` and `OpinionStore.of`."""

    def test_a_channel_begins_without_opinions(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        assert stores.opinions.of(HERE) == []

    def test_an_opinion_is_kept_for_each_subscription_of_its_channel_alone(self, stores: Stores) -> None:
        list_papers(stores)
        for channel in (HERE, THERE):
            subscribe(stores, channel, "robots")
            subscribe(stores, channel, "tea")
        assert note(stores, ROBOTS, 1, 2, is_liked=False)
        assert list(stores.opinions.of(HERE)) == [
            Opinion("robots", ROBOTS, is_liked=False, at=NOW),
            Opinion("tea", ROBOTS, is_liked=False, at=NOW),
        ]
        assert stores.opinions.of(THERE) == []

    def test_the_oldest_come_first(self, stores: Stores) -> None:
        list_papers(stores)
        subscribe(stores, HERE, "robots")
        note(stores, ROBOTS, 1, at=LATER)
        note(stores, TEA, 1, at=NOW)
        assert [paper_id for _, paper_id, _ in thought(stores)] == [TEA, ROBOTS]

    def test_the_newest_opinion_of_a_paper_takes_the_place_of_the_one_before(self, stores: Stores) -> None:
        list_papers(stores)
        subscribe(stores, HERE, "robots")
        note(stores, ROBOTS, 1, is_liked=True)
        note(stores, ROBOTS, 1, is_liked=False, at=LATER)
        assert list(stores.opinions.of(HERE)) == [Opinion("robots", ROBOTS, is_liked=False, at=LATER)]

    def test_of_each_subscription_the_newest_stay(self, stores: Stores) -> None:
        list_papers(stores)
        subscribe(stores, HERE, "robots")
        subscribe(stores, HERE, "tea")
        note(stores, OLD, 1, 2)
        note(stores, ROBOTS, 1, at=LATER, most=2)
        note(stores, TEA, 1, at=LATER + timedelta(hours=1), most=2)
        assert thought(stores) == [("tea", OLD, True), ("robots", ROBOTS, True), ("robots", TEA, True)]

    def test_of_a_paper_that_is_not_stored_nothing_is_noted(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        assert not note(stores, "9901.99999", 1)
        assert thought(stores) == []

    def test_for_a_subscription_that_is_not_there_nothing_is_noted(self, stores: Stores) -> None:
        list_papers(stores)
        subscribe(stores, HERE, "robots")
        assert not note(stores, ROBOTS, 2)
        assert not note(stores, ROBOTS, 1, channel=THERE)
        assert note(stores, ROBOTS, 2, 1)
        assert thought(stores) == [("robots", ROBOTS, True)]


class TestTakingBack:
    """`OpinionStore.take_back`."""

    def test_what_was_liked_is_forgotten_for_every_subscription_of_the_channel(self, stores: Stores) -> None:
        list_papers(stores)
        for channel in (HERE, THERE):
            subscribe(stores, channel, "robots")
            subscribe(stores, channel, "tea")
            note(stores, ROBOTS, 1, 2, channel=channel)
        note(stores, TEA, 1)
        stores.opinions.take_back(HERE, ROBOTS)
        assert thought(stores) == [("robots", TEA, True)]
        assert len(thought(stores, THERE)) == 2

    def test_what_was_not_liked_stays(self, stores: Stores) -> None:
        list_papers(stores)
        subscribe(stores, HERE, "robots")
        note(stores, ROBOTS, 1, is_liked=False)
        stores.opinions.take_back(HERE, ROBOTS)
        assert thought(stores) == [("robots", ROBOTS, False)]


class TestGoing:
    """With what an opinion goes, and with what it stays."""

    def test_it_goes_with_its_subscription(self, stores: Stores) -> None:
        list_papers(stores)
        subscribe(stores, HERE, "robots")
        subscribe(stores, HERE, "tea")
        note(stores, ROBOTS, 1, 2)
        stores.subscriptions.remove(HERE, 1)
        assert thought(stores) == [("tea", ROBOTS, True)]
        subscribe(stores, HERE, "robots")
        assert thought(stores) == [("tea", ROBOTS, True)]

    def test_it_goes_with_its_paper(self, stores: Stores) -> None:
        list_papers(stores)
        stores.outbox.enqueue({paper.id: [] for paper in stores.papers.pending(limit=9)}, at=NOW)
        stores.papers.save("sample", list_of(a_paper(id="9901.00004")), at=NOW)
        subscribe(stores, HERE, "robots")
        note(stores, ROBOTS, 1)
        note(stores, OLD, 1)
        while stores.papers.forget(listed_before=TODAY + timedelta(days=1)):
            pass
        assert stores.papers.get(ROBOTS) is None
        assert thought(stores) == []

    def test_it_stays_when_its_paper_is_listed_again(self, stores: Stores) -> None:
        list_papers(stores)
        subscribe(stores, HERE, "robots")
        note(stores, ROBOTS, 1)
        stores.papers.save("sample", list_of(a_paper(id=ROBOTS, title="Another Title", upvotes=9)), at=LATER)
        assert thought(stores) == [("robots", ROBOTS, True)]

    def test_it_stays_with_a_subscription_that_is_changed_or_paused(self, stores: Stores) -> None:
        list_papers(stores)
        subscribe(stores, HERE, "robots")
        note(stores, ROBOTS, 1)
        stores.subscriptions.change(HERE, 1, "robots, tea", canonical="robots, tea", since=NOW)
        stores.subscriptions.pause(HERE, 1, by="ada", at=NOW)
        assert thought(stores) == [("robots, tea", ROBOTS, True)]


class TestMoving:
    """Opinions go along with `SubscriptionStore.move`."""

    def test_they_go_along_with_their_subscription(self, stores: Stores) -> None:
        list_papers(stores)
        subscribe(stores, HERE, "robots")
        note(stores, ROBOTS, 1)
        stores.subscriptions.move(HERE, THERE, at=LATER, limit=9)
        assert (thought(stores), thought(stores, THERE)) == ([], [("robots", ROBOTS, True)])

    def test_where_both_channels_have_the_subscription_the_newest_opinion_stays(self, stores: Stores) -> None:
        list_papers(stores)
        for channel in (HERE, THERE):
            subscribe(stores, channel, "robots")
        note(stores, ROBOTS, 1, is_liked=False, at=LATER)
        note(stores, TEA, 1, is_liked=False, at=NOW)
        note(stores, OLD, 1, is_liked=False, at=LATER)
        note(stores, ROBOTS, 1, channel=THERE, at=NOW)
        note(stores, TEA, 1, channel=THERE, at=LATER)
        stores.subscriptions.move(HERE, THERE, at=LATER, limit=9)
        assert sorted(thought(stores, THERE)) == [
            ("robots", ROBOTS, False),
            ("robots", TEA, True),
            ("robots", OLD, False),
        ]
