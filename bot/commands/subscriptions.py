"""/subscriptions: what a channel is subscribed to, and what each subscription brings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.advice.advise import LABEL
from bot.advice.backtest import Recent
from bot.advice.wider import wider
from bot.commands.channel_state import find_channel, repair_advice, state_lines
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
"""How long a subscription may bring nothing before its line says so."""

HINTS = 5
"""The most subscriptions that get a hint: each takes a moment to work out."""

NUMBER = re.compile(r"#?([0-9]{1,9})[.:]?")
"""A subscription's number, as lists show it and as people write it."""

REPAIR = "/subscriptions lists them with their numbers."


@dataclass(frozen=True, slots=True)
class Hint:
    """Why a subscription brings nothing, or what would help, as a clause; and a query that would bring something."""

    text: str
    query: str = ""


def subscriptions(desk: Desk, invocation: Invocation, _text: str) -> Reply:
    """List the channel's subscriptions, and show its schedule and pauses."""
    channel, now = find_channel(desk, invocation), desk.now()
    listed = desk.stores.subscriptions.of(invocation.channel, now=now)
    hints = hints_for(listed, desk, now=now)
    wider_queries = dict.fromkeys(hint.query for hint in hints.values() if hint.query)
    return Reply(
        "\n".join([*state_lines(channel, now), headline(listed, desk)]),
        entries=entries(listed, hints, now=now),
        advice=repair_advice(channel),
        buttons=tuple(Button(f"Try {shorten(query, LABEL)}", "papers", f"try {query}") for query in wider_queries),
    )


def subscription_choices(desk: Desk, invocation: Invocation, text: str) -> Sequence[Choice]:
    """The channel's subscriptions whose number or query contains ``text``."""
    listed = desk.stores.subscriptions.of(invocation.channel, now=desk.now())
    labels = {subscription.number: f"{subscription.number}. {subscription.query}" for subscription in listed}
    return [Choice(label, str(number)) for number, label in labels.items() if text.lower() in label.lower()]


def find_subscription(listed: Sequence[Subscription], text: str) -> Subscription:
    """The subscription that ``text`` names, by its number or its query.

    Raises:
        CommandError: There is no such subscription.
    """
    if not text:
        raise CommandError("Which subscription should I remove?", repair=REPAIR)
    if number := NUMBER.fullmatch(text):
        return find_by_number(listed, int(number[1]))
    canonical = parse(text).canonical
    for subscription in listed:
        if parse(subscription.query).canonical == canonical:
            return subscription
    raise CommandError(f"This channel has no subscription “{shorten(text, LABEL)}”.", repair=REPAIR)


def find_by_number(listed: Sequence[Subscription], number: int) -> Subscription:
    """The subscription with that number.

    Raises:
        CommandError: There is no such subscription.
    """
    for subscription in listed:
        if subscription.number == number:
            return subscription
    raise no_subscription(number)


def no_subscription(number: int) -> CommandError:
    """The error for a number that the channel does not have."""
    return CommandError(f"This channel has no subscription {number}.", repair=REPAIR)


def headline(listed: Sequence[Subscription], desk: Desk, *, without: str = "yet") -> str:
    """How many subscriptions the channel has; "no subscriptions yet", or ``without``, and an example if it has none."""
    if not listed:
        return f"This channel has no subscriptions {without}. {desk.example().invitation}"
    return f"This channel has {counted(len(listed), 'subscription')}:"


def entries(listed: Sequence[Subscription], hints: Mapping[int, Hint], *, now: datetime) -> tuple[Entry, ...]:
    """The subscriptions, each with a button that removes it."""
    return tuple(
        Entry(
            subscription_line(subscription, hints.get(subscription.number), now=now),
            Button("Remove", "unsubscribe", str(subscription.number)),
        )
        for subscription in listed
    )


def subscription_line(subscription: Subscription, hint: Hint | None = None, *, now: datetime) -> str:
    """A subscription in a line: "1. robots (by ada, 10 March 2026; 1 match in 30 days, the last on 12 March 2026)"."""
    last = subscription.last_match
    if brings_nothing(subscription, now=now):
        before = f", the last match on {day(last.date())}" if last else ""
        matches = f"nothing in 30 days{before}{f': {hint.text}' if hint else ''}"
    elif not subscription.matches_30_days and not last:
        matches = "no matches yet"
    else:
        latest = f", the last on {day(last.date())}" if last else ""
        matches = f"{counted(subscription.matches_30_days, 'match', 'matches')} in 30 days{latest}"
    added = f"by {subscription.created_by}, {day(subscription.created_at.date())}"
    return f"{subscription.number}. {subscription.query} ({added}; {matches})"


def brings_nothing(subscription: Subscription, *, now: datetime) -> bool:
    """Whether the subscription has had enough time to bring something, and brought nothing in 30 days."""
    return subscription.matches_30_days == 0 and now - subscription.since > PATIENCE


def hints_for(listed: Sequence[Subscription], desk: Desk, *, now: datetime) -> Mapping[int, Hint]:
    """Hints for the first `HINTS` subscriptions that bring nothing, by their numbers."""
    # Working hints out reads the papers of a month, so it is done only where some are needed.
    silent = [subscription for subscription in listed if brings_nothing(subscription, now=now)][:HINTS]
    if not silent:
        return {}
    recent = desk.recent()
    hints = {subscription.number: hint_for(subscription, listed, recent) for subscription in silent}
    return {number: hint for number, hint in hints.items() if hint}


def hint_for(subscription: Subscription, listed: Sequence[Subscription], recent: Recent) -> Hint | None:
    """What to do about a subscription that brings nothing; None if nothing would help."""
    try:
        query = parse(subscription.query)
    except QueryError:  # the language has changed since the subscription was added
        return Hint("I no longer understand this query")
    papers = set(recent.run(query).papers)
    if papers:
        # It does find papers, so another subscription must have been credited with them.
        others = queries_of(other for other in listed if other.matches_30_days)
        is_covered = any(papers <= set(recent.run(other).papers) for other in others)
        return Hint("another subscription already brings what it finds") if is_covered else None
    forms = wider(query, recent)
    if not forms:
        return None
    return Hint(
        f"{forms[0].query.text} would have brought {counted(len(forms[0].papers), 'paper')}", forms[0].query.text
    )
