"""An Aho-Corasick automaton of all words, and the queries that it makes likely evaluated one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import ahocorasick

from bench.rivals.folded import AllOf, AnyOf, Condition, Expression, Words

Test = Callable[[set[int]], bool]
"""Says of the numbers of the words that were found whether a query's condition is met."""


class Automaton:
    """See `bench.rivals.Rival`."""

    def __init__(self, expressions: Sequence[Expression]) -> None:
        """Put all words in one automaton, and file each query under words that it cannot do without."""
        self._numbers: dict[Words, int] = {}
        self._tests = [self._test(expression.condition) for expression in expressions]
        self._filed: list[list[int]] = [[] for _ in self._numbers]
        for query, expression in enumerate(expressions):
            for words in set(_anchors(expression.condition)):
                self._filed[self._numbers[words]].append(query)
        self._automaton = ahocorasick.Automaton()
        for words, number in self._numbers.items():
            text = f" {' '.join(words.words)}" + ("" if words.prefix else " ")
            self._automaton.add_word(text, number)
        self._automaton.make_automaton()

    def match(self, lines: Sequence[str]) -> Sequence[Sequence[int]]:
        """Find all words in each line, and evaluate the queries filed under them."""
        answers: list[list[int]] = [[] for _ in self._tests]
        for number, line in enumerate(lines):
            found = {words for _, words in self._automaton.iter(line)}
            candidates = {query for words in found for query in self._filed[words]}
            for query in candidates:
                if self._tests[query](found):
                    answers[query].append(number)
        return answers

    def _number(self, words: Words) -> int:
        return self._numbers.setdefault(words, len(self._numbers))

    def _test(self, condition: Condition) -> Test:
        match condition:
            case Words():
                number = self._number(condition)
                return lambda found: number in found
            case AllOf(wanted, unwanted):
                if all(isinstance(part, Words) for part in (*wanted, *unwanted)):
                    needed = frozenset(self._number(part) for part in wanted if isinstance(part, Words))
                    barred = frozenset(self._number(part) for part in unwanted if isinstance(part, Words))
                    return lambda found: needed <= found and barred.isdisjoint(found)
                yes, no = [*map(self._test, wanted)], [*map(self._test, unwanted)]
                return lambda found: all(test(found) for test in yes) and not any(test(found) for test in no)
            case AnyOf(parts):
                tests = [*map(self._test, parts)]
                return lambda found: any(test(found) for test in tests)


def prepare(expressions: Sequence[Expression]) -> Automaton:
    """Build the automaton."""
    return Automaton(expressions)


def _anchors(condition: Condition) -> list[Words]:
    """Words of which a line that meets the condition has one at least: as few and as long ones as can be."""
    match condition:
        case Words():
            return [condition]
        case AllOf(wanted, _):
            return min(map(_anchors, wanted), key=lambda words: (len(words), -min(_length(word) for word in words)))
        case AnyOf(parts):
            return [words for part in parts for words in _anchors(part)]


def _length(words: Words) -> int:
    return sum(map(len, words.words))
