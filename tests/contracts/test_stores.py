"""What every store promises (see `bot.ports.stores`); a second one runs this suite by joining ``STORES``."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.domain import (
    Address,
    Channel,
    ChannelPlan,
    Claim,
    NewSubscription,
    Pause,
    Planned,
    Quiet,
    Receipt,
    message_key,
)
from bot.errors import AlreadySubscribed, TooManySubscriptions
from bot.ports.stores import Stores
from storage import open_database, stores_of
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, queries_of, query_ids, subscribe

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
LATER = NOW + timedelta(minutes=1)
SECOND, WEEK = timedelta(seconds=1), timedelta(days=7)
THERE = Address("slack", "C0123456789")
OPEN = Receipt("message 1", "https://chat.example/1")

DIGEST_LIMIT = 40
"""Papers in one message of a digest."""


@contextmanager
def sqlite_stores(folder: Path) -> Iterator[Stores]:
    """The stores of a new SQLite file."""
    database = open_database(folder / "paperwire.db")
    yield stores_of(database)
    database.close()


STORES: dict[str, Callable[[Path], AbstractContextManager[Stores]]] = {"sqlite": sqlite_stores}


def enqueue(stores: Stores, *titles: str, channel: Address = HERE) -> None:
    """Make papers with these titles due in the channel, in this order, by a subscription to everything."""
    if not stores.subscriptions.of(channel, now=NOW):
        subscribe(stores, channel, "*")
    papers = [a_paper(id=f"9901.{number:05}", title=title) for number, title in enumerate(titles, 1)]
    stores.papers.save("sample", list_of(*papers), at=NOW)
    for paper in papers:
        stores.outbox.enqueue({paper.id: query_ids(stores)}, at=NOW)


def claim(stores: Stores, channel: Address = HERE, *, flood_limit: int = 20) -> Claim:
    """Claim the channel's next message."""
    claimed = stores.outbox.claim(channel, now=LATER, flood_limit=flood_limit, digest_limit=DIGEST_LIMIT)
    assert claimed is not None
    return claimed


def expire(stores: Stores, *, before: datetime, at: datetime) -> int:
    """Settle what waited too long, in channels with digests a week longer; return how many."""
    return stores.outbox.expire(enqueued_before=before, in_digests_before=before - WEEK, at=at)


DUE = NOW + timedelta(hours=21)
"""Tomorrow at nine, when a digest is due."""

NEXT = DUE + timedelta(days=1)


def let_digests_come(stores: Stores, *, even_if_empty: bool = False) -> None:
    """Set the channel to daily digests."""
    stores.channels.set_schedule(HERE, "daily 09:00 UTC", DUE, at=NOW, even_if_empty=even_if_empty)


def add_paper(stores: Stores, title: str, *, number: int = 99, at: datetime = NOW) -> None:
    """Make one more paper due in every channel that is subscribed to everything."""
    paper = a_paper(id=f"9901.{number:05}", title=title)
    stores.papers.save("sample", list_of(paper), at=at)
    stores.outbox.enqueue({paper.id: query_ids(stores)}, at=at)


def claim_digest(stores: Stores, at: datetime = DUE, following: datetime = NEXT) -> Claim:
    """Claim the channel's digest."""
    claimed = stores.outbox.claim(HERE, now=at, flood_limit=20, digest_limit=DIGEST_LIMIT, next_digest=following)
    assert claimed is not None
    return claimed


def due_at(stores: Stores) -> datetime | None:
    """When the channel's next message is due."""
    return stores.outbox.next_due(platforms=["terminal"])


def digest_due(stores: Stores) -> datetime | None:
    """When the channel's next digest is due."""
    channel = stores.channels.get(HERE)
    assert channel is not None
    return channel.digest_due


def titles(claimed: Claim) -> list[str]:
    """The titles of its papers."""
    return [delivery.paper.title for delivery in claimed.deliveries]


class TestPapers:
    """`PaperStore`."""

    def test_a_paper_comes_back_as_it_was_saved(self, stores: Stores) -> None:
        paper = a_paper(
            published_at=NOW,
            summary="Dancing robots.",
            keywords=("robots", "dance"),
            organization="Acme",
            upvotes=3,
            comments=2,
            stars=0,
            code_url="https://code.example/1",
            project_url="https://project.example",
            thumbnail_url="https://thumbnails.example/1.png",
        )
        stores.papers.save("sample", list_of(paper), at=NOW)
        assert stores.papers.get(paper.id) == paper

    def test_saving_says_how_many_papers_are_new(self, stores: Stores) -> None:
        one, two = a_paper(id="9901.00001"), a_paper(id="9901.00002")
        assert stores.papers.save("sample", list_of(one), at=NOW) == 1
        assert stores.papers.save("sample", list_of(one, two), at=NOW) == 1

    def test_an_unknown_paper_is_none(self, stores: Stores) -> None:
        assert stores.papers.get("9901.00001") is None

    def test_new_papers_are_pending_by_list_day_and_order(self, stores: Stores) -> None:
        first, second = a_paper(id="9901.00009"), a_paper(id="9901.00001")
        older = a_paper(id="9901.00005", list_day=YESTERDAY)
        stores.papers.save("sample", list_of(first, second), at=NOW)
        stores.papers.save("sample", list_of(older), at=NOW)
        assert [paper.id for paper in stores.papers.pending(limit=9)] == ["9901.00005", "9901.00009", "9901.00001"]
        assert len(stores.papers.pending(limit=2)) == 2

    def test_an_enqueued_paper_is_no_longer_pending(self, stores: Stores) -> None:
        stores.papers.save("sample", list_of(a_paper()), at=NOW)
        stores.outbox.enqueue({"9901.00001": []}, at=NOW)
        assert stores.papers.pending(limit=9) == []

    def test_a_paper_that_changed_is_pending_again_and_one_that_did_not_is_not(self, stores: Stores) -> None:
        stores.papers.save("sample", list_of(a_paper(upvotes=1)), at=NOW)
        stores.outbox.enqueue({"9901.00001": []}, at=NOW)
        stores.papers.save("sample", list_of(a_paper(upvotes=1)), at=LATER)
        assert stores.papers.pending(limit=9) == []
        stores.papers.save("sample", list_of(a_paper(upvotes=2)), at=LATER)
        assert [paper.upvotes for paper in stores.papers.pending(limit=9)] == [2]

    def test_a_paper_that_changed_while_it_was_matched_stays_pending(self, stores: Stores) -> None:
        stores.papers.save("sample", list_of(a_paper(upvotes=2)), at=LATER)
        stores.outbox.enqueue({"9901.00001": []}, at=NOW)
        assert len(stores.papers.pending(limit=9)) == 1

    def test_a_paper_listed_twice_keeps_its_first_list_day(self, stores: Stores) -> None:
        for day in (TODAY, TOMORROW, YESTERDAY):
            stores.papers.save("sample", list_of(a_paper(list_day=day)), at=NOW)
        paper = stores.papers.get("9901.00001")
        assert paper is not None
        assert paper.list_day == YESTERDAY

    def test_what_a_source_no_longer_gives_is_kept(self, stores: Stores) -> None:
        rich = a_paper(summary="Dancing robots.", keywords=("robots",), organization="Acme", stars=7)
        stores.papers.save("sample", list_of(rich), at=NOW)
        stores.papers.save("sample", list_of(a_paper()), at=LATER)
        assert stores.papers.get("9901.00001") == rich

    def test_the_reading_of_an_empty_list_is_remembered(self, stores: Stores) -> None:
        stores.papers.save("sample", list_of(day=TODAY), at=NOW)
        stores.papers.save("other", list_of(day=YESTERDAY), at=NOW)
        assert stores.papers.last_read("sample", since=YESTERDAY) == {TODAY: NOW}
        assert stores.papers.last_read("sample", since=TOMORROW) == {}

    def test_papers_are_listed_by_day_latest_first(self, stores: Stores) -> None:
        for number, day in enumerate((YESTERDAY, TODAY, TOMORROW)):
            stores.papers.save("sample", list_of(a_paper(id=f"9901.0000{number}", list_day=day)), at=NOW)
        assert [paper.list_day for paper in stores.papers.listed(since=TODAY)] == [TOMORROW, TODAY]
        assert [paper.list_day for paper in stores.papers.listed(since=YESTERDAY, until=TODAY)] == [TODAY, YESTERDAY]


