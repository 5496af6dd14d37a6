"""/papers less: narrower forms of a query that would have kept a paper out."""

from __future__ import annotations

from collections.abc import Sequence

from bot.advice.backtest import DAYS, Recent
from bot.advice.narrower import Narrower, narrower_without
from bot.commands.abstract import find_paper
from bot.commands.desk import Desk
from bot.domain import Paper, Subscription
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Entry, Reply
from bot.matching.verdicts import match
from bot.query import parse
from bot.text.figures import counted, listed
from bot.text.shorten import shorten

NARROWED = 3
"""The most subscriptions for which narrower forms are looked for."""

NUMBERED = 5
"""The most subscriptions that are listed by number; more are only counted."""

NAMED = 2
"""Titles of dropped papers that a line names."""

TITLE = 60
"""Longest such title, in characters."""


def less(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Offer narrower forms of the subscriptions that match a paper."""
    paper = find_paper(desk, text)
    acronyms = desk.glossary.acronyms
    subscriptions = desk.stores.subscriptions.of(invocation.channel)
    all_matching = [subscription for subscription in subscriptions if match(subscription.query, paper, acronyms)]
    matching = [subscription for subscription in all_matching if not subscription.is_paused]
    if all_matching and not matching:
        return Reply(
            f"{paper.title}\nOnly a paused subscription matches it, so nothing like it comes at present.",
            buttons=(Button("Why", "papers", f"why {paper.id}"),),
        )
    if not matching:
        return Reply(
            f"{paper.title}\nNone of this channel's subscriptions matches it any more, so there is nothing to change.",
            buttons=(Button("Why", "papers", f"why {paper.id}"),),
        )
    recent = desk.recent()
    entries = [entry for subscription in matching[:NARROWED] for entry in narrower_forms(subscription, paper, recent)]
    numbers = listed([str(subscription.number) for subscription in matching])
    if len(matching) == 1:
        which = f"It matches subscription {numbers}: {matching[0].query}"
    elif len(matching) > NUMBERED:
        which = f"It matches {len(matching)} subscriptions. To keep it out, change every one of them."
    else:
        which = f"It matches subscriptions {numbers}. To keep it out, change every one of them."
    offer = "To get fewer papers like this:" if entries else "I can't find a small change that would keep it out."
    return Reply(
        f"{paper.title}\n{which}\n{offer}",
        entries=tuple(entries),
        advice=f"Or make your own change, for example /papers change {matching[0].number} + -survey."
        f" /unsubscribe {matching[0].number} removes the subscription.",
    )


def narrower_forms(subscription: Subscription, paper: Paper, recent: Recent) -> list[Entry]:
    """The narrower forms of a subscription: what each would have dropped, and a button that applies it."""
    query = parse(subscription.query)
    found = recent.run(query).papers
    forms = narrower_without(query, paper, recent)
    return [
        Entry(
            form_line(subscription, form, found),
            (Button(form.label, "papers", f"change {subscription.number} + {form.addition}"),),
        )
        for form in forms
    ]


def form_line(subscription: Subscription, form: Narrower, found: Sequence[Paper]) -> str:
    """A narrower form: "1. robots -"dance": keeps 12 of 31 papers in 30 days; drops “Robots Dance” and 18 more"."""
    dropped = {paper.id for paper in form.dropped}
    kept = sum(paper.id not in dropped for paper in found)
    titles = [f"“{shorten(paper.title, TITLE)}”" for paper in form.dropped]
    names = titles[:NAMED] + ([f"{len(titles) - NAMED} more"] if len(titles) > NAMED else [])
    # A paper with too few votes still arrives if it gets them within a week.
    until = " until they have the votes" if form.addition.startswith("upvotes") else ""
    return (
        f"{subscription.number}. {form.query.text}: keeps {kept} of {counted(len(found), 'paper')}"
        f" in {DAYS} days; drops {listed(names)}{until}"
    )
