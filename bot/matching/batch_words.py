"""Which of many papers have a word, words side by side, or a name.

A set of papers is an integer with a bit for each paper, the lowest for the first (see `bot.matching.number_sets`): sets
of a hundred papers are then intersected in a single operation. What few queries ask for is found out when one does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, partial

from bot.matching.folded_paper import BORDER, FoldedPaper, Row
from bot.matching.number_sets import numbers_in, set_of, those_of
from bot.matching.query_index import PREFIX_LENGTHS
from bot.text.folding import Word

Sets = dict[str, int]
"""Sets of papers by the word that they have."""

BEGINNING = 3
"""Letters by which the words are sorted, for those that have a prefix."""

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
        """Every word, and every beginning of one, under which a query may be indexed."""
        beginnings = {word.exact for word in self._having}
        # Two words that join begin as the first one does, unless that is shorter than what is indexed.
        for paper in self._papers:
            words = paper.words
            beginnings.update(
                before.exact + word.exact
                for before, word, pair in zip(words, words[1:], paper.pairs[1 : paper.fields[""].stop], strict=False)
                if pair and len(before.exact) < PREFIX_LENGTHS[0]
            )
        anchors: set[str] = set()
        for letters in PREFIX_LENGTHS:
            anchors.update([f"{exact[:letters]}*" for exact in beginnings if len(exact) >= letters])
        return anchors.union(self.alone, self.joined)

    def candidates(self, anchor: str) -> int:
        """The set of papers that have an anchor."""
        return self.beginning_with(anchor[:-1]) if anchor[-1:] == "*" else self.having(anchor)

    def having(self, word: str, field: str = "") -> int:
        """The set of papers with the word in a field, written as one or as two that join."""
        papers = self.alone.get(word, 0) | self.joined.get(word, 0)
        return self._those_with_row(papers, ((word, ""),), field) if field else papers

    def having_row(self, row: Row, field: str = "") -> int:
        """The set of papers with these words side by side in a field, any two of them as one where they join."""
        alone, joined, papers = self.alone.get, self.joined.get, self.all
        for index, (word, pair) in enumerate(row):
            having = alone(word, 0) | joined(word, 0)
            if pair:
                having |= alone(pair, 0) | joined(pair, 0)
            if index + 1 < len(row) and (following := row[index + 1][1]):
                having |= alone(following, 0) | joined(following, 0)
            papers &= having
            if not papers:
                return 0
        return self._those_with_row(papers, row, field)

    def having_exactly(self, exact: str, word: str) -> int:
        """The set of papers with the word in just this form."""
        papers = self._having_any([found for found in self._written(exact) if found.word == word])
        joined = self.joined.get(word, 0) & ~papers
        return papers | those_of(joined, self._papers, partial(_has_exact_pair, exact, word))

    def beginning_with(self, prefix: str) -> int:
        """The set of papers with a word that begins with the prefix, unfolded, alone or joined with the next."""
        papers = self._having_any(self._beginning_with(prefix))
        for letters in range(1, len(prefix)):
            for word in self._written(prefix[:letters]):
                joined = partial(_has_joined, word, prefix[letters:])
                papers |= those_of(self._having[word] & ~papers, self._papers, joined)
        return papers

    def _those_with_row(self, papers: int, row: Row, field: str) -> int:
        passing = 0
        for number in numbers_in(papers):
            paper = self._papers[number]
            if paper.places.has_row(row, set_of(paper.fields[field]) if field else ANYWHERE):
                passing |= 1 << number
        return passing

    def _having_any(self, words: Iterable[Word]) -> int:
        papers = 0
        for word in words:
            papers |= self._having[word]
        return papers

    @cached_property
    def _having(self) -> dict[Word, int]:
        """The sets of papers that have a word as it is written."""
        having: dict[Word, int] = {}
        for number, paper in enumerate(self._papers):
            bit = 1 << number
            for word in set(paper.words[: paper.fields[""].stop]):
                having[word] = having.get(word, 0) | bit
        having.pop(BORDER, None)
        return having

    @cached_property
    def _by_beginning(self) -> dict[str, list[Word]]:
        """The words by their first letters; shorter ones by all of them."""
        words: dict[str, list[Word]] = {}
        for word in self._having:
            words.setdefault(word.exact[:BEGINNING], []).append(word)
        return words

    def _written(self, exact: str) -> list[Word]:
        """The words that are written like this, but for capitals and signs."""
        return [word for word in self._by_beginning.get(exact[:BEGINNING], ()) if word.exact == exact]

    def _beginning_with(self, prefix: str) -> list[Word]:
        """The words that begin with the prefix."""
        words = self._having if len(prefix) < BEGINNING else self._by_beginning.get(prefix[:BEGINNING], ())
        return [word for word in words if word.exact.startswith(prefix)]


def _has_joined(word: Word, rest: str, paper: FoldedPaper) -> bool:
    """Whether the word joins the next one, and that begins with ``rest``."""
    places = paper.places.alone[word.word] & paper.places.joining
    return places != 0 and any(
        paper.words[place].exact == word.exact and paper.words[place + 1].exact.startswith(rest)
        for place in numbers_in(places)
    )


def _has_exact_pair(exact: str, pair: str, paper: FoldedPaper) -> bool:
    """Whether two words join as this one."""
    places = numbers_in(paper.places.joined[pair])
    return any(paper.words[place].exact + paper.words[place + 1].exact == exact for place in places)
