"""Every database keeps the contract of `VocabularyStore`."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain import Paper
from bot.domain.terms import NamedTerm, TermCounts
from bot.matching.paper_index import index_papers
from bot.ports.stores import Stores
from tests.builders import NOW, TODAY, a_paper, list_of

YESTERDAY = TODAY - timedelta(days=1)


def named(term: str, spelling: str = "", *, in_title: bool = True, is_keyword: bool = False) -> NamedTerm:
    """A term that a paper names, as its subject."""
    return NamedTerm(term, spelling or term, in_title, is_keyword, is_subject=True, is_head=False)


def kept(stores: Stores, *terms: NamedTerm, number: int = 1, paper: Paper | None = None) -> Paper:
    """Store a paper with these terms."""
    paper = paper or a_paper(id=f"9901.{number:05}")
    stores.papers.save("sample", list_of(paper), at=NOW)
    stores.vocabulary.count({paper.id: terms}, version=1)
    return paper


def naming(stores: Stores, *terms: str, most: int = 99) -> dict[str, int]:
    """How many papers name each of these terms."""
    counts = stores.vocabulary.counts(terms, since=YESTERDAY, least=1, most=most)
    return {term: counted.naming for term, counted in counts.items()}


def test_papers_are_counted_by_how_they_name_a_term_and_it_is_spelled_as_most_do(stores: Stores) -> None:
    kept(stores, named("kettle", "kettles"), number=1)
    kept(stores, named("kettle", "kettles", in_title=False, is_keyword=True), number=2)
    kept(stores, named("kettle"), named("teapot"), number=3)
    counts = stores.vocabulary.counts(["kettle", "violin"], since=TODAY, least=1, most=99)
    assert counts == {"kettle": TermCounts("kettles", naming=3, titles=2, keywords=1, subjects=3, heads=0)}


def test_of_two_spellings_that_are_as_common_the_latest_is_given(stores: Stores) -> None:
    kept(stores, named("kettle", "kettles"), number=1)
    kept(stores, named("kettle", "Kettles"), number=2)
    assert stores.vocabulary.counts(["kettle"], since=TODAY, least=1, most=9)["kettle"].spelling == "Kettles"


def test_terms_that_too_few_or_too_many_papers_name_are_left_out(stores: Stores) -> None:
    for number in range(3):
        kept(stores, named("kettle"), *([named("teapot")] if number else []), number=number)
    assert naming(stores, "kettle", "teapot", most=2) == {"teapot": 2}
    assert stores.vocabulary.counts(["kettle", "teapot"], since=TODAY, least=3, most=9).keys() == {"kettle"}


def test_papers_of_earlier_days_do_not_count(stores: Stores) -> None:
    kept(stores, named("kettle"), paper=a_paper(id="9901.00001", list_day=YESTERDAY))
    kept(stores, named("kettle"), number=2)
    for since, papers in ((TODAY, 1), (YESTERDAY, 2)):
        assert stores.vocabulary.papers(since=since) == papers
        assert stores.vocabulary.counts(["kettle"], since=since, least=1, most=9)["kettle"].naming == papers


def test_the_most_frequent_terms_come_first(stores: Stores) -> None:
    kept(stores, named("kettle"), named("teapot"), named("cup"), number=1)
    kept(stores, named("kettle"), named("cup"), number=2)
    kept(stores, named("cup"), number=3)
    frequent = stores.vocabulary.frequent(since=TODAY, least=1, most=9, limit=2)
    assert list(frequent) == ["cup", "kettle"]
    assert list(stores.vocabulary.frequent(since=TODAY, least=2, most=2, limit=9)) == ["kettle"]


def test_papers_that_come_or_change_their_title_or_keywords_are_to_be_counted(stores: Stores) -> None:
    paper = a_paper(id="9901.00001")
    stores.papers.save("sample", list_of(paper), at=NOW)
    assert [each.id for each in stores.vocabulary.uncounted(1, limit=9)] == [paper.id]
    stores.vocabulary.count({paper.id: [named("kettle")]}, version=1)
    assert stores.vocabulary.uncounted(1, limit=9) == []
    stores.papers.save("sample", list_of(replace(paper, upvotes=99)), at=NOW)
    assert stores.vocabulary.uncounted(1, limit=9) == []
    for changed in (replace(paper, title="Another Title"), replace(paper, keywords=("teapots",))):
        stores.papers.save("sample", list_of(changed), at=NOW)
        assert [each.id for each in stores.vocabulary.uncounted(1, limit=9)] == [paper.id]
        stores.vocabulary.count({paper.id: [named("teapot")]}, version=1)
    assert naming(stores, "kettle", "teapot") == {"teapot": 1}


def test_a_paper_that_changed_meanwhile_stays_to_be_counted(stores: Stores) -> None:
    read = a_paper(id="9901.00001")
    stores.papers.save("sample", list_of(replace(read, title="Another Title")), at=NOW)
    stores.vocabulary.count({read.id: [named("kettle")]}, version=1, as_read=[read])
    assert naming(stores, "kettle") == {}
    assert [paper.id for paper in stores.vocabulary.uncounted(1, limit=9)] == [read.id]


def test_another_version_counts_all_papers_anew(stores: Stores) -> None:
    first, second = kept(stores, named("kettle"), number=1), kept(stores, named("kettle"), number=2)
    assert {paper.id for paper in stores.vocabulary.uncounted(2, limit=9)} == {first.id, second.id}
    stores.vocabulary.count({first.id: [named("teapot")]}, version=2)
    assert naming(stores, "kettle", "teapot") == {"teapot": 1}
    assert [paper.id for paper in stores.vocabulary.uncounted(2, limit=9)] == [second.id]


def test_terms_of_old_papers_are_forgotten_some_at_a_time_and_not_counted_again(stores: Stores) -> None:
    old = [a_paper(id=f"9902.{number:05}", list_day=YESTERDAY) for number in range(3)]
    for paper in old:
        kept(stores, named("kettle"), paper=paper)
    kept(stores, named("kettle"))
    stores.papers.save("sample", list_of(a_paper(id="9902.00009", list_day=YESTERDAY)), at=NOW)
    while stores.vocabulary.forget(listed_before=TODAY):
        pass
    assert naming(stores, "kettle") == {"kettle": 1}
    assert stores.vocabulary.uncounted(1, limit=9) == []


def test_papers_that_have_words_side_by_side_anywhere_are_counted_up_to_enough(stores: Stores) -> None:
    abstracts = ("We boil copper kettles.", "A kettle of copper.", "Copper kettles boil.", "Copper, kettles.")
    papers = [a_paper(id=f"9901.{at:05}", title="Tea", abstract=abstract) for at, abstract in enumerate(abstracts)]
    stores.papers.save("sample", list_of(*papers), at=NOW)
    index_papers(stores.paper_index)
    assert stores.vocabulary.having({"copper kettle": 9, 'vi"olin': 9}, since=TODAY) == {
        "copper kettle": 3,
        'vi"olin': 0,
    }
    assert stores.vocabulary.having({"copper kettle": 2}, since=TODAY) == {"copper kettle": 2}
    assert stores.vocabulary.having({"copper kettle": 9}, since=TODAY + timedelta(days=1)) == {"copper kettle": 0}


def test_a_paper_is_counted_once_it_is_on_a_list_that_need_not_be_named(stores: Stores) -> None:
    paper = a_paper(id="9901.00001")
    stores.papers.save("arxiv", list_of(paper), at=NOW)
    assert stores.vocabulary.uncounted(1, limit=9) == []
    stores.papers.save("huggingface", list_of(paper), at=NOW)
    assert [each.id for each in stores.vocabulary.uncounted(1, limit=9)] == [paper.id]
