"""Subscribing, unsubscribing, and what a channel is subscribed to."""

from __future__ import annotations

from collections.abc import Sequence

from bot.backtest import Backtest, backtest
from bot.commands.desk import Desk
from bot.commands.rhythm import DAILY, channel_of, manner
from bot.domain import Subscription
from bot.errors import CommandError
from bot.messages import Button, Choice, Entry, Invocation, Reply
from bot.query import describe, parse
from bot.wording import counted, day

LATEST = 3
"""Titles shown under a backtest."""


def subscribe(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Subscribe the channel to a query."""
    query = parse(text)
    now = desk.now()
    made = desk.stores.subscriptions.add(
        invocation.channel,
        query.text,
        canonical=query.canonical,
        by=invocation.person,
        at=now,
        limit=desk.max_subscriptions,
    )
    tried = backtest(query.text, desk.stores.papers, desk.glossary, now=now)
    understood = describe(query, desk.glossary.acronyms)
    undo = Button("Undo", "unsubscribe", str(made.number))
    return Reply(
        f"Subscribed to {understood}.\n{in_words(tried)}",
        buttons=(undo,) if channel_of(desk, invocation).rhythm else (undo, DAILY),
        advice="" if tried.papers else "Wider words find more: a comma adds alternatives, as in rlhf, reward model.",
        announcement=f"{invocation.person} subscribed this channel to {understood}.",
    )


def unsubscribe(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """End one of the channel's subscriptions, named by its query or its number."""
    now = desk.now()
    subscriptions = desk.stores.subscriptions.of(invocation.channel, now=now)
    ended = pick(subscriptions, text)
    desk.stores.subscriptions.remove(invocation.channel, ended.number)
    left = [each for each in subscriptions if each.number != ended.number]
    return Reply(
        f"Unsubscribed from {ended.query}.\n{headline(left)}",
        entries=entries(left),
        buttons=(Button("Undo", "subscribe", ended.query),),
        announcement=f"{invocation.person} unsubscribed this channel from {ended.query}.",
    )


def subscriptions(desk: Desk, invocation: Invocation, _text: str) -> Reply:
    """List the channel's subscriptions, and say how and when it gets its papers."""
    channel = channel_of(desk, invocation)
    made = desk.stores.subscriptions.of(invocation.channel, now=desk.now())
    return Reply(
        "\n".join([*manner(channel, desk.now()), headline(made)]),
        entries=entries(made),
        advice=channel.pause.repair if channel.pause else "",
    )


def try_(desk: Desk, _invocation: Invocation, text: str) -> Reply:
    """Say what a query means and what it would have brought."""
    query = parse(text)
    tried = backtest(query.text, desk.stores.papers, desk.glossary, now=desk.now())
    understood = describe(query, desk.glossary.acronyms)
    return Reply(
        f"{understood[:1].upper()}{understood[1:]}.\n{in_words(tried)}",
        buttons=(Button("Subscribe", "subscribe", query.text),),
    )


def numbered(desk: Desk, invocation: Invocation, text: str) -> Sequence[Choice]:
    """The channel's subscriptions that have ``text`` in them."""
    subscriptions = desk.stores.subscriptions.of(invocation.channel, now=desk.now())
    found = [each for each in subscriptions if text.lower() in f"{each.number}. {each.query}".lower()]
    return [Choice(f"{each.number}. {each.query}", str(each.number)) for each in found]


def pick(subscriptions: Sequence[Subscription], text: str) -> Subscription:
    """The subscription that ``text`` names, by its number or its query.

    Raises:
        CommandError: There is none.
    """
    repair = "/subscriptions lists them with their numbers."
    if not text:
        raise CommandError("Which subscription shall I end?", repair=repair)
    if text.isdecimal():
        chosen = [each for each in subscriptions if each.number == int(text)]
    else:
        canonical = parse(text).canonical
        chosen = [each for each in subscriptions if parse(each.query).canonical == canonical]
    if not chosen:
        raise CommandError(f"This channel has no subscription “{text}”.", repair=repair)
    return chosen[0]


def headline(subscriptions: Sequence[Subscription]) -> str:
    """How many subscriptions the channel has."""
    if not subscriptions:
        return "This channel has no subscriptions. Try /subscribe reinforcement learning."
    return f"This channel has {counted(len(subscriptions), 'subscription')}:"


def as_text(subscriptions: Sequence[Subscription]) -> str:
    """The channel's subscriptions, a line each under their headline."""
    return "\n".join([headline(subscriptions), *(in_line(each) for each in subscriptions)])


def entries(subscriptions: Sequence[Subscription]) -> tuple[Entry, ...]:
    """The subscriptions, each with a button that ends it."""
    return tuple(Entry(in_line(each), Button("Remove", "unsubscribe", str(each.number))) for each in subscriptions)


def in_line(subscription: Subscription) -> str:
    """A subscription: its number and query; who, when, its matches."""
    last = f", the last on {day(subscription.last_match.date())}" if subscription.last_match else ""
    return (
        f"{subscription.number}. {subscription.query} (by {subscription.created_by},"
        f" {day(subscription.created_at.date())};"
        f" {counted(subscription.matches_30_days, 'match', 'matches')} in 30 days{last})"
    )


def in_words(tried: Backtest) -> str:
    """A backtest as people read it, with the latest titles."""
    said = f"In the last {tried.days} days: {counted(len(tried.papers), 'paper')}"
    if not tried.papers:
        return f"{said}."
    titles = [f"• {paper.title}" for paper in tried.papers[:LATEST]]
    return "\n".join([f"{said}, {tried.rate}. The latest:", *titles])
