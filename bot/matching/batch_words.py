"""Which of many papers have a word, words side by side, or a name.

A set of papers is an integer with a bit for each paper, the lowest for the first (see `bot.matching.number_sets`): sets
of a hundred papers are then intersected in a single operation. What few queries ask for is found out when one does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from typing import NamedTuple

from bot.matching.folded_paper import FoldedPaper, Row
from bot.matching.number_sets import numbers_in, set_of
from bot.matching.query_index import PREFIX_LENGTHS, form
from bot.query.fields import NAMES
from bot.text.folding import Word

Sets = dict[str, int]
"""Sets of papers by the word that they have."""

ANYWHERE = -1
"""The set of all places."""


class BatchWords:
    """The words of folded papers.

    Attributes:
        all: The set of all papers.
        alone: The sets of papers that have a folded word, a shape, or what these are forms of.
        joined: The sets of papers that have two words which are this one when they join.
    """

    def __init__(self, papers: Sequence[FoldedPaper]) -> None:
        """Record which papers have which words."""
        self._papers = papers
        self.all = (1 << len(papers)) - 1
        self.alone: Sets = {}
        self.joined: Sets = {}
        alone, joined = self.alone, self.joined
        for number, paper in enumerate(papers):
            bit = 1 << number
            for word in paper.places.alone:
                alone[word] = alone.get(word, 0) | bit
            for word in paper.places.joined:
                joined[word] = joined.get(word, 0) | bit

    def anchors(self) -> set[str]:
        """Every word, name and beginning of a word under which a query may be indexed."""
        beginnings = {anchor for exact in self._folded for anchor in _prefix_anchors(exact)}
        # Two words that join begin as the first one does, unless that is shorter than what is indexed.
        for paper in self._papers:
            words = paper.words
            for before, word, pair in zip(words, words[1:], paper.pairs[1 : paper.fields[""].stop], strict=False):
                if pair and len(before.exact) < PREFIX_LENGTHS[0]:
                    beginnings.update(_prefix_anchors(before.exact + word.exact))
        return beginnings.union(self.alone, self.joined, self._names.anchors)

    def with_any_of_each(self, choices: Iterable[Iterable[str]]) -> int:
        """The set of papers that have one of these anchors, and one of those, and so on."""
        papers = self.all
        for anchors in choices:
            having = 0
            for anchor in anchors:
                having |= self._with_anchor(anchor)
            papers &= having
        return papers

    def having(self, word: str, field: str = "") -> int:
        """The set of papers with the word in a field, written as one or as two that join."""
        papers = self.alone.get(word, 0) | self.joined.get(word, 0)
        return self._having_row(papers, ((word, ""),), field) if field else papers

    def having_row(self, row: Row, field: str = "") -> int:
        """The set of papers with these words side by side in a field, any two of them as one where they join."""
        papers = self.all
        for index, (word, pair) in enumerate(row):
            following = row[index + 1][1] if index + 1 < len(row) else ""
            papers &= self.having(word) | self.having(pair) | self.having(following)
        return self._having_row(papers, row, field)

    def named(self, name: str) -> int:
        """The set of papers with a word of a name, as a test asks for it; see `bot.matching.query_index`."""
        return self._names.tests.get(name, 0)

    def beginning_with(self, prefix: str) -> int:
        """The set of papers with a word that begins with the prefix, unfolded, alone or joined with the next."""
        papers = 0
        for exact in self._exact_words_with(prefix):
            for word in self._folded[exact]:
                papers |= self.those(self.alone[word] & ~papers, partial(_has_beginning, word, prefix))
        for letters in range(1, len(prefix)):
            first, rest = prefix[:letters], prefix[letters:]
            for word in self._folded.get(first, ()):
                papers |= self.those(self.alone[word] & ~papers, partial(_has_joined_beginning, word, first, rest))
        return papers

    def those(self, papers: int, passes: Callable[[FoldedPaper], bool]) -> int:
        """Those of a set of papers that pass, each tried on its own."""
        passing = 0
        for number in numbers_in(papers):
            if passes(self._papers[number]):
                passing |= 1 << number
        return passing

    def _with_anchor(self, anchor: str) -> int:
        if ":" in anchor:
            return self._names.anchors.get(anchor, 0)
        return self.beginning_with(anchor[:-1]) if anchor[-1:] == "*" else self.having(anchor)

    def _having_row(self, papers: int, row: Row, field: str) -> int:
        if not field:
            return self.those(papers, lambda paper: paper.places.has_row(row, ANYWHERE))
        return self.those(papers, lambda paper: paper.places.has_row(row, set_of(paper.fields[field])))

    @cached_property
    def _folded(self) -> dict[str, set[str]]:
        """How each word of the papers is folded."""
        distinct: set[Word] = set()
        for paper in self._papers:
            distinct.update(paper.words[: paper.fields[""].stop])
        folded: dict[str, set[str]] = {}
        for word in distinct:
            if word.exact:
                folded.setdefault(word.exact, set()).add(word.word)
        return folded

    @cached_property
    def _alphabetical(self) -> list[str]:
        return sorted(self._folded)

    def _exact_words_with(self, prefix: str) -> Iterator[str]:
        """The unfolded words that begin with the prefix."""
        words = self._alphabetical
        for index in range(bisect_left(words, prefix), len(words)):
            if not words[index].startswith(prefix):
                return
            yield words[index]

    @cached_property
    def _names(self) -> _Names:
        names = _Names({}, {})
        for number, paper in enumerate(self._papers):
            for field in NAMES:
                names.add(field, paper.within(field), 1 << number)
        return names


class _Names(NamedTuple):
    """The sets of papers that have a word of a name, by the test for it, and by its anchors."""

    tests: Sets
    anchors: Sets

    def add(self, field: str, words: Iterable[tuple[Word, str]], papers: int) -> None:
        """Record that papers have these words of names, each with its pair."""
        before = ""
        for word, pair in words:
            if word.exact:
                self._add(field, word.exact, word.word, papers)
            if word.other:
                _add(self.tests, f"{field}:{word.other}", papers)
                _add(self.anchors, f"{field}:{word.other}", papers)
            if pair:
                self._add(field, before + word.exact, pair, papers)
            before = word.exact

    def _add(self, field: str, exact: str, word: str, papers: int) -> None:
        _add(self.tests, f"{field}:{form(exact, word)}", papers)
        for anchor in (word, *_prefix_anchors(exact)):
            _add(self.anchors, f"{field}:{anchor}", papers)


def _add(sets: Sets, name: str, papers: int) -> None:
    sets[name] = sets.get(name, 0) | papers


def _has_beginning(word: str, prefix: str, paper: FoldedPaper) -> bool:
    """Whether a word that folds to this one begins with the prefix."""
    return any(paper.words[place].exact.startswith(prefix) for place in numbers_in(paper.places.alone[word]))


def _has_joined_beginning(word: str, first: str, rest: str, paper: FoldedPaper) -> bool:
    """Whether a word that folds to this one is just ``first``, and the next one joins it and begins with ``rest``."""
    words, places = paper.words, paper.places
    return any(
        words[place].exact == first and words[place + 1].exact.startswith(rest)
        for place in numbers_in(places.alone[word] & places.joining)
    )


def _prefix_anchors(word: str) -> Iterator[str]:
    """The anchors under which words with a prefix of this one are indexed."""
    for letters in PREFIX_LENGTHS:
        if len(word) >= letters:
            yield f"{word[:letters]}*"
