"""What every store promises about reading lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain import Address, Paper, Saver
from bot.errors import NoSubscription, SameChannel, TooManySaved
from bot.ports.stores import Stores
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, subscribe
from tests.contracts.stores import THERE

ADA, BEN = Saver("U1", "ada", NOW), Saver("U2", "ben", NOW + timedelta(hours=1))
CY = Saver("U3", "cy", NOW + timedelta(hours=2))
DIRECT = Address("slack", "D0123456789")


def save(stores: Stores, paper: Paper, *savers: Saver, channel: Address = HERE, limit: int = 100) -> list[bool]:
    """Let these people save the paper; return for whom it was new."""
    return [stores.saved.save(channel, paper, saver, limit=limit) for saver in savers]


def titled(number: int, title: str) -> Paper:
    """A paper with that title."""
    return a_paper(id=f"9901.{number:05}", title=title)


def titles(stores: Stores, channel: Address = HERE) -> list[str]:
    """The titles on the channel's list."""
    return [saved.paper.title for saved in stores.saved.of(channel)]


def savers(stores: Stores, paper: Paper, channel: Address = HERE) -> list[str]:
    """Who saved the paper."""
    saved = stores.saved.get(channel, paper.id)
    return [saver.name for saver in saved.savers] if saved else []


class TestSaving:
    """`SavedStore.save` and what it keeps."""

    def test_a_new_list_is_empty(self, stores: Stores) -> None:
        assert stores.saved.of(HERE) == []
        assert stores.saved.get(HERE, "9901.00001") is None
        assert stores.saved.paper("9901.00001") is None

    def test_a_saved_paper_comes_back_whole_with_who_saved_it_and_when(self, stores: Stores) -> None:
        paper = a_paper(
            title="π₀ 機器人",
            authors=("Ada", "Ben"),
            keywords=("robots",),
            published_at=datetime(2026, 3, 9, tzinfo=UTC),
            upvotes=7,
            stars=None,
            code_url="https://code.example",
        )
        save(stores, paper, ADA)
        [saved] = stores.saved.of(HERE)
        assert saved.paper == paper
        assert saved.savers == (ADA,)
        assert stores.saved.get(HERE, paper.id) == saved
        assert stores.saved.paper(paper.id) == paper

    def test_several_people_save_the_same_paper_once_each(self, stores: Stores) -> None:
        paper = a_paper()
        assert save(stores, paper, ADA, BEN, replace(ADA, at=CY.at)) == [True, True, False]
        [saved] = stores.saved.of(HERE)
        assert saved.savers == (ADA, BEN)

    def test_somebody_with_a_new_name_is_the_same_person(self, stores: Stores) -> None:
        assert save(stores, a_paper(), ADA, replace(ADA, name="Ada L.")) == [True, False]

    def test_what_was_saved_last_is_what_the_paper_is(self, stores: Stores) -> None:
        save(stores, a_paper(title="Draft"), ADA)
        save(stores, a_paper(title="Final"), BEN)
        assert titles(stores) == ["Final"]
        found = stores.saved.paper("9901.00001")
        assert found is not None
        assert found.title == "Final"

    def test_what_most_people_saved_comes_first_then_what_was_saved_last(self, stores: Stores) -> None:
        save(stores, titled(1, "Early"), ADA)
        save(stores, titled(2, "Popular"), ADA, BEN)
        save(stores, titled(3, "Late"), CY)
        save(stores, titled(4, "Between"), BEN)
        assert titles(stores) == ["Popular", "Late", "Between", "Early"]

    def test_each_channel_has_its_own_list(self, stores: Stores) -> None:
        save(stores, titled(1, "Here"), ADA)
        save(stores, titled(2, "There"), ADA, channel=THERE)
        save(stores, titled(3, "Direct"), ADA, channel=DIRECT)
        assert [titles(stores, channel) for channel in (HERE, THERE, DIRECT)] == [["Here"], ["There"], ["Direct"]]

    def test_a_full_list_takes_no_further_paper_but_further_people(self, stores: Stores) -> None:
        save(stores, titled(1, "One"), ADA, limit=2)
        save(stores, titled(2, "Two"), ADA, limit=2)
        with pytest.raises(TooManySaved):
            save(stores, titled(3, "Three"), ADA, limit=2)
        assert save(stores, titled(1, "One"), BEN, limit=2) == [True]
        assert sorted(titles(stores)) == ["One", "Two"]
        assert save(stores, titled(3, "Three"), ADA, channel=THERE, limit=2) == [True]

    def test_a_channel_where_something_is_saved_does_not_become_known(self, stores: Stores) -> None:
        save(stores, a_paper(), ADA)
        assert stores.channels.get(HERE) is None

    def test_a_paper_stays_when_the_store_of_papers_forgets_it(self, stores: Stores) -> None:
        old = a_paper(list_day=TODAY - timedelta(days=400))
        stores.papers.save("sample", list_of(old), at=NOW - timedelta(days=400))
        stores.outbox.enqueue({old.id: []}, at=NOW - timedelta(days=400))
        stores.papers.save("sample", list_of(titled(2, "New")), at=NOW)
        save(stores, old, ADA)
        while stores.papers.forget(listed_before=TODAY - timedelta(days=100)):
            pass
        assert stores.papers.get(old.id) is None
        assert stores.saved.paper(old.id) == old

    def test_a_saved_paper_is_not_matched(self, stores: Stores) -> None:
        save(stores, a_paper(), ADA)
        assert stores.papers.pending(limit=9) == []
        assert stores.papers.get("9901.00001") is None


