"""/papers today: the papers of a day's list, today's unless another day is named; arXiv's list where that is named."""

from __future__ import annotations

from datetime import date, timedelta

from bot.commands.desk import Desk
from bot.commands.pages import page_of, split_page
from bot.commands.search import found_card
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Reply
from bot.domain.sources import ARXIV, SOURCES, UNNAMED, called
from bot.errors import CommandError, Instead
from bot.text.dates import days_named
from bot.text.figures import counted, day, listed
from bot.text.shorten import shorten

QUOTED = 40
"""Longest quotation of what is not a day, in characters."""

WEEKEND = (5, 6)
"""Saturday and Sunday, counting from Monday: the source publishes no lists then."""

MONTH = timedelta(days=30)
"""How far back an earlier day with papers is looked for."""

SOON = "The first ones come soon after midnight UTC."

FIRST_COME = {ARXIV: "arXiv's list comes at midnight in New York, which is 04:00 or 05:00 UTC."}
"""When a day's papers come, by the source that is named."""


def today(desk: Desk, _invocation: Invocation, text: str) -> Reply:
    """Show a page of a day's papers, today's unless another day is named, most votes first."""
    number, text = split_page(text)
    source, text = split_source(text)
    current = desk.now().date()
    chosen = parse_day(text, current)
    listed_then = desk.stores.papers.listed(since=chosen, until=chosen, source=source)
    papers = sorted(listed_then, key=lambda paper: -paper.upvotes)
    if not papers:
        return no_papers(desk, chosen, current, source)
    named = f"{source} " if source else ""
    page = page_of(papers, number, lambda label, other: Button(label, "papers", f"today page:{other} {named}{chosen}"))
    order = ", most votes first" if len(page.items) > 1 and papers[0].upvotes else ""
    whose = called(source) if source else "the list"
    return Reply(
        f"{counted(len(papers), 'paper')} on {whose} of {day(chosen)}{page.which}{order}:",
        cards=tuple(found_card(desk, paper) for paper in page.items),
        buttons=(*page.buttons, *(() if source else other_lists(desk, chosen))),
    )


def split_source(text: str) -> tuple[str, str]:
    """The source that a text begins with, and the rest of it; those that need not be named if it names none."""
    first, _, rest = text.strip().partition(" ")
    return (first.casefold(), rest) if first.casefold() in SOURCES else (UNNAMED, text)


def other_lists(desk: Desk, chosen: date) -> tuple[Button, ...]:
    """A button for the list of each source that has to be named and has papers of that day."""
    counts = {
        kind: desk.stores.papers.days(since=chosen, until=chosen, source=name).get(chosen, 0)
        for name, kind in SOURCES.items()
        if kind.is_large
    }
    return tuple(
        Button(f"Show {kind.called} ({papers:,})", "papers", f"today {kind.name} {chosen}")
        for kind, papers in counts.items()
        if papers
    )


def no_papers(desk: Desk, chosen: date, current: date, source: str) -> Reply:
    """Say why the day has no papers, and offer the latest earlier day that has some."""
    poll = desk.status.last_poll if desk.status else None
    earlier = desk.stores.papers.days(since=chosen - MONTH, until=min(chosen, current), source=source)
    if chosen > current:
        text = f"The list of {day(chosen)} isn't out yet."
    elif poll and poll.failures and chosen == current:
        text = f"I have no papers for {day(chosen)} yet, because I couldn't read the list: {poll.failures[0]}."
    elif chosen.weekday() in WEEKEND:
        text = f"There are no papers for {day(chosen)}: it's a {chosen:%A}, and there are no lists at weekends."
    elif chosen == current:
        text = f"There are no papers for {day(chosen)} yet. {FIRST_COME.get(source, SOON)}"
    else:
        first = None if earlier else first_day(desk, chosen, current, source)
        text = f"I have no papers for {day(chosen)}.{f' My records start around {day(first)}.' if first else ''}"
    others = () if source else other_lists(desk, chosen)
    if not earlier:
        return Reply(text, buttons=others)
    latest, number = next(iter(earlier.items()))
    papers = counted(number, "paper")
    named = f"{source} " if source else ""
    return Reply(
        f"{text} The latest list before it is from {latest:%A}, {day(latest)}, with {papers}.",
        buttons=(Button(f"Show {latest:%A}'s papers", "papers", f"today {named}{latest}"), *others),
    )


def first_day(desk: Desk, chosen: date, current: date, source: str) -> date | None:
    """The first day after ``chosen`` that has papers; None if there is no such day."""
    days = desk.stores.papers.days(since=chosen, until=current, source=source)
    return min(days, default=None)


def parse_day(text: str, current: date) -> date:
    """Read a day, as people write it; an empty ``text`` is today.

    Raises:
        CommandError: ``text`` is not a day, or may be two.
    """
    days = days_named(text or "today", current)
    if not days:
        raise CommandError(
            f"I can't read “{shorten(text, QUOTED)}” as a date.",
            repair="Write it as tuesday, 24 Nov or 2026-11-24, or leave it out for today's list.",
        )
    if len(days) > 1:
        raise CommandError(
            f"“{text}” can mean {listed([day(one) for one in days], 'or')}.",
            repair="Write the month as a word.",
            instead=[Instead(day(one), "papers", f"today {one}") for one in days],
        )
    return days[0]
