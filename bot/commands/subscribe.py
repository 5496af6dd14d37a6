"""Subscribing, unsubscribing, and trying a query out."""

from __future__ import annotations

from collections.abc import Sequence

from bot.advice.advise import advise
from bot.advice.backtest import Recent
from bot.commands.channel_state import channel_of
from bot.commands.desk import Desk
from bot.commands.digest import DAILY
from bot.commands.limits import refusals_in_chat
from bot.commands.subscriptions import entries, headline, hints_for, pick
from bot.domain import Subscription
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Reply
from bot.matching.verdicts import parsed, queries_of
from bot.query import Query, describe, parse


def subscribe(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Subscribe the channel to a query."""
    query = parse(text)
    now = desk.now()
    with refusals_in_chat(query.text):
        made = desk.stores.subscriptions.add(
            invocation.channel,
            query.text,
            canonical=query.canonical,
            by=invocation.person,
            by_id=invocation.person_id,
            at=now,
            limit=desk.max_subscriptions,
        )
    every = desk.stores.subscriptions.of(invocation.channel, now=now)
    others = [each for each in every if each.number != made.number]
    is_digest = bool(channel_of(desk, invocation).schedule)
    recent = desk.recent()
    advice = advise(
        query,
        recent,
        lambda form: ("papers", f"change {made.number} {form}"),
        others=queries_of(others),
        is_digest=is_digest,
    )
    known = covered_by(query, others, recent)
    already = f"\nAll of that comes here already for subscription {known.number} ({known.query})." if known else ""
    understood = describe(query, desk.glossary.acronyms)
    undo = Button("Undo", "unsubscribe", str(made.number))
    return Reply(
        f"Subscribed to {understood}.\n{advice.text}{already}",
        buttons=(undo, *(() if is_digest else (DAILY,)), *advice.buttons),
        advice=advice.todo,
        announcement=f"{invocation.person} subscribed this channel to {understood}.",
    )


def covered_by(query: Query, others: Sequence[Subscription], recent: Recent) -> Subscription | None:
    """The first of the other subscriptions that would have brought all that ``query`` would; None if it adds some."""
    brought = set(recent.run(query).papers)
    for each in others if brought else ():
        theirs = parsed(each.query)
        if theirs and brought <= set(recent.run(theirs).papers):
            return each
    return None


def unsubscribe(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """End one of the channel's subscriptions, named by its query or its number."""
    now = desk.now()
    made = desk.stores.subscriptions.of(invocation.channel, now=now)
    ended = pick(made, text)
    desk.stores.subscriptions.remove(invocation.channel, ended.number)
    left = [each for each in made if each.number != ended.number]
    remaining = headline(left, desk, since="now")
    return Reply(
        f"Unsubscribed from {ended.query}.\n{remaining}",
        entries=entries(left, hints_for(left, desk, now=now), now=now),
        buttons=(Button("Undo", "subscribe", ended.query),),
        announcement=f"{invocation.person} unsubscribed this channel from {ended.query}.",
    )


def try_(desk: Desk, _invocation: Invocation, text: str) -> Reply:
    """Say what a query means and what it would have brought."""
    query = parse(text)
    advice = advise(query, desk.recent(), lambda form: ("papers", f"try {form}"))
    understood = describe(query, desk.glossary.acronyms)
    return Reply(
        f"{understood[:1].upper()}{understood[1:]}.\n{advice.text}",
        buttons=(Button("Subscribe", "subscribe", query.text), *advice.buttons),
        advice=advice.todo,
    )
