"""Other forms of a query: tighter ones where it brings too much, wider ones and near misses where it brings nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

from bot.backtest import Backtest, Recent
from bot.domain import Paper
from bot.errors import QueryError
from bot.matching.missing import is_telling
from bot.matching.quick_check import has_word
from bot.matching.verdicts import Remembered, miss
from bot.neighbours import splitting
from bot.query import Query, Term, parse
from bot.query.fields import NAMES
from bot.query.operands import SHORTEST_PREFIX
from bot.query.tree import And, Count, Everything, Has, Node, Not, Or, both, either, leaves

MANY = 5.0
"""Papers a day above which a query brings more than people read."""

FEW = 2.0
"""Papers a day that a threshold of votes is to leave at the most."""

VOTES = (5, 10, 20, 50, 100, 200, 500)
"""Thresholds that are tried, lowest first."""

OFFERED = 2
"""Wider forms that are offered, and papers that are named as near."""

NEAR = 0.4
"""How much of a query a paper must have to be near: a share of its words, weighed by how rare they are."""

MONTH = 100
"""Papers among which a word's rarity tells something: where there are fewer, the others are taken not to have it."""

TELLING = 0.45
"""The weight that must be left of a phrase when a word of it is left out: with less it is about something else."""

ENDING = re.compile(r"(?:ations?|ings?|ions?|ments?|ives?|ers?|ed|es|s|e)$")
"""What a star may stand for at the end of a word."""

SHORTEST_STEM = SHORTEST_PREFIX + 1


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A paper that a query nearly matches, and what it lacks, as a clause."""

    paper: Paper
    lacks: str


def tighter(query: Query, matched: Sequence[Paper], recent: Recent) -> list[Backtest]:
    """Forms that would have brought something, and `MANY` papers a day at the most: one of each kind there is.

    With another word, in titles alone, with a threshold of votes.
    """
    tree = query.tree
    terms = [] if isinstance(tree, Everything) else splitting(query, matched, recent)
    with_words = _first(recent, (both([tree, Term(term)]) for term in terms), most=MANY)
    in_titles = _first(recent, [each for each in [_in_titles(tree)] if each != tree], most=MANY)
    counted = {leaf.name for leaf, _ in leaves(tree) if isinstance(leaf, Count)}
    thresholds = () if "upvotes" in counted else VOTES
    with_votes = _first(recent, (both([tree, Count("upvotes", least)]) for least in thresholds), most=FEW)
    return [form for form in (with_words, in_titles, with_votes) if form]


def wider(query: Query, recent: Recent) -> list[Backtest]:
    """Up to `OFFERED` forms that would have brought something, and `MANY` papers a day at the most; nearest first."""
    found: list[Backtest] = []
    weights = _weights(query, recent)
    for form in _wider(query.tree, weights):
        tried = _try(recent, form, most=MANY)
        if tried and tried.papers not in [each.papers for each in found]:
            found.append(tried)
        if len(found) == OFFERED:
            break
    return found


def nearest(query: Query, recent: Recent) -> list[NearMiss]:
    """Up to `OFFERED` papers that the query nearly matches, the nearest first, then the latest."""
    weights = _weights(query, recent)
    near = sorted(recent.papers, key=lambda each: -_nearness(query.tree, each, weights))[:OFFERED]
    return [
        NearMiss(each.paper, miss(query.text, each.paper, recent.acronyms))
        for each in near
        if _nearness(query.tree, each, weights) >= NEAR
    ]


def _first(recent: Recent, forms: Iterable[Node], *, most: float) -> Backtest | None:
    return next((tried for form in forms if (tried := _try(recent, form, most=most))), None)


def _try(recent: Recent, form: Node, *, most: float) -> Backtest | None:
    """What the form would have brought; None if it is no query, or brings nothing or too much."""
    try:
        tried = recent.run(parse(str(form)).text)
    except QueryError:
        return None
    return tried if 0 < tried.a_day <= most else None


def _in_titles(node: Node) -> Node:
    """The same, looked for in titles instead of anywhere."""
    match node:
        case Term(field=""):
            return replace(node, field="title")
        case And(parts):
            return both(map(_in_titles, parts))
        case Or(parts):
            return either(map(_in_titles, parts))
        case _:
            return node


def _wider(node: Node, weights: Mapping[str, float]) -> Iterator[Node]:
    """Forms that are wider in one place, the smallest changes first."""
    match node:
        case Term():
            yield from _wider_terms(node, weights)
        case And(parts):
            for index, part in enumerate(parts):
                yield from (both([*parts[:index], each, *parts[index + 1 :]]) for each in _wider(part, weights))
            for index in range(len(parts)):
                yield both([*parts[:index], *parts[index + 1 :]])
        case Or(parts):
            for index, part in enumerate(parts):
                yield from (either([*parts[:index], each, *parts[index + 1 :]]) for each in _wider(part, weights))


def _wider_terms(term: Term, weights: Mapping[str, float]) -> Iterator[Node]:
    if term.exact:
        yield replace(term, exact=False)
    if term.acronym:
        yield replace(term, text=term.text.lower())
    if term.field and term.field not in NAMES:
        yield replace(term, field="")
    words = term.text.split()
    telling = [word for word in words if is_telling(word.lower())]
    if len(telling) > 1 and term.field not in NAMES:
        yield both([Term(word, term.field) for word in telling])
    last = words[-1]
    stem = ENDING.sub("", last.lower())
    if len(stem) >= SHORTEST_STEM and stem.isalpha() and term.field not in NAMES:
        yield Term(" ".join([*words[:-1], f"{stem}*"]), term.field)
    whole = sum(weights[atom.word] for atom in term.atoms)
    for left in (words[1:], words[:-1]):
        fewer = Term(" ".join(left), term.field) if left else term
        if fewer != term and sum(weights.get(atom.word, 0.0) for atom in fewer.atoms) >= TELLING * whole:
            yield fewer


def _weights(query: Query, recent: Recent) -> Mapping[str, float]:
    """How much each word of the query says: the logarithm of how rare it is."""
    words = {atom.word for leaf, _ in leaves(query.tree) if isinstance(leaf, Term) for atom in leaf.atoms}
    among = len(recent.papers)
    having = {word: sum(has_word(word, each.words) for each in recent.papers) for word in words}
    return {word: log((max(among, MONTH) + 1) / (number + 1)) for word, number in having.items()}


def _nearness(node: Node, remembered: Remembered, weights: Mapping[str, float]) -> float:
    """How much of the node the paper has, from 0 to 1."""
    part, whole = _weighed(node, remembered, weights)
    return part / whole if whole else 0.0


def _weighed(node: Node, remembered: Remembered, weights: Mapping[str, float]) -> tuple[float, float]:
    """The weight of what the paper has of the node, and the weight of all of it; a fact weighs nothing."""
    match node:
        case Term(atoms=atoms):
            had = [weights[atom.word] for atom in atoms if has_word(atom.word, remembered.words)]
            return sum(had), sum(weights[atom.word] for atom in atoms)
        case And(parts):
            parted = [_weighed(part, remembered, weights) for part in parts]
            return sum(part for part, _ in parted), sum(whole for _, whole in parted)
        case Or(parts):
            parted = [_weighed(part, remembered, weights) for part in parts]
            return max(parted, key=lambda each: each[0] / each[1] if each[1] else 0.0)
        case Not() | Count() | Has() | Everything():
            return 0.0, 0.0
