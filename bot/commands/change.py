"""/papers change: another query for a subscription."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.commands.desk import Desk
from bot.commands.limits import refusals_in_chat
from bot.commands.paused import pause_button
from bot.commands.subscriptions import NUMBER, find_by_number
from bot.commands.understanding import Understood, understand
from bot.domain import WATCHED_FOR, Subscription
from bot.domain.commands import Choice, Invocation
from bot.domain.messages import Button, Reply
from bot.errors import CommandError
from bot.query import Query, narrowed, parse
from bot.text.rich import Rich, bold, code, rich, rich_lines

NUMBERED = re.compile(rf"{NUMBER.pattern}(?:\s+(.*))?", re.DOTALL)

ADDING = re.compile(r"\+\s+")
"""Marks a condition to add to the query. No query begins with it."""


def change(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Replace a subscription's query, or add a condition to it."""
    before, written = subscription_and_query(desk, invocation, text)
    now = desk.now()
    adding = ADDING.match(written)

    def changing(form: str) -> tuple[str, str]:
        return "papers", f"change {before.number} {form}"

    if adding:
        understood = Understood(narrowed(parse(before.query), written[adding.end() :]))
    else:
        understood = understand(written, desk.recent, changing)
    query = understood.query
    # A narrower query still waits for papers to reach its votes; any other query starts today.
    since = max(before.since, now - WATCHED_FOR) if adding else now
    with refusals_in_chat(query.text, changing=before.number):
        changed = desk.stores.subscriptions.change(
            invocation.channel, before.number, query.text, canonical=query.canonical, since=since
        )
    resume = (pause_button(changed),) if changed.is_paused else ()
    return Reply(
        rich_lines(
            f"Subscription {changed.number} now follows {desk.recent().described(query)}.",
            rich("Before: ", bold(before.query)),
            understood.doubt,
            backtest_in_words(desk, query),
            "It is still paused." if changed.is_paused else "",
        ),
        buttons=(Button("Undo", *changing(before.query)), *resume, *understood.buttons(changing)),
        announcement=f"{invocation.person} changed the subscription “{before.query}” to “{query.text}”.",
    )


def editable_subscriptions(desk: Desk, invocation: Invocation, text: str) -> Sequence[Choice]:
    """The channel's subscriptions with their queries, for editing."""
    subscriptions = desk.stores.subscriptions.of(invocation.channel)
    arguments = [f"{subscription.number} {subscription.query}" for subscription in subscriptions]
    return [Choice(argument, argument) for argument in arguments if text.lower() in argument.lower()]


def subscription_and_query(desk: Desk, invocation: Invocation, text: str) -> tuple[Subscription, str]:
    """The subscription whose number ``text`` begins with, and what follows the number.

    Raises:
        CommandError: The channel has no such subscription, or nothing follows the number.
    """
    found = NUMBERED.fullmatch(text.strip())
    if found is None:
        raise CommandError("Which subscription should I change?", repair=how_to_change(1))
    number, query = int(found[1]), (found[2] or "").strip()
    subscription = find_by_number(desk.stores.subscriptions.of(invocation.channel), number)
    if not query:
        raise CommandError(
            rich(f"What should subscription {number} follow instead of ", bold(subscription.query), "?"),
            repair=how_to_change(number),
        )
    return subscription, query


def how_to_change(number: int) -> Rich:
    """What to type to give a subscription another query."""
    example = code(f"/papers change {number} reinforcement learning -survey")
    return rich("Give its number and the new query, for example ", example)


def backtest_in_words(desk: Desk, query: Query) -> str:
    """What the query would have brought, as a sentence."""
    backtest = desk.recent().run(query)
    return f"In the last {backtest.days} days it would have brought {backtest.in_numbers}."
