"""The papers that come closest where nothing matches: of a month, or of the whole store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.advice.backtest import Recent, word_weights
from bot.advice.wider import OFFERED
from bot.domain import Paper
from bot.matching.folded_paper import fold_paper
from bot.matching.glossary import Glossary
from bot.matching.missing import nearest_miss
from bot.matching.paper_index import query_of_any_word, wanted_words
from bot.matching.quick_check import has_word
from bot.matching.verdicts import PaperWords, miss
from bot.ports.stores import Stores
from bot.query import Query, Term
from bot.query.tree import About, And, Category, Count, Everything, Has, Listed, Node, Not, Or

NEAREST_STORED = 3
"""Papers that are shown when none match."""

NEAR = 0.4
"""How much of a query a paper must have to come close: a share of its words, weighted by how rare they are."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A paper that nearly matches a query, and what it lacks, as a clause."""

    paper: Paper
    lacks: str


def near_misses(query: Query, recent: Recent) -> list[NearMiss]:
    """Up to `OFFERED` papers that nearly match the query, the nearest first, then the latest."""
    weights = word_weights(query, recent)
    words = sorted(wanted_words(query), key=lambda word: -weights[word])
    # The papers are in the order of their lists, and sorting keeps it: of equally near ones the latest come first.
    nearest = sorted(recent.with_words(words), key=lambda candidate: -_nearness(query.tree, candidate, weights))[
        :OFFERED
    ]
    return [
        NearMiss(candidate.paper, miss(query.text, candidate.paper, recent.known))
        for candidate in nearest
        if _nearness(query.tree, candidate, weights) >= NEAR
    ]


def _nearness(node: Node, candidate: PaperWords, weights: Mapping[str, float]) -> float:
    """How much of the node the paper has, from 0 to 1."""
    part, whole = _weights_of(node, candidate, weights)
    return part / whole if whole else 0.0


def _weights_of(node: Node, candidate: PaperWords, weights: Mapping[str, float]) -> tuple[float, float]:
    """The weight of what the paper has of the node, and of the whole node; counts and facts weigh nothing."""
    match node:
        case Term(atoms=atoms) | About(Term(atoms=atoms)):
            there = [weights[atom.word] for atom in atoms if has_word(atom.word, candidate.words)]
            return sum(there), sum(weights[atom.word] for atom in atoms)
        case And(parts):
            shares = [_weights_of(part, candidate, weights) for part in parts]
            return sum(part for part, _ in shares), sum(whole for _, whole in shares)
        case Or(parts):
            shares = [_weights_of(part, candidate, weights) for part in parts]
            return max(shares, key=lambda share: share[0] / share[1] if share[1] else 0.0)
        case Not() | Count() | Has() | Category() | Listed() | Everything():
            return 0.0, 0.0


def near_misses_stored(query: Query, stores: Stores, glossary: Glossary) -> list[tuple[Paper, str]]:
    """Stored papers that come close without matching, and what each lacks.

    Raises:
        StorageError: The database cannot be used.
    """
    any_word = query_of_any_word(query)
    if any_word is None:
        return []
    nearest = stores.paper_index.search(any_word, limit=NEAREST_STORED).papers
    misses = ((paper, nearest_miss(query, fold_paper(paper), glossary.known)) for paper in nearest)
    return [(paper, lacks) for paper, lacks in misses if lacks]
