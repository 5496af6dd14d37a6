"""Adds a condition to a query, which makes it narrower."""

from __future__ import annotations

from bot.query.parser import Query, parse, query_of
from bot.query.tree import And, Count, Node, Or, both


def narrowed(query: Query, condition: str) -> Query:
    """The query with another condition: ``robots`` and ``-"dance"`` give ``robots -"dance"``.

    Conditions that the query has already are not repeated, and of two limits of a count the higher one stays.

    Raises:
        QueryError: Together they are not a query of the language.
    """
    base = f"({query.text})" if isinstance(query.tree, Or) else query.text
    joined = parse(f"{base}{' ' if condition.startswith('-') else ' AND '}{condition}")
    # A condition with alternatives of its own would otherwise become alternatives to the whole query.
    if isinstance(joined.tree, Or):
        joined = parse(f"{base} AND ({condition})")
    parts = joined.tree.parts if isinstance(joined.tree, And) else (joined.tree,)
    needed = [part for part in dict.fromkeys(parts) if not _is_implied(part, parts)]
    return joined if len(needed) == len(parts) else query_of(both(needed))


def _is_implied(node: Node, parts: tuple[Node, ...]) -> bool:
    """Whether the node is a count for which another part sets a higher limit."""
    return isinstance(node, Count) and any(
        isinstance(other, Count) and other.name == node.name and other.least > node.least for other in parts
    )
