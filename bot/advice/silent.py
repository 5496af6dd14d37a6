"""Why a subscription brings nothing, and what would help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.advice.advise import LABEL
from bot.advice.backtest import Recent
from bot.advice.wider import wider
from bot.query.stored import parsed
from bot.text.shorten import shorten


@dataclass(frozen=True, slots=True)
class Hint:
    """What to do about a subscription that brings nothing.

    Attributes:
        text: A clause; empty if nothing would help.
        query: A query that would bring something; empty if there is none.
    """

    text: str = ""
    query: str = ""


def hints_for(queries: Sequence[str], recent: Recent) -> Mapping[str, Hint]:
    """What to do about subscriptions with these queries, which bring nothing."""
    return {query: _hint(query, recent) for query in queries}


def _hint(query: str, recent: Recent) -> Hint:
    readable = parsed(query)
    if readable is None:  # the language has changed since the subscription was added
        return Hint("I no longer understand this query")
    forms = wider(readable, recent)
    if not forms:
        return Hint()
    form = forms[0].query.text
    return Hint(f"“{shorten(form, LABEL)}” would have brought {forms[0].in_papers}", form)
