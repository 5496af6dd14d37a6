"""What the rivals are given: papers as lines of folded words, and queries as conditions on such a line.

Folding is Paperwire's own, so that the rivals see `agents` and `agent` as one word too. What a rival could not know
from words alone stands in the line as words of its own, marked by a character of Unicode's private use: exact forms,
the words of each field, and that there is code. Counts are compared afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bench.words import COMMON_WORDS, RESEARCH_TERMS
from bot.domain import Paper
from bot.matching.folded_paper import FoldedPaper
from bot.query import Acronyms
from bot.query.derived_forms import forms_of
from bot.query.fields import NAMES, count_of
from bot.query.tree import About, And, Atom, Category, Count, Everything, Has, Listed, Node, Not, Or, Term
from bot.text.folding import Word, fold

BORDER, EVERY, EXACT, SHAPE = "\ue000", "\ue001", "\ue002", "\ue003"
MARKS = {"": "", "title": "\ue004", "keyword": "\ue005", "author": "\ue006", "org": "\ue007"}
POSSESSION = {"code": "\ue008", "project": "\ue009"}

WRITTEN = frozenset(
    word
    for token in fold(" ".join((*RESEARCH_TERMS, *COMMON_WORDS)).replace("-", ""))
    + fold(" ".join((*RESEARCH_TERMS, *COMMON_WORDS)))
    for word in (token.word, token.pair)
    if word
)
"""Words of the benchmark's papers: of the forms of a word, a rival is given those that a paper may have."""

MOST_ATOMS = 6
"""Words of the longest phrase: each pair of them may be joined, which doubles the ways to write it."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand together in this order; of the last one only the beginning, if ``prefix``."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of ``wanted``, one at least, and none of ``unwanted``."""

    wanted: tuple[Condition, ...]
    unwanted: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Any of two or more."""

    parts: tuple[Condition, ...]


Condition = Words | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Expression:
    """A query that words can express.

    Attributes:
        condition: What the line must be like.
        counts: What must hold beside that.
    """

    condition: Condition
    counts: tuple[Count, ...] = ()

    def holds(self, paper: Paper) -> bool:
        """Whether the paper has the counts."""
        return all(count_of(paper, count.name) >= count.least for count in self.counts)


class Inexpressible(Exception):
    """A query that a line of words cannot answer."""


def line_of(folded: FoldedPaper) -> str:
    """The words of a paper, with one space before and behind each."""
    words = [EVERY]
    for field, mark in MARKS.items():
        within = list(folded.within(field))
        words += [f"{mark}{_form(word, field)}" if word.exact else BORDER for word, _ in within]
        words.append(BORDER)
        extra = dict.fromkeys(f"{mark}{pair}" for pair in _pairs(within, literal=field in NAMES))
        extra |= dict.fromkeys(f"{mark}{SHAPE}{word.shape}" for word, _ in within if word.shape)
        if not field:
            extra |= dict.fromkeys(f"{EXACT}{word.exact}" for word, _ in within)
            extra |= dict.fromkeys(f"{EXACT}{pair}" for pair in _pairs(within, literal=True))
        words += [*extra, BORDER]
    words += [POSSESSION["code"]] * bool(folded.paper.code_url)
    words += [POSSESSION["project"]] * bool(folded.paper.project_url)
    return f" {' '.join(words)} "


def expression_of(tree: Node, acronyms: Acronyms) -> Expression | None:
    """The query as a condition on lines, acronyms and full forms added; None if it cannot be one."""
    parts = tree.parts if isinstance(tree, And) else (tree,)
    counts = tuple(part for part in parts if isinstance(part, Count))
    rest = tuple(part for part in parts if not isinstance(part, Count)) or (Everything(),)
    try:
        return Expression(_condition(And(rest) if len(rest) > 1 else rest[0], acronyms), counts)
    except Inexpressible:
        return None


def _form(word: Word, field: str) -> str:
    return word.exact if field in NAMES else word.word


def _pairs(within: Iterable[tuple[Word, str]], *, literal: bool) -> Iterator[str]:
    """Two words as one, wherever they join."""
    before = ""
    for word, pair in within:
        if pair:
            yield before + word.exact if literal else pair
        before = word.exact


def _condition(node: Node, acronyms: Acronyms) -> Condition:
    match node:
        case Term():
            return _term(node, acronyms)
        case About(term):
            return _term(term, acronyms)
        case And(parts):
            wanted = tuple(_condition(part, acronyms) for part in parts if not isinstance(part, Not))
            unwanted = tuple(_condition(part.part, acronyms) for part in parts if isinstance(part, Not))
            return AllOf(wanted or (Words((EVERY,)),), unwanted)
        case Or(parts):
            return _any([_condition(part, acronyms) for part in parts])
        case Not(part):
            return AllOf((Words((EVERY,)),), (_condition(part, acronyms),))
        case Has(what):
            return Words((POSSESSION[what],))
        case Everything():
            return Words((EVERY,))
        case Count() | Category() | Listed():
            raise Inexpressible


def _term(term: Term, acronyms: Acronyms) -> Condition:
    same = [term, *(replace(full, field=term.field) for full in acronyms.full(term))]
    spellings = [Words(words, prefix) for term in same for words, prefix in _spellings(term)]
    spellings += [Words((f"{MARKS[term.field]}{SHAPE}{short.upper()}",)) for short in acronyms.short(term)]
    return _any(spellings)


def _any(parts: Sequence[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


def _spellings(term: Term) -> list[tuple[tuple[str, ...], bool]]:
    """The ways to write a term, and whether it is a prefix."""
    atoms, mark = term.atoms, MARKS.get(term.field)
    if mark is None or len(atoms) > MOST_ATOMS:
        raise Inexpressible
    if term.acronym:
        return [((f"{mark}{SHAPE}{term.acronym}",), False)]
    if term.field in NAMES:
        if len(atoms) > 1 and any(atom.prefix for atom in atoms):
            raise Inexpressible
        return [(words, atoms[0].prefix) for words in _joinings(atoms, mark, literal=True)]
    if term.exact or any(atom.prefix for atom in atoms):
        if len(atoms) > 1 or term.field:
            raise Inexpressible
        return [((f"{EXACT}{atoms[0].exact}",), atoms[0].prefix)]
    return [(words, False) for words in _joinings(atoms, mark, literal=False)]


def _joinings(atoms: Sequence[Atom], mark: str, *, literal: bool) -> Iterator[tuple[str, ...]]:
    """The words of a phrase, as they are and with neighbours joined."""
    if not atoms:
        yield ()
        return
    for first in (atoms[0].exact,) if literal else (atoms[0].word, *_written(forms_of(atoms[0]))):
        for rest in _joinings(atoms[1:], mark, literal=literal):
            yield (f"{mark}{first}", *rest)
    if len(atoms) > 1 and atoms[1].pair:
        for joined in (atoms[0].exact + atoms[1].exact,) if literal else _pair_and_forms(atoms[1]):
            for rest in _joinings(atoms[2:], mark, literal=literal):
                yield (f"{mark}{joined}", *rest)


def _pair_and_forms(atom: Atom) -> Iterator[str]:
    """An atom and the one before it as one word, and the forms of that."""
    first = atom.pair.removesuffix(atom.word)
    yield from dict.fromkeys(
        (atom.pair, *_written((*forms_of(atom._replace(word=atom.pair)), *(first + form for form in forms_of(atom)))))
    )


def _written(forms: Iterable[str]) -> Iterator[str]:
    return (form for form in forms if form in WRITTEN)
