"""Where queries are filed, so that for a paper only a few of them need to be looked at.

A query is taken apart into its conjunctions (`conjunctions`), and each is filed under one of its *anchors*: words of
which every paper that it matches has at least one. The rarest are chosen. A conjunction is written down as its tests,
one a line, each of which `bot.matching.paper_batch.Batch` answers for many papers at once:

- ``robot``, ``RLHF``: a folded word, or an acronym in capitals;
- ``world model=worldmodel``, ``deep rl=``: words in a row, any two of them as one where they join;
- ``title:robot``, ``author:example``: the same in a field, of names a single word;
- ``robot*``: the beginning of a word;
- ``?upvotes>=20``: anything else, in the subscription language;
- ``-survey``: not that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from bot.query.fields import FIELD, NAMES, TEXTS
from bot.query.parser import Query
from bot.query.tree import And, Everything, Node, Not, Or, Term, leaves

ALWAYS = ""
"""The anchor of conjunctions that have none: these are looked at for every paper."""

TESTED = ("", *(name for name in TEXTS if not FIELD[name].is_long))
"""Fields whose words are tested one by one, as those of names are; a long one is seldom asked for alone."""

STUBS = (5, 3)
"""Letters of the beginnings under which words with a star are filed, longest first."""

Commonness = Callable[[str], int]
"""About how many papers have an anchor."""


class Filing(NamedTuple):
    """One place where a query is found: an anchor, and the conjunction that is true of the papers that match."""

    anchor: str
    conjunction: str


def file(query: Query, common: Commonness) -> frozenset[Filing]:
    """Where to file the query; together the places let no paper pass that the query matches."""
    return frozenset(
        Filing(anchor, "\n".join(dict.fromkeys(_test(leaf, wanted=wanted) for leaf, wanted in conjunction)))
        for conjunction in _conjunctions(query.tree, wanted=True)
        for anchor in _rarest(conjunction, common)
    )


def possible_anchors(query: Query) -> frozenset[str]:
    """Every anchor that `file` may choose."""
    return frozenset(
        anchor
        for leaf, _ in leaves(query.tree)
        if isinstance(leaf, Term)
        for anchors in anchors_of(leaf)
        for anchor in anchors
    )


def anchors_of(term: Term) -> Iterator[frozenset[str]]:
    """For each word of the term, the anchors of which every paper with the term has one: the word, alone or joined."""
    if term.acronym:
        yield frozenset((term.acronym,))
        return
    space = f"{term.field}:" if term.field in NAMES else ""
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
        anchors = [stub(form) if star else form for form, star in zip(forms, starred, strict=True)]
        if all(anchors):
            yield frozenset(f"{space}{anchor}" for anchor in anchors)


def stub(beginning: str) -> str:
    """The anchor of words that begin so; empty if that is too short to have one."""
    return next((f"{beginning[:letters]}*" for letters in STUBS if len(beginning) >= letters), "")


def form(exact: str, word: str) -> str:
    """A word, by both of its folded forms, such that only exactly the same is written so."""
    return word if exact == word else f"{exact}/{word}"


def _conjunctions(node: Node, *, wanted: bool) -> list[tuple[tuple[Node, bool], ...]]:
    """The disjunctive normal form: leaves that are wanted or not; none for what no paper can match."""
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


def _rarest(conjunction: Sequence[tuple[Node, bool]], common: Commonness) -> frozenset[str]:
    """The anchors, all of one word, that the fewest papers have; `ALWAYS` if no word is wanted."""
    choices = [
        anchors for leaf, wanted in conjunction if wanted and isinstance(leaf, Term) for anchors in anchors_of(leaf)
    ]
    return min(
        choices,
        key=lambda anchors: (sum(map(common, anchors)), -min(map(len, anchors)), sorted(anchors)),
        default=frozenset((ALWAYS,)),
    )


def _test(leaf: Node, *, wanted: bool) -> str:
    return f"{'' if wanted else '-'}{_plain(leaf) or f'?{leaf}'}"


def _plain(leaf: Node) -> str:
    """The test of a term; empty for one that has to be looked for in its own way, and for a fact."""
    if not isinstance(leaf, Term) or leaf.field not in {*TESTED, *NAMES}:
        return ""
    space = f"{leaf.field}:" if leaf.field else ""
    literal = leaf.field in NAMES
    if any(atom.prefix for atom in leaf.atoms):
        return "" if space or len(leaf.atoms) > 1 else f"{leaf.atoms[0].exact}*"
    if leaf.acronym:
        return f"{space}{leaf.acronym}"
    if literal:
        return f"{space}{form(leaf.atoms[0].exact, leaf.atoms[0].word)}" if len(leaf.atoms) == 1 else ""
    if leaf.exact:
        return ""
    joined = [f"{atom.word}={atom.pair}" for atom in leaf.atoms[1:]]
    return f"{space}{' '.join([leaf.atoms[0].word, *joined])}"
