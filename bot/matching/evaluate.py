"""Evaluates a query on a folded paper: whether it matches, and the evidence."""

from __future__ import annotations

from bot.domain import Evidence
from bot.matching.folded_paper import FoldedPaper, evidence_at
from bot.matching.places import locate
from bot.matching.subject import find_subject
from bot.query.conditions import holds, label_of
from bot.query.fields import FIELD
from bot.query.knowledge import NO_KNOWLEDGE, Knowledge
from bot.query.parser import Query
from bot.query.tree import About, And, Category, Count, Everything, Has, Leaf, Listed, Node, Not, Or, Term, leaves


def find(query: Query, folded: FoldedPaper, known: Knowledge = NO_KNOWLEDGE) -> tuple[Evidence, ...] | None:
    """The evidence that the paper matches the query; None if it does not.

    There is a piece for each wanted term that the paper has, those in the title first; `*` needs none.
    """
    if not matches(query.scoped, folded, known):
        return None
    found = (_evidence_of(leaf, folded, known) for leaf, wanted in leaves(query.tree) if wanted)
    ranks = list(FIELD)
    # Counts and facts come last: they say less about why a paper is worth reading.
    evidence = sorted(
        (piece for piece in found if piece),
        key=lambda piece: ranks.index(piece.field) if piece.field in FIELD else len(ranks),
    )
    return tuple(dict.fromkeys(evidence))


def _evidence_of(leaf: Leaf, folded: FoldedPaper, known: Knowledge) -> Evidence | None:
    match leaf:
        case Term():
            span = locate(leaf, folded, known)
            return evidence_at(folded, *span) if span else None
        case About():
            found = find_subject(leaf, folded, known)
            return found.evidence(folded) if found else None
        case Count() | Has() | Category() if holds(leaf, folded.paper):
            return Evidence(label_of(leaf), str(leaf))
        case _:
            return None


def matches(node: Node, folded: FoldedPaper, known: Knowledge) -> bool:
    """Whether the paper matches the node."""
    match node:
        case Term():
            return locate(node, folded, known) is not None
        case About():
            return find_subject(node, folded, known) is not None
        case And(parts):
            return all(matches(part, folded, known) for part in parts)
        case Or(parts):
            return any(matches(part, folded, known) for part in parts)
        case Not(part):
            return not matches(part, folded, known)
        case Count() | Has() | Category() | Listed():
            return holds(node, folded.paper)
        case Everything():
            return True
