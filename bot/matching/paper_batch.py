"""Many papers at once: which of them have a word, and which of them a conjunction is true of.

A set of papers is a whole number with a bit for each paper, the first one's lowest.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from bot.matching.evaluate import FoldedPaper, matches, place_of, place_of_atoms
from bot.matching.query_index import ALWAYS, STUBS, TESTED, anchors_of, form
from bot.query.acronyms import NO_ACRONYMS, Acronyms
from bot.query.fields import NAMES
from bot.query.parser import parse
from bot.query.tree import Atom, Node, Term
from bot.text.folding import Token

MOST_LEAVES_CACHED = 4096

Sets = dict[str, int]
"""Sets of papers by what they have; what stands in a field has the field's name and a colon before it."""


class Batch:
    """Folded papers, ready for the conjunctions that `bot.matching.query_index.file` writes."""

    def __init__(self, papers: Sequence[FoldedPaper], acronyms: Acronyms = NO_ACRONYMS) -> None:
        """Note which papers have which words."""
        self._papers = papers
        self._acronyms = acronyms
        self._all = (1 << len(papers)) - 1
        self._words: Sets = {}
        self._pairs: Sets = {}
        self._runs: Sets = {}
        self._exact: Sets = {}
        self._names: Sets = {}
        self._alike: Sets = {}
        for number, folded in enumerate(papers):
            self._note(folded, 1 << number)
        self._vocabulary = sorted(self._exact)
        self._passed = dict(self._words)
        for name, having in self._pairs.items():
            _add(self._passed, name, having)
        self._anchors = {**self._passed, **self._names, ALWAYS: self._all}
        for word, having in self._exact.items():
            for beginning in _stubs(word):
                _add(self._anchors, beginning, having)
        self._note_acronyms()

    @property
    def anchors(self) -> Collection[str]:
        """Every anchor under which a query may be filed that matches one of the papers."""
        return self._anchors.keys()

    def matching(self, filed: Iterable[tuple[int, str]]) -> Sequence[Sequence[int]]:
        """The ids of the queries that match, for each of the papers in their order.

        Args:
            filed: The id and conjunction of everything that is filed under `anchors`.
        """
        found: dict[int, int] = {}
        passed = self._passed
        for query, conjunction in filed:
            papers = passed.get(conjunction)  # most are a single test
            if papers is None:
                papers = self.meeting(conjunction)
            if papers:
                found[query] = found.get(query, 0) | papers
        matching: list[list[int]] = [[] for _ in self._papers]
        for query, papers in found.items():
            for number in _numbers(papers):
                matching[number].append(query)
        return matching

    def meeting(self, conjunction: str) -> int:
        """The set of papers that the conjunction is true of."""
        papers, passed = self._all, self._passed
        for test in conjunction.split("\n") if conjunction else ():
            name = test.removeprefix("-")
            passing = passed.get(name)
            if passing is None:
                passing = passed[name] = self._passing(name)
            papers &= passing if name is test else ~passing
            if not papers:
                break
        return papers

    def _note(self, folded: FoldedPaper, bit: int) -> None:
        for field in TESTED:
            self._note_words(f"{field}:" if field else "", _tokens(folded, field), bit)
        for exact, _ in _joined(_tokens(folded, "")):
            self._exact[exact] = self._exact.get(exact, 0) | bit
        for field in NAMES:
            for exact, word in _joined(_tokens(folded, field)):
                _add(self._words, f"{field}:{form(exact, word)}", bit)
                for anchor in (word, *_stubs(exact)):
                    _add(self._names, f"{field}:{anchor}", bit)

    def _note_words(self, space: str, tokens: Sequence[Token], bit: int) -> None:
        """Note words, pairs and shapes, and every two in a row."""
        words, pairs, runs = self._words, self._pairs, self._runs
        before: Sequence[str] = ()
        earlier: Sequence[str] = ()
        for token in tokens:
            ending: list[str] = []
            if token.word:
                word = space + token.word
                words[word] = words.get(word, 0) | bit
                ending.append(word)
                for each in before:
                    run = f"{each} {token.word}"
                    runs[run] = runs.get(run, 0) | bit
            if token.pair:
                pair = space + token.pair
                pairs[pair] = pairs.get(pair, 0) | bit
                ending.append(pair)
                for each in earlier:
                    run = f"{each} {token.pair}"
                    runs[run] = runs.get(run, 0) | bit
            if token.shape:
                _add(words, space + token.shape, bit)
            before, earlier = ending, before

    def _note_acronyms(self) -> None:
        """Let papers that say an acronym have its full form, and the other way round."""
        for field in TESTED:
            space = f"{field}:" if field else ""
            for short, full in self._acronyms.both():
                name = short.casefold()
                saying, spelling = self._words.get(f"{space}{short}", 0), self._spelling(full, field)
                _add(self._alike, f"{space}{full.key}", saying)
                for each in (name, name.upper()):
                    _add(self._alike, f"{space}{each}", spelling)
                if not field:
                    for anchor in {full.key, *(each for anchors in anchors_of(full) for each in anchors)}:
                        _add(self._anchors, anchor, saying)
                    for anchor in (short, name, name.upper()):
                        _add(self._anchors, anchor, spelling)
        for name, papers in self._alike.items():
            _add(self._passed, name, papers)

    def _spelling(self, full: Term, field: str) -> int:
        """The set of papers that spell the full form out in the field."""
        return sum(
            1 << number
            for number in _numbers(self._candidates(full))
            if place_of(full, self._papers[number], self._papers[number].fields[field])
        )

    def _passing(self, test: str) -> int:
        """The set of papers that pass a test which is no word of theirs."""
        if test[0] == "?":
            return self._asked(_leaf(test[1:]))
        if test[-1] == "*":
            return self._beginning(test[:-1])
        return self._in_a_row(test) if "=" in test else 0

    def _in_a_row(self, test: str) -> int:
        """The set of papers with these words in a row, any two of them as one where they join."""
        field, colon, row = test.rpartition(":")
        space = f"{field}{colon}"
        parts = [part.partition("=") for part in row.split(" ")]
        atoms = [Atom(word, word, pair, prefix=False) for word, _, pair in parts]
        papers = self._all
        for index in range(1, len(atoms)):
            papers &= self._adjacent(atoms, index, space)
        if len(atoms) > 2:  # noqa: PLR2004 - of two words in a row there is no more to know
            papers = sum(
                1 << number
                for number in _numbers(papers)
                if place_of_atoms(atoms, self._papers[number], self._papers[number].fields[field], literal=False)
            )
        return papers | self._alike.get(space + "".join(atom.word for atom in atoms), 0)

    def _adjacent(self, atoms: Sequence[Atom], index: int, space: str) -> int:
        """The set of papers where an atom and the one before it may stand side by side, each alone or joined."""
        first, second = atoms[index - 1], atoms[index]
        after = atoms[index + 1].pair if index + 1 < len(atoms) else ""
        papers = self._words.get(space + second.pair, 0) if second.pair else 0
        for left in filter(None, (first.word, first.pair)):
            for right in filter(None, (second.word, after)):
                papers |= self._runs.get(f"{space}{left} {right}", 0)
        return papers

    def _beginning(self, prefix: str) -> int:
        """The set of papers with a word that begins so."""
        papers, vocabulary = 0, self._vocabulary
        for index in range(bisect_left(vocabulary, prefix), len(vocabulary)):
            if not vocabulary[index].startswith(prefix):
                break
            papers |= self._exact[vocabulary[index]]
        return papers

    def _asked(self, leaf: Node) -> int:
        """The set of papers that are what a leaf asks for, each looked at on its own."""
        candidates = self._candidates(leaf) if isinstance(leaf, Term) else self._all
        return sum(
            1 << number for number in _numbers(candidates) if matches(leaf, self._papers[number], self._acronyms)
        )

    def _candidates(self, term: Term) -> int:
        """The set of papers with every word of the term, alone or joined."""
        papers = self._all
        for anchors in anchors_of(term):
            having = 0
            for anchor in anchors:
                having |= self._anchors.get(anchor, 0)
            papers &= having
        return papers


def _add(sets: Sets, name: str, papers: int) -> None:
    if papers:
        sets[name] = sets.get(name, 0) | papers


def _tokens(folded: FoldedPaper, field: str) -> Sequence[Token]:
    within = folded.fields[field]
    return folded.tokens[within.start : within.stop]


def _joined(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """The words, alone and joined: as they stand there, and folded."""
    for token in tokens:
        if token.exact:
            yield token.exact, token.word
    for before, token in pairwise(tokens):
        if token.pair:
            yield before.exact + token.exact, token.pair


def _stubs(word: str) -> Iterator[str]:
    """The anchors of words that begin as this one does."""
    for letters in STUBS:
        if len(word) >= letters:
            yield f"{word[:letters]}*"


def _numbers(papers: int) -> Iterator[int]:
    """The numbers of the papers in a set, rising."""
    while papers:
        lowest = papers & -papers
        yield lowest.bit_length() - 1
        papers ^= lowest


@lru_cache(maxsize=MOST_LEAVES_CACHED)
def _leaf(text: str) -> Node:
    return parse(text).tree
