"""Every database keeps the contract of `MeaningStore`."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.ports.stores import Stores
from bot.ports.stores.meaning import FittedSpace, Fitting
from tests.builders import NOW, TODAY, a_paper, list_of

SPACE = FittedSpace(1, NOW, 5, b"terms", b"weights")


def keep(stores: Stores, count: int) -> list[str]:
    """Store so many papers, each on an earlier list than the one before; return their ids."""
    papers = [a_paper(id=f"9901.{place:05}", list_day=TODAY - timedelta(days=place)) for place in range(count)]
    for paper in papers:
        stores.papers.save("sample", list_of(paper), at=NOW)
    return [paper.id for paper in papers]


def test_a_space_is_kept_as_it_is_until_another_takes_its_place(stores: Stores) -> None:
    ids = keep(stores, 2)
    assert stores.meaning.space(version=1) is None
    assert stores.meaning.fitting(version=1) is None
    stores.meaning.replace(SPACE, {ids[0]: b"there", "9901.99999": b"gone"})
    assert stores.meaning.space(version=1) == SPACE
    assert stores.meaning.places(fitted_at=NOW) == [(ids[0], b"there")]
    later = replace(SPACE, fitted_at=NOW + timedelta(hours=1), weights=b"others")
    stores.meaning.replace(later, {ids[1]: b"here"})
    assert stores.meaning.space(version=1) == later
    assert stores.meaning.places(fitted_at=later.fitted_at) == [(ids[1], b"here")]
    assert stores.meaning.places(fitted_at=NOW) == []


def test_a_space_of_another_version_is_none(stores: Stores) -> None:
    stores.meaning.replace(SPACE, {})
    assert stores.meaning.space(version=2) is None
    assert stores.meaning.fitting(version=2) is None


def test_papers_placed_later_are_new(stores: Stores) -> None:
    first, second = keep(stores, 2)
    stores.meaning.replace(SPACE, {first: b"there"})
    stores.meaning.place({second: b"here"}, fitted_at=NOW, as_read=())
    assert stores.meaning.fitting(version=1) == Fitting(NOW, 5, new=1)


def test_a_place_in_a_space_that_was_replaced_is_not_kept(stores: Stores) -> None:
    [first] = keep(stores, 1)
    stores.meaning.replace(SPACE, {})
    stores.meaning.place({first: b"there"}, fitted_at=NOW - timedelta(hours=1), as_read=())
    assert stores.meaning.places(fitted_at=NOW) == []


def test_a_paper_that_changed_meanwhile_gets_no_place(stores: Stores) -> None:
    [first] = keep(stores, 1)
    stores.meaning.replace(SPACE, {})
    read = stores.papers.get(first)
    assert read is not None
    stores.papers.save("sample", list_of(replace(read, title="Another Title")), at=NOW)
    stores.meaning.place({first: b"there"}, fitted_at=NOW, as_read=[read])
    assert stores.meaning.places(fitted_at=NOW) == []


def test_votes_leave_a_paper_in_its_place(stores: Stores) -> None:
    [first] = keep(stores, 1)
    stores.meaning.replace(SPACE, {first: b"there"})
    stores.papers.save("sample", list_of(a_paper(id=first, upvotes=99)), at=NOW)
    assert stores.meaning.places(fitted_at=NOW) == [(first, b"there")]


def test_the_places_of_some_papers_are_found_alone(stores: Stores) -> None:
    first, second, third = keep(stores, 3)
    stores.meaning.replace(SPACE, {first: b"there", second: b"here"})
    assert stores.meaning.places_of([second, third, "9901.99999"], fitted_at=NOW) == {second: b"here"}
    assert stores.meaning.places_of([], fitted_at=NOW) == {}
    assert stores.meaning.places_of([first], fitted_at=NOW - timedelta(hours=1)) == {}


def test_those_without_a_place_come_latest_first(stores: Stores) -> None:
    ids = keep(stores, 5)
    stores.meaning.replace(SPACE, {ids[1]: b"there"})
    assert [paper.id for paper in stores.meaning.unplaced(among=4, limit=9)] == [ids[0], ids[2], ids[3]]
    assert [paper.id for paper in stores.meaning.unplaced(among=4, limit=2)] == [ids[0], ids[2]]
    assert list(stores.meaning.latest(most=2)) == ids[:2]


def test_a_sample_is_taken_evenly(stores: Stores) -> None:
    ids = keep(stores, 10)
    since = TODAY - timedelta(days=9)
    assert stores.meaning.count(since=since) == 10
    assert [paper.id for paper in stores.meaning.sample(since=since, most=10)] == ids
    assert [paper.id for paper in stores.meaning.sample(since=since, most=5)] == ids[1::2]
    assert len(stores.meaning.sample(since=since, most=3)) == 3
    assert [paper.id for paper in stores.meaning.sample(since=TODAY, most=3)] == ids[:1]
