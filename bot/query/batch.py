"""Many papers at once: which of them have a word, and which of them a conjunction is true of.

A set of papers is a whole number with a bit for each paper, the first one's lowest.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from bot.query.acronyms import NO_ACRONYMS, Acronyms
from bot.query.evaluate import FoldedPaper, matches, place_of
from bot.query.filing import ALWAYS, FIELDS_OF_WORDS, STUBS, anchors_of, form
from bot.query.folding import Token
from bot.query.parser import parse
from bot.query.tree import NAMES, Node, Term

FIELDS_WITH_ACRONYMS = ("", *(field for field in FIELDS_OF_WORDS if field not in NAMES))

MOST_LEAVES_CACHED = 4096

Sets = dict[str, int]
"""Sets of papers by what they have."""


class Batch:
    """Folded papers, ready for the conjunctions that `bot.query.filing.file` writes."""

    def __init__(self, papers: Sequence[FoldedPaper], acronyms: Acronyms = NO_ACRONYMS) -> None:
        """Note which papers have which words."""
        self._papers = papers
        self._acronyms = acronyms
        self._all = (1 << len(papers)) - 1
        self._anchors: Sets = {ALWAYS: self._all}
        self._words: Sets = {}
        self._exact: Sets = {}
        self._alike: Sets = {}
        for number, folded in enumerate(papers):
            self._note(folded, 1 << number)
        self._note_acronyms()
        self._vocabulary = sorted(self._exact)

    @property
    def anchors(self) -> Iterable[str]:
        """Every anchor under which a query may be filed that matches one of the papers."""
        return self._anchors.keys()

    def matching(self, filed: Iterable[tuple[int, str]]) -> Sequence[Sequence[int]]:
        """The ids of the queries that match, for each of the papers in their order.

        Args:
            filed: The id and conjunction of everything that is filed under `anchors`.
        """
        found: dict[int, int] = {}
        for query, conjunction in filed:
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
        papers, words = self._all, self._words
        for test in conjunction.split("\n") if conjunction else ():
            name = test.removeprefix("-")
            passing = words.get(name)
            if passing is None:
                passing = words[name] = self._passing(name)
            papers &= passing if name is test else ~passing
            if not papers:
                break
        return papers

    def _note(self, folded: FoldedPaper, bit: int) -> None:
        for field in ("", *FIELDS_OF_WORDS):
            space = f"{field}:" if field else ""
            within = folded.fields[field]
            tokens = folded.tokens[within.start : within.stop]
            _add(self._words, space, set(_runs(tokens, literal=field in NAMES)), bit)
            if field in FIELDS_WITH_ACRONYMS:
                _add(self._words, space, {token.shape for token in tokens if token.shape}, bit)
            if field in {"", *NAMES}:
                exact = set(_exact(tokens))
                _add(self._anchors, space, set(_anchors(tokens, exact)), bit)
                if not field:
                    _add(self._exact, "", exact, bit)

    def _note_acronyms(self) -> None:
        """Let papers that say an acronym have its full form, and the other way round."""
        for field in FIELDS_WITH_ACRONYMS:
            space = f"{field}:" if field else ""
            for short, full in self._acronyms.both():
                name = short.casefold()
                saying, spelling = self._words.get(f"{space}{short}", 0), self._spelling(full, field)
                _add(self._alike, space, (full.key,), saying)
                _add(self._alike, space, (name, name.upper()), spelling)
                if not field:
                    anchors = {anchor for choice in anchors_of(full) for anchor in choice}
                    _add(self._anchors, "", (full.key, *anchors), saying)
                    _add(self._anchors, "", (short, name, name.upper()), spelling)
        for name, papers in self._alike.items():
            _add(self._words, "", (name,), papers)

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
        words, _, joined = test.partition("=")
        field, colon, _ = words.rpartition(":")
        as_one = self._words.get(f"{field}{colon}={joined}", 0) if joined else 0
        return self._words.get(words, 0) | as_one | self._alike.get(words.replace(" ", ""), 0)

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


def _add(sets: Sets, space: str, names: Iterable[str], papers: int) -> None:
    for each in names:
        name = space + each
        sets[name] = sets.get(name, 0) | papers


def _exact(tokens: Sequence[Token]) -> Iterator[str]:
    """The words as they stand there, alone and joined."""
    before = ""
    for token in tokens:
        if token.exact:
            yield token.exact
        if token.pair:
            yield before + token.exact
        before = token.exact


def _anchors(tokens: Sequence[Token], exact: Iterable[str]) -> Iterator[str]:
    for token in tokens:
        if token.word:
            yield token.word
        if token.pair:
            yield token.pair
        if token.shape:
            yield token.shape
    for each in exact:
        for letters in STUBS:
            if len(each) >= letters:
                yield f"{each[:letters]}*"


def _runs(tokens: Sequence[Token], *, literal: bool) -> Iterator[str]:
    """Every word, and every two in a row; joined words are words too, but those with a sign before them."""
    before: Sequence[str] = ()
    earlier: Sequence[str] = ()
    last = ""
    for token in tokens:
        if not token.exact:
            before = earlier = ()
            last = ""
            continue
        word = form(token.exact, token.word, literal=literal)
        ending = [word]
        yield word
        yield f"={word}"
        for each in before:
            yield f"{each} {word}"
        if token.pair:
            joined = form(last + token.exact, token.pair, literal=literal)
            ending.append(joined)
            yield joined
            for each in earlier:
                yield f"{each} {joined}"
        before, earlier, last = ending, before, token.exact


def _numbers(papers: int) -> Iterator[int]:
    """The numbers of the papers in a set, rising."""
    while papers:
        lowest = papers & -papers
        yield lowest.bit_length() - 1
        papers ^= lowest


@lru_cache(maxsize=MOST_LEAVES_CACHED)
def _leaf(text: str) -> Node:
    return parse(text).tree
