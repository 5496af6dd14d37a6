"""What every store guarantees about searching, votes, and changing a subscription."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain import Paper, Subscription, Voted
from bot.domain.index_query import AllOf, AnyOf, FoldedText, IndexQuery, Row, WordCondition
from bot.errors import AlreadySubscribed, NoSubscription, SubscriptionRefused
from bot.ports.stores import Hits, Stores
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, queries_of, query_ids, subscribe
from tests.contracts.stores import THERE

YESTERDAY = TODAY - timedelta(days=1)
LATER, HOUR = NOW + timedelta(minutes=1), timedelta(hours=1)


class TestPaperIndex:
    """`PaperIndex`."""

    def file(self, stores: Stores, *papers: Paper, at: datetime = NOW, version: int = 1) -> None:
        """Save papers, and index each by the words of its title and abstract."""
        for paper in papers:
            stores.papers.save("sample", list_of(paper), at=at)
            text = FoldedText(paper.title.lower(), paper.abstract.lower(), "", "")
            stores.paper_index.file({paper.id: text}, version=version)

    def ids(self, stores: Stores, wanted: WordCondition | IndexQuery) -> list[str]:
        """The last digits of the ids of the papers found."""
        index_query = wanted if isinstance(wanted, IndexQuery) else IndexQuery(wanted)
        return [paper.id[-1] for paper in stores.paper_index.search(index_query, limit=99).papers]

    def test_papers_with_the_words_are_found(self, stores: Stores) -> None:
        self.file(stores, a_paper(title="Red Teapots"), a_paper(id="9901.00002", title="Teapots of Red Clay"))
        red_teapots = Row(("red", "teapots"))
        assert self.ids(stores, red_teapots) == ["1"]
        assert self.ids(stores, AllOf((Row(("cl*",)), Row(("teapots",))))) == ["2"]
        assert sorted(self.ids(stores, AnyOf((red_teapots, Row(("clay",)))))) == ["1", "2"]
        assert self.ids(stores, Row(("teapots",), "body")) == []

    def test_counts_and_facts_are_conditions_too(self, stores: Stores) -> None:
        self.file(stores, a_paper(upvotes=9, code_url="https://code.example"), a_paper(id="9901.00002", stars=9))
        assert self.ids(stores, IndexQuery(Row(("robots",)), least=(("upvotes", 9),))) == ["1"]
        assert self.ids(stores, IndexQuery(least=(("stars", 9),))) == ["2"]
        assert self.ids(stores, IndexQuery(having=("code_url",))) == ["1"]

    def test_papers_with_the_word_in_their_title_come_first_then_the_most_votes_then_the_latest(
        self, stores: Stores
    ) -> None:
        alike = {"title": "Kettles", "abstract": "We boil water in teapots for once."}
        self.file(
            stores,
            a_paper(id="9901.00001", **alike, list_day=YESTERDAY),
            a_paper(id="9901.00002", **alike),
            a_paper(id="9901.00003", **alike, upvotes=7),
            a_paper(id="9901.00004", title="Teapots", abstract="We boil water in kettles for once."),
            *(a_paper(id=f"9902.0000{number}", title="Violins") for number in range(9)),
        )
        assert self.ids(stores, Row(("teapots",))) == ["4", "3", "2", "1"]

    def test_all_hits_are_counted_and_at_most_the_limit_returned(self, stores: Stores) -> None:
        self.file(stores, *(a_paper(id=f"9901.0000{number}") for number in range(5)))
        hits = stores.paper_index.search(IndexQuery(Row(("robots",))), limit=2)
        assert (hits.count, len(hits.papers)) == (5, 2)
        assert stores.paper_index.search(IndexQuery(Row(("violins",))), limit=2) == Hits(0, ())

    def test_a_paper_is_unfiled_when_it_is_new_or_its_words_change_but_not_when_its_votes_change(
        self, stores: Stores
    ) -> None:
        stores.papers.save("sample", list_of(a_paper()), at=NOW)
        assert len(stores.paper_index.unfiled(1, limit=9)) == 1
        self.file(stores, a_paper())
        stores.papers.save("sample", list_of(a_paper(upvotes=9)), at=LATER)
        assert stores.paper_index.unfiled(1, limit=9) == []
        stores.papers.save("sample", list_of(a_paper(title="Violins")), at=LATER)
        assert len(stores.paper_index.unfiled(1, limit=9)) == 1

    def test_a_paper_that_is_filed_again_is_found_only_by_its_new_words(self, stores: Stores) -> None:
        self.file(stores, a_paper(title="Teapots"))
        self.file(stores, a_paper(title="Violins"), at=LATER)
        assert self.ids(stores, Row(("teapots",))) == []
        assert self.ids(stores, Row(("violins",))) == ["1"]

    def test_a_paper_that_changed_since_it_was_read_stays_unfiled(self, stores: Stores) -> None:
        stores.papers.save("sample", list_of(a_paper(upvotes=1)), at=NOW)
        as_read = stores.paper_index.unfiled(1, limit=9)
        stores.papers.save("sample", list_of(a_paper(upvotes=2)), at=NOW - timedelta(hours=2))
        text = FoldedText("robots", "", "", "")
        stores.paper_index.file({"9901.00001": text}, version=1, as_read=as_read)
        assert len(stores.paper_index.unfiled(1, limit=9)) == 1

    def test_papers_are_unfiled_when_words_are_folded_in_another_way(self, stores: Stores) -> None:
        self.file(stores, a_paper(title="Teapots"), a_paper(id="9901.00002", title="Teapots"))
        assert len(stores.paper_index.unfiled(2, limit=9)) == 2
        self.file(stores, a_paper(title="Teapots"), version=2)
        assert self.ids(stores, Row(("teapots",))) == ["1"]
        assert [paper.id for paper in stores.paper_index.unfiled(2, limit=9)] == ["9901.00002"]

    def latest(self, stores: Stores, wanted: IndexQuery, *, limit: int = 99, before: int | None = None) -> list[str]:
        """The last digits of the ids of the latest papers found, of the last two days."""
        found = stores.paper_index.latest(wanted, since=YESTERDAY, limit=limit, before=before)
        return [candidate.paper.id[-1] for candidate in found]

    def file_some(self, stores: Stores) -> None:
        """Papers of three days, the later ones filed first; the third has no teapots."""
        self.file(
            stores,
            a_paper(id="9901.00004", title="Teapots", upvotes=9),
            a_paper(id="9901.00003", title="Violins", code_url="https://code.example"),
            a_paper(id="9901.00002", title="Teapots", list_day=YESTERDAY),
            a_paper(id="9901.00001", title="Teapots", list_day=TODAY - timedelta(days=2)),
        )

    def test_papers_of_some_days_are_counted_and_come_latest_day_first(self, stores: Stores) -> None:
        self.file_some(stores)
        teapots = IndexQuery(Row(("teapots",)))
        assert stores.paper_index.count(teapots, since=YESTERDAY) == 2
        assert self.latest(stores, teapots) == ["4", "2"]
        assert self.latest(stores, teapots, limit=1) == ["4"]
        assert stores.paper_index.count(IndexQuery(), since=YESTERDAY) == 3
        assert self.latest(stores, IndexQuery(), limit=2) == ["4", "3"]

    def test_counts_and_facts_are_conditions_for_the_latest_papers_too(self, stores: Stores) -> None:
        self.file_some(stores)
        assert self.latest(stores, IndexQuery(Row(("teapots",)), least=(("upvotes", 9),))) == ["4"]
        assert self.latest(stores, IndexQuery(having=("code_url",))) == ["3"]
        assert stores.paper_index.count(IndexQuery(having=("code_url",)), since=TODAY) == 1

    @pytest.mark.parametrize("wanted", [IndexQuery(), IndexQuery(Row(("robots",)))])
    def test_the_latest_papers_can_be_read_a_few_at_a_time(self, stores: Stores, wanted: IndexQuery) -> None:
        self.file_some(stores)
        places = [one.place for one in stores.paper_index.latest(wanted, since=YESTERDAY, limit=99)]
        first = stores.paper_index.latest(wanted, since=YESTERDAY, limit=2)
        rest = self.latest(stores, wanted, before=min(one.place for one in first))
        assert [one.paper.id[-1] for one in first] + rest == ["4", "3", "2"]
        assert len(set(places)) == 3

    def test_papers_come_with_the_words_that_they_were_filed_with(self, stores: Stores) -> None:
        stores.papers.save("sample", list_of(a_paper()), at=NOW)
        words = "\nteapots\nκανάτα\n"
        stores.paper_index.file({"9901.00001": FoldedText("teapots", "", "", "", words)}, version=1)
        [found] = stores.paper_index.latest(IndexQuery(), since=TODAY, limit=9)
        assert found.words == words
        assert stores.paper_index.search(IndexQuery(), limit=9).words == (words,)

    def test_a_paper_on_an_earlier_list_is_filed_anew_under_that_day(self, stores: Stores) -> None:
        self.file(stores, a_paper())
        stores.papers.save("sample", list_of(a_paper(list_day=YESTERDAY)), at=LATER)
        assert stores.paper_index.unfiled_of(["9901.00001", "9901.00002"], 1) == {"9901.00001"}
        self.file(stores, a_paper(list_day=YESTERDAY), at=LATER)
        assert stores.paper_index.count(IndexQuery(), since=TODAY) == 0
        assert self.latest(stores, IndexQuery()) == ["1"]

    def test_unfiled_papers_can_be_asked_for_by_day(self, stores: Stores) -> None:
        for number, day in enumerate([YESTERDAY, TODAY]):
            stores.papers.save("sample", list_of(a_paper(id=f"9901.0000{number}", list_day=day)), at=NOW)
        assert [paper.list_day for paper in stores.paper_index.unfiled(1, limit=9, since=TODAY)] == [TODAY]

    def test_the_state_changes_with_papers_votes_and_facts_and_stays_the_same_without(self, stores: Stores) -> None:
        states = []
        for paper in (
            a_paper(),
            a_paper(upvotes=3),
            a_paper(upvotes=3, code_url="https://code.example"),
            a_paper(upvotes=3, code_url="https://code.example", title="Violins"),
            a_paper(id="9901.00002"),
            a_paper(id="9901.00002"),
        ):
            self.file(stores, paper, at=LATER)
            states.append(stores.paper_index.state(since=TODAY))
        assert len(set(states)) == 5
        assert states[-1] == states[-2]

    @pytest.mark.parametrize(
        "word", ['"', "or", "title:robots", "near(", "-", "c++", "世", "🤖", "'; drop table papers"]
    )
    def test_a_word_is_never_read_as_syntax(self, stores: Stores, word: str) -> None:
        self.file(stores, a_paper(title="Robots"), a_paper(id="9901.00002", title=word))
        assert self.ids(stores, Row((word,))) == ["2"]


class TestVotes:
    """`VoteStore`."""

    def votes(self, stores: Stores, *seen: tuple[datetime, int]) -> list[tuple[datetime, int]]:
        """The sightings that are kept after the paper was saved with these votes."""
        for at, upvotes in seen:
            stores.papers.save("sample", list_of(a_paper(upvotes=upvotes)), at=at)
        return [(sighting.at, sighting.upvotes) for sighting in stores.votes.seen().get("9901.00001", ())]

    def test_the_first_sighting_and_every_change_are_kept(self, stores: Stores) -> None:
        seen = [(NOW, 1), (NOW + HOUR, 4), (NOW + 2 * HOUR, 3)]
        assert self.votes(stores, *seen) == seen

    def test_votes_that_stay_the_same_are_not_kept_again(self, stores: Stores) -> None:
        assert self.votes(stores, (NOW, 1), (NOW + HOUR, 1)) == [(NOW, 1)]

    def test_only_the_last_sighting_of_an_hour_is_kept_besides_the_very_first(self, stores: Stores) -> None:
        minutes = [(NOW + timedelta(minutes=10 * number), number) for number in range(10)]
        assert self.votes(stores, *minutes) == [minutes[0], minutes[5], minutes[9]]

    def test_sightings_older_than_a_week_are_dropped(self, stores: Stores) -> None:
        late = NOW + timedelta(days=7, minutes=1)
        assert self.votes(stores, (NOW, 1), (NOW + HOUR, 2), (late, 3)) == [(NOW + HOUR, 2), (late, 3)]

    def test_a_change_after_more_than_a_week_keeps_the_sighting_before_it(self, stores: Stores) -> None:
        late = NOW + timedelta(days=9)
        assert self.votes(stores, (NOW, 1), (late, 5)) == [(NOW, 1), (late, 5)]

    def test_papers_with_votes_are_listed_latest_first(self, stores: Stores) -> None:
        for number, (day, upvotes) in enumerate([(YESTERDAY, 5), (TODAY, 0), (TODAY, 7)]):
            paper = a_paper(id=f"9901.0000{number}", list_day=day, upvotes=upvotes)
            stores.papers.save("sample", list_of(paper), at=NOW)
        voted = [Voted("9901.00002", TODAY, 7), Voted("9901.00000", YESTERDAY, 5)]
        assert stores.votes.voted(since=YESTERDAY) == voted
        assert stores.votes.voted(since=TODAY) == voted[:1]


class TestChanging:
    """`SubscriptionStore.change`."""

    def change(self, stores: Stores, query: str, number: int = 1, *, since: datetime = NOW) -> Subscription:
        """Change the subscription's query."""
        return stores.subscriptions.change(HERE, number, query, canonical=query.lower(), since=since)

    def test_a_changed_subscription_keeps_its_number_author_and_time_and_is_pending(self, stores: Stores) -> None:
        before = subscribe(stores, HERE, "robots")
        stores.outbox.enqueue_first(before, [], at=NOW)
        changed = self.change(stores, "violins", since=LATER)
        assert changed == replace(before, query="violins", counts_from=LATER)
        assert stores.subscriptions.of(HERE) == [changed]
        assert stores.subscriptions.pending(limit=9) == [changed]

    def test_the_query_before_is_removed_unless_another_subscription_has_it(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        subscribe(stores, THERE, "robots")
        self.change(stores, "violins")
        assert sorted(text for _, text in queries_of(stores)) == ["robots", "violins"]
        self.change(stores, "music")
        assert sorted(text for _, text in queries_of(stores)) == ["music", "robots"]

    @pytest.mark.parametrize(
        ("query", "number", "refusal"),
        [("ROBOTS", 1, AlreadySubscribed), ("Dance", 1, AlreadySubscribed), ("violins", 3, NoSubscription)],
    )
    def test_a_query_of_another_subscription_and_an_unknown_number_are_refused(
        self, stores: Stores, query: str, number: int, refusal: type[SubscriptionRefused]
    ) -> None:
        for existing in ("robots", "dance"):
            subscribe(stores, HERE, existing)
        with pytest.raises(refusal):
            self.change(stores, query, number)
        assert [subscription.query for subscription in stores.subscriptions.of(HERE)] == ["robots", "dance"]

    def test_only_papers_listed_since_the_change_are_enqueued(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots", at=NOW - timedelta(days=9))
        changed = self.change(stores, "violins")
        days = [YESTERDAY, TODAY]
        for number, day in enumerate(days):
            stores.papers.save("sample", list_of(a_paper(id=f"9901.0000{number}", list_day=day)), at=NOW)
        assert stores.outbox.enqueue_first(changed, ["9901.00000", "9901.00001"], at=NOW) == 1
        [query] = query_ids(stores)
        assert stores.outbox.enqueue({"9901.00000": [query], "9901.00001": [query]}, at=NOW) == 0

    def test_papers_found_for_the_query_before_are_not_enqueued(self, stores: Stores) -> None:
        before = subscribe(stores, HERE, "robots")
        stores.papers.save("sample", list_of(a_paper()), at=NOW)
        changed = self.change(stores, "violins")
        assert stores.outbox.enqueue_first(before, ["9901.00001"], at=NOW) == 0
        assert stores.subscriptions.pending(limit=9) == [changed]

    def test_waiting_deliveries_no_longer_name_a_query(self, stores: Stores) -> None:
        before = subscribe(stores, HERE, "robots")
        stores.papers.save("sample", list_of(a_paper()), at=NOW)
        stores.outbox.enqueue_first(before, ["9901.00001"], at=NOW)
        self.change(stores, "violins")
        claim = stores.outbox.claim(HERE, now=NOW, flood_limit=20, digest_limit=40)
        assert claim is not None
        assert [delivery.query for delivery in claim.deliveries] == [None]

    def test_neither_do_deliveries_that_may_have_arrived(self, stores: Stores) -> None:
        before = subscribe(stores, HERE, "robots")
        stores.papers.save("sample", list_of(a_paper()), at=NOW)
        stores.outbox.enqueue_first(before, ["9901.00001"], at=NOW)
        lost = stores.outbox.claim(HERE, now=NOW, flood_limit=20, digest_limit=40)
        assert lost is not None
        stores.outbox.reschedule(lost, due_at=NOW, reason="no answer", uncertain=True)
        self.change(stores, "violins")
        again = stores.outbox.claim(HERE, now=NOW, flood_limit=20, digest_limit=40)
        assert again is not None
        assert [delivery.query for delivery in again.deliveries] == [None]
