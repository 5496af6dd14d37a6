"""Narrower forms of a query."""

from __future__ import annotations

from bot.query.parser import Query, parse, query_of
from bot.query.tree import And, Count, Node, Or, both


def narrowed(query: Query, addition: str) -> Query:
    """The query with more asked for: ``robots`` and ``-"dance"`` give ``robots -"dance"``.

    What it asks for already is not said again, and of two limits of a count the higher one stays.

    Raises:
        QueryError: Together they are not in the language.
    """
    base = f"({query.text})" if isinstance(query.tree, Or) else query.text
    joined = parse(f"{base}{' ' if addition.startswith('-') else ' AND '}{addition}")
    if isinstance(joined.tree, Or):
        joined = parse(f"{base} AND ({addition})")
    parts = joined.tree.parts if isinstance(joined.tree, And) else (joined.tree,)
    needed = [part for part in dict.fromkeys(parts) if not _is_implied(part, parts)]
    return joined if len(needed) == len(parts) else query_of(both(needed))


def _is_implied(node: Node, parts: tuple[Node, ...]) -> bool:
    """Whether it is a count with a lower limit than another of the parts has."""
    return isinstance(node, Count) and any(
        isinstance(other, Count) and other.name == node.name and other.least > node.least for other in parts
    )
