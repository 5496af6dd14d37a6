"""Less like this: what would have kept a paper out."""

from __future__ import annotations

from collections.abc import Sequence

from bot.advice.backtest import DAYS, Recent
from bot.advice.narrower import Narrower, narrower_without
from bot.commands.abstract import named
from bot.commands.desk import Desk
from bot.domain import Paper, Subscription
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Entry, Reply
from bot.matching.verdicts import match
from bot.query import parse
from bot.text.figures import counted, listed
from bot.text.shorten import shorten

MOST = 3
"""Subscriptions for which narrower forms are looked for."""

NUMBERED = 5
"""Subscriptions that are named by their numbers; more are counted."""

NAMED, TITLE = 2, 60
"""Papers that a narrower form names of those that it keeps out, and characters of their titles."""


def less(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Offer narrower forms of the subscriptions that find a paper."""
    paper = named(desk, text)
    acronyms = desk.glossary.acronyms
    subscriptions = desk.stores.subscriptions.of(invocation.channel, now=desk.now())
    finding = [each for each in subscriptions if match(each.query, paper, acronyms)]
    if not finding:
        return Reply(
            f"{paper.title}\nNo subscription of this channel finds it any more, so there is nothing to change.",
            buttons=(Button("Why", "papers", f"why {paper.id}"),),
        )
    recent = desk.recent()
    entries = [entry for each in finding[:MOST] for entry in offered(each, paper, recent)]
    numbers = listed([str(each.number) for each in finding])
    if len(finding) == 1:
        said = f"Subscription {numbers} finds it: {finding[0].query}"
    elif len(finding) > NUMBERED:
        said = f"{len(finding)} subscriptions find it. It stays out only when none of them does."
    else:
        said = f"Subscriptions {numbers} find it. It stays out only when none of them does."
    return Reply(
        f"{paper.title}\n{said}\n"
        + (
            "To get fewer like it, change the subscription:"
            if entries
            else "I found no small change that keeps it out."
        ),
        entries=tuple(entries),
        advice=f"Or write it yourself, as in /papers change {finding[0].number} + -survey;"
        f" /unsubscribe {finding[0].number} ends it.",
    )


def offered(subscription: Subscription, paper: Paper, recent: Recent) -> list[Entry]:
    """The narrower forms of a subscription, each with what it would have kept out and a button that applies it."""
    query = parse(subscription.query)
    found = recent.run(query).papers
    forms = narrower_without(query, paper, found, recent.acronyms)
    return [
        Entry(
            in_line(subscription, form, found),
            Button(form.label, "papers", f"change {subscription.number} + {form.addition}"),
        )
        for form in forms
    ]


def in_line(subscription: Subscription, form: Narrower, found: Sequence[Paper]) -> str:
    """A narrower form: "1. robots -"dance": would leave 12 of 31 papers in 30 days; keeps out: …"."""
    out = {each.id for each in form.dropped}
    left = sum(each.id not in out for each in found)
    titles = [f"“{shorten(each.title, TITLE)}”" for each in form.dropped]
    names = titles[:NAMED] + ([f"{len(titles) - NAMED} more"] if len(titles) > NAMED else [])
    until = " (until they have the votes)" if form.addition.startswith("upvotes") else ""
    return (
        f"{subscription.number}. {form.query.text}: would leave {left} of {counted(len(found), 'paper')}"
        f" in {DAYS} days; keeps out{until}: {listed(names)}"
    )