class TestSubscriptions:
    """`SubscriptionStore`."""

    def test_numbers_start_at_one_in_each_channel_and_are_never_reused(self, stores: Stores) -> None:
        assert [subscribe(stores, HERE, query).number for query in ("a1", "b1")] == [1, 2]
        stores.subscriptions.remove(HERE, 2)
        assert subscribe(stores, HERE, "c1").number == 3
        assert subscribe(stores, THERE, "a1").number == 1

    def test_the_same_query_twice_in_a_channel_is_refused_with_its_number(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        with pytest.raises(AlreadySubscribed) as refused:
            subscribe(stores, HERE, "Robots")
        assert refused.value.number == 1

    def test_a_removed_query_can_be_subscribed_to_again(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        stores.subscriptions.remove(HERE, 1)
        assert subscribe(stores, HERE, "robots").number == 2

    def test_more_than_the_limit_is_refused(self, stores: Stores) -> None:
        with pytest.raises(TooManySubscriptions) as refused:
            stores.subscriptions.add(HERE, "robots", canonical="robots", by="ada", at=NOW, limit=0)
        assert (refused.value.channel, refused.value.count, refused.value.limit) == (str(HERE), 1, 0)

    def test_removing_a_missing_subscription_does_nothing(self, stores: Stores) -> None:
        stores.subscriptions.remove(HERE, 7)
        assert stores.subscriptions.all(now=NOW) == []

    def test_equal_queries_are_stored_once_while_a_subscription_has_them(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        subscribe(stores, THERE, "ROBOTS and dance")
        subscribe(stores, THERE, "Robots")
        assert sorted(text for _, text in queries_of(stores)) == ["ROBOTS and dance", "robots"]
        stores.subscriptions.remove(HERE, 1)
        stores.subscriptions.remove(THERE, 2)
        assert [text for _, text in queries_of(stores)] == ["ROBOTS and dance"]

    def test_subscriptions_come_back_as_they_were_made(self, stores: Stores) -> None:
        made = [subscribe(stores, HERE, "robots", by="ada"), subscribe(stores, HERE, "dance", by="ben")]
        assert stores.subscriptions.of(HERE, now=NOW) == made
        assert stores.subscriptions.of(THERE, now=NOW) == []

    def test_matches_of_the_last_thirty_days_are_counted_and_the_last_is_dated(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two")
        [soon] = stores.subscriptions.of(HERE, now=NOW)
        [long_after] = stores.subscriptions.of(HERE, now=NOW + timedelta(days=31))
        assert (soon.matches_30_days, soon.last_match) == (2, NOW)
        assert (long_after.matches_30_days, long_after.last_match) == (0, NOW)

    def test_a_new_subscription_is_pending_until_its_papers_are_enqueued(self, stores: Stores) -> None:
        subscription = subscribe(stores, HERE, "robots")
        assert [
            (subscription.channel, subscription.number) for subscription in stores.subscriptions.pending(limit=9)
        ] == [(HERE, 1)]
        stores.outbox.enqueue_first(subscription, [], at=NOW)
        assert stores.subscriptions.pending(limit=9) == []

    def test_many_subscriptions_are_made_at_once_and_existing_ones_are_left_out(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        plans = [
            ChannelPlan(channel, tuple(NewSubscription(channel, query, query, "ada") for query in queries))
            for channel, queries in [(HERE, ["robots", "dance"]), (THERE, ["robots", "robots"])]
        ]
        assert stores.subscriptions.follow(plans, at=NOW, limit=9) == Planned(made=2, known=2)
        made = stores.subscriptions.all(now=NOW)
        assert [(subscription.channel, subscription.number, subscription.query) for subscription in made] == [
            (THERE, 1, "robots"),
            (HERE, 1, "robots"),
            (HERE, 2, "dance"),
        ]

    def test_many_subscriptions_are_made_together_or_not_at_all(self, stores: Stores) -> None:
        def failing() -> Iterator[ChannelPlan]:
            yield ChannelPlan(HERE, (NewSubscription(HERE, "robots", "robots", "ada"),))
            raise KeyError

        with pytest.raises(KeyError):
            stores.subscriptions.follow(failing(), at=NOW, limit=9)
        assert stores.subscriptions.all(now=NOW) == []


class TestIndex:
    """`QueryIndex`."""

    def test_a_new_query_is_unfiled_until_it_is_filed(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        [(query, text)] = stores.index.unfiled(1, limit=9)
        assert text == "robots"
        stores.index.file({query: [("robot", "robot")]}, version=1)
        assert stores.index.unfiled(1, limit=9) == []
        assert list(stores.index.under(["robot", "dance"])) == [(query, "robot")]

    def test_queries_filed_by_an_earlier_folding_are_filed_again_instead(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        [query] = query_ids(stores)
        stores.index.file({query: [("robots", "robots"), ("bots", "bots")]}, version=1)
        assert stores.index.unfiled(2, limit=9) == [(query, "robots")]
        stores.index.file({query: [("robot", "robot")]}, version=2)
        assert list(stores.index.under(["robots", "bots", "robot"])) == [(query, "robot")]

    def test_a_query_without_subscriptions_is_not_found(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        [query] = query_ids(stores)
        stores.index.file({query: [("robot", "robot")]}, version=1)
        stores.subscriptions.remove(HERE, 1)
        stores.index.file({query: [("robot", "robot")]}, version=1)
        assert list(stores.index.under(["robot"])) == []


class TestChannels:
    """`ChannelStore`."""

    def test_a_paused_channel_says_why_and_a_resumed_one_does_not(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        pause = Pause("the channel is archived", "unarchive it", NOW, LATER)
        stores.channels.pause(HERE, pause)
        assert stores.channels.get(HERE) == Channel(HERE, pause)
        stores.channels.resume(HERE)
        assert stores.channels.get(HERE) == Channel(HERE)

    def test_paused_channels_are_counted_by_platform(self, stores: Stores) -> None:
        for channel in (HERE, THERE):
            subscribe(stores, channel, "robots")
        stores.channels.pause(THERE, Pause("the channel is archived", "unarchive it", NOW, LATER))
        assert stores.channels.paused() == {THERE.platform: 1}

    def test_what_waits_in_a_paused_channel_is_due_when_the_pause_is_probed(self, stores: Stores) -> None:
        enqueue(stores, "Robots")
        stores.channels.pause(HERE, Pause("the channel is archived", "unarchive it", NOW, LATER))
        assert stores.outbox.due(now=NOW, platforms=["terminal"], limit=9) == []
        assert stores.outbox.due(now=LATER, platforms=["terminal"], limit=9) == [HERE]

    def test_nothing_is_due_in_a_paused_channel_where_nothing_waits(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        stores.channels.pause(HERE, Pause("the channel is archived", "unarchive it", NOW, LATER))
        assert stores.outbox.due(now=LATER, platforms=["terminal"], limit=9) == []

    def test_a_channel_is_greeted_once(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        assert [stores.channels.greet(channel) for channel in (HERE, HERE, THERE, THERE)] == [True, False, True, False]


class TestEnqueueing:
    """`Outbox`: enqueueing."""

    def test_a_paper_is_due_in_every_channel_that_subscribed_to_one_of_the_queries(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        subscribe(stores, HERE, "dance")
        subscribe(stores, THERE, "dance")
        stores.papers.save("sample", list_of(a_paper()), at=NOW)
        assert stores.outbox.enqueue({"9901.00001": query_ids(stores)}, at=NOW) == 2
        assert stores.outbox.enqueue({"9901.00001": query_ids(stores)}, at=NOW) == 0

    def test_a_paper_for_very_many_channels_reaches_them_all(self, stores: Stores) -> None:
        """More than one transaction writes."""
        channels = [Address("slack", f"C{number:09}") for number in range(12_001)]
        plans = [ChannelPlan(channel, (NewSubscription(channel, "*", "*", "ada"),)) for channel in channels]
        stores.subscriptions.follow(plans, at=NOW, limit=1)
        stores.papers.save("sample", list_of(a_paper()), at=NOW)
        assert stores.outbox.enqueue({"9901.00001": query_ids(stores)}, at=NOW) == len(channels)
        assert len(stores.outbox.due(now=NOW, platforms=["slack"], limit=20_000)) == len(channels)
        assert stores.papers.pending(limit=9) == []

    def test_subscriptions_made_after_the_list_day_do_not_count(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots", at=NOW + timedelta(hours=11, minutes=59))
        subscribe(stores, THERE, "robots", at=NOW + timedelta(hours=12))
        stores.papers.save("sample", list_of(a_paper()), at=NOW)
        assert stores.outbox.enqueue({"9901.00001": query_ids(stores)}, at=NOW) == 1
        assert [
            channel
            for channel in (HERE, THERE)
            if stores.outbox.claim(channel, now=LATER, flood_limit=20, digest_limit=DIGEST_LIMIT)
        ] == [HERE]

    def test_a_new_subscription_gets_the_papers_of_its_day(self, stores: Stores) -> None:
        subscription = subscribe(stores, HERE, "robots")
        today, yesterday = a_paper(id="9901.00001"), a_paper(id="9901.00002", list_day=YESTERDAY)
        stores.papers.save("sample", list_of(today), at=NOW)
        stores.papers.save("sample", list_of(yesterday), at=NOW)
        assert stores.outbox.enqueue_first(subscription, [today.id, yesterday.id], at=NOW) == 1
        assert [delivery.paper.id for delivery in claim(stores).deliveries] == ["9901.00001"]

    def test_a_subscription_that_ended_meanwhile_gets_nothing(self, stores: Stores) -> None:
        subscription = subscribe(stores, HERE, "robots")
        stores.papers.save("sample", list_of(a_paper()), at=NOW)
        stores.subscriptions.remove(HERE, subscription.number)
        assert stores.outbox.enqueue_first(subscription, ["9901.00001"], at=NOW) == 0

    def test_what_was_delivered_once_is_never_enqueued_again(self, stores: Stores) -> None:
        enqueue(stores, "Robots")
        stores.outbox.deliver(claim(stores), OPEN, at=LATER)
        stores.subscriptions.remove(HERE, 1)
        subscription = subscribe(stores, HERE, "robots")
        assert stores.outbox.enqueue_first(subscription, ["9901.00001"], at=LATER) == 0
        assert stores.outbox.enqueue({"9901.00001": query_ids(stores)}, at=LATER) == 0


class TestClaiming:
    """`Outbox`: claiming and settling."""

    def test_the_earliest_delivery_is_claimed_first(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two")
        assert titles(claim(stores)) == ["One"]

    def test_a_claim_tells_the_query_the_time_and_a_lasting_key(self, stores: Stores) -> None:
        enqueue(stores, "One")
        claimed = claim(stores)
        [delivery] = claimed.deliveries
        assert (delivery.query, delivery.enqueued_at) == ("*", NOW)
        assert (claimed.claimed_at, claimed.uncertain) == (LATER, False)
        assert claimed.key == message_key(HERE, ["9901.00001"])

    def test_a_channel_with_a_claim_is_not_due_and_cannot_be_claimed(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two")
        claim(stores)
        assert stores.outbox.due(now=LATER, platforms=["terminal"], limit=9) == []
        assert stores.outbox.claim(HERE, now=LATER, flood_limit=20, digest_limit=DIGEST_LIMIT) is None

    def test_what_comes_in_while_a_message_is_on_its_way_does_not_make_the_channel_due(self, stores: Stores) -> None:
        enqueue(stores, "One")
        claim(stores)
        stores.papers.save("sample", list_of(a_paper(id="9901.00009")), at=LATER)
        stores.outbox.enqueue({"9901.00009": query_ids(stores)}, at=LATER)
        assert stores.outbox.due(now=LATER, platforms=["terminal"], limit=9) == []

    def test_channels_are_due_longest_waiting_first_on_the_platforms_asked_for(self, stores: Stores) -> None:
        enqueue(stores, "One", channel=THERE)
        stores.papers.save("sample", list_of(a_paper(id="9901.00009")), at=LATER)
        subscribe(stores, HERE, "*")
        stores.outbox.enqueue({"9901.00009": query_ids(stores)}, at=LATER)
        assert stores.outbox.due(now=LATER, platforms=["slack", "terminal"], limit=9) == [THERE, HERE]
        assert stores.outbox.due(now=LATER, platforms=["slack", "terminal"], limit=1) == [THERE]
        assert stores.outbox.due(now=LATER, platforms=["terminal"], limit=9) == [HERE]

    def test_more_than_the_flood_limit_is_claimed_together_and_as_many_one_by_one(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two", "Three")
        together = claim(stores, flood_limit=2)
        assert titles(together) == ["One", "Two", "Three"]
        stores.outbox.deliver(together, OPEN, at=LATER)
        assert stores.outbox.counts()["delivered"] == 3

    def test_as_many_as_the_flood_limit_are_claimed_one_by_one(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two")
        assert titles(claim(stores, flood_limit=2)) == ["One"]

    def test_a_rescheduled_message_is_due_at_its_time_and_holds_the_others_back(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two")
        soon = LATER + timedelta(minutes=5)
        stores.outbox.reschedule(claim(stores), due_at=soon, reason="busy", uncertain=False)
        assert stores.outbox.claim(HERE, now=LATER, flood_limit=20, digest_limit=DIGEST_LIMIT) is None
        assert stores.outbox.next_due(platforms=["terminal"]) == soon
        again = stores.outbox.claim(HERE, now=soon, flood_limit=20, digest_limit=DIGEST_LIMIT)
        assert again is not None
        assert (titles(again), again.attempts, again.uncertain) == (["One"], 1, False)

    def test_an_uncertain_message_keeps_its_key_its_time_and_its_papers(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two", "Three")
        first = claim(stores, flood_limit=2)
        stores.outbox.reschedule(first, due_at=LATER, reason="no answer", uncertain=True)
        again = stores.outbox.claim(HERE, now=LATER + timedelta(hours=1), flood_limit=20, digest_limit=DIGEST_LIMIT)
        assert again is not None
        assert (again.key, again.claimed_at, again.uncertain) == (first.key, LATER, True)
        assert titles(again) == ["One", "Two", "Three"]

    def test_what_was_claimed_when_the_process_died_is_uncertain_after_release(self, stores: Stores) -> None:
        enqueue(stores, "One")
        first = claim(stores)
        assert stores.outbox.release() == 1
        again = claim(stores)
        assert (again.key, again.uncertain) == (first.key, True)

    def test_release_of_one_channel_leaves_the_others(self, stores: Stores) -> None:
        enqueue(stores, "One")
        enqueue(stores, "One", channel=THERE)
        claim(stores, HERE)
        claim(stores, THERE)
        assert stores.outbox.release(THERE) == 1
        assert stores.outbox.due(now=LATER, platforms=["slack", "terminal"], limit=9) == [THERE]

    def test_after_a_message_is_settled_the_next_one_is_due_at_once(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two", "Three")
        stores.outbox.deliver(claim(stores), OPEN, at=LATER)
        stores.outbox.fail(claim(stores), reason="too long", at=LATER)
        assert titles(claim(stores)) == ["Three"]
        assert stores.outbox.counts() == {"due": 0, "claimed": 1, "delivered": 1, "failed": 1, "expired": 0}

    def test_nothing_is_due_when_all_is_settled(self, stores: Stores) -> None:
        enqueue(stores, "One")
        stores.outbox.deliver(claim(stores), OPEN, at=LATER)
        assert stores.outbox.next_due(platforms=["terminal"]) is None

    def test_a_held_message_pauses_its_channel_until_it_is_probed(self, stores: Stores) -> None:
        enqueue(stores, "One")
        probe = LATER + timedelta(minutes=30)
        stores.outbox.hold(claim(stores), Pause("archived", "unarchive it", LATER, probe))
        channel = stores.channels.get(HERE)
        assert channel is not None
        assert channel.pause == Pause("archived", "unarchive it", LATER, probe)
        assert stores.outbox.next_due(platforms=["terminal"]) == probe

    def test_a_pause_that_goes_on_keeps_its_beginning(self, stores: Stores) -> None:
        enqueue(stores, "One")
        for hours in (1, 2):
            at = LATER + timedelta(hours=hours)
            held = stores.outbox.claim(HERE, now=at, flood_limit=20, digest_limit=DIGEST_LIMIT)
            assert held is not None
            stores.outbox.hold(held, Pause("archived", "unarchive it", at, at))
        channel = stores.channels.get(HERE)
        assert channel is not None
        assert channel.pause is not None
        assert channel.pause.since == LATER + timedelta(hours=1)

    def test_a_delivery_ends_its_channels_pause(self, stores: Stores) -> None:
        enqueue(stores, "One")
        stores.outbox.hold(claim(stores), Pause("archived", "unarchive it", LATER, LATER))
        stores.outbox.deliver(claim(stores), OPEN, at=LATER)
        channel = stores.channels.get(HERE)
        assert channel is not None
        assert channel.pause is None

    def test_a_channel_that_is_resumed_is_due_at_once(self, stores: Stores) -> None:
        enqueue(stores, "One")
        stores.outbox.hold(claim(stores), Pause("archived", "unarchive it", LATER, LATER + timedelta(hours=1)))
        stores.channels.resume(HERE)
        assert titles(claim(stores)) == ["One"]
        assert [channel.pause for channel in stores.channels.all()] == [None]

    def test_withdrawn_deliveries_are_forgotten_and_the_rest_is_due_again(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two", "Three")
        together = claim(stores, flood_limit=2)
        stores.outbox.withdraw(together, ["9901.00001"])
        assert titles(claim(stores, flood_limit=1)) == ["Two", "Three"]
        assert stores.outbox.enqueue({"9901.00001": query_ids(stores)}, at=LATER) == 1

    def test_what_waited_too_long_expires_and_what_is_claimed_does_not(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two")
        claim(stores)
        assert expire(stores, before=LATER, at=LATER) == 1
        assert stores.outbox.counts() == {"due": 0, "claimed": 1, "delivered": 0, "failed": 0, "expired": 1}

    def test_a_claim_that_was_looked_for_in_vain_expires_too_and_the_next_one_is_due(self, stores: Stores) -> None:
        enqueue(stores, "One")
        stores.outbox.reschedule(claim(stores), due_at=LATER + WEEK, reason="no answer", uncertain=True)
        assert expire(stores, before=LATER, at=LATER) == 0
        add_paper(stores, "Two", at=LATER)
        assert expire(stores, before=LATER + SECOND, at=LATER + SECOND) == 2
        assert stores.outbox.counts() == {"due": 0, "claimed": 0, "delivered": 0, "failed": 0, "expired": 2}
        add_paper(stores, "Three", number=100, at=LATER)
        assert titles(claim(stores)) == ["Three"]

    def test_a_claim_that_is_no_longer_looked_for_expires_too(self, stores: Stores) -> None:
        enqueue(stores, "One")
        stores.outbox.reschedule(claim(stores), due_at=LATER, reason="no answer", uncertain=True)
        assert expire(stores, before=LATER + SECOND, at=LATER + WEEK) == 1

    def test_a_claim_that_is_about_to_be_looked_for_does_not_expire(self, stores: Stores) -> None:
        enqueue(stores, "One")
        stores.outbox.reschedule(claim(stores), due_at=LATER + WEEK, reason="no answer", uncertain=True)
        assert expire(stores, before=LATER + SECOND, at=LATER + WEEK) == 0
        assert due_at(stores) == LATER + WEEK

    def test_an_empty_digest_that_was_asked_for_in_vain_is_dropped(self, stores: Stores) -> None:
        let_digests_come(stores, even_if_empty=True)
        stores.outbox.reschedule(claim_digest(stores), due_at=NEXT + WEEK, reason="no answer", uncertain=True)
        assert expire(stores, before=DUE + SECOND, at=DUE + SECOND) == 0
        assert due_at(stores) == NEXT

    def test_a_claim_that_was_settled_cannot_be_settled_again(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two")
        first = claim(stores)
        stores.outbox.deliver(first, OPEN, at=LATER)
        claim(stores)
        stores.outbox.fail(first, reason="late", at=LATER)
        assert stores.outbox.counts()["failed"] == 0

    def test_a_delivery_names_no_query_once_it_was_unsubscribed(self, stores: Stores) -> None:
        enqueue(stores, "One")
        stores.subscriptions.remove(HERE, 1)
        assert [delivery.query for delivery in claim(stores).deliveries] == [None]

    def test_many_threads_claim_each_message_once(self, stores: Stores) -> None:
        addresses = [Address("slack", f"C{number}") for number in range(8)]
        for address in addresses:
            subscribe(stores, address, "*")
        enqueue(stores, "One")
        claims: list[Claim] = []

        def work() -> None:
            taken = [
                stores.outbox.claim(address, now=LATER, flood_limit=20, digest_limit=DIGEST_LIMIT)
                for address in addresses
            ]
            claims.extend(filter(None, taken))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(claimed.channel for claimed in claims) == addresses


class TestDigests:
    """Channels with a schedule."""

    def test_a_channel_says_its_schedule_and_an_unknown_one_becomes_known(self, stores: Stores) -> None:
        let_digests_come(stores)
        assert stores.channels.get(HERE) == Channel(HERE, None, "daily 09:00 UTC", DUE)
        stores.channels.set_schedule(HERE, "", None, at=NOW)
        assert stores.channels.get(HERE) == Channel(HERE)

    def test_what_comes_in_is_due_with_the_digest(self, stores: Stores) -> None:
        let_digests_come(stores)
        enqueue(stores, "One", "Two")
        assert due_at(stores) == DUE
        assert stores.outbox.claim(HERE, now=LATER, flood_limit=20, digest_limit=DIGEST_LIMIT, next_digest=NEXT) is None
        assert titles(claim_digest(stores)) == ["One", "Two"]

    def test_the_first_papers_of_a_subscription_are_due_with_the_digest(self, stores: Stores) -> None:
        let_digests_come(stores)
        subscription = subscribe(stores, HERE, "robots")
        stores.papers.save("sample", list_of(a_paper()), at=NOW)
        stores.outbox.enqueue_first(subscription, ["9901.00001"], at=NOW)
        assert due_at(stores) == DUE

    def test_what_waits_follows_the_schedule_when_it_is_changed(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two")
        let_digests_come(stores)
        assert due_at(stores) == DUE
        stores.channels.set_schedule(HERE, "", None, at=LATER)
        assert due_at(stores) == LATER
        assert titles(claim(stores)) == ["One"]

    def test_a_digest_moves_on_when_it_is_claimed_and_what_comes_in_then_waits_for_the_next(
        self, stores: Stores
    ) -> None:
        let_digests_come(stores)
        enqueue(stores, "One", "Two")
        digest = claim_digest(stores)
        assert digest_due(stores) == NEXT
        add_paper(stores, "Three", at=DUE)
        stores.outbox.deliver(digest, OPEN, at=DUE)
        assert due_at(stores) == NEXT
        assert titles(claim_digest(stores, NEXT, NEXT + timedelta(days=1))) == ["Three"]

    def test_more_than_one_message_holds_comes_in_several_at_once(self, stores: Stores) -> None:
        let_digests_come(stores)
        enqueue(stores, *(str(number) for number in range(DIGEST_LIMIT + 2)))
        first = claim_digest(stores)
        add_paper(stores, "Later", at=DUE)
        stores.outbox.deliver(first, OPEN, at=DUE)
        second = claim_digest(stores)
        stores.outbox.deliver(second, OPEN, at=DUE)
        assert (len(first.deliveries), titles(second)) == (DIGEST_LIMIT, [str(DIGEST_LIMIT), str(DIGEST_LIMIT + 1)])
        assert due_at(stores) == NEXT

    def test_a_missed_digest_comes_late_and_once(self, stores: Stores) -> None:
        let_digests_come(stores)
        enqueue(stores, "One")
        late = DUE + timedelta(days=3)
        stores.outbox.deliver(claim_digest(stores, late, late + timedelta(hours=2)), OPEN, at=late)
        assert stores.outbox.claim(HERE, now=late, flood_limit=20, digest_limit=DIGEST_LIMIT, next_digest=NEXT) is None
        assert digest_due(stores) == late + timedelta(hours=2)

    def test_a_digest_whose_next_moment_is_not_known_stays_due(self, stores: Stores) -> None:
        let_digests_come(stores)
        enqueue(stores, "One")
        assert stores.outbox.claim(HERE, now=DUE, flood_limit=20, digest_limit=DIGEST_LIMIT) is None
        assert due_at(stores) == DUE

    def test_a_digest_that_may_have_arrived_keeps_its_key_and_its_papers(self, stores: Stores) -> None:
        let_digests_come(stores)
        enqueue(stores, "One", "Two")
        first = claim_digest(stores)
        add_paper(stores, "Three", at=DUE)
        stores.outbox.release()
        again = claim_digest(stores, DUE + timedelta(hours=1), NEXT)
        assert (again.key, titles(again), again.uncertain) == (first.key, ["One", "Two"], True)
        stores.outbox.deliver(again, OPEN, at=DUE)
        assert due_at(stores) == NEXT

    def test_a_digest_that_could_not_be_posted_comes_when_it_is_tried_again(self, stores: Stores) -> None:
        let_digests_come(stores)
        enqueue(stores, "One", "Two")
        soon = DUE + timedelta(minutes=5)
        stores.outbox.reschedule(claim_digest(stores), due_at=soon, reason="busy", uncertain=False)
        add_paper(stores, "Three", at=DUE)
        assert due_at(stores) == soon
        again = claim_digest(stores, soon)
        assert (titles(again), again.attempts) == (["One", "Two", "Three"], 1)
        assert digest_due(stores) == NEXT

    def test_what_is_left_of_a_digest_after_a_withdrawal_is_due_at_once(self, stores: Stores) -> None:
        let_digests_come(stores)
        enqueue(stores, "One", "Two")
        digest = claim_digest(stores)
        add_paper(stores, "Three", at=DUE)
        stores.outbox.withdraw(digest, ["9901.00001"])
        assert titles(claim_digest(stores)) == ["Two"]

    def test_an_empty_digest_is_due_for_skipping_and_not_for_posting(self, stores: Stores) -> None:
        let_digests_come(stores)
        assert stores.outbox.due(now=DUE, platforms=["terminal"], limit=9) == []
        assert stores.channels.digests_due(DUE - timedelta(seconds=1), limit=9) == []
        assert [channel.address for channel in stores.channels.digests_due(DUE, limit=9)] == [HERE]
        stores.channels.skip_digests({HERE: NEXT}, now=DUE)
        assert stores.channels.digests_due(DUE, limit=9) == []
        assert digest_due(stores) == NEXT

    def test_a_digest_that_something_waits_for_is_not_skipped(self, stores: Stores) -> None:
        let_digests_come(stores)
        enqueue(stores, "One")
        assert stores.channels.digests_due(DUE, limit=9) == []
        stores.channels.skip_digests({HERE: NEXT}, now=DUE)
        assert digest_due(stores) == DUE

    def test_an_empty_digest_that_is_wanted_is_claimed_and_reconciled_like_any_other(self, stores: Stores) -> None:
        let_digests_come(stores, even_if_empty=True)
        assert stores.channels.digests_due(DUE, limit=9) == []
        assert stores.outbox.due(now=DUE, platforms=["terminal"], limit=9) == [HERE]
        first = claim_digest(stores)
        assert first.deliveries == ()
        stores.outbox.release()
        again = claim_digest(stores)
        assert (again.key, again.uncertain) == (first.key, True)
        stores.outbox.deliver(again, OPEN, at=DUE)
        assert due_at(stores) == NEXT
        assert claim_digest(stores, NEXT, NEXT + timedelta(days=1)).key != first.key

    def test_an_empty_digest_that_could_not_be_posted_brings_what_has_come_since(self, stores: Stores) -> None:
        let_digests_come(stores, even_if_empty=True)
        soon = DUE + timedelta(minutes=5)
        stores.outbox.reschedule(claim_digest(stores), due_at=soon, reason="busy", uncertain=False)
        assert due_at(stores) == soon
        enqueue(stores, "One")
        again = claim_digest(stores, soon)
        assert (titles(again), again.attempts) == (["One"], 1)

    def test_a_paused_channel_is_probed_with_its_digest(self, stores: Stores) -> None:
        let_digests_come(stores)
        enqueue(stores, "One")
        stores.channels.pause(HERE, Pause("archived", "unarchive it", NOW, LATER))
        assert due_at(stores) == DUE
        stores.channels.resume(HERE)
        assert due_at(stores) == DUE

    def test_what_waits_for_its_digest_has_a_week_more_than_others(self, stores: Stores) -> None:
        let_digests_come(stores)
        enqueue(stores, "One")
        enqueue(stores, "One", channel=THERE)
        assert expire(stores, before=LATER, at=LATER) == 1
        assert titles(claim_digest(stores)) == ["One"]
        stores.outbox.release()
        stores.outbox.reschedule(claim_digest(stores), due_at=DUE, reason="busy", uncertain=False)
        assert expire(stores, before=LATER + timedelta(days=7), at=LATER) == 1


class TestQuiet:
    """Pauses that people ask for."""

    END = NOW + timedelta(days=3)

    @pytest.mark.parametrize("until", [END, None])
    def test_a_quiet_channel_says_so_and_an_unknown_one_becomes_known(
        self, stores: Stores, until: datetime | None
    ) -> None:
        quiet = Quiet(NOW, until, "ada")
        stores.channels.quieten(HERE, quiet)
        assert stores.channels.get(HERE) == Channel(HERE, quiet=quiet)
        stores.channels.wake_up(HERE, LATER)
        assert stores.channels.get(HERE) == Channel(HERE)

    def test_nothing_is_due_until_the_quiet_ends(self, stores: Stores) -> None:
        enqueue(stores, "One")
        stores.channels.quieten(HERE, Quiet(NOW, self.END, "ada"))
        add_paper(stores, "Two")
        assert due_at(stores) == self.END
        assert stores.outbox.due(now=LATER, platforms=["terminal"], limit=9) == []
        assert stores.outbox.due(now=self.END, platforms=["terminal"], limit=9) == [HERE]

    def test_what_comes_into_a_quiet_channel_is_due_when_that_ends(self, stores: Stores) -> None:
        stores.channels.quieten(HERE, Quiet(NOW, self.END, "ada"))
        enqueue(stores, "One")
        assert due_at(stores) == self.END
        assert stores.outbox.claim(HERE, now=self.END, flood_limit=20, digest_limit=DIGEST_LIMIT) is not None

    def test_nothing_is_ever_due_in_a_quiet_without_end(self, stores: Stores) -> None:
        stores.channels.quieten(HERE, Quiet(NOW, None, "ada"))
        enqueue(stores, "One")
        assert due_at(stores) is None
        assert stores.outbox.due(now=NOW + timedelta(days=9999), platforms=["terminal"], limit=9) == []

    def test_a_channel_that_is_woken_up_gets_what_waited_at_once(self, stores: Stores) -> None:
        enqueue(stores, "One")
        stores.channels.quieten(HERE, Quiet(NOW, None, "ada"))
        stores.channels.wake_up(HERE, LATER)
        assert due_at(stores) == LATER

    def test_a_channel_with_a_schedule_that_is_woken_up_waits_for_its_digest(self, stores: Stores) -> None:
        let_digests_come(stores)
        enqueue(stores, "One")
        stores.channels.quieten(HERE, Quiet(NOW, self.END, "ada"))
        assert due_at(stores) == self.END
        stores.channels.wake_up(HERE, LATER)
        assert due_at(stores) == DUE

    def test_a_later_pause_takes_the_place_of_an_earlier_one(self, stores: Stores) -> None:
        enqueue(stores, "One")
        stores.channels.quieten(HERE, Quiet(NOW, None, "ada"))
        stores.channels.quieten(HERE, Quiet(NOW, LATER, "ben"))
        assert due_at(stores) == LATER

    @pytest.mark.parametrize("uncertain", [False, True])
    def test_a_message_that_is_put_back_waits_for_the_end_too(self, stores: Stores, *, uncertain: bool) -> None:
        enqueue(stores, "One")
        claimed = claim(stores)
        stores.channels.quieten(HERE, Quiet(NOW, self.END, "ada"))
        assert due_at(stores) is None
        stores.outbox.reschedule(claimed, due_at=LATER, reason="busy", uncertain=uncertain)
        assert due_at(stores) == self.END

    def test_a_message_that_arrives_meanwhile_is_settled(self, stores: Stores) -> None:
        enqueue(stores, "One", "Two")
        claimed = claim(stores)
        stores.channels.quieten(HERE, Quiet(NOW, self.END, "ada"))
        stores.outbox.deliver(claimed, OPEN, at=LATER)
        assert stores.outbox.counts()["delivered"] == 1
        assert due_at(stores) == self.END

    def test_what_was_claimed_when_the_process_died_waits_for_the_end_too(self, stores: Stores) -> None:
        enqueue(stores, "One")
        claim(stores)
        stores.channels.quieten(HERE, Quiet(NOW, self.END, "ada"))
        stores.outbox.release()
        assert due_at(stores) == self.END

    def test_a_platforms_pause_and_peoples_end_apart(self, stores: Stores) -> None:
        enqueue(stores, "One")
        stores.channels.quieten(HERE, Quiet(NOW, self.END, "ada"))
        stores.channels.pause(HERE, Pause("archived", "unarchive it", NOW, LATER))
        assert due_at(stores) == self.END
        stores.channels.resume(HERE)
        assert due_at(stores) == self.END
        stores.channels.wake_up(HERE, LATER)
        assert due_at(stores) == LATER

    def test_an_empty_digest_of_the_quiet_is_not_made_up_for(self, stores: Stores) -> None:
        let_digests_come(stores, even_if_empty=True)
        stores.channels.quieten(HERE, Quiet(NOW, self.END, "ada"))
        following = self.END + timedelta(hours=21)
        assert (
            stores.outbox.claim(HERE, now=self.END, flood_limit=20, digest_limit=DIGEST_LIMIT, next_digest=following)
            is None
        )
        assert due_at(stores) == following
        assert claim_digest(stores, following, following + timedelta(days=1)).deliveries == ()


class OutboxLife(RuleBasedStateMachine):
    """Whatever happens, in any order: one delivery per paper and channel, in order, none lost."""

    def __init__(self) -> None:
        """A channel subscribed to everything."""
        super().__init__()
        self.folder = TemporaryDirectory()
        self.database = open_database(Path(self.folder.name) / "paperwire.db")
        self.stores = stores_of(self.database)
        subscribe(self.stores, HERE, "*")
        self.now = NOW
        self.enqueued: list[str] = []
        self.settled: list[str] = []
        self.claimed: Claim | None = None
        self.of_the_digest: set[str] = set()

    @property
    def channel(self) -> Channel:
        """The channel as the store knows it."""
        channel = self.stores.channels.get(HERE)
        assert channel is not None
        return channel

    @rule(count=st.sampled_from([1, 2, 30]))
    def list_papers(self, count: int) -> None:
        """New papers come in."""
        papers = [a_paper(id=f"9901.{len(self.enqueued) + number:05}") for number in range(count)]
        self.stores.papers.save("sample", list_of(*papers), at=self.now)
        found = {paper.id: query_ids(self.stores) for paper in papers}
        assert self.stores.outbox.enqueue(found, at=self.now) == count
        self.enqueued += found

    @rule(hours=st.integers(1, 48))
    def let_time_pass(self, hours: int) -> None:
        """Nothing happens for a while."""
        self.now += timedelta(hours=hours)

    @rule(hours=st.integers(1, 48))
    def let_digests_come(self, hours: int) -> None:
        """Somebody chooses digests."""
        self.stores.channels.set_schedule(HERE, "daily 09:00 UTC", self.now + timedelta(hours=hours), at=self.now)
        self.of_the_digest.clear()

    @rule()
    def let_papers_come_at_once(self) -> None:
        """Somebody chooses single papers."""
        self.stores.channels.set_schedule(HERE, "", None, at=self.now)

    @rule(hours=st.none() | st.integers(1, 48))
    def quieten(self, hours: int | None) -> None:
        """Somebody pauses the channel."""
        until = None if hours is None else self.now + timedelta(hours=hours)
        self.stores.channels.quieten(HERE, Quiet(self.now, until, "ada"))

    @rule()
    def wake_up(self) -> None:
        """Somebody resumes the channel."""
        self.stores.channels.wake_up(HERE, self.now)

    @rule(is_closed=st.booleans())
    def close_or_open(self, is_closed: bool) -> None:  # noqa: FBT001 - hypothesis names it
        """The channel closes, or opens again."""
        if is_closed:
            self.stores.channels.pause(HERE, Pause("archived", "unarchive it", self.now, self.now))
        else:
            self.stores.channels.resume(HERE)

    @precondition(lambda self: self.enqueued)
    @rule()
    def match_again(self) -> None:
        """The matcher runs again after a crash."""
        for paper_id in self.enqueued:
            assert self.stores.outbox.enqueue({paper_id: query_ids(self.stores)}, at=self.now) == 0

    @precondition(lambda self: self.claimed is None)
    @rule(flood_limit=st.integers(1, 4))
    def claim(self, flood_limit: int) -> None:
        """The courier takes the next message: always the earliest that are open."""
        before = self.channel
        following = self.now + timedelta(hours=24) if before.schedule else None
        self.claimed = self.stores.outbox.claim(
            HERE, now=self.now, flood_limit=flood_limit, digest_limit=DIGEST_LIMIT, next_digest=following
        )
        if self.claimed:
            ids = [delivery.paper.id for delivery in self.claimed.deliveries]
            assert ids == self.enqueued[len(self.settled) : len(self.settled) + len(ids)]
            assert before.quiet is None or not before.quiet.lasts(self.now)
            if before.digest_due and not self.claimed.uncertain:
                if before.digest_due <= self.now:
                    self.of_the_digest = set(self.enqueued[len(self.settled) :])
                    assert self.channel.digest_due == following
                assert self.of_the_digest.issuperset(ids)

    @precondition(lambda self: self.claimed)
    @rule(well=st.booleans())
    def settle(self, well: bool) -> None:  # noqa: FBT001 - hypothesis names it
        """It arrives, or is refused."""
        assert self.claimed
        if well:
            self.stores.outbox.deliver(self.claimed, OPEN, at=self.now)
        else:
            self.stores.outbox.fail(self.claimed, reason="refused", at=self.now)
        self.settled += [delivery.paper.id for delivery in self.claimed.deliveries]
        self.claimed = None

    @precondition(lambda self: self.claimed)
    @rule(uncertain=st.booleans())
    def put_back(self, uncertain: bool) -> None:  # noqa: FBT001 - hypothesis names it
        """It has to wait, and then some time passes."""
        assert self.claimed
        soon = self.now + timedelta(seconds=5)
        self.stores.outbox.reschedule(self.claimed, due_at=soon, reason="busy", uncertain=uncertain)
        self.claimed, self.now = None, soon

    @precondition(lambda self: self.claimed)
    @rule()
    def crash(self) -> None:
        """The process dies and starts again."""
        assert self.stores.outbox.release() > 0
        self.claimed = None

    @invariant()
    def every_paper_has_one_delivery(self) -> None:
        """No paper is lost, and none comes twice."""
        counts = self.stores.outbox.counts()
        assert sum(counts.values()) == len(self.enqueued)
        assert counts["delivered"] + counts["failed"] == len(self.settled)

    @invariant()
    def whatever_is_open_and_not_claimed_falls_due(self) -> None:
        """What is open and not claimed falls due, unless the channel is paused without an end."""
        quiet = self.channel.quiet
        if self.claimed is None and len(self.settled) < len(self.enqueued):
            due = self.stores.outbox.next_due(platforms=["terminal"])
            assert (due is None) == (quiet is not None and quiet.until is None)
            assert due is None or quiet is None or quiet.until is None or due >= quiet.until

    def teardown(self) -> None:
        """Remove the database."""
        self.database.close()
        self.folder.cleanup()


TestOutboxLife = OutboxLife.TestCase
TestOutboxLife.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
