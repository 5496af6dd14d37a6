"""Which sources a query is about.

A large source's papers come only where they are asked for: by its name, or by a category, which arXiv's papers alone
have. Whatever names no source is about the others. This holds for each alternative by itself:
``cat:cs.RO, robot hand`` is about arXiv's papers in robotics, and about robot hands on the Daily Papers list.
"""

from __future__ import annotations

from typing import NamedTuple

from bot.domain.sources import ARXIV, UNNAMED
from bot.query.tree import And, Category, Listed, Node, Not, Or, both, either


class Scope(NamedTuple):
    """The sources that a node names, and whether one of its alternatives names none."""

    named: frozenset[str]
    is_open: bool


def sources_of(tree: Node) -> frozenset[str]:
    """The sources that a query is about; `UNNAMED` stands for all that need not be named."""
    scope = _scope(tree, wanted=True)
    return scope.named | {UNNAMED} if scope.is_open else scope.named


def scoped(tree: Node) -> Node:
    """The tree of a query, confined to the sources that it is about."""
    scope = _scope(tree, wanted=True)
    if not scope.is_open:
        return tree
    naming = _naming(tree, wanted=True)
    return both([tree, Listed(UNNAMED) if naming is None else either([Listed(UNNAMED), naming])])


def _scope(node: Node, *, wanted: bool) -> Scope:
    match node:
        case Not(part):
            return _scope(part, wanted=not wanted)
        case And(parts) | Or(parts):
            scopes = [_scope(part, wanted=wanted) for part in parts]
            named = frozenset[str]().union(*(scope.named for scope in scopes))
            is_all = isinstance(node, And) is wanted
            return Scope(named, (all if is_all else any)(scope.is_open for scope in scopes))
        case Category() if wanted:
            return Scope(frozenset((ARXIV,)), is_open=False)
        case Listed(source) if wanted:
            return Scope(frozenset((source,)), is_open=False)
        case _:
            return Scope(frozenset(), is_open=True)


def _naming(node: Node, *, wanted: bool) -> Node | None:
    """What of a node matches by an alternative that names a source; None if none does."""
    match node:
        case Not(part):
            return _naming(part, wanted=not wanted)
        case And(parts) | Or(parts):
            naming = [found for part in parts if (found := _naming(part, wanted=wanted))]
            if not naming:
                return None
            if isinstance(node, And) is not wanted:
                return either(naming)
            return both([*(part if wanted else Not(part) for part in parts), either(naming)])
        case Category() | Listed() if wanted:
            return node
        case _:
            return None
