"""Under which words queries are indexed, so that a paper is compared with only a few of them.

A query is split into the conjunctions of its disjunctive normal form. Each is indexed under *anchors*: words of which
every paper that it matches has at least one. The rarest are chosen, since those bring the fewest papers to compare. A
conjunction is written as its tests, one on each line, which `bot.matching.paper_batch.Batch` answers for many papers at
once:

- ``robot``, ``RLHF``: a folded word, or an acronym in capitals;
- ``world model=worldmodel``, ``deep rl=``: adjacent words, any two of them as one where they join;
- ``title:robot``, ``author:example``: the same in a field; for names only a single word;
- ``robot*``: the beginning of a word;
- ``?upvotes>=20``: anything else, in the subscription language;
- ``-survey``: none of that.

A conjunction that names no source is for papers on a list that need not be named; see `bot.query.scope`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from bot.query.fields import APART, CATEGORY, FIELD, NAMES, SOURCE, TEXTS
from bot.query.knowledge import NamesOf, no_names, wordings
from bot.query.parser import Query
from bot.query.tree import About, And, Everything, Node, Not, Or, Term, leaves

ALWAYS = ""
"""The anchor of conjunctions that want no word: every paper is compared with these."""

TESTED = ("", *(name for name in TEXTS if not FIELD[name].is_long))
"""Fields whose words have tests of their own. A long field would make these many, and few queries name one."""

PREFIX_LENGTHS = (5, 3)
"""Letters of the prefixes under which words with a star are indexed, longest first."""

NAMING = (f"?{CATEGORY}:", f"?{SOURCE}:")
"""How tests begin that name a source."""

Commonness = Callable[[str], int]
"""Gives about how many papers have an anchor."""


class IndexEntry(NamedTuple):
    """An anchor, and the conjunction that a paper with it has to satisfy."""

    anchor: str
    conjunction: str


def index_entries(query: Query, common: Commonness, names: NamesOf = no_names) -> frozenset[IndexEntry]:
    """The entries of a query: a paper matches it just when it satisfies one of them.

    Args:
        query: The query.
        common: How many papers have an anchor.
        names: The names that go with a subject.
    """
    return frozenset(
        IndexEntry(anchor, "\n".join(dict.fromkeys(_test(leaf, wanted=wanted) for leaf, wanted in conjunction)))
        for conjunction in _conjunctions(query.tree, wanted=True)
        for anchor in _rarest(conjunction, common, names)
    )


def possible_anchors(query: Query, names: NamesOf = no_names) -> frozenset[str]:
    """Every anchor that `index_entries` may choose."""
    return frozenset(
        anchor
        for leaf, _ in leaves(query.tree)
        for term in wordings(leaf, names)
        for anchors in anchors_of(term)
        for anchor in anchors
    )


def anchors_of(term: Term) -> Iterator[frozenset[str]]:
    """For each word of the term, its anchors: the word alone or joined. Every paper with the term has one of these."""
    space = f"{term.field}:" if term.field in APART else ""
    if term.acronym:
        yield frozenset((f"{space}{term.acronym}",))
        return
    atoms = term.atoms
    for index, atom in enumerate(atoms):
        forms = [atom.exact if atom.prefix else atom.word]
        starred = [atom.prefix]
        if atom.pair:
            forms.append(atoms[index - 1].exact + atom.exact if atom.prefix else atom.pair)
            starred.append(atom.prefix)
        if index + 1 < len(atoms) and atoms[index + 1].pair:
            after = atoms[index + 1]
            forms.append(atom.exact + after.exact if after.prefix else after.pair)
            starred.append(after.prefix)
        if atom.other:
            forms.append(atom.other)
            starred.append(False)
        anchors = [prefix_anchor(form) if star else form for form, star in zip(forms, starred, strict=True)]
        # A prefix that is too short to have an anchor leaves the word without any: another word has to do.
        if all(anchors):
            yield frozenset(f"{space}{anchor}" for anchor in anchors)


def names_source(conjunction: str) -> bool:
    """Whether a conjunction asks for papers of a source by its name, or by a category."""
    return any(test.startswith(NAMING) for test in conjunction.split("\n"))


def prefix_anchor(prefix: str) -> str:
    """The anchor of words with this prefix; empty if it is too short to have one."""
    return next((f"{prefix[:letters]}*" for letters in PREFIX_LENGTHS if len(prefix) >= letters), "")


def prefix_anchors(word: str) -> Iterator[str]:
    """The anchors under which words with a prefix of this one are indexed."""
    for letters in PREFIX_LENGTHS:
        if len(word) >= letters:
            yield f"{word[:letters]}*"


def form(exact: str, word: str) -> str:
    """Both folded forms of a word in one, so that only exactly the same word is written this way."""
    return word if exact == word else f"{exact}/{word}"


def _conjunctions(node: Node, *, wanted: bool) -> list[tuple[tuple[Node, bool], ...]]:
    """The disjunctive normal form, as leaves that are wanted or not; empty if no paper can match."""
    match node:
        case Not(part):
            return _conjunctions(part, wanted=not wanted)
        case And(parts) | Or(parts):
            forms = [_conjunctions(part, wanted=wanted) for part in parts]
            if isinstance(node, And) is wanted:
                return [tuple(leaf for form in chosen for leaf in form) for chosen in product(*forms)]
            return [conjunction for form in forms for conjunction in form]
        case Everything():
            return [()] if wanted else []
        case _:
            return [((node, wanted),)]


def _rarest(conjunction: Sequence[tuple[Node, bool]], common: Commonness, names: NamesOf) -> frozenset[str]:
    """The anchors of the word that the fewest papers have; `ALWAYS` if no word is wanted."""

    # Of equally rare words the longer one, then the first in the alphabet, so that the choice is always the same.
    def rarity(anchors: frozenset[str]) -> tuple[int, int, list[str]]:
        return sum(map(common, anchors)), -min(map(len, anchors)), sorted(anchors)

    choices: list[frozenset[str]] = []
    for leaf, wanted in conjunction:
        if wanted and isinstance(leaf, Term):
            choices += anchors_of(leaf)
        elif wanted and isinstance(leaf, About):
            # Any of the wordings will do, and of each its rarest word.
            rarest = [min(anchors_of(term), key=rarity, default=None) for term in wordings(leaf, names)]
            choices += [frozenset().union(*filter(None, rarest))] if None not in rarest else []
    return min(choices, key=rarity, default=frozenset((ALWAYS,)))


def _test(leaf: Node, *, wanted: bool) -> str:
    return f"{'' if wanted else '-'}{_plain(leaf) or f'?{leaf}'}"


def _plain(leaf: Node) -> str:
    """The test of a term; empty for counts, facts, and terms that only a single paper can be asked about."""
    if not isinstance(leaf, Term) or leaf.field not in {*TESTED, *NAMES}:
        return ""
    space = f"{leaf.field}:" if leaf.field else ""
    if any(atom.prefix for atom in leaf.atoms):
        return "" if space or len(leaf.atoms) > 1 else f"{leaf.atoms[0].exact}*"
    if leaf.acronym:
        return f"{space}{leaf.acronym}"
    if leaf.field in NAMES:
        name = leaf.atoms[0]
        return f"{space}{form(name.exact, name.word)}" if len(leaf.atoms) == 1 and name.is_plain else ""
    if leaf.exact or not all(atom.is_plain for atom in leaf.atoms):
        return ""
    joined = [f"{atom.word}={atom.pair}" for atom in leaf.atoms[1:]]
    return f"{space}{' '.join([leaf.atoms[0].word, *joined])}"
