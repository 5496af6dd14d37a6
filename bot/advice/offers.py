"""The one place where a query that people are offered is read and tried: nothing is offered that was not."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

from bot.advice.backtest import Backtest, Recent
from bot.errors import QueryError
from bot.query import Query, narrowed, parse, query_of
from bot.query.tree import Node, Term

MATCHING = 4
"""Of how many papers that have the words of a query, one matches at least."""

Form = Node | Query | str
"""A query to offer, as a tree, as it was read, or as it will be typed."""


def readable(form: Form) -> Query | None:
    """The query that people get when they type what they are offered; None if it is none, or means something else."""
    try:
        if isinstance(form, str):
            return parse(form)
        return parse(form.text) if isinstance(form, Query) else query_of(form)
    except QueryError:
        return None


def term_query(term: str) -> Query | None:
    """The term as a query; None if the language reads it as anything but words, or not at all."""
    query = readable(term)
    return query if query and isinstance(query.tree, Term) else None


def with_condition(query: Query, condition: str) -> Query | None:
    """The query with another condition; None if together they are not a query."""
    try:
        return narrowed(query, condition)
    except QueryError:
        return None


def tried(recent: Recent, form: Form, *, most: float = inf) -> Backtest | None:
    """What the form would have brought; None if it is not a query, or brings nothing or more than ``most`` per day."""
    query = readable(form)
    # Most papers that have the words match. Where far too many have them, there is no need to look.
    if query is None or (recent.is_large and recent.may_bring(query) > MATCHING * most * recent.days):
        return None
    backtest = recent.run(query)
    return backtest if backtest.found and backtest.per_day <= most else None


def first_tried(recent: Recent, forms: Iterable[Form], *, most: float) -> Backtest | None:
    """The first of the forms that would have brought papers, and at most ``most`` per day."""
    return next((backtest for form in forms if (backtest := tried(recent, form, most=most))), None)
