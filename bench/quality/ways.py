"""The ways to find a subject's papers that are compared. A new one is a function here, and a line in its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import lru_cache

from bench.quality.any_word import any_word
from bench.quality.labels import Subject
from bench.quality.measures import count
from bot.advice.backtest import Recent, recent
from bot.advice.term_offers import as_subject, offers_for
from bot.domain import Paper, PaperList
from bot.matching.glossary import Glossary
from bot.matching.meaning.judging import Judge
from bot.matching.meaning.learning import Meaning
from bot.matching.paper_index import index_papers
from bot.matching.verdicts import match
from bot.ports.stores import Stores
from bot.query import parse
from bot.search.lookup import look_up
from bot.search.near import near_query

LONGEST = 100
"""Papers near in meaning that are looked at."""


@dataclass(frozen=True, eq=False)
class Collection:
    """The papers to find, in a store of their own, with the acronyms and the meaning that are learned from them."""

    stores: Stores
    glossary: Glossary
    recent: Recent
    meaning: Meaning

    @property
    def papers(self) -> list[Paper]:
        """All of them, latest list first."""
        return [each.paper for each in self.recent.papers]


Finding = Callable[[Subject, Collection], AbstractSet[str]]
"""Finds papers, by their ids: what a subscription would bring."""

Ranking = Callable[[Subject, Collection], Sequence[str]]
"""Ranks papers, by their ids, best first: what a search shows."""


def collect(lists: Sequence[PaperList], stores: Stores) -> Collection:
    """Put the lists into a new store, as the service would."""
    now = _noon(lists[-1])
    meaning = Meaning(stores, lambda: now)
    glossary = Glossary(stores.papers, judge=Judge(meaning, stores.nearness))
    for papers in lists:
        stores.papers.save("huggingface", papers, at=_noon(papers))
        glossary.read(papers.papers)
    while not index_papers(stores.paper_index):
        pass
    meaning.keep_up()
    return Collection(stores, glossary, recent(stores, glossary, now=now), meaning)


def typed(subject: Subject, collection: Collection) -> AbstractSet[str]:
    """What the subscription brings as it is typed."""
    return _matching(subject.query, collection)


def about(subject: Subject, collection: Collection) -> AbstractSet[str]:
    """What the subscription brings with a `~` before each of its terms."""
    form = as_subject(parse(subject.query))
    return _matching(form.text if form else subject.query, collection)


def all_offers(subject: Subject, collection: Collection) -> AbstractSet[str]:
    """What comes if every offer is accepted."""
    found = typed(subject, collection)
    for term in _offers(subject, collection):
        found = found | _matching(term, collection)
    return found


def good_offers(subject: Subject, collection: Collection) -> AbstractSet[str]:
    """What comes if each offer is accepted that raises F1, one after the other: what a perfect judge would do."""
    found = typed(subject, collection)
    for term in _offers(subject, collection):
        more = found | _matching(term, collection)
        if _f1(subject, more) > _f1(subject, found):
            found = more
    return found


def search(subject: Subject, collection: Collection) -> Sequence[str]:
    """What `/papers search` shows."""
    found = look_up(parse(subject.query), collection.stores, collection.glossary)
    return [paper.id for paper in found.papers]


def search_and_near(subject: Subject, collection: Collection) -> Sequence[str]:
    """What `/papers search` shows, and then what is near in meaning, if there were no end to that."""
    found = search(subject, collection)
    near = near_query(
        parse(subject.query),
        collection.meaning,
        collection.stores,
        collection.glossary.known,
        limit=LONGEST,
        without=found,
    )
    return [*found, *(each.paper.id for each in near or ())]


def bm25(subject: Subject, collection: Collection) -> Sequence[str]:
    """What a search for any of the words shows."""
    return any_word(subject.query, collection.papers)


FINDING: Mapping[str, Finding] = {
    "typed": typed,
    "~": about,
    "all offers": all_offers,
    "good offers": good_offers,
}

RANKING: Mapping[str, Ranking] = {
    "search": search,
    "search and near": search_and_near,
    "any-word BM25": bm25,
}


@lru_cache(maxsize=1024)
def _matching(query: str, collection: Collection) -> AbstractSet[str]:
    """The ids of the papers that match; remembered, since most ways begin with what is typed."""
    known = collection.glossary.known
    return {paper.id for paper in collection.papers if match(query, paper, known)}


@lru_cache(maxsize=1024)
def _offers(subject: Subject, collection: Collection) -> Sequence[str]:
    query = parse(subject.query)
    offered = offers_for(query, collection.recent.run(query).found, collection.recent, ()).terms
    return [offer.query.text for offer in offered]


def _f1(subject: Subject, found: AbstractSet[str]) -> float:
    return count(found, subject.relevant, subject.mention).f1


def _noon(papers: PaperList) -> datetime:
    return datetime.combine(papers.day, time(12), UTC)
