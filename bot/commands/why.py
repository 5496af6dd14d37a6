"""Why a paper came to a channel, or did not."""

from __future__ import annotations

from bot.commands.desk import Desk
from bot.commands.papers import named
from bot.domain import Fate, Match, Paper, Subscription
from bot.matcher import match, miss
from bot.messages import Entry, Invocation, Link, Reply
from bot.wording import day, moment


def why(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Say what became of a paper in this channel, and what each of its subscriptions finds in it."""
    paper = named(desk, text)
    subscriptions = desk.stores.subscriptions.of(invocation.channel, now=desk.now())
    fate = desk.stores.outbox.fate(invocation.channel, paper.id)
    found = [(each, match(each.query, paper, desk.glossary.acronyms)) for each in subscriptions]
    matching = any(theirs for each, theirs in found if counts_for(each, paper))
    return Reply(
        f"{paper.title}\n{said(fate, matching=matching)}",
        entries=tuple(Entry(in_line(desk, each, paper, theirs)) for each, theirs in found),
        advice="" if subscriptions else "This channel has no subscriptions. Try /subscribe reinforcement learning.",
        links=(Link("Open the message", fate.link),) if fate and fate.link else (),
    )


def said(fate: Fate | None, *, matching: bool) -> str:
    """What became of the paper, in a sentence."""
    match fate:
        case None if matching:
            return "It matches, and will be on its way in a moment."
        case None:
            return "It was not sent here: no subscription of this channel finds it."
        case Fate("delivered"):
            return f"It was sent here on {moment(fate.settled_at or fate.enqueued_at)}."
        case Fate("failed"):
            return f"It could not be sent here: {fate.reason}."
        case Fate("expired"):
            return "It matched, but waited for too long while nothing could be posted here, and was dropped."
    trouble = f" The last attempt failed: {fate.reason}." if fate.reason else ""
    return f"It is waiting to be sent since {moment(fate.enqueued_at)}.{trouble}"


def counts_for(subscription: Subscription, paper: Paper) -> bool:
    """Whether the subscription was there on the paper's list day."""
    return subscription.created_at.date() <= paper.list_day


def in_line(desk: Desk, subscription: Subscription, paper: Paper, found: Match | None) -> str:
    """What the subscription finds in the paper: where each word stands, or the nearest miss."""
    lead = f"{subscription.number}. {subscription.query}:"
    if found is None:
        return f"{lead} no, {miss(subscription.query, paper, desk.glossary.acronyms)}"
    where = "; ".join(
        f"{each.field}: {each.before}“{each.words}”{each.after}" if each.before or each.after else f"{each.words}"
        for each in found.evidence
    )
    late = "" if counts_for(subscription, paper) else f" (but made after its list, that of {day(paper.list_day)})"
    return f"{lead} yes{late}{f', {where}' if where else ''}"
