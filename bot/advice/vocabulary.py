"""The terms by which the papers of the last days name their subjects, as they were counted when the papers came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.domain.terms import TermCounts
from bot.matching.terms import count_terms, spans, terms_within
from bot.matching.verdicts import PaperWords
from bot.ports.stores import Stores
from bot.ports.stores.vocabulary import VocabularyStore

PAPERS_NEEDED = 2
"""Papers that must have a term in their title or keywords: a single paper calls things what it likes."""

FRAGMENT = 0.6
"""The share of a term's papers that have it within a longer term, from which it is only a fragment of that one."""

READ = 200
"""Papers of a query whose texts are read for terms, those listed last: more than people read in a month."""

MANY = 100_000
"""Papers up to which those with a term are counted."""


@dataclass(frozen=True, slots=True)
class TermsOfPapers:
    """The terms that several of some papers have.

    Attributes:
        read: How many papers these are.
        papers: How many of them have each term anywhere in their texts.
        counts: How many of all papers of the last days name each term.
    """

    read: int
    papers: Mapping[str, int]
    counts: Mapping[str, TermCounts]

    def whole(self) -> Iterator[str]:
        """The terms that often stand on their own, rather than as fragments of longer ones."""
        return whole_terms({term: counts.naming for term, counts in self.counts.items()})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of the papers that were listed on the day ``since`` or later, as their folded words with spaces."""

    store: VocabularyStore
    since: date

    @property
    def papers(self) -> int:
        """How many papers there are."""
        return self.store.papers(since=self.since)

    def of(self, papers: Sequence[PaperWords], *, least: int, most: int = MANY) -> TermsOfPapers:
        """The terms that so many of these papers have at least, and up to ``most`` of all papers name."""
        having = Counter(term for paper in papers for term in _terms_within(paper.words))
        likely = (term for term, number in having.items() if number >= least)
        counts = self.store.counts(likely, since=self.since, least=PAPERS_NEEDED, most=most)
        return TermsOfPapers(len(papers), {term: having[term] for term in counts}, counts)

    def frequent(self, *, most: int, limit: int) -> Mapping[str, TermCounts]:
        """The terms that up to ``most`` papers name, the most frequent first."""
        return self.store.frequent(since=self.since, least=PAPERS_NEEDED, most=most, limit=limit)

    def having(self, terms: Iterable[str], *, most: int = MANY) -> Mapping[str, int]:
        """How many papers have each term anywhere in their texts, counted up to ``most``."""
        return self.having_up_to(dict.fromkeys(terms, most))

    def having_up_to(self, most: Mapping[str, int]) -> Mapping[str, int]:
        """How many papers have each term anywhere in their texts, counted up to so many."""
        return self.store.having(most, since=self.since)


def counted(stores: Stores, *, since: date) -> Vocabulary:
    """The terms of the papers of that day or later.

    What the service has not counted yet is counted first, as much as takes about a second.

    Raises:
        StorageError: The database cannot be used.
    """
    count_terms(stores.vocabulary)
    return Vocabulary(stores.vocabulary, since)


def whole_terms(papers: Mapping[str, int]) -> Iterator[str]:
    """Those of the terms that stand on their own, by how many papers have each."""
    longer: dict[str, int] = {}
    for term, number in papers.items():
        words = term.split()
        for first, stop in spans(len(words)):
            part = " ".join(words[first:stop])
            if part != term:
                longer[part] = max(longer.get(part, 0), number)
    return (term for term, number in papers.items() if longer.get(term, 0) < FRAGMENT * number)


@lru_cache(maxsize=READ)
def _terms_within(words: str) -> frozenset[str]:
    return frozenset(terms_within(words))
