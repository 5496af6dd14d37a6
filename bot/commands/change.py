"""Changing a subscription in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.commands.desk import Desk
from bot.commands.limits import refusals_in_chat
from bot.commands.subscriptions import NUMBER
from bot.domain import WATCHED_FOR, Subscription
from bot.domain.commands import Choice, Invocation
from bot.domain.messages import Button, Reply
from bot.errors import CommandError
from bot.query import Query, describe, narrowed, parse
from bot.text.figures import counted

NUMBERED = re.compile(rf"{NUMBER.pattern}(?:\s+(.*))?", re.DOTALL)

ADDING = re.compile(r"\+\s+")
"""Before what is added to the query. No query begins so."""

REPAIR = "Write its number and the new query: /papers change 1 reinforcement learning -survey."


def change(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Put another query in the place of a subscription's."""
    before, asked = meant(desk, invocation, text)
    now = desk.now()
    adding = ADDING.match(asked)
    query = narrowed(parse(before.query), asked[adding.end() :]) if adding else parse(asked)
    # What was narrowed goes on with papers whose votes are followed; any other query has no past.
    since = max(before.since, now - WATCHED_FOR) if adding else now
    with refusals_in_chat(query.text, changing=before.number):
        changed = desk.stores.subscriptions.change(
            invocation.channel, before.number, query.text, canonical=query.canonical, since=since
        )
    told = f"{invocation.person} changed a subscription of this channel: {query.text} (before: {before.query})."
    return Reply(
        f"Subscription {changed.number} is now for {describe(query, desk.glossary.acronyms)}.\n"
        f"Before: {before.query}\n{brought(desk, query)}",
        buttons=(Button("Undo", "papers", f"change {changed.number} {before.query}"),),
        announcement=told,
    )


def changeable(desk: Desk, invocation: Invocation, text: str) -> Sequence[Choice]:
    """The channel's subscriptions with their queries, to be edited."""
    subscriptions = desk.stores.subscriptions.of(invocation.channel, now=desk.now())
    written = [f"{each.number} {each.query}" for each in subscriptions]
    return [Choice(each, each) for each in written if text.lower() in each.lower()]


def meant(desk: Desk, invocation: Invocation, text: str) -> tuple[Subscription, str]:
    """The subscription that ``text`` begins with, and the rest.

    Raises:
        CommandError: The channel has no such subscription, or there is no rest.
    """
    found = NUMBERED.fullmatch(text.strip())
    if found is None:
        raise CommandError("Which subscription shall I change?", repair=REPAIR)
    number, asked = int(found[1]), (found[2] or "").strip()
    subscriptions = desk.stores.subscriptions.of(invocation.channel, now=desk.now())
    chosen = next((each for each in subscriptions if each.number == number), None)
    if chosen is None:
        raise CommandError(
            f"This channel has no subscription {number}.", repair="/subscriptions lists them with their numbers."
        )
    if not asked:
        raise CommandError(f"What shall subscription {number} ({chosen.query}) be for now?", repair=REPAIR)
    return chosen, asked


def brought(desk: Desk, query: Query) -> str:
    """What the query would have brought, in a sentence."""
    tried = desk.recent().run(query)
    rate = f", {tried.rate}" if tried.papers else ""
    return f"In the last {tried.days} days it would have brought {counted(len(tried.papers), 'paper')}{rate}."
