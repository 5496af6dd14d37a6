"""Completions of a query: subjects of recent papers, then the channel's own queries."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from bot.advice.subjects import completed
from bot.commands.desk import Desk
from bot.domain.commands import Choice, Invocation
from bot.ports.platform import MAX_CHOICES
from bot.query.lexer import LONGEST
from bot.text.figures import counted

OWN = 5
"""The places that are kept for the channel's own queries, if they match."""


def query_choices(desk: Desk, invocation: Invocation, text: str) -> Sequence[Choice]:
    """Queries that complete ``text``: its last term as a subject of recent papers, or the channel's own queries."""
    own = [
        Choice(subscription.query, subscription.query)
        for subscription in desk.stores.subscriptions.of(invocation.channel)
        if text.strip().casefold() in subscription.query.casefold()
    ][:OWN]
    subjects = desk.subjects.of(desk.vocabulary, desk.now())
    found = (
        Choice(f"{query} ({counted(subject.papers, 'paper')} in 30 days)", query)
        for query, subject in completed(text, subjects)
        if len(query) <= LONGEST
    )
    return [*islice(found, MAX_CHOICES - len(own)), *own]
