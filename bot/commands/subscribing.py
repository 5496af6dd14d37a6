"""Subscribing, unsubscribing, and what a channel is subscribed to."""

from __future__ import annotations

from collections.abc import Sequence

from bot.backtest import Backtest, backtest
from bot.commands.desk import Desk
from bot.domain import Invocation, Reply, Subscription
from bot.errors import CommandError
from bot.query import describe, parse
from bot.wording import counted, day

LATEST = 3
"""Titles shown under a backtest."""


def subscribe(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Subscribe the channel to a query."""
    query = parse(text)
    now = desk.now()
    desk.stores.subscriptions.add(
        invocation.channel,
        query.text,
        canonical=query.canonical,
        by=invocation.person,
        at=now,
        limit=desk.max_subscriptions,
    )
    tried = backtest(query.text, desk.stores.papers, now=now)
    return Reply(
        f"Subscribed to {describe(query)}.\n{in_words(tried)}",
        advice="" if tried.found else "Wider words find more: a comma adds alternatives, as in rlhf, reward model.",
        announcement=f"{invocation.person} subscribed this channel to {describe(query)}.",
    )


def unsubscribe(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """End one of the channel's subscriptions, named by its query or its number."""
    now = desk.now()
    subscriptions = desk.stores.subscriptions.of(invocation.channel, now=now)
    ended = pick(subscriptions, text)
    desk.stores.subscriptions.remove(invocation.channel, ended.number)
    left = [each for each in subscriptions if each.number != ended.number]
    return Reply(
        f"Unsubscribed from {ended.query}.\n{listed(left)}",
        announcement=f"{invocation.person} unsubscribed this channel from {ended.query}.",
    )


def subscriptions(desk: Desk, invocation: Invocation, _text: str) -> Reply:
    """List the channel's subscriptions, and say whether it can be posted to."""
    channel = desk.stores.channels.get(invocation.channel)
    lines = [listed(desk.stores.subscriptions.of(invocation.channel, now=desk.now()))]
    if channel and channel.pause:
        lines.append(f"Paused since {day(channel.pause.since.date())}: {channel.pause.reason}.")
    return Reply("\n".join(lines), advice=channel.pause.repair if channel and channel.pause else "")


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


def listed(subscriptions: Sequence[Subscription]) -> str:
    """The channel's subscriptions, a line each."""
    if not subscriptions:
        return "This channel has no subscriptions. Try /subscribe reinforcement learning."
    lines = [f"This channel has {counted(len(subscriptions), 'subscription')}:"]
    for each in subscriptions:
        last = f", the last on {day(each.last_match.date())}" if each.last_match else ""
        lines.append(
            f"{each.number}. {each.query} (by {each.created_by}, {day(each.created_at.date())};"
            f" {counted(each.matches_30_days, 'match', 'matches')} in 30 days{last})"
        )
    return "\n".join(lines)


def in_words(tried: Backtest) -> str:
    """A backtest as people read it, with the latest titles."""
    said = f"In the last {tried.days} days: {counted(len(tried.found), 'paper')}"
    if not tried.found:
        return f"{said}."
    titles = [f"• {paper.title}" for paper, _ in tried.found[:LATEST]]
    return "\n".join([f"{said}, {tried.a_day:.1f} a day. The latest:", *titles])
