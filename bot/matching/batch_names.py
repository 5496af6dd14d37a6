"""Which of many papers have a word where only queries look that name the field: in names, or in comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from bot.matching.folded_paper import FoldedPaper
from bot.matching.number_sets import those_of
from bot.matching.query_index import form, prefix_anchors
from bot.query.fields import APART
from bot.text.folding import bases_of_pair


class BatchNames:
    """What folded papers have apart from their text; sets of papers are as in `bot.matching.batch_words`."""

    def __init__(self, papers: Sequence[FoldedPaper]) -> None:
        """Record which papers have which of these words, whatever the field: there are few of each."""
        self._papers = papers
        self._all = (1 << len(papers)) - 1
        self._having: dict[str, int] = {}
        having = self._having
        for number, paper in enumerate(papers):
            bit = 1 << number
            for places in paper.places_apart[:2]:
                for word in places:
                    having[word] = having.get(word, 0) | bit

    def anchors(self) -> set[str]:
        """Every word, and every beginning of one, under which a query may be indexed."""
        anchors = set()
        for paper in self._papers:
            for field in APART:
                for exact, word in _words_of(paper, field):
                    anchors.add(f"{field}:{word}")
                    anchors.update([f"{field}:{beginning}" for beginning in prefix_anchors(exact)])
                for second, pair in paper.within(field):
                    anchors.update([f"{field}:{other}" for other in (*second.more_forms, *bases_of_pair(pair, second))])
        return anchors

    def candidates(self, anchor: str) -> int:
        """A set of papers among which are all that have the anchor."""
        field, _, word = anchor.partition(":")
        if word.endswith("*"):
            return those_of(self._all, self._papers, partial(_has_beginning, field, word[:-1]))
        return self._having.get(word, 0)

    def passing(self, test: str) -> int:
        """The set of papers that pass a test; see `bot.matching.query_index`."""
        field, _, name = test.partition(":")
        candidates = self._having.get(name.rpartition("/")[2], 0)
        return those_of(candidates, self._papers, partial(_has_form, field, name))


def _has_beginning(field: str, prefix: str, paper: FoldedPaper) -> bool:
    return any(exact.startswith(prefix) for exact, _ in _words_of(paper, field))


def _has_form(field: str, name: str, paper: FoldedPaper) -> bool:
    return any(form(exact, word) == name for exact, word in _words_of(paper, field))


def _words_of(paper: FoldedPaper, field: str) -> Iterator[tuple[str, str]]:
    """The words of names in a field, alone and joined, each unfolded and folded."""
    before = ""
    for word, pair in paper.within(field):
        if word.exact:
            yield word.exact, word.word
        if word.other:
            yield word.other, word.other
        if pair:
            yield before + word.exact, pair
        before = word.exact
