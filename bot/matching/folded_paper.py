"""A paper folded once, for any number of queries."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from bot.domain import Evidence, Paper
from bot.matching.evidence import quote
from bot.matching.number_sets import set_of
from bot.query.fields import FIELDS, TEXTS
from bot.text.folding import Place, Word, bases_of_pair, fold_words, places_of_words

BORDER = Word("", "")
"""Stands between two texts: it equals no word, so that no phrase runs from one text into the next."""


Row = Sequence[tuple[str, str]]
"""Folded words, and for each of them, it and the word before it as one; empty where they do not join."""


class Places(NamedTuple):
    """Where words stand: sets of their indices in a paper's words, see `bot.matching.number_sets`.

    Attributes:
        alone: Of each folded word, shape, other word, and of what these are forms of. Shapes have capitals, so none of
            them equals a word.
        joined: Of the first word of each pair, folded as one word, and of what this is a form of.
        joining: Of the first word of every pair.
    """

    alone: Mapping[str, int]
    joined: Mapping[str, int]
    joining: int

    def of(self, word: str) -> int:
        """Where a word begins, be it written as one or as two that join."""
        return self.alone.get(word, 0) | self.joined.get(word, 0)

    def has_row(self, row: Row, within: int) -> bool:
        """Whether these words stand side by side, any two of them as one where they join, and begin in these places."""
        alone, joined = self.alone.get, self.joined.get
        before, here = 0, within  # where the word before, and this one, may begin
        for word, pair in row:
            after = (here & alone(word, 0)) << 1 | (here & joined(word, 0)) << 2
            if pair:
                after |= (before & alone(pair, 0)) << 1
                # Names with a number may be taken apart in two places: kimi k2, kimik 2.
                if not pair.isalpha():
                    after |= (before & joined(pair, 0)) << 2
            before, here = here, after
        return here != 0


@dataclass(frozen=True)
class FoldedPaper:
    """A paper folded once, for any number of queries.

    Its texts follow each other, in the order of `bot.query.fields.FIELDS`.

    Attributes:
        paper: The paper.
        words: The folded words of all texts, with a border after each text.
        pairs: For each of them, it and the word before it as one word; see `bot.text.folding.Token`.
        fields: The range of each field in ``words``; the empty name has those that are searched without a field.
        starts: The index in ``words`` at which each text begins, rising.
        texts: The field and the original of each text.
        places: Where the words stand that are searched without a field.
        places_apart: Where the other words stand.
    """

    paper: Paper
    words: Sequence[Word]
    pairs: Sequence[str]
    fields: Mapping[str, range]
    starts: Sequence[int]
    texts: Sequence[tuple[str, str]]
    places: Places
    places_apart: Places

    @cached_property
    def in_texts(self) -> Sequence[Place]:
        """Where each word stands in its text."""
        nowhere = Place(0, 0)
        return [place for _, text in self.texts for place in (*places_of_words(text), nowhere)]

    def within(self, field: str) -> Iterator[tuple[Word, str]]:
        """The words of a field with their pairs; for the empty name, of those that are searched without a field."""
        places = self.fields[field]
        return zip(self.words[places.start : places.stop], self.pairs[places.start : places.stop], strict=True)

    def beginnings(self, word: str, within: range) -> int:
        """The set of places in a field where a word begins, be it written as one or as two that join."""
        places = self.places if within.start < self.fields[""].stop else self.places_apart
        return places.of(word) & set_of(within)


def fold_paper(paper: Paper) -> FoldedPaper:
    """Fold every text of the paper, once."""
    words: list[Word] = []
    pairs: list[str] = []
    fields: dict[str, range] = {}
    starts: list[int] = []
    texts: list[tuple[str, str]] = []
    for field in FIELDS:
        first = len(words)
        for text in field.texts(paper):
            starts.append(len(words))
            texts.append((field.name, text))
            found, joined = fold_words(text)
            words += found
            words.append(BORDER)
            pairs += joined
            pairs.append("")
        fields[field.name] = range(first, len(words))
    fields[""] = range(fields[TEXTS[-1]].stop)
    stop = fields[""].stop
    places, places_apart = _places(words[:stop], pairs[:stop], 0), _places(words[stop:], pairs[stop:], stop)
    return FoldedPaper(paper, words, pairs, fields, starts, texts, places, places_apart)


def evidence_at(folded: FoldedPaper, first: int, stop: int) -> Evidence:
    """The original of the words from ``first`` to before ``stop``, with the text around it."""
    field, text = folded.texts[bisect_right(folded.starts, first) - 1]
    return quote(field, text, folded.in_texts[first].start, folded.in_texts[stop - 1].end)


def _places(words: Sequence[Word], pairs: Sequence[str], first: int) -> Places:
    """Where the words stand, of which the first has the index ``first``."""
    alone: dict[str, int] = {}
    joined: dict[str, int] = {}
    joining, before, here = 0, 0, 1 << first
    for word, pair in zip(words, pairs, strict=True):
        alone[word.word] = alone.get(word.word, 0) | here
        for form in word.more_forms:
            alone[form] = alone.get(form, 0) | here
        if pair:
            joining |= before
            joined[pair] = joined.get(pair, 0) | before
            if word.bases:
                for form in bases_of_pair(pair, word):
                    joined[form] = joined.get(form, 0) | before
        before, here = here, here << 1
    alone.pop(BORDER.word, None)
    return Places(alone, joined, joining)
