"""What a query means: a tree of terms, counts and facts under AND, OR and NOT.

``str(node)`` writes the node in the subscription language; parsing that gives an equal node. An AND is never directly
within an AND, nor an OR within an OR: `both` and `either` flatten them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import prod
from typing import NamedTuple

from bot.query.fields import APART, CATEGORY, NAMES, PEOPLE, SOURCE
from bot.text.folding import Token, fold, is_spaceless

ACRONYM_LETTERS = range(2, 7)
"""Capitals of a word that is looked for as an acronym."""


class Atom(NamedTuple):
    """A folded word of a term; a paper with the term has all its atoms, in this order.

    Attributes:
        exact: Folded but for its plural.
        word: Folded.
        pair: The atom and the one before it as one word, where they join; else empty.
        prefix: Whether it stands for every word that begins with ``exact``.
        sign: The signs that the word has beside it as a name; empty if it may have any.
        other: Another word that will do as well; else empty.
    """

    exact: str
    word: str
    pair: str
    prefix: bool
    sign: str = ""
    other: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether it is nothing but a word, so that its folded form tells which papers have it."""
        return not (self.prefix or self.sign or self.other)


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand side by side, in this order.

    Attributes:
        text: As they were typed, with stars, without quotes.
        field: The name of one of `FIELDS`; empty for title, abstract and keywords.
        exact: Whether they were quoted, and only these forms of them count.
        atoms: The folded words; never empty.
        orders: The orders in which the atoms may stand: names of people are written with either name first.
        acronym: The capitals that are looked for, if the term is a single word of 2 to 6 of them; else empty.
        key: The folded words as one, by which `Acronyms` finds other forms; empty if other forms do not count.
    """

    text: str
    field: str = ""
    exact: bool = False
    atoms: tuple[Atom, ...] = dataclasses.field(init=False, compare=False, repr=False)
    orders: tuple[tuple[Atom, ...], ...] = dataclasses.field(init=False, compare=False, repr=False)
    acronym: str = dataclasses.field(init=False, compare=False, repr=False)
    key: str = dataclasses.field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Fold the words.

        Raises:
            ValueError: The text has no words.
        """
        # Outside of quotes a star stands for any ending, and is not part of a name.
        tokens = fold(self.text if self.exact else self.text.replace("*", " "))
        if not tokens:
            message = f"{self.text!r} has no words"
            raise ValueError(message)
        atoms = tuple(map(self._atom, tokens))
        if self.field in PEOPLE and len(atoms) > 1:
            atoms = tuple(atom._replace(prefix=True) if is_initial(atom.exact) else atom for atom in atoms)
        # Names have no plurals and no acronyms: Adams is not Adam.
        literal = self.exact or self.field in NAMES or any(atom.prefix or atom.sign for atom in atoms)
        shape = tokens[0].shape
        written = self.text[tokens[0].start : tokens[0].end].rstrip("s'’")
        capitals = shape.isalpha() and written.isupper() and len(shape) in ACRONYM_LETTERS
        object.__setattr__(self, "atoms", atoms)
        object.__setattr__(self, "orders", tuple(_orders(atoms)) if self.field in PEOPLE else (atoms,))
        object.__setattr__(self, "acronym", shape if capitals and len(tokens) == 1 and not literal else "")
        object.__setattr__(self, "key", "" if literal or self.field in APART else "".join(atom.word for atom in atoms))

    def _atom(self, token: Token) -> Atom:
        prefix = not self.exact and self.text[token.end : token.end + 1] == "*"
        # Names of organizations are written with and without their signs: 01.ai, 01-ai.
        sign = "" if self.field in NAMES else token.sign
        return Atom(token.exact, token.word, token.pair, prefix, sign, token.other)

    def __str__(self) -> str:
        """The node in the language."""
        return f"{self.field}{':' if self.field else ''}" + (f'"{self.text}"' if self.exact else self.text)


@dataclass(frozen=True, slots=True)
class About:
    """A subject, however it is worded: its words, or a name that goes with it in a paper that is close in meaning.

    Attributes:
        term: Its words: no field, no star, and in any form.
        is_quoted: Whether they were typed in quotes, which mark where they end and say no more.
    """

    term: Term
    is_quoted: bool = False

    def __str__(self) -> str:
        """The node in the language."""
        return f'~"{self.term.text}"' if self.is_quoted else f"~{self.term.text}"


@dataclass(frozen=True, slots=True)
class Count:
    """A lower limit for one of `COUNTS`."""

    name: str
    least: int

    def __str__(self) -> str:
        """The node in the language."""
        return f"{self.name}>={self.least}"


@dataclass(frozen=True, slots=True)
class Has:
    """One of `FACTS` that is true of the paper."""

    fact: str

    def __str__(self) -> str:
        """The node in the language."""
        return f"has:{self.fact}"


