"""What every store promises about papers that several sources list (see `PaperStore.save`)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.domain import Paper
from bot.domain.sources import UNNAMED
from bot.ports.stores import Stores
from tests.builders import HERE, NOW, TODAY, a_paper, list_of, on_list, subscribe
from tests.contracts.stores import LATER, TOMORROW, YESTERDAY

ID = "9901.00001"

AT_ARXIV = a_paper(
    title="Walking Robots Learn to Dance, in Full",
    url=f"https://arxiv.example/abs/{ID}",
    list_day=YESTERDAY,
    published_at=NOW,
    categories=("cs.RO", "cs.LG"),
    comment="Accepted at ExampleConf",
)
AT_HUGGING_FACE = a_paper(upvotes=7, summary="Dancing robots.", code_url="https://code.example/1")


def save(stores: Stores, source: str, *papers: Paper) -> int:
    return stores.papers.save(source, list_of(*papers), at=NOW)


def settle(stores: Stores) -> None:
    """As once all that is pending has been matched."""
    stores.outbox.enqueue({paper.id: [] for paper in stores.papers.pending(limit=9)}, at=NOW)


def stored(stores: Stores) -> Paper:
    paper = stores.papers.get(ID)
    assert paper
    return paper


def test_a_paper_on_the_lists_of_two_sources_is_one_paper_with_both(stores: Stores) -> None:
    assert save(stores, "arxiv", AT_ARXIV) == 1
    assert save(stores, "huggingface", AT_HUGGING_FACE) == 0
    paper = stored(stores)
    assert paper == on_list(paper, ("arxiv", YESTERDAY), ("huggingface", TODAY))
    assert (paper.title, paper.url, paper.upvotes) == (AT_HUGGING_FACE.title, AT_HUGGING_FACE.url, 7)
    assert (paper.categories, paper.comment, paper.published_at) == (("cs.RO", "cs.LG"), AT_ARXIV.comment, NOW)


def test_which_source_is_read_first_makes_no_difference(stores: Stores) -> None:
    save(stores, "huggingface", AT_HUGGING_FACE)
    save(stores, "arxiv", AT_ARXIV)
    paper = stored(stores)
    assert paper.list_day == YESTERDAY
    assert (paper.title, paper.url, paper.upvotes) == (AT_HUGGING_FACE.title, AT_HUGGING_FACE.url, 7)
    assert (paper.categories, paper.comment, paper.published_at) == (("cs.RO", "cs.LG"), AT_ARXIV.comment, NOW)


def test_sources_that_are_read_in_turn_change_nothing(stores: Stores) -> None:
    save(stores, "arxiv", AT_ARXIV)
    save(stores, "huggingface", AT_HUGGING_FACE)
    settle(stores)
    before = stored(stores)
    for _ in range(2):
        for source, paper in (("arxiv", AT_ARXIV), ("huggingface", AT_HUGGING_FACE)):
            save(stores, source, paper)
            assert stores.papers.pending(limit=9) == []
            assert stored(stores) == before


def test_sources_of_which_nothing_is_known_do_not_overwrite_each_other_either(stores: Stores) -> None:
    one, other = a_paper(title="One"), a_paper(title="Other")
    save(stores, "newsstand", one)
    save(stores, "sample", other)
    settle(stores)
    before = stored(stores)
    for source, paper in (("newsstand", one), ("sample", other)) * 2:
        save(stores, source, paper)
        assert stores.papers.pending(limit=9) == []
        assert stored(stores) == before


def test_what_one_source_does_not_know_another_fills_in(stores: Stores) -> None:
    save(stores, "huggingface", a_paper(abstract="", authors=()))
    save(stores, "arxiv", a_paper(abstract="We teach robots.", authors=("Ada Example",)))
    save(stores, "huggingface", a_paper(abstract="", authors=()))
    assert (stored(stores).abstract, stored(stores).authors) == ("We teach robots.", ("Ada Example",))


def test_a_paper_is_pending_once_more_when_another_source_lists_it(stores: Stores) -> None:
    save(stores, "arxiv", AT_ARXIV)
    settle(stores)
    save(stores, "huggingface", AT_HUGGING_FACE)
    assert [paper.id for paper in stores.papers.pending(limit=9)] == [ID]


def test_an_earlier_day_of_the_same_source_is_taken_over_without_matching_again(stores: Stores) -> None:
    save(stores, "huggingface", AT_HUGGING_FACE)
    settle(stores)
    save(stores, "huggingface", replace(AT_HUGGING_FACE, list_day=YESTERDAY))
    assert stored(stores).listings == on_list(AT_HUGGING_FACE, ("huggingface", YESTERDAY)).listings
    assert stores.papers.pending(limit=9) == []


def test_papers_of_a_day_are_those_of_any_source_or_of_one(stores: Stores) -> None:
    save(stores, "arxiv", AT_ARXIV, a_paper(id="9901.00002", list_day=YESTERDAY))
    save(stores, "huggingface", AT_HUGGING_FACE)

    def listed(day: date, source: str | None = None) -> list[str]:
        return [paper.id for paper in stores.papers.listed(since=day, until=day, source=source)]

    assert listed(YESTERDAY) == [ID, "9901.00002"]
    assert listed(YESTERDAY, "arxiv") == [ID, "9901.00002"]
    assert listed(YESTERDAY, UNNAMED) == []
    assert listed(TODAY) == listed(TODAY, UNNAMED) == listed(TODAY, "huggingface") == [ID]
    assert listed(TODAY, "arxiv") == []


class TestEnqueueing:
    """On which day a paper was listed is told by the sources that a query is about."""

    def due(self, stores: Stores, *sources: str) -> int:
        """How many deliveries there are for a query about these sources that somebody made today."""
        subscribe(stores, HERE, "robots")
        [(query, _)] = stores.query_index.unfiled(1, limit=9)
        stores.query_index.file({query: [("robot", "robot")]}, version=1, sources={query: sources})
        return stores.outbox.enqueue({ID: [query]}, at=NOW)

    def test_a_paper_that_was_on_a_list_before_still_comes_from_the_list_that_counts(self, stores: Stores) -> None:
        save(stores, "arxiv", AT_ARXIV)
        save(stores, "huggingface", AT_HUGGING_FACE)
        assert self.due(stores, UNNAMED) == 1

    def test_the_first_list_of_those_that_count_decides(self, stores: Stores) -> None:
        save(stores, "arxiv", AT_ARXIV)
        save(stores, "huggingface", AT_HUGGING_FACE)
        assert self.due(stores, UNNAMED, "arxiv") == 0

    def test_a_paper_that_is_on_none_of_them_does_not_come(self, stores: Stores) -> None:
        save(stores, "arxiv", a_paper())
        assert self.due(stores, UNNAMED) == 0


class TestForgetting:
    """Of a source that has to be named, papers that nobody got may go early."""

    LONG_AFTER = TODAY + timedelta(days=100)

    def forget(self, stores: Stores, source: str = "") -> int:
        settle(stores)
        save(stores, "huggingface", a_paper(id="9912.00009"))  # the latest paper always stays
        return stores.papers.forget(listed_before=self.LONG_AFTER, source=source)

    def test_what_no_query_matched_goes_and_is_new_on_another_list(self, stores: Stores) -> None:
        save(stores, "arxiv", AT_ARXIV)
        assert self.forget(stores, "arxiv") == 1
        assert save(stores, "arxiv", AT_ARXIV) == 0
        assert save(stores, "huggingface", AT_HUGGING_FACE) == 1

    def test_what_a_query_matched_stays(self, stores: Stores) -> None:
        save(stores, "arxiv", AT_ARXIV)
        subscribe(stores, HERE, "robots")
        [(query, _)] = stores.query_index.unfiled(1, limit=9)
        stores.query_index.file({query: [("robot", "robot")]}, version=1, sources={query: ["arxiv"]})
        stores.outbox.enqueue({ID: [query]}, at=LATER)
        assert self.forget(stores, "arxiv") == 0

    def test_what_another_source_lists_stays(self, stores: Stores) -> None:
        save(stores, "arxiv", AT_ARXIV)
        save(stores, "huggingface", AT_HUGGING_FACE)
        assert self.forget(stores, "arxiv") == 0

    def test_without_a_source_it_stays_forgotten_on_every_list(self, stores: Stores) -> None:
        save(stores, "arxiv", AT_ARXIV)
        assert self.forget(stores) == 1
        assert save(stores, "huggingface", a_paper(list_day=TOMORROW)) == 0
