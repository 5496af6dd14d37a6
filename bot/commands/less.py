"""/papers less: remembers it for digests, and offers narrower forms of a query that would have kept a paper out."""

from __future__ import annotations

from bot.advice.backtest import DAYS, Backtest, Recent
from bot.advice.narrower import Narrower, narrower_without
from bot.commands.abstract import find_paper
from bot.commands.desk import Desk
from bot.commands.opinions import note_opinion
from bot.commands.subscriptions import matching
from bot.domain import Paper, Subscription
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Entry, Reply
from bot.query import parse
from bot.text.figures import listed
from bot.text.rich import bold, code, enumerated, linked, rich, rich_lines
from bot.text.shorten import shorten

NARROWED = 3
"""The most subscriptions for which narrower forms are looked for."""

NUMBERED = 5
"""The most subscriptions that are listed by number; more are only counted."""

NAMED = 2
"""Titles of dropped papers that a line names."""

TITLE = 60
"""Longest such title, in characters."""

LATER = "Papers like it will come later in this channel's digests."
"""What follows at once, whether or not a form is chosen."""


def less(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Remember that less like a paper is wanted, and offer narrower forms of the subscriptions that match it."""
    paper = find_paper(desk, text)
    subscriptions = matching(desk, invocation.channel, paper)
    is_noted = note_opinion(desk, invocation.channel, paper, subscriptions, is_liked=False)
    active = [subscription for subscription in subscriptions if not subscription.is_paused]
    if subscriptions and not active:
        return Reply(
            rich_lines(
                linked(paper.title, paper.url), "Only a paused subscription matches it, so nothing like it comes now."
            ),
            buttons=(Button("Why", "papers", f"why {paper.id}"),),
        )
    if not active:
        return Reply(
            rich_lines(
                linked(paper.title, paper.url),
                "None of this channel's subscriptions matches it any more, so there is nothing to change.",
            ),
            buttons=(Button("Why", "papers", f"why {paper.id}"),),
        )
    recent = desk.recent()
    entries = [entry for subscription in active[:NARROWED] for entry in narrower_forms(subscription, paper, recent)]
    numbers = listed([str(subscription.number) for subscription in active])
    if len(active) == 1:
        which = rich(f"It matches subscription {numbers}: ", bold(active[0].query))
    elif len(active) > NUMBERED:
        which = rich(f"It matches {len(active)} subscriptions. To keep it out, change every one of them.")
    else:
        which = rich(f"It matches subscriptions {numbers}. To keep it out, change every one of them.")
    offer = "To get fewer papers like this:" if entries else "I can't find a small change that would keep it out."
    return Reply(
        rich_lines(linked(paper.title, paper.url), which, *((LATER,) if is_noted else ()), offer),
        entries=tuple(entries),
        advice=rich(
            "Or make your own change, for example ",
            code(f"/papers change {active[0].number} + -survey"),
            ". To remove the subscription: ",
            code(f"/unsubscribe {active[0].number}"),
        ),
    )


def narrower_forms(subscription: Subscription, paper: Paper, recent: Recent) -> list[Entry]:
    """The narrower forms of a subscription: what each would have dropped, and a button that applies it."""
    query = parse(subscription.query)
    found = recent.run(query)
    forms = narrower_without(query, paper, recent)
    return [form_entry(subscription, form, found) for form in forms]


def form_entry(subscription: Subscription, form: Narrower, found: Backtest) -> Entry:
    """A narrower form: "keeps 12 of 31 papers in 30 days; drops Robots Dance, Robots Sing and 17 more"."""
    dropped = {paper.id for paper in form.dropped}
    kept = sum(paper.id not in dropped for paper in found.papers)
    if found.is_estimate:
        kept = found.count * kept // len(found.papers)
    titles = [linked(shorten(paper.title, TITLE), paper.url) for paper in form.dropped[:NAMED]]
    more = [f"{len(form.dropped) - NAMED} more"] if len(form.dropped) > NAMED else []
    # A paper with too few votes still arrives if it gets them within a week.
    until = " until they have the votes" if form.addition.startswith("upvotes") else ""
    keeps = f": keeps {kept:,} of {found.in_papers} in {DAYS} days; drops "
    return Entry(
        rich(f"{subscription.number}. ", bold(form.query.text), keeps, enumerated([*titles, *more]), until),
        (Button(form.label, "papers", f"change {subscription.number} + {form.addition}"),),
    )
