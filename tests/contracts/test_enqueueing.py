"""What every outbox promises about enqueueing."""

from __future__ import annotations

from datetime import timedelta

from bot.domain import (
    DIGEST_LIMIT,
    Address,
    ChannelPlan,
    NewSubscription,
)
from bot.ports.stores import Stores
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, query_ids, subscribe
from tests.contracts.stores import (
    DUE,
    LATER,
    OPEN,
    THERE,
    TOMORROW,
    YESTERDAY,
    add_paper,
    claim,
    claim_digest,
    enqueue,
    let_digests_come,
    titles,
)


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

    def test_a_query_never_gets_the_key_of_one_that_ended_while_papers_were_matched(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        found = {"9901.00001": query_ids(stores)}
        stores.papers.save("sample", list_of(a_paper()), at=NOW)
        stores.subscriptions.remove(HERE, 1)
        subscribe(stores, THERE, "violins")
        assert stores.outbox.enqueue(found, at=NOW) == 0

    def test_what_comes_later_does_not_join_a_digest_of_which_the_last_paper_was_withdrawn(
        self, stores: Stores
    ) -> None:
        let_digests_come(stores)
        enqueue(stores, "One", "Two")
        digest = claim_digest(stores)
        stores.outbox.withdraw(digest, ["9901.00002"])
        add_paper(stores, "Of the next digest", at=DUE)
        assert titles(claim_digest(stores)) == ["One"]

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


class TestEnqueueingForPausedSubscriptions:
    """`Outbox`: what is enqueued around the pause of a subscription."""

    def test_nothing_is_enqueued_for_a_paused_subscription(self, stores: Stores) -> None:
        subscribe(stores, HERE, "*")
        subscribe(stores, THERE, "*")
        stores.subscriptions.pause(HERE, 1, by="ada", at=NOW)
        stores.papers.save("sample", list_of(a_paper()), at=NOW)
        assert stores.outbox.enqueue({"9901.00001": query_ids(stores)}, at=NOW) == 1
        assert stores.outbox.fate(HERE, "9901.00001") is None
        assert stores.outbox.fate(THERE, "9901.00001") is not None

    def test_another_subscription_of_the_channel_brings_the_paper(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        subscribe(stores, HERE, "dance")
        stores.subscriptions.pause(HERE, 1, by="ada", at=NOW)
        stores.papers.save("sample", list_of(a_paper()), at=NOW)
        stores.outbox.enqueue({"9901.00001": query_ids(stores)}, at=NOW)
        assert [delivery.query for delivery in claim(stores).deliveries] == ["dance"]

    def test_one_that_was_paused_while_its_first_papers_were_looked_for_gets_none(self, stores: Stores) -> None:
        subscription = subscribe(stores, HERE, "*")
        stores.papers.save("sample", list_of(a_paper()), at=NOW)
        stores.subscriptions.pause(HERE, 1, by="ada", at=NOW)
        assert stores.outbox.enqueue_first(subscription, ["9901.00001"], at=NOW) == 0
        stores.subscriptions.resume(HERE, 1, since=NOW)
        [pending] = stores.subscriptions.pending(limit=9)
        assert stores.outbox.enqueue_first(pending, ["9901.00001"], at=NOW) == 1

    def test_a_resumed_subscription_gets_the_list_of_that_day_and_later_ones(self, stores: Stores) -> None:
        subscribe(stores, HERE, "*", at=NOW - timedelta(days=9))
        stores.subscriptions.pause(HERE, 1, by="ada", at=NOW - timedelta(days=2))
        papers = {day: a_paper(id=f"9901.{day.day:05}", list_day=day) for day in (YESTERDAY, TODAY, TOMORROW)}
        for paper in papers.values():
            stores.papers.save("sample", list_of(paper), at=NOW)
        stores.subscriptions.resume(HERE, 1, since=NOW)
        [pending] = stores.subscriptions.pending(limit=9)
        assert stores.outbox.enqueue_first(pending, [papers[YESTERDAY].id, papers[TODAY].id], at=NOW) == 1
        found = {paper.id: query_ids(stores) for paper in papers.values()}
        assert stores.outbox.enqueue(found, at=NOW) == 1
        assert stores.outbox.fate(HERE, papers[YESTERDAY].id) is None

    def test_what_was_posted_before_a_pause_does_not_come_again_after_it(self, stores: Stores) -> None:
        enqueue(stores, "One")
        stores.outbox.deliver(claim(stores), OPEN, at=NOW)
        stores.subscriptions.pause(HERE, 1, by="ada", at=NOW)
        stores.subscriptions.resume(HERE, 1, since=NOW)
        [pending] = stores.subscriptions.pending(limit=9)
        assert stores.outbox.enqueue_first(pending, ["9901.00001"], at=NOW) == 0
