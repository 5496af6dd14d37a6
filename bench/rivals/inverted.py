"""An inverted index of the papers in memory, on which every query is evaluated: Lucene's monitor without a presearcher.

https://lucene.apache.org/core/10_0_0/monitor/org/apache/lucene/monitor/package-summary.html
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from bench.rivals.folded import AllOf, AnyOf, Condition, Expression, Words

Postings = dict[str, dict[int, set[int]]]
"""The lines that have a word, and its places in each of them."""

NOWHERE: dict[int, set[int]] = {}


class Inverted:
    """See `bench.rivals.Rival`."""

    def __init__(self, conditions: Sequence[Condition]) -> None:
        self._conditions = conditions

    def match(self, lines: Sequence[str]) -> Sequence[Sequence[int]]:
        """Index the lines and evaluate every query."""
        postings: Postings = {}
        for number, line in enumerate(lines):
            for place, word in enumerate(line.split()):
                postings.setdefault(word, {}).setdefault(number, set()).add(place)
        index = Index(postings)
        return [sorted(index.meeting(condition)) for condition in self._conditions]


class Index:
    """The words of some lines."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self._vocabulary = sorted(postings)
        self._known: dict[Words, set[int]] = {}

    def meeting(self, condition: Condition) -> set[int]:
        """The lines that meet a condition."""
        match condition:
            case Words():
                if condition not in self._known:  # as Lucene caches what many queries share
                    self._known[condition] = self._with(condition)
                return self._known[condition]
            case AllOf(wanted, unwanted):
                found = set(self.meeting(wanted[0]))
                for part in wanted[1:]:
                    found &= self.meeting(part)
                for part in unwanted:
                    found -= self.meeting(part)
                return found
            case AnyOf(parts):
                return set().union(*map(self.meeting, parts))

    def _with(self, words: Words) -> set[int]:
        if words.prefix:
            return {line for word in self._beginning_with(words.words[0]) for line in self._postings[word]}
        first, *rest = [self._postings.get(word, NOWHERE) for word in words.words]
        lines = set(first).intersection(*rest)
        return {line for line in lines if not rest or _has_row([postings[line] for postings in (first, *rest)])}

    def _beginning_with(self, prefix: str) -> list[str]:
        found = []
        for index in range(bisect_left(self._vocabulary, prefix), len(self._vocabulary)):
            if not self._vocabulary[index].startswith(prefix):
                break
            found.append(self._vocabulary[index])
        return found


def prepare(expressions: Sequence[Expression]) -> Inverted:
    """Keep the conditions."""
    return Inverted([expression.condition for expression in expressions])


def _has_row(places: Sequence[set[int]]) -> bool:
    """Whether the words stand side by side."""
    return any(all(place + offset in others for offset, others in enumerate(places)) for place in places[0])
