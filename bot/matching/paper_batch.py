"""Many papers at once: which have a word, and which satisfy a conjunction.

A set of papers is an integer with a bit for each paper, the lowest for the first: sets of a hundred papers are then
intersected in a single operation, which the matcher does for every conjunction that a paper's words lead to.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from bot.domain.sources import UNNAMED
from bot.matching.evaluate import matches
from bot.matching.folded_paper import FoldedPaper
from bot.matching.places import place_of, place_of_atoms
from bot.matching.query_index import ALWAYS, PREFIX_LENGTHS, TESTED, anchors_of, form, names_source
from bot.query.fields import APART
from bot.query.knowledge import NO_KNOWLEDGE, Knowledge, wordings
from bot.query.parser import parse
from bot.query.tree import Atom, Node, Term
from bot.text.folding import Token

MOST_LEAVES_CACHED = 4096

Sets = dict[str, int]
"""Sets of papers by the word that they have; a word of a field has the field's name and a colon before it."""


class Batch:
    """Folded papers, ready for the conjunctions that `bot.matching.query_index.index_entries` writes."""

    def __init__(self, papers: Sequence[FoldedPaper], known: Knowledge = NO_KNOWLEDGE) -> None:
        """Record which papers have which words."""
        self._papers = papers
        self._known = known
        self._all = (1 << len(papers)) - 1
        self._unnamed = sum(1 << n for n, folded in enumerate(papers) if folded.paper.listed_on((UNNAMED,)))
        self._words: Sets = {}
        self._pairs: Sets = {}
        self._runs: Sets = {}
        self._exact: Sets = {}
        self._names: Sets = {}
        self._alike: Sets = {}
        for number, folded in enumerate(papers):
            self._record(folded, 1 << number)
        self._vocabulary = sorted(self._exact)  # for searching prefixes by bisection
        self._passed = dict(self._words)
        for name, having in self._pairs.items():
            _add(self._passed, name, having)
        self._anchors = {**self._passed, **self._names, ALWAYS: self._all}
        for word, having in self._exact.items():
            for anchor in _prefix_anchors(word):
                _add(self._anchors, anchor, having)
        self._record_acronyms()

    @property
    def anchors(self) -> Collection[str]:
        """Every anchor under which a query that matches one of the papers may be indexed."""
        return self._anchors.keys()

    def matching(self, entries: Iterable[tuple[int, str]]) -> Sequence[Sequence[int]]:
        """The ids of the queries that match, for each of the papers in their order.

        Args:
            entries: The id of a query and its conjunction, for everything that is indexed under `anchors`.
        """
        papers_of: dict[int, int] = {}
        passed = self._passed
        for query, conjunction in entries:
            papers = passed.get(conjunction)  # most conjunctions are a single test: no need to split them
            if papers is None:
                papers = self.satisfying(conjunction)
            if self._unnamed != self._all and not names_source(conjunction):
                papers &= self._unnamed
            if papers:
                papers_of[query] = papers_of.get(query, 0) | papers
        matching: list[list[int]] = [[] for _ in self._papers]
        for query, papers in papers_of.items():
            for number in _numbers(papers):
                matching[number].append(query)
        return matching

    def satisfying(self, conjunction: str) -> int:
        """The set of papers that satisfy the conjunction."""
        papers, passed = self._all, self._passed
        for test in conjunction.split("\n") if conjunction else ():
            name = test.removeprefix("-")
            # Many queries share their tests, so each is answered once for a batch.
            passing = passed.get(name)
            if passing is None:
                passing = passed[name] = self._passing(name)
            papers &= passing if name is test else ~passing
            if not papers:
                break
        return papers

    def _record(self, folded: FoldedPaper, bit: int) -> None:
        for field in TESTED:
            self._record_words(f"{field}:" if field else "", folded.within(field), bit)
        for exact, _ in _joined(folded.within("")):
            self._exact[exact] = self._exact.get(exact, 0) | bit
        for field in APART:
            for exact, word in _joined(folded.within(field)):
                _add(self._words, f"{field}:{form(exact, word)}", bit)
                for anchor in (word, *_prefix_anchors(exact)):
                    _add(self._names, f"{field}:{anchor}", bit)
            for token in folded.within(field):
                for form_of in (token.other, token.shape, *token.bases, *token.pair_bases):
                    if form_of:
                        _add(self._words, f"{field}:{form_of}", bit)
                        _add(self._names, f"{field}:{form_of}", bit)

    def _record_words(self, space: str, tokens: Sequence[Token], bit: int) -> None:
        """Record words, pairs, what they are forms of, and shapes; and every two adjacent ones."""
        words, pairs, runs = self._words, self._pairs, self._runs
        before: Sequence[str] = ()
        earlier: Sequence[str] = ()
        for token in tokens:
            ending: list[str] = []
            for spelled in (token.word, token.other, *token.bases) if token.bases else (token.word, token.other):
                if spelled:
                    word = space + spelled
                    words[word] = words.get(word, 0) | bit
                    ending.append(word)
                    for left in before:
                        run = f"{left} {spelled}"
                        runs[run] = runs.get(run, 0) | bit
            if token.pair:
                for joined in (token.pair, *token.pair_bases) if token.pair_bases else (token.pair,):
                    pair = space + joined
                    pairs[pair] = pairs.get(pair, 0) | bit
                    ending.append(pair)
                    for left in earlier:
                        run = f"{left} {joined}"
                        runs[run] = runs.get(run, 0) | bit
            if token.shape:
                _add(words, space + token.shape, bit)
            before, earlier = ending, before

    def _record_acronyms(self) -> None:
        """Let papers with an acronym have its full form, and the other way round."""
        for field in TESTED:
            space = f"{field}:" if field else ""
            for short, full in self._known.acronyms.expansions():
                name = short.casefold()
                saying, spelling = self._words.get(f"{space}{short.upper()}", 0), self._spelling(full, field)
                _add(self._alike, f"{space}{full.key}", saying)
                for written in (name, name.upper()):
                    _add(self._alike, f"{space}{written}", spelling)
                if not field:
                    for anchor in frozenset((full.key,)).union(*anchors_of(full)):
                        _add(self._anchors, anchor, saying)
                    for anchor in (name, name.upper()):
                        _add(self._anchors, anchor, spelling)
        for name, papers in self._alike.items():
            _add(self._passed, name, papers)

    def _spelling(self, full: Term, field: str) -> int:
        """The set of papers that have the full form in the field."""
        return self._those(self._candidates(full), lambda paper: place_of(full, paper, paper.fields[field]) is not None)

    def _passing(self, test: str) -> int:
        """The set of papers that pass a test which is not a word of theirs."""
        if test[0] == "?":
            return self._matching_one_by_one(_leaf(test[1:]))
        if test[-1] == "*":
            return self._with_prefix(test[:-1])
        return self._with_adjacent_words(test) if "=" in test else 0

    def _with_adjacent_words(self, test: str) -> int:
        """The set of papers with these words side by side, any two of them as one where they join."""
        field, colon, row = test.rpartition(":")
        space = f"{field}{colon}"
        parts = [part.partition("=") for part in row.split(" ")]
        atoms = [Atom(word, word, pair, prefix=False) for word, _, pair in parts]
        papers = self._all
        for index in range(1, len(atoms)):
            papers &= self._adjacent(atoms, index, space)
        # Adjacent pairs do not make a run yet: “a b” and “b c” may be in different places.
        if len(atoms) > 2:  # noqa: PLR2004 - two adjacent words are a run already
            papers = self._those(papers, lambda paper: place_of_atoms(atoms, paper, paper.fields[field]) is not None)
        return papers | self._alike.get(space + "".join(atom.word for atom in atoms), 0)

    def _adjacent(self, atoms: Sequence[Atom], index: int, space: str) -> int:
        """The set of papers in which an atom and the one before it are adjacent, each alone or joined."""
        first, second = atoms[index - 1], atoms[index]
        after = atoms[index + 1].pair if index + 1 < len(atoms) else ""
        papers = self._words.get(space + second.pair, 0) if second.pair else 0
        if second.pair and not second.pair.isalpha():  # a name with a number may be taken apart in two places
            papers |= self._pairs.get(space + second.pair, 0)
        for left in filter(None, (first.word, first.pair)):
            for right in filter(None, (second.word, after)):
                papers |= self._runs.get(f"{space}{left} {right}", 0)
        return papers

    def _with_prefix(self, prefix: str) -> int:
        """The set of papers with a word that has the prefix."""
        papers, vocabulary = 0, self._vocabulary
        for index in range(bisect_left(vocabulary, prefix), len(vocabulary)):
            if not vocabulary[index].startswith(prefix):
                break
            papers |= self._exact[vocabulary[index]]
        return papers

    def _matching_one_by_one(self, leaf: Node) -> int:
        """The set of papers that match a leaf, each evaluated on its own."""
        return self._those(self._candidates_of(leaf), lambda paper: matches(leaf, paper, self._known))

    def _candidates_of(self, leaf: Node) -> int:
        """The set of papers that may match the leaf."""
        terms = list(wordings(leaf, self._known.names))
        papers = 0 if terms else self._all
        for term in terms:
            papers |= self._candidates(term)
        return papers

    def _those(self, papers: int, passes: Callable[[FoldedPaper], bool]) -> int:
        """Those of a set of papers that pass, each evaluated on its own."""
        return sum(1 << number for number in _numbers(papers) if passes(self._papers[number]))

    def _candidates(self, term: Term) -> int:
        """The set of papers with every word of the term, alone or joined, anywhere."""
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


def _joined(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """The words, alone and joined, each in both of its folded forms."""
    for token in tokens:
        if token.exact:
            yield token.exact, token.word
    for before, token in pairwise(tokens):
        if token.pair:
            yield before.exact + token.exact, token.pair


def _prefix_anchors(word: str) -> Iterator[str]:
    """The anchors under which words with a prefix of this one are indexed."""
    for letters in PREFIX_LENGTHS:
        if len(word) >= letters:
            yield f"{word[:letters]}*"


def _numbers(papers: int) -> Iterator[int]:
    """The indices of the papers in a set, rising."""
    while papers:
        lowest = papers & -papers
        yield lowest.bit_length() - 1
        papers ^= lowest


@lru_cache(maxsize=MOST_LEAVES_CACHED)
def _leaf(text: str) -> Node:
    return parse(text).tree
