"""What every store promises about moving subscriptions and about importing a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import Address, ChannelPlan, NewSubscription, PlanResult, Quiet, Receipt
from bot.errors import NoSubscription, SameChannel, SubscriptionRefused, TooManySubscriptions
from bot.ports.stores import Stores
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, query_ids, subscribe
from tests.contracts.stores import THERE

LATER = NOW + timedelta(hours=1)
YESTERDAY = NOW - timedelta(days=1)
ELSEWHERE = Address("terminal", "elsewhere")


def bring(stores: Stores, *titles: str) -> None:
    """Make papers with these titles due in every channel with a subscription."""
    known = len(stores.papers.listed(since=TODAY))
    papers = [a_paper(id=f"9901.{known + number:05}", title=title) for number, title in enumerate(titles, 1)]
    stores.papers.save("sample", list_of(*papers), at=NOW)
    for paper in papers:
        stores.outbox.enqueue({paper.id: query_ids(stores)}, at=NOW)


def post(stores: Stores, channel: Address) -> str:
    """Post the channel's next message; return the titles in it."""
    claim = stores.outbox.claim(
        channel, now=LATER, flood_limit=20, digest_limit=40, next_digest=LATER + timedelta(days=1)
    )
    if claim is None:
        return ""
    stores.outbox.deliver(claim, Receipt("1", "https://chat.example/1"), at=LATER)
    return ", ".join(delivery.paper.title for delivery in claim.deliveries)


def move(stores: Stores, source: Address = HERE, target: Address = THERE, *, limit: int = 100) -> tuple[int, ...]:
    """Move a channel's subscriptions; return what moved."""
    moved = stores.subscriptions.move(source, target, at=LATER, limit=limit)
    return moved.subscriptions, moved.merged, moved.waiting, moved.posted


def listed(stores: Stores, channel: Address) -> list[tuple[int, str, str]]:
    """The channel's subscriptions."""
    return [
        (subscription.number, subscription.query, subscription.created_by)
        for subscription in stores.subscriptions.of(channel)
    ]


