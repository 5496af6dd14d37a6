"""What every store promises about papers, subscriptions, queries and channels (see `bot.ports.stores`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import (
    Channel,
    ChannelPlan,
    NewSubscription,
    Pause,
    PlanResult,
)
from bot.errors import AlreadySubscribed, TooManySubscriptions
from bot.ports.stores import Stores
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, on_list, queries_of, query_ids, subscribe
from tests.contracts.stores import (
    LATER,
    THERE,
    TOMORROW,
    YESTERDAY,
    enqueue,
)


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
            categories=("cs.RO", "cs.LG"),
            comment="Accepted at ExampleConf",
            is_withdrawn=True,
        )
        stores.papers.save("sample", list_of(paper), at=NOW)
        assert stores.papers.get(paper.id) == on_list(paper)

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
        stores.papers.save("sample", list_of(a_paper(upvotes=1)), at=NOW)
        as_read = stores.papers.pending(limit=9)
        stores.papers.save("sample", list_of(a_paper(upvotes=2)), at=NOW - timedelta(hours=2))
        stores.outbox.enqueue({"9901.00001": []}, at=NOW, as_read=as_read)
        assert [paper.upvotes for paper in stores.papers.pending(limit=9)] == [2]

    def test_a_paper_that_was_stored_while_the_clock_was_ahead_is_matched_once(self, stores: Stores) -> None:
        stores.papers.save("sample", list_of(a_paper()), at=NOW + timedelta(hours=2))
        stores.outbox.enqueue({"9901.00001": []}, at=NOW, as_read=stores.papers.pending(limit=9))
        assert stores.papers.pending(limit=9) == []

    def test_a_paper_listed_twice_keeps_its_first_list_day(self, stores: Stores) -> None:
        for day in (TODAY, TOMORROW, YESTERDAY):
            stores.papers.save("sample", list_of(a_paper(list_day=day)), at=NOW)
        paper = stores.papers.get("9901.00001")
        assert paper is not None
        assert paper.list_day == YESTERDAY

    def test_a_paper_that_comes_with_a_list_of_another_day_keeps_the_day_that_is_known(self, stores: Stores) -> None:
        stores.papers.save("sample", list_of(a_paper()), at=NOW)
        stores.papers.save("sample", list_of(a_paper(list_day=YESTERDAY), day=TOMORROW), at=LATER)
        paper = stores.papers.get("9901.00001")
        assert paper is not None
        assert paper.list_day == TODAY

    def test_one_that_was_missed_gets_its_day_though_it_comes_with_another_list(self, stores: Stores) -> None:
        assert stores.papers.save("sample", list_of(a_paper(list_day=YESTERDAY), day=TOMORROW), at=LATER) == 1
        assert [paper.list_day for paper in stores.papers.pending(limit=9)] == [YESTERDAY]

    def test_what_a_source_no_longer_gives_is_kept(self, stores: Stores) -> None:
        rich = a_paper(summary="Dancing robots.", keywords=("robots",), organization="Acme", stars=7)
        stores.papers.save("sample", list_of(rich), at=NOW)
        stores.papers.save("sample", list_of(a_paper()), at=LATER)
        assert stores.papers.get("9901.00001") == on_list(rich)

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

    def test_the_papers_of_each_day_are_counted_latest_day_first(self, stores: Stores) -> None:
        for number, day in enumerate((YESTERDAY, TODAY, TODAY, TOMORROW)):
            stores.papers.save("sample", list_of(a_paper(id=f"9901.0000{number}", list_day=day)), at=NOW)
        assert list(stores.papers.days(since=YESTERDAY, until=TODAY).items()) == [(TODAY, 2), (YESTERDAY, 1)]
        assert stores.papers.days(since=TOMORROW) == {TOMORROW: 1}

    def test_titles_and_ids_are_searched_in_capitals_or_not_latest_day_first(self, stores: Stores) -> None:
        for number, (day, title) in enumerate(
            [(YESTERDAY, "TEEKANNE ÜBER"), (TODAY, "Teekanne über"), (TODAY, "Kaffee")]
        ):
            stores.papers.save("sample", list_of(a_paper(id=f"9901.0000{number}", list_day=day, title=title)), at=NOW)
        both = [("9901.00001", "Teekanne über"), ("9901.00000", "TEEKANNE ÜBER")]
        assert stores.papers.titles_with("Über", since=YESTERDAY, limit=9) == both
        assert stores.papers.titles_with("tee", since=YESTERDAY, limit=1) == both[:1]
        assert stores.papers.titles_with("01.00002", since=YESTERDAY, limit=9) == [("9901.00002", "Kaffee")]
        assert stores.papers.titles_with("über", since=TODAY, limit=9) == both[:1]


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
        assert stores.subscriptions.all() == []

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
        assert stores.subscriptions.of(HERE) == made
        assert stores.subscriptions.of(THERE) == []

    def test_a_new_subscription_is_pending_until_its_papers_are_enqueued(self, stores: Stores) -> None:
        subscription = subscribe(stores, HERE, "robots")
        assert [
            (subscription.channel, subscription.number) for subscription in stores.subscriptions.pending(limit=9)
        ] == [(HERE, 1)]
        stores.outbox.enqueue_first(subscription, [], at=NOW)
        assert stores.subscriptions.pending(limit=9) == []

    def test_a_paused_subscription_stays_and_says_who_paused_it_and_when(self, stores: Stores) -> None:
        made = subscribe(stores, HERE, "robots")
        assert stores.subscriptions.pause(HERE, 1, by="ben", at=LATER)
        paused = replace(made, paused_at=LATER, paused_by="ben")
        assert stores.subscriptions.of(HERE) == stores.subscriptions.all() == [paused]

    def test_of_several_people_one_pauses_it_and_one_resumes_it(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        assert [stores.subscriptions.pause(HERE, 1, by=by, at=NOW) for by in ("ada", "ben")] == [True, False]
        assert [one.paused_by for one in stores.subscriptions.of(HERE)] == ["ada"]
        assert [stores.subscriptions.resume(HERE, 1, since=LATER) for _ in range(2)] == [True, False]

    def test_one_that_is_not_there_is_neither_paused_nor_resumed(self, stores: Stores) -> None:
        subscribe(stores, THERE, "robots")
        assert not stores.subscriptions.pause(HERE, 1, by="ada", at=NOW)
        assert not stores.subscriptions.resume(HERE, 1, since=NOW)
        assert [one.is_paused for one in stores.subscriptions.of(THERE)] == [False]

    def test_a_paused_subscription_is_not_pending_and_a_resumed_one_is_from_then_on(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        stores.subscriptions.pause(HERE, 1, by="ada", at=NOW)
        assert stores.subscriptions.pending(limit=9) == []
        stores.subscriptions.resume(HERE, 1, since=LATER)
        assert [one.since for one in stores.subscriptions.pending(limit=9)] == [LATER]

    def test_a_changed_subscription_stays_paused(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        stores.subscriptions.pause(HERE, 1, by="ada", at=NOW)
        changed = stores.subscriptions.change(HERE, 1, "dance", canonical="dance", since=LATER)
        assert (changed.paused_at, changed.paused_by) == (NOW, "ada")
        assert stores.subscriptions.of(HERE) == [changed]

    @pytest.mark.parametrize("is_paused", [False, True])
    def test_a_refusal_says_whether_the_equal_one_is_paused(self, stores: Stores, *, is_paused: bool) -> None:
        subscribe(stores, HERE, "robots")
        subscribe(stores, HERE, "dance")
        if is_paused:
            stores.subscriptions.pause(HERE, 1, by="ada", at=NOW)
        with pytest.raises(AlreadySubscribed) as added:
            subscribe(stores, HERE, "Robots")
        with pytest.raises(AlreadySubscribed) as changed:
            stores.subscriptions.change(HERE, 2, "robots", canonical="robots", since=NOW)
        assert (added.value.is_paused, changed.value.is_paused) == (is_paused, is_paused)

    def test_many_subscriptions_are_made_at_once_and_existing_ones_are_left_out(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        plans = [
            ChannelPlan(channel, tuple(NewSubscription(channel, query, query, "ada") for query in queries))
            for channel, queries in [(HERE, ["robots", "dance"]), (THERE, ["robots", "robots"])]
        ]
        assert stores.subscriptions.follow(plans, at=NOW, limit=9) == PlanResult(added=2, existing=2)
        made = stores.subscriptions.all()
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
        assert stores.subscriptions.all() == []


class TestIndex:
    """`QueryIndex`."""

    def test_a_new_query_is_unfiled_until_it_is_filed(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        [(query, text)] = stores.query_index.unfiled(1, limit=9)
        assert text == "robots"
        stores.query_index.file({query: [("robot", "robot")]}, version=1)
        assert stores.query_index.unfiled(1, limit=9) == []
        assert list(stores.query_index.under(["robot", "dance"])) == [(query, "robot")]

    def test_queries_filed_by_an_earlier_folding_are_filed_again_instead(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        [query] = query_ids(stores)
        stores.query_index.file({query: [("robots", "robots"), ("bots", "bots")]}, version=1)
        assert stores.query_index.unfiled(2, limit=9) == [(query, "robots")]
        stores.query_index.file({query: [("robot", "robot")]}, version=2)
        assert list(stores.query_index.under(["robots", "bots", "robot"])) == [(query, "robot")]

    def test_a_query_without_subscriptions_is_not_found(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        [query] = query_ids(stores)
        stores.query_index.file({query: [("robot", "robot")]}, version=1)
        stores.subscriptions.remove(HERE, 1)
        stores.query_index.file({query: [("robot", "robot")]}, version=1)
        assert list(stores.query_index.under(["robot"])) == []

    def test_everything_is_given_where_it_is_few(self, stores: Stores) -> None:
        assert stores.query_index.few(at_most=0) == []
        subscribe(stores, HERE, "robots")
        [query] = query_ids(stores)
        stores.query_index.file({query: [("robot", "robot"), ("bot", "bot")]}, version=1)
        assert sorted(stores.query_index.few(at_most=2) or ()) == [(query, "bot"), (query, "robot")]
        assert stores.query_index.few(at_most=1) is None


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
