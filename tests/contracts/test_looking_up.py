"""What every store promises about searching, votes, and changing a subscription."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain import Paper, Subscription
from bot.domain.index_query import AllOf, AnyOf, FoldedText, Row, Sieve, Wanted
from bot.errors import AlreadySubscribed, NoSubscription, SubscriptionRefused
from bot.ports.stores import Sifted, Stores
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, queries_of, query_ids, subscribe
from tests.contracts.stores import THERE

YESTERDAY = TODAY - timedelta(days=1)
LATER, HOUR = NOW + timedelta(minutes=1), timedelta(hours=1)


class TestPaperIndex:
    """`PaperIndex`."""

    def file(self, stores: Stores, *papers: Paper, at: datetime = NOW, version: int = 1) -> None:
        """Save papers and file them under the words of their titles and abstracts."""
        for paper in papers:
            stores.papers.save("sample", list_of(paper), at=at)
            text = FoldedText(paper.title.lower(), paper.abstract.lower(), "", "")
            stores.words.file({paper.id: text}, version=version, at=at)

    def ids(self, stores: Stores, wanted: Wanted | Sieve) -> list[str]:
        """The papers that pass."""
        sieve = wanted if isinstance(wanted, Sieve) else Sieve(wanted)
        return [paper.id[-1] for paper in stores.words.sift(sieve, limit=99).papers]

    def test_papers_with_the_words_pass(self, stores: Stores) -> None:
        self.file(stores, a_paper(title="Red Teapots"), a_paper(id="9901.00002", title="Teapots of Red Clay"))
        red_teapots = Row(("red", "teapots"))
        assert self.ids(stores, red_teapots) == ["1"]
        assert self.ids(stores, AllOf((Row(("cl*",)), Row(("teapots",))))) == ["2"]
        assert sorted(self.ids(stores, AnyOf((red_teapots, Row(("clay",)))))) == ["1", "2"]
        assert self.ids(stores, Row(("teapots",), "body")) == []

    def test_facts_must_be_there_too(self, stores: Stores) -> None:
        self.file(stores, a_paper(upvotes=9, code_url="https://code.example"), a_paper(id="9901.00002", stars=9))
        assert self.ids(stores, Sieve(Row(("robots",)), least=(("upvotes", 9),))) == ["1"]
        assert self.ids(stores, Sieve(least=(("stars", 9),))) == ["2"]
        assert self.ids(stores, Sieve(having=("code",))) == ["1"]

    def test_the_best_come_first_those_with_the_word_in_the_title_then_by_votes_then_the_latest(
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

    def test_it_says_how_many_pass_and_gives_no_more_than_asked_for(self, stores: Stores) -> None:
        self.file(stores, *(a_paper(id=f"9901.0000{number}") for number in range(5)))
        passed = stores.words.sift(Sieve(Row(("robots",))), limit=2)
        assert (passed.count, len(passed.papers)) == (5, 2)
        assert stores.words.sift(Sieve(Row(("violins",))), limit=2) == Sifted(0, ())

    def test_a_paper_is_unfiled_when_it_is_new_or_its_words_change_and_not_when_its_votes_do(
        self, stores: Stores
    ) -> None:
        stores.papers.save("sample", list_of(a_paper()), at=NOW)
        assert len(stores.words.unfiled(1, limit=9)) == 1
        self.file(stores, a_paper())
        stores.papers.save("sample", list_of(a_paper(upvotes=9)), at=LATER)
        assert stores.words.unfiled(1, limit=9) == []
        stores.papers.save("sample", list_of(a_paper(title="Violins")), at=LATER)
        assert len(stores.words.unfiled(1, limit=9)) == 1

    def test_a_refiled_paper_passes_only_with_its_new_words(self, stores: Stores) -> None:
        self.file(stores, a_paper(title="Teapots"))
        self.file(stores, a_paper(title="Violins"), at=LATER)
        assert self.ids(stores, Row(("teapots",))) == []
        assert self.ids(stores, Row(("violins",))) == ["1"]

    def test_a_paper_that_changed_since_it_was_read_stays_unfiled(self, stores: Stores) -> None:
        stores.papers.save("sample", list_of(a_paper()), at=LATER)
        stores.words.file({"9901.00001": FoldedText("robots", "", "", "")}, version=1, at=NOW)
        assert len(stores.words.unfiled(1, limit=9)) == 1

    def test_papers_filed_by_another_folding_are_filed_again(self, stores: Stores) -> None:
        self.file(stores, a_paper(title="Teapots"), a_paper(id="9901.00002", title="Teapots"))
        assert len(stores.words.unfiled(2, limit=9)) == 2
        self.file(stores, a_paper(title="Teapots"), version=2)
        assert self.ids(stores, Row(("teapots",))) == ["1"]
        assert [paper.id for paper in stores.words.unfiled(2, limit=9)] == ["9901.00002"]

    @pytest.mark.parametrize(
        "word", ['"', "or", "title:robots", "near(", "-", "c++", "世", "🤖", "'; drop table papers"]
    )
    def test_no_word_is_syntax(self, stores: Stores, word: str) -> None:
        self.file(stores, a_paper(title="Robots"), a_paper(id="9901.00002", title=word))
        assert self.ids(stores, Row((word,))) == ["2"]


class TestVotes:
    """`VoteStore`."""

    def votes(self, stores: Stores, *seen: tuple[datetime, int]) -> list[tuple[datetime, int]]:
        """The sightings after the paper was saved like this."""
        for at, upvotes in seen:
            stores.papers.save("sample", list_of(a_paper(upvotes=upvotes)), at=at)
        return [(sighting.at, sighting.upvotes) for sighting in stores.votes.seen().get("9901.00001", ())]

    def test_the_first_sighting_and_every_change_are_kept(self, stores: Stores) -> None:
        seen = [(NOW, 1), (NOW + HOUR, 4), (NOW + 2 * HOUR, 3)]
        assert self.votes(stores, *seen) == seen

    def test_votes_that_stay_the_same_leave_no_sighting(self, stores: Stores) -> None:
        assert self.votes(stores, (NOW, 1), (NOW + HOUR, 1)) == [(NOW, 1)]

    def test_an_hour_keeps_its_last_sighting_and_the_first_of_all_stays(self, stores: Stores) -> None:
        minutes = [(NOW + timedelta(minutes=10 * number), number) for number in range(10)]
        assert self.votes(stores, *minutes) == [minutes[0], minutes[5], minutes[9]]

    def test_sightings_older_than_a_week_are_forgotten(self, stores: Stores) -> None:
        late = NOW + timedelta(days=7, minutes=1)
        assert self.votes(stores, (NOW, 1), (NOW + HOUR, 2), (late, 3)) == [(NOW + HOUR, 2), (late, 3)]

    def test_a_change_after_more_than_a_week_is_seen_from_where_it_began(self, stores: Stores) -> None:
        late = NOW + timedelta(days=9)
        assert self.votes(stores, (NOW, 1), (late, 5)) == [(NOW, 1), (late, 5)]


class TestChanging:
    """`SubscriptionStore.change`."""

    def change(self, stores: Stores, query: str, number: int = 1, *, since: datetime = NOW) -> Subscription:
        """Replace the subscription's query."""
        return stores.subscriptions.change(HERE, number, query, canonical=query.lower(), since=since)

    def test_it_keeps_its_number_its_author_and_its_time_and_is_pending(self, stores: Stores) -> None:
        subscription = subscribe(stores, HERE, "robots")
        stores.outbox.enqueue_first(subscription, [], at=NOW)
        changed = self.change(stores, "violins", since=LATER)
        assert changed == replace(subscription, query="violins", counts_from=LATER)
        assert stores.subscriptions.of(HERE, now=NOW) == [changed]
        assert stores.subscriptions.pending(limit=9) == [changed]

    def test_the_old_query_is_forgotten_unless_another_subscription_has_it(self, stores: Stores) -> None:
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
    def test_an_equal_query_or_a_missing_subscription_is_refused(
        self, stores: Stores, query: str, number: int, refusal: type[SubscriptionRefused]
    ) -> None:
        for wanted in ("robots", "dance"):
            subscribe(stores, HERE, wanted)
        with pytest.raises(refusal):
            self.change(stores, query, number)
        assert [subscription.query for subscription in stores.subscriptions.of(HERE, now=NOW)] == ["robots", "dance"]

    def test_only_papers_listed_since_then_are_enqueued(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots", at=NOW - timedelta(days=9))
        changed = self.change(stores, "violins")
        days = [YESTERDAY, TODAY]
        for number, day in enumerate(days):
            stores.papers.save("sample", list_of(a_paper(id=f"9901.0000{number}", list_day=day)), at=NOW)
        assert stores.outbox.enqueue_first(changed, ["9901.00000", "9901.00001"], at=NOW) == 1
        [query] = query_ids(stores)
        assert stores.outbox.enqueue({"9901.00000": [query], "9901.00001": [query]}, at=NOW) == 0

    def test_papers_found_for_the_old_query_are_not_enqueued(self, stores: Stores) -> None:
        subscription = subscribe(stores, HERE, "robots")
        stores.papers.save("sample", list_of(a_paper()), at=NOW)
        changed = self.change(stores, "violins")
        assert stores.outbox.enqueue_first(subscription, ["9901.00001"], at=NOW) == 0
        assert stores.subscriptions.pending(limit=9) == [changed]

    def test_waiting_papers_no_longer_name_a_query(self, stores: Stores) -> None:
        subscription = subscribe(stores, HERE, "robots")
        stores.papers.save("sample", list_of(a_paper()), at=NOW)
        stores.outbox.enqueue_first(subscription, ["9901.00001"], at=NOW)
        self.change(stores, "violins")
        claim = stores.outbox.claim(HERE, now=NOW, flood_limit=20, digest_limit=40)
        assert claim is not None
        assert [delivery.query for delivery in claim.deliveries] == [None]