class TestMoving:
    """`SubscriptionStore.move`."""

    def test_subscriptions_keep_their_author_and_time(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots", at=YESTERDAY, by="ben")
        subscribe(stores, HERE, "dance")
        assert move(stores) == (2, 0, 0, 0)
        assert listed(stores, HERE) == []
        assert listed(stores, THERE) == [(1, "robots", "ben"), (2, "dance", "ada")]
        assert stores.subscriptions.of(THERE)[0].created_at == YESTERDAY

    def test_what_waits_moves_and_what_was_posted_does_not_come_again(self, stores: Stores) -> None:
        subscribe(stores, HERE, "*")
        bring(stores, "Posted", "Waiting")
        assert post(stores, HERE) == "Posted"
        assert move(stores) == (1, 0, 1, 1)
        assert [post(stores, THERE), post(stores, THERE), post(stores, HERE)] == ["Waiting", "", ""]
        stores.outbox.enqueue({"9901.00001": query_ids(stores)}, at=LATER)
        assert post(stores, THERE) == ""

    def test_the_old_channel_does_not_get_again_what_was_posted_there(self, stores: Stores) -> None:
        subscribe(stores, HERE, "*")
        bring(stores, "Posted")
        post(stores, HERE)
        move(stores)
        subscribe(stores, HERE, "*")
        stores.outbox.enqueue({"9901.00001": query_ids(stores)}, at=LATER)
        assert post(stores, HERE) == ""

    def test_what_was_posted_in_the_old_channel_is_not_the_last_message_of_the_new_one(self, stores: Stores) -> None:
        subscribe(stores, HERE, "*")
        bring(stores, "Posted", "Waiting")
        post(stores, HERE)
        move(stores)
        claim = stores.outbox.claim(THERE, now=LATER, flood_limit=20, digest_limit=40)
        assert claim is not None
        assert claim.posted_after is None

    def test_a_message_on_its_way_waits_in_the_new_channel(self, stores: Stores) -> None:
        subscribe(stores, HERE, "*")
        bring(stores, "On its way")
        claim = stores.outbox.claim(HERE, now=NOW, flood_limit=20, digest_limit=40)
        assert claim is not None
        assert move(stores) == (1, 0, 1, 0)
        stores.outbox.deliver(claim, Receipt("1"), at=LATER)
        assert stores.outbox.counts()["delivered"] == 0
        assert post(stores, THERE) == "On its way"

    def test_of_one_that_both_have_the_older_stays(self, stores: Stores) -> None:
        subscribe(stores, THERE, "dance")
        subscribe(stores, THERE, "robots", by="cleo")
        subscribe(stores, HERE, "Robots", at=YESTERDAY, by="ben")
        assert move(stores) == (1, 1, 0, 0)
        assert listed(stores, THERE) == [(1, "dance", "ada"), (2, "robots", "ben")]

    @pytest.mark.parametrize(("source", "target"), [(HERE, THERE), (THERE, HERE)])
    def test_of_one_that_both_have_votes_are_followed_from_when_either_counts(
        self, stores: Stores, source: Address, target: Address
    ) -> None:
        imported = NewSubscription(HERE, "robots", "robots", "ben", NOW - timedelta(days=40))
        stores.subscriptions.follow([ChannelPlan(HERE, (imported,))], at=NOW, limit=9)
        subscribe(stores, THERE, "robots", at=NOW - timedelta(days=3))
        move(stores, source, target)
        [merged] = stores.subscriptions.of(target)
        assert (merged.created_at, merged.created_by) == (NOW - timedelta(days=40), "ben")
        assert merged.since == NOW - timedelta(days=3)

    def test_a_subscription_that_the_new_channel_has_brings_no_earlier_papers(self, stores: Stores) -> None:
        subscribe(stores, THERE, "robots", at=NOW - timedelta(days=40))
        [subscription] = stores.subscriptions.pending(limit=9)
        stores.outbox.enqueue_first(subscription, [], at=NOW)
        subscribe(stores, HERE, "robots")
        move(stores, THERE, HERE)
        assert stores.subscriptions.pending(limit=9) == []

    def test_a_paused_subscription_is_moved_and_stays_paused(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        stores.subscriptions.pause(HERE, 1, by="ben", at=YESTERDAY)
        move(stores)
        [moved] = stores.subscriptions.of(THERE)
        assert (moved.paused_at, moved.paused_by) == (YESTERDAY, "ben")
        assert stores.subscriptions.pending(limit=9) == []

    @pytest.mark.parametrize("paused", [[HERE], [THERE], [HERE, THERE]])
    def test_one_that_both_have_is_paused_if_both_were(self, stores: Stores, paused: list[Address]) -> None:
        for channel in (HERE, THERE):
            subscribe(stores, channel, "robots")
        for channel in paused:
            stores.subscriptions.pause(channel, 1, by="ben", at=NOW)
        move(stores)
        [merged] = stores.subscriptions.of(THERE)
        assert merged.is_paused is (len(paused) == 2)
        assert merged.paused_by == ("ben" if merged.is_paused else "")

    @pytest.mark.parametrize("paused", [HERE, THERE])
    def test_of_one_that_both_have_the_one_that_was_not_paused_says_from_when_it_counts(
        self, stores: Stores, paused: Address
    ) -> None:
        active = THERE if paused == HERE else HERE
        subscribe(stores, paused, "robots", at=NOW - timedelta(days=40))
        subscribe(stores, active, "robots", at=NOW - timedelta(days=3))
        stores.subscriptions.pause(paused, 1, by="ben", at=YESTERDAY)
        move(stores)
        [merged] = stores.subscriptions.of(THERE)
        assert merged.created_at == NOW - timedelta(days=40)
        assert merged.since == NOW - timedelta(days=3)

    @pytest.mark.parametrize(("paused", "new"), [(THERE, HERE), (HERE, THERE)])
    def test_of_one_that_both_have_the_one_that_was_not_paused_says_whether_papers_are_looked_for(
        self, stores: Stores, paused: Address, new: Address
    ) -> None:
        old = subscribe(stores, paused, "robots", at=NOW - timedelta(days=40))
        stores.outbox.enqueue_first(old, [], at=NOW)
        stores.subscriptions.pause(paused, 1, by="ben", at=YESTERDAY)
        subscribe(stores, new, "robots")
        move(stores)
        assert [pending.query for pending in stores.subscriptions.pending(limit=9)] == ["robots"]

    def test_what_waits_in_both_comes_once(self, stores: Stores) -> None:
        subscribe(stores, HERE, "*")
        subscribe(stores, THERE, "*")
        bring(stores, "Everywhere")
        assert move(stores) == (1, 1, 0, 0)
        assert [post(stores, THERE), post(stores, THERE)] == ["Everywhere", ""]

    def test_a_new_subscription_whose_papers_are_not_enqueued_yet_is_pending_there(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        move(stores)
        assert [subscription.channel for subscription in stores.subscriptions.pending(limit=9)] == [THERE]

    def test_what_was_being_enqueued_meanwhile_is_looked_for_again(self, stores: Stores) -> None:
        old = subscribe(stores, HERE, "robots", at=NOW - timedelta(days=40))
        young = subscribe(stores, HERE, "dance")
        for subscription in (old, young):
            stores.outbox.enqueue_first(subscription, [], at=NOW)
        move(stores)
        assert [(subscription.query, subscription.since) for subscription in stores.subscriptions.pending(limit=9)] == [
            ("robots", LATER - timedelta(days=7)),
            ("dance", NOW),
        ]

    def test_an_empty_channel_takes_the_schedule_and_the_quiet(self, stores: Stores) -> None:
        subscribe(stores, HERE, "*")
        due, quiet = NOW + timedelta(days=2), Quiet(NOW, NOW + timedelta(days=1), "ada")
        stores.channels.set_schedule(HERE, "weekly thu 12:00 UTC", due, at=NOW, even_if_empty=True)
        stores.channels.quieten(HERE, quiet)
        bring(stores, "Waiting")
        move(stores)
        source, target = stores.channels.get(HERE), stores.channels.get(THERE)
        assert target is not None
        assert source is not None
        assert (target.schedule, target.digest_due, target.quiet) == ("weekly thu 12:00 UTC", due, quiet)
        assert (source.schedule, source.digest_due, source.quiet) == ("", None, None)
        assert stores.outbox.next_due(platforms=["slack"]) == due
        assert stores.outbox.next_due(platforms=["terminal"]) is None

    def test_a_channel_with_subscriptions_keeps_its_own_schedule(self, stores: Stores) -> None:
        subscribe(stores, HERE, "*")
        subscribe(stores, THERE, "dance")
        stores.channels.set_schedule(HERE, "daily 12:00 UTC", NOW + timedelta(days=1), at=NOW)
        bring(stores, "Waiting")
        move(stores)
        target = stores.channels.get(THERE)
        assert target is not None
        assert target.schedule == ""
        assert post(stores, THERE) == "Waiting"

    def test_a_channels_numbers_are_not_reused(self, stores: Stores) -> None:
        subscribe(stores, THERE, "dance")
        stores.subscriptions.remove(THERE, 1)
        subscribe(stores, HERE, "robots")
        move(stores)
        subscribe(stores, THERE, "music")
        subscribe(stores, HERE, "music")
        assert [number for number, _, _ in listed(stores, THERE)] == [2, 3]
        assert [number for number, _, _ in listed(stores, HERE)] == [2]

    @pytest.mark.parametrize(
        ("source", "target", "refusal"),
        [(HERE, HERE, SameChannel), (ELSEWHERE, THERE, NoSubscription), (THERE, HERE, NoSubscription)],
    )
    def test_an_impossible_move_is_refused_and_changes_nothing(
        self, stores: Stores, source: Address, target: Address, refusal: type[SubscriptionRefused]
    ) -> None:
        subscribe(stores, HERE, "robots")
        with pytest.raises(refusal):
            move(stores, source, target)
        assert listed(stores, HERE) == [(1, "robots", "ada")]
        assert stores.channels.get(THERE) is None

    def test_too_many_for_the_new_channel_stay_where_they_are(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        subscribe(stores, HERE, "dance")
        with pytest.raises(TooManySubscriptions):
            move(stores, limit=1)
        assert len(listed(stores, HERE)) == 2


def wanting(query: str, *, days_ago: int | None = None) -> NewSubscription:
    """A subscription of a file."""
    return NewSubscription(HERE, query, query, "ben", None if days_ago is None else NOW - timedelta(days=days_ago))


PLAN = ChannelPlan(
    HERE,
    (wanting("robots", days_ago=40), wanting("dance")),
    sets_schedule=True,
    schedule="daily 12:00 UTC",
    digest_due=NOW + timedelta(days=1),
    quiet=Quiet(NOW, None, "ada"),
)


def follow(stores: Stores, *plans: ChannelPlan, limit: int = 100) -> PlanResult:
    """Make what the plans ask for."""
    return stores.subscriptions.follow(plans, at=NOW, limit=limit)


class TestPlans:
    """`SubscriptionStore.follow`."""

    def test_missing_subscriptions_are_made_with_their_authors_and_times(self, stores: Stores) -> None:
        assert follow(stores, PLAN) == PlanResult(added=2, schedules=1, pauses=1)
        made = stores.subscriptions.of(HERE)
        assert [(subscription.query, subscription.created_by, subscription.created_at) for subscription in made] == [
            ("robots", "ben", NOW - timedelta(days=40)),
            ("dance", "ben", NOW),
        ]
        channel = stores.channels.get(HERE)
        assert channel is not None
        assert (channel.schedule, channel.digest_due, channel.quiet) == (PLAN.schedule, PLAN.digest_due, PLAN.quiet)

    def test_following_a_plan_again_changes_nothing(self, stores: Stores) -> None:
        follow(stores, PLAN)
        channel, made = stores.channels.get(HERE), stores.subscriptions.all()
        assert follow(stores, replace(PLAN, digest_due=LATER)) == PlanResult(existing=2)
        assert stores.channels.get(HERE) == channel
        assert stores.subscriptions.all() == made

    def test_what_a_plan_pauses_is_paused_whether_it_is_new_or_not(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        paused = [replace(wanting(query), paused_at=YESTERDAY, paused_by="cleo") for query in ("robots", "dance")]
        plan = ChannelPlan(HERE, (*paused, wanting("music")))
        assert follow(stores, plan) == PlanResult(added=2, existing=1, paused=2)
        assert [(one.query, one.paused_at, one.paused_by) for one in stores.subscriptions.of(HERE)] == [
            ("robots", YESTERDAY, "cleo"),
            ("dance", YESTERDAY, "cleo"),
            ("music", None, ""),
        ]
        assert follow(stores, plan) == PlanResult(existing=3)

    def test_a_plan_resumes_nothing(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        stores.subscriptions.pause(HERE, 1, by="ada", at=NOW)
        follow(stores, ChannelPlan(HERE, (wanting("robots"),)))
        assert [one.is_paused for one in stores.subscriptions.of(HERE)] == [True]

    def test_papers_listed_before_do_not_come(self, stores: Stores) -> None:
        follow(stores, ChannelPlan(HERE, (wanting("*", days_ago=40),)))
        old = a_paper(id="9901.00001", title="Old", list_day=TODAY - timedelta(days=1))
        new = a_paper(id="9901.00002", title="New")
        for paper in (old, new):
            stores.papers.save("sample", list_of(paper), at=NOW)
        [pending] = stores.subscriptions.pending(limit=9)
        stores.outbox.enqueue_first(pending, [old.id], at=NOW)
        stores.outbox.enqueue({old.id: query_ids(stores), new.id: query_ids(stores)}, at=NOW)
        assert [post(stores, HERE), post(stores, HERE)] == ["New", ""]

    def test_a_plan_takes_nothing_away(self, stores: Stores) -> None:
        follow(stores, PLAN)
        assert follow(stores, ChannelPlan(HERE, (wanting("music"),))) == PlanResult(added=1)
        channel = stores.channels.get(HERE)
        assert channel is not None
        assert (channel.schedule, channel.quiet) == (PLAN.schedule, PLAN.quiet)
        assert len(stores.subscriptions.of(HERE)) == 3

    def test_papers_come_at_once_again_where_a_plan_says_so(self, stores: Stores) -> None:
        follow(stores, replace(PLAN, quiet=None, subscriptions=(wanting("*"),)))
        bring(stores, "Waiting")
        assert follow(stores, ChannelPlan(HERE, sets_schedule=True)) == PlanResult(schedules=1)
        assert post(stores, HERE) == "Waiting"

    def test_too_many_are_not_made_at_all(self, stores: Stores) -> None:
        there = ChannelPlan(THERE, (replace(wanting("robots"), channel=THERE),))
        with pytest.raises(TooManySubscriptions):
            follow(stores, there, PLAN, limit=1)
        assert stores.subscriptions.all() == []
