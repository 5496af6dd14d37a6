"""The papers that come nearest where nothing matches: among those of a month, or in the whole store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.advice.backtest import Recent, word_weights
from bot.advice.wider import OFFERED
from bot.domain import Paper
from bot.matching.evaluate import fold_paper
from bot.matching.glossary import Glossary
from bot.matching.missing import nearest_miss
from bot.matching.quick_check import has_word
from bot.matching.verdicts import Remembered, miss
from bot.ports.stores import Stores
from bot.query import Query, Term
from bot.query.tree import And, Count, Everything, Has, Node, Not, Or
from bot.search.paper_index import query_of_any_word

NEAREST_STORED = 3
"""Papers that are shown when none matches."""

NEAR = 0.4
"""How much of a query a paper must have to be near: a share of its words, weighed by how rare they are."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A paper that a query nearly matches, and what it lacks, as a clause."""

    paper: Paper
    lacks: str


def near_misses(query: Query, recent: Recent) -> list[NearMiss]:
    """Up to `OFFERED` papers that the query nearly matches, the nearest first, then the latest."""
    weights = word_weights(query, recent)
    near = sorted(recent.papers, key=lambda each: -_nearness(query.tree, each, weights))[:OFFERED]
    return [
        NearMiss(each.paper, miss(query.text, each.paper, recent.acronyms))
        for each in near
        if _nearness(query.tree, each, weights) >= NEAR
    ]


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


def near_misses_stored(query: Query, stores: Stores, glossary: Glossary) -> list[tuple[Paper, str]]:
    """Papers that come near without being matched, and what each lacks.

    Raises:
        StorageError: The database cannot be used.
    """
    any_word = query_of_any_word(query)
    if any_word is None:
        return []
    near = stores.paper_index.search(any_word, limit=NEAREST_STORED).papers
    missed = ((paper, nearest_miss(query, fold_paper(paper), glossary.acronyms)) for paper in near)
    return [(paper, miss) for paper, miss in missed if miss]
