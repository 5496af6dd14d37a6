"""What a query means: a tree of terms and facts under AND, OR and NOT.

``str(node)`` is the node in the subscription language; reading that again gives an equal node. AND within AND and OR
within OR do not occur: `both` and `either` flatten them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import prod
from typing import NamedTuple

from bot.query.fields import NAMES
from bot.text.folding import fold

ACRONYM_LETTERS = range(2, 7)


class Atom(NamedTuple):
    """A folded word of a term: every paper that the term is in has its atoms, in this order.

    Attributes:
        exact: Folded but for its plural.
        word: Folded.
        pair: It and the atom before it as one word, where they join; else empty.
        prefix: Whether any word that begins with ``exact`` will do.
    """

    exact: str
    word: str
    pair: str
    prefix: bool


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand together in this order.

    Attributes:
        text: As they were written, stars included, quotes not.
        field: One of `FIELDS`; empty for title, abstract and keywords.
        exact: Whether they were quoted: they stand in exactly these forms.
        atoms: The folded words; never empty.
        acronym: The capitals that are looked for, if it is a single word of 2 to 6 of them; else empty.
        key: The folded words as one, by which its acronym or full form is known; empty if there can be none.
    """

    text: str
    field: str = ""
    exact: bool = False
    atoms: tuple[Atom, ...] = dataclasses.field(init=False, compare=False, repr=False)
    acronym: str = dataclasses.field(init=False, compare=False, repr=False)
    key: str = dataclasses.field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Fold the words.

        Raises:
            ValueError: There are none.
        """
        tokens = fold(self.text)
        if not tokens:
            message = f"{self.text!r} has no words"
            raise ValueError(message)
        atoms = tuple(
            Atom(token.exact, token.word, token.pair, not self.exact and self.text[token.end : token.end + 1] == "*")
            for token in tokens
        )
        literal = self.exact or self.field in NAMES or any(atom.prefix for atom in atoms)
        shape = tokens[0].shape
        capitals = shape.isalpha() and shape.isupper() and len(shape) in ACRONYM_LETTERS
        object.__setattr__(self, "atoms", atoms)
        object.__setattr__(self, "acronym", shape if capitals and len(tokens) == 1 and not literal else "")
        object.__setattr__(self, "key", "" if literal else "".join(atom.word for atom in atoms))

    def __str__(self) -> str:
        """In the language."""
        return f"{self.field}{':' if self.field else ''}" + (f'"{self.text}"' if self.exact else self.text)


@dataclass(frozen=True, slots=True)
class Count:
    """One of `COUNTS` that is ``least`` or higher."""

    name: str
    least: int

    def __str__(self) -> str:
        """In the language."""
        return f"{self.name}>={self.least}"


@dataclass(frozen=True, slots=True)
class Has:
    """One of `POSSESSIONS` that the paper has."""

    what: str

    def __str__(self) -> str:
        """In the language."""
        return f"has:{self.what}"


@dataclass(frozen=True, slots=True)
class Everything:
    """Every paper."""

    def __str__(self) -> str:
        """In the language."""
        return "*"


@dataclass(frozen=True, slots=True)
class Not:
    """Whatever ``part`` is not."""

    part: Node

    def __str__(self) -> str:
        """In the language."""
        several = isinstance(self.part, Term) and not self.part.exact and " " in self.part.text
        return f"-({self.part})" if several else f"-{_bracketed(self.part, Not, And, Or)}"


@dataclass(frozen=True, slots=True)
class And:
    """All of these, two or more."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        """In the language."""
        return " AND ".join(_bracketed(part, Or) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these, two or more."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        """In the language."""
        return ", ".join(map(str, self.parts))


Node = Term | Count | Has | Everything | Not | And | Or


def both(parts: Iterable[Node]) -> Node:
    """All of one or more parts."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,)))
    return flat[0] if len(flat) == 1 else And(flat)


def either(parts: Iterable[Node]) -> Node:
    """Any of one or more parts."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,)))
    return flat[0] if len(flat) == 1 else Or(flat)


def leaves(node: Node, *, wanted: bool = True) -> Iterator[tuple[Term | Count | Has | Everything, bool]]:
    """Every leaf from left to right, and whether it is wanted or under a NOT."""
    match node:
        case Not(part):
            yield from leaves(part, wanted=not wanted)
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part, wanted=wanted)
        case _:
            yield node, wanted


def is_anchored(node: Node, *, wanted: bool = True) -> bool:
    """Whether each paper that matches has something that was asked for, instead of only lacking something."""
    match node:
        case Not(part):
            return is_anchored(part, wanted=not wanted)
        case And(parts) | Or(parts):
            one_will_do = isinstance(node, And) is wanted
            anchored = (is_anchored(part, wanted=wanted) for part in parts)
            return any(anchored) if one_will_do else all(anchored)
        case _:
            return wanted


def conjunctions(node: Node, *, wanted: bool = True) -> int:
    """How many conjunctions the node has in disjunctive normal form, without forming it."""
    match node:
        case Not(part):
            return conjunctions(part, wanted=not wanted)
        case And(parts) | Or(parts):
            counts = [conjunctions(part, wanted=wanted) for part in parts]
            return prod(counts) if isinstance(node, And) is wanted else sum(counts)
        case _:
            return 1


def canonical(node: Node) -> Node:
    """The node with every word in lower case where case does not count."""
    match node:
        case Term():
            return node if node.acronym else replace(node, text=node.text.lower())
        case Not(part):
            return Not(canonical(part))
        case And(parts):
            return And(tuple(map(canonical, parts)))
        case Or(parts):
            return Or(tuple(map(canonical, parts)))
        case _:
            return node


def _bracketed(node: Node, *kinds: type[Node]) -> str:
    return f"({node})" if isinstance(node, kinds) else str(node)