class TestUnsaving:
    """`SavedStore.unsave`."""

    def test_a_paper_goes_for_one_person_and_stays_for_the_others(self, stores: Stores) -> None:
        save(stores, a_paper(), ADA, BEN)
        assert stores.saved.unsave(HERE, "9901.00001", "U1")
        assert savers(stores, a_paper()) == ["ben"]
        assert stores.saved.unsave(HERE, "9901.00001", "U2")
        assert titles(stores) == []

    def test_it_goes_for_everybody(self, stores: Stores) -> None:
        save(stores, a_paper(), ADA, BEN)
        save(stores, a_paper(), ADA, channel=THERE)
        assert stores.saved.unsave(HERE, "9901.00001")
        assert [titles(stores), savers(stores, a_paper(), THERE)] == [[], ["ada"]]

    def test_what_is_not_there_cannot_go(self, stores: Stores) -> None:
        save(stores, a_paper(), ADA)
        assert not stores.saved.unsave(HERE, "9901.00001", "U2")
        assert not stores.saved.unsave(HERE, "9901.00002")
        assert not stores.saved.unsave(THERE, "9901.00001", "U1")
        assert savers(stores, a_paper()) == ["ada"]


class TestMoving:
    """The list goes along with `SubscriptionStore.move`."""

    def test_it_goes_along_with_the_subscriptions(self, stores: Stores) -> None:
        subscribe(stores, HERE, "robots")
        save(stores, a_paper(), ADA, BEN)
        assert stores.subscriptions.move(HERE, THERE, at=NOW, limit=9).saved == 1
        assert [titles(stores), savers(stores, a_paper(), THERE)] == [[], ["ada", "ben"]]

    def test_it_goes_alone_where_it_is_all_that_there_is(self, stores: Stores) -> None:
        save(stores, a_paper(), ADA)
        moved = stores.subscriptions.move(HERE, THERE, at=NOW, limit=9)
        assert (moved.subscriptions, moved.saved) == (0, 1)
        assert savers(stores, a_paper(), THERE) == ["ada"]
        with pytest.raises(NoSubscription):
            stores.subscriptions.move(HERE, THERE, at=NOW, limit=9)

    def test_two_lists_become_one(self, stores: Stores) -> None:
        elsewhere = Address("slack", "C0000000002")
        save(stores, a_paper(), BEN, CY, channel=elsewhere)
        save(stores, a_paper(), ADA, BEN, channel=THERE)
        save(stores, titled(2, "Two"), ADA, channel=elsewhere)
        stores.subscriptions.move(elsewhere, THERE, at=NOW, limit=9)
        assert savers(stores, a_paper(), THERE) == ["ada", "ben", "cy"]
        assert savers(stores, titled(2, "Two"), THERE) == ["ada"]
        assert titles(stores, elsewhere) == []

    def test_on_another_platform_people_are_known_by_their_names(self, stores: Stores) -> None:
        save(stores, a_paper(), ADA)
        stores.subscriptions.move(HERE, THERE, at=NOW, limit=9)
        saved = stores.saved.get(THERE, "9901.00001")
        assert saved is not None
        assert [saver.person for saver in saved.savers] == ["ada"]

    def test_a_list_is_not_moved_to_itself(self, stores: Stores) -> None:
        save(stores, a_paper(), ADA)
        with pytest.raises(SameChannel):
            stores.subscriptions.move(HERE, HERE, at=NOW, limit=9)
        assert titles(stores) == ["Walking Robots Learn to Dance"]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=st.text(st.characters(codec="utf-8"), min_size=1),
    authors=st.lists(st.text(st.characters(codec="utf-8"))),
    stars=st.none() | st.integers(0, 2**53),
)
def test_any_paper_comes_back_as_it_was(stores: Stores, title: str, authors: list[str], stars: int | None) -> None:
    paper = a_paper(title=title, authors=tuple(authors), stars=stars)
    stores.saved.unsave(HERE, paper.id)
    save(stores, paper, ADA)
    assert stores.saved.paper(paper.id) == paper
