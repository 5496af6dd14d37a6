"""What a channel is subscribed to, and what that brings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.advice.advise import LABEL
from bot.advice.backtest import Recent
from bot.advice.wider import wider
from bot.commands.channel_state import channel_of, manner, repair_of
from bot.commands.desk import Desk
from bot.domain import Subscription
from bot.domain.commands import Choice, Invocation
from bot.domain.messages import Button, Entry, Reply
from bot.errors import CommandError, QueryError
from bot.matching.verdicts import queries_of
from bot.query import parse
from bot.text.figures import counted, day
from bot.text.shorten import shorten

PATIENCE = timedelta(days=14)
"""How long a subscription may bring nothing before that is said."""

HINTS = 5
"""Subscriptions of which it is said how they might bring something; that takes a moment each."""

NUMBER = re.compile(r"#?([0-9]{1,9})[.:]?")
"""A subscription's number, as lists show it and as people write it."""


@dataclass(frozen=True, slots=True)
class Hint:
    """Why a subscription brings nothing or what would help, as a clause; and a query that would bring something."""

    text: str
    query: str = ""


def subscriptions(desk: Desk, invocation: Invocation, _text: str) -> Reply:
    """List the channel's subscriptions, and say how and when it gets its papers."""
    channel, now = channel_of(desk, invocation), desk.now()
    made = desk.stores.subscriptions.of(invocation.channel, now=now)
    hints = hints_for(made, desk, now=now)
    wider_queries = dict.fromkeys(hint.query for hint in hints.values() if hint.query)
    return Reply(
        "\n".join([*manner(channel, now), headline(made, desk)]),
        entries=entries(made, hints, now=now),
        advice=repair_of(channel),
        buttons=tuple(Button(f"Try {shorten(each, LABEL)}", "papers", f"try {each}") for each in wider_queries),
    )


def numbered(desk: Desk, invocation: Invocation, text: str) -> Sequence[Choice]:
    """The channel's subscriptions that have ``text`` in them."""
    made = desk.stores.subscriptions.of(invocation.channel, now=desk.now())
    found = [each for each in made if text.lower() in f"{each.number}. {each.query}".lower()]
    return [Choice(f"{each.number}. {each.query}", str(each.number)) for each in found]


def pick(made: Sequence[Subscription], text: str) -> Subscription:
    """The subscription that ``text`` names, by its number or its query.

    Raises:
        CommandError: There is none.
    """
    repair = "/subscriptions lists them with their numbers."
    if not text:
        raise CommandError("Which subscription shall I end?", repair=repair)
    if said := NUMBER.fullmatch(text):
        chosen = [each for each in made if each.number == int(said[1])]
    else:
        canonical = parse(text).canonical
        chosen = [each for each in made if parse(each.query).canonical == canonical]
    if not chosen:
        raise CommandError(f"This channel has no subscription “{shorten(text, LABEL)}”.", repair=repair)
    return chosen[0]


def headline(made: Sequence[Subscription], desk: Desk, *, since: str = "yet") -> str:
    """How many subscriptions the channel has; if none ``yet``, or ``now``, what would be a good one."""
    if not made:
        return f"This channel has no subscriptions {since}. {desk.example().invitation}"
    return f"This channel has {counted(len(made), 'subscription')}:"


def entries(made: Sequence[Subscription], hints: Mapping[int, Hint], *, now: datetime) -> tuple[Entry, ...]:
    """The subscriptions, each with a button that ends it."""
    return tuple(
        Entry(in_line(each, hints.get(each.number), now=now), Button("Remove", "unsubscribe", str(each.number)))
        for each in made
    )


def in_line(subscription: Subscription, hint: Hint | None = None, *, now: datetime) -> str:
    """A subscription: its number and query; who, when, its matches."""
    said = (
        f"{subscription.number}. {subscription.query} (by {subscription.created_by},"
        f" {day(subscription.created_at.date())}; "
    )
    last = subscription.last_match
    if brings_nothing(subscription, now=now):
        before = f", the last match on {day(last.date())}" if last else ""
        return f"{said}nothing in 30 days{before}{f': {hint.text}' if hint else ''})"
    if not subscription.matches_30_days and not last:
        return f"{said}no matches yet)"
    latest = f", the last on {day(last.date())}" if last else ""
    return f"{said}{counted(subscription.matches_30_days, 'match', 'matches')} in 30 days{latest})"


def brings_nothing(subscription: Subscription, *, now: datetime) -> bool:
    """Whether the subscription had time enough to bring something, and did not in 30 days."""
    return subscription.matches_30_days == 0 and now - subscription.since > PATIENCE


def hints_for(made: Sequence[Subscription], desk: Desk, *, now: datetime) -> Mapping[int, Hint]:
    """What to do about the first `HINTS` of a channel's subscriptions that bring nothing, by their numbers."""
    silent = [each for each in made if brings_nothing(each, now=now)][:HINTS]
    if not silent:
        return {}
    recent = desk.recent()
    hinted = {each.number: hint_for(each, made, recent) for each in silent}
    return {number: hint for number, hint in hinted.items() if hint}


def hint_for(subscription: Subscription, made: Sequence[Subscription], recent: Recent) -> Hint | None:
    """What to do about a subscription that brings nothing."""
    try:
        query = parse(subscription.query)
    except QueryError:
        return Hint("I no longer understand this query")
    papers = set(recent.run(query).papers)
    if papers:
        others = queries_of(each for each in made if each.matches_30_days)
        alike = any(papers <= set(recent.run(each).papers) for each in others)
        return Hint("what it finds comes here for another subscription") if alike else None
    forms = wider(query, recent)
    if not forms:
        return None
    return Hint(
        f"{forms[0].query.text} would have brought {counted(len(forms[0].papers), 'paper')}", forms[0].query.text
    )