@dataclass(frozen=True, slots=True)
class Category:
    """An arXiv category, or all of an archive, as `bot.text.arxiv_categories.PATTERNS` has it."""

    pattern: str

    def __str__(self) -> str:
        """The node in the language."""
        return f"{CATEGORY}:{self.pattern}"


@dataclass(frozen=True, slots=True)
class Listed:
    """On a list of one of `bot.domain.sources`; of one that need not be named if ``source`` is empty."""

    source: str

    def __str__(self) -> str:
        """The node in the language."""
        return f"{SOURCE}:{self.source}"


@dataclass(frozen=True, slots=True)
class Everything:
    """Every paper."""

    def __str__(self) -> str:
        """The node in the language."""
        return "*"


@dataclass(frozen=True, slots=True)
class Not:
    """Every paper that ``part`` does not match."""

    part: Node

    def __str__(self) -> str:
        """The node in the language."""
        return f"-({self.part})" if _is_bare_phrase(self.part) else f"-{_bracketed(self.part, Not, And, Or)}"


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more parts."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        """The node in the language."""
        return " AND ".join(_bracketed(part, Or) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more parts."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        """The node in the language."""
        return ", ".join(map(str, self.parts))


Leaf = Term | About | Count | Has | Category | Listed | Everything
Node = Leaf | Not | And | Or


def both(parts: Iterable[Node]) -> Node:
    """One or more parts under an AND; a single one as it is."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,)))
    return flat[0] if len(flat) == 1 else And(flat)


def either(parts: Iterable[Node]) -> Node:
    """One or more parts under an OR; a single one as it is."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,)))
    return flat[0] if len(flat) == 1 else Or(flat)


def leaves(node: Node, *, wanted: bool = True) -> Iterator[tuple[Leaf, bool]]:
    """Every leaf from left to right, and whether it is wanted or under a NOT."""
    match node:
        case Not(part):
            yield from leaves(part, wanted=not wanted)
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part, wanted=wanted)
        case _:
            yield node, wanted


def terms(node: Node) -> Iterator[tuple[Term, bool]]:
    """Every term from left to right, those of subjects too, and whether it is wanted or under a NOT."""
    for leaf, wanted in leaves(node):
        if isinstance(leaf, Term | About):
            yield leaf if isinstance(leaf, Term) else leaf.term, wanted


def is_anchored(node: Node, *, wanted: bool = True) -> bool:
    """Whether every match has something that was asked for, rather than only lacking what was left out."""
    match node:
        case Not(part):
            return is_anchored(part, wanted=not wanted)
        case And(parts) | Or(parts):
            one_is_enough = isinstance(node, And) is wanted
            anchored = (is_anchored(part, wanted=wanted) for part in parts)
            return any(anchored) if one_is_enough else all(anchored)
        case _:
            return wanted


def conjunctions(node: Node, *, wanted: bool = True) -> int:
    """How many conjunctions the node has in disjunctive normal form, without writing it out: there may be millions."""
    match node:
        case Not(part):
            return conjunctions(part, wanted=not wanted)
        case And(parts) | Or(parts):
            counts = [conjunctions(part, wanted=wanted) for part in parts]
            return prod(counts) if isinstance(node, And) is wanted else sum(counts)
        case _:
            return 1


def canonical(node: Node) -> Node:
    """The node with every word in lower case, except where case makes a difference."""
    match node:
        case Term():
            return _lowered(node)
        case About(term):
            return replace(node, term=_lowered(term))
        case Not(part):
            return Not(canonical(part))
        case And(parts) | Or(parts):
            return replace(node, parts=tuple(map(canonical, parts)))
        case _:
            return node


def _lowered(term: Term) -> Term:
    return term if term.acronym else replace(term, text=term.text.lower())


def is_initial(word: str) -> bool:
    """Whether the folded word of a name is an initial."""
    return len(word) == 1 and word.isalpha() and not is_spaceless(word)


def _orders(atoms: tuple[Atom, ...]) -> Iterator[tuple[Atom, ...]]:
    """The atoms of a person's name as they are, and with the last ones first: Yann LeCun, LeCun Yann."""
    yield atoms
    for at in range(1, len(atoms)):
        yield (atoms[at]._replace(pair=""), *atoms[at + 1 :], atoms[0]._replace(pair=""), *atoms[1:at])


def _is_bare_phrase(node: Node) -> bool:
    """Whether the node is written as several words without quotes, of which a minus would bind the first alone."""
    match node:
        case Term(text=text, exact=is_quoted) | About(Term(text=text), is_quoted):
            return not is_quoted and " " in text
        case _:
            return False


def _bracketed(node: Node, *kinds: type[Node]) -> str:
    return f"({node})" if isinstance(node, kinds) else str(node)
