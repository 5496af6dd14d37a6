"""Many papers at once: which queries match them, by the conjunctions that the queries are indexed with.

A conjunction is a few tests, and each is answered for all papers at once, with the set of those that pass; see
`bot.matching.batch_words`. Many queries share their tests, so each is answered once for a batch.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from itertools import accumulate
from operator import or_
from typing import NamedTuple

from bot.domain.sources import UNNAMED
from bot.matching.batch_names import BatchNames
from bot.matching.batch_words import BatchWords
from bot.matching.evaluate import matches
from bot.matching.folded_paper import FoldedPaper, Row
from bot.matching.number_sets import numbers_in, those_of
from bot.matching.places import place_of
from bot.matching.query_index import ALWAYS, anchors_of, names_source
from bot.query.acronyms import Acronyms
from bot.query.fields import APART, NAMES, count_of
from bot.query.knowledge import NO_KNOWLEDGE, Knowledge, wordings
from bot.query.parser import parse
from bot.query.tree import Count, Node, Term

MOST_LEAVES_CACHED = 4096
MOST_ROWS_CACHED = 8192


class Batch:
    """Folded papers, ready for the conjunctions that `bot.matching.query_index.index_entries` writes."""

    def __init__(self, papers: Sequence[FoldedPaper], known: Knowledge = NO_KNOWLEDGE) -> None:
        """Record which papers have which words."""
        self._papers = papers
        self._known = known
        self._words = BatchWords(papers)
        self._all = self._words.all
        self._unnamed = those_of(self._all, papers, _is_unnamed)
        self._passing: dict[str, int] = {"": self._all}
        self._counted: dict[str, _Counted] = {}

    @property
    def anchors(self) -> Collection[str]:
        """Every anchor under which a query that matches one of the papers may be indexed."""
        anchors = self._words.anchors() | self._names.anchors() | {ALWAYS}
        # A paper with an acronym may match its full form, and the other way round.
        expansions = _expansions(self._known.acronyms)
        for short in expansions.of_short.keys() & self._words.alone.keys():
            anchors |= expansions.of_short[short]
        for word in expansions.of_word.keys() & anchors:
            for names, wanted in expansions.of_word[word]:
                if self._with_any_of_each(wanted):
                    anchors |= names
        return anchors

    def matching(self, entries: Iterable[tuple[int, str]]) -> Sequence[Sequence[int]]:
        """The ids of the queries that match, for each of the papers in their order.

        Args:
            entries: The id of a query and its conjunction, for everything that is indexed under `anchors` at least.
        """
        papers_of: dict[int, int] = {}
        wanted: dict[str, int] = {}
        for query, conjunction in entries:
            papers = wanted.get(conjunction)
            if papers is None:
                papers = self.satisfying(conjunction)
                if papers & ~self._unnamed and not names_source(conjunction):
                    papers &= self._unnamed
                wanted[conjunction] = papers
            if papers:
                papers_of[query] = papers_of.get(query, 0) | papers
        queries_of: dict[int, list[int]] = {}
        for query, papers in papers_of.items():
            queries_of.setdefault(papers, []).append(query)
        matching: list[list[int]] = [[] for _ in self._papers]
        for papers, queries in queries_of.items():
            for number in numbers_in(papers):
                matching[number] += queries
        return matching

    def satisfying(self, conjunction: str) -> int:
        """The set of papers that satisfy the conjunction."""
        papers, known = self._all, self._passing
        for test in conjunction.split("\n"):
            passing = known.get(test)
            if passing is None:
                passing = known[test] = self._all & ~self._pass(test[1:]) if test[0] == "-" else self._pass(test)
            papers &= passing
            if not papers:
                break
        return papers

    def _pass(self, test: str) -> int:
        """The set of papers that pass a test."""
        if test.isalnum() and test not in self._known.acronyms.keys:
            return self._words.having(test)  # most tests are no more than a word
        if test[0] == "?":
            return self._match(_leaf(test[1:]))
        if test[-1] == "*":
            return self._words.beginning_with(test[:-1])
        field, key, row = _row(test)
        if field in NAMES:
            return self._names.passing(test)
        return self._words.having_row(row, field) | self._say_otherwise(key, field)

    def _say_otherwise(self, key: str, field: str) -> int:
        """The set of papers with the acronym of what the key says, or with the full form of that acronym."""
        acronyms, papers = self._known.acronyms, 0
        if key not in acronyms.keys:
            return papers
        for short in acronyms.short_forms(key):
            papers |= self._words.having(short.upper(), field)
        for full in acronyms.full_forms(key.casefold()):
            candidates = self._with_any_of_each(anchors_of(full))
            papers |= those_of(candidates, self._papers, partial(_has_in_field, full, field))
        return papers

    def _match(self, leaf: Node) -> int:
        """The set of papers that match a leaf."""
        if isinstance(leaf, Count):
            return self._count(leaf)
        if isinstance(leaf, Term) and leaf.field not in APART and all(atom.is_plain for atom in leaf.atoms):
            if not (leaf.exact or leaf.acronym):
                row = [(atom.word, atom.pair) for atom in leaf.atoms]
                return self._words.having_row(row, leaf.field) | self._say_otherwise(leaf.key, leaf.field)
            if leaf.exact and not leaf.field and len(leaf.atoms) == 1:
                return self._words.having_exactly(leaf.atoms[0].exact, leaf.atoms[0].word)
        terms = list(wordings(leaf, self._known.names))
        candidates = 0 if terms else self._all
        for term in terms:
            candidates |= self._candidates(term)
        return those_of(candidates, self._papers, lambda paper: matches(leaf, paper, self._known))

    def _candidates(self, term: Term) -> int:
        """The set of papers with every word of the term, or of what it is short for, anywhere; or with its acronym."""
        acronyms, papers = self._known.acronyms, 0
        for form in (term, *acronyms.full(term)):
            papers |= self._with_any_of_each(anchors_of(form))
        for short in acronyms.short(term):
            papers |= self._words.having(short.upper())
        return papers

    def _with_any_of_each(self, choices: Iterable[Iterable[str]]) -> int:
        """A set of papers among which are all that have one of these anchors, and one of those, and so on."""
        papers = self._all
        for anchors in choices:
            having = 0
            for anchor in anchors:
                having |= (self._names if ":" in anchor else self._words).candidates(anchor)
            papers &= having
        return papers

    @cached_property
    def _names(self) -> BatchNames:
        return BatchNames(self._papers)

    def _count(self, count: Count) -> int:
        """The set of papers with so many votes, comments or stars."""
        if count.name not in self._counted:
            self._counted[count.name] = _Counted.of([count_of(folded.paper, count.name) for folded in self._papers])
        return self._counted[count.name].with_at_least(count.least)


class _Counted(NamedTuple):
    """Numbers of papers, rising, and the sets of papers that have at least these."""

    numbers: Sequence[int]
    papers: Sequence[int]

    @staticmethod
    def of(numbers: Sequence[int]) -> _Counted:
        """The number of each paper, in their order."""
        rising = sorted((number, 1 << paper) for paper, number in enumerate(numbers))
        at_least = list(accumulate((paper for _, paper in reversed(rising)), or_))
        return _Counted([number for number, _ in rising], [*reversed(at_least), 0])

    def with_at_least(self, least: int) -> int:
        """The set of papers with this number or more."""
        return self.papers[bisect_left(self.numbers, least)]


class _Expansions(NamedTuple):
    """Which anchors acronyms and their full forms give to papers.

    Attributes:
        of_short: The anchors of the full forms of an acronym.
        of_word: Under the longest word of a full form, and what that is when joined: the anchors of its acronym, and
            the anchors of which a paper with the full form has one of each.
    """

    of_short: Mapping[str, set[str]]
    of_word: Mapping[str, Sequence[tuple[set[str], Sequence[frozenset[str]]]]]


@lru_cache(maxsize=2)
def _expansions(acronyms: Acronyms) -> _Expansions:
    of_short: dict[str, set[str]] = {}
    of_word: dict[str, list[tuple[set[str], Sequence[frozenset[str]]]]] = {}
    for short, full in acronyms.expansions():
        wanted = tuple(anchors_of(full))
        of_short.setdefault(short.upper(), set()).update((full.key,), *wanted)
        for word in max(wanted, key=lambda anchors: min(map(len, anchors))):
            of_word.setdefault(word, []).append(({short.casefold(), short.upper()}, wanted))
    return _Expansions(of_short, of_word)


def _is_unnamed(folded: FoldedPaper) -> bool:
    return folded.paper.listed_on((UNNAMED,)) is not None


def _has_in_field(term: Term, field: str, folded: FoldedPaper) -> bool:
    return place_of(term, folded, folded.fields[field]) is not None


@lru_cache(maxsize=MOST_ROWS_CACHED)
def _row(test: str) -> tuple[str, str, Row]:
    """The field that a test is about, its words as one, and each with its pair."""
    field, _, words = test.rpartition(":")
    row = tuple((word, pair) for word, _, pair in (part.partition("=") for part in words.split(" ")))
    return field, "".join(word for word, _ in row), row


@lru_cache(maxsize=MOST_LEAVES_CACHED)
def _leaf(text: str) -> Node:
    return parse(text).tree
