"""/papers today: the papers of a day's list, today's unless another day is named."""

from __future__ import annotations

from datetime import date, timedelta

from bot.commands.desk import Desk
from bot.commands.pages import page_of, split_page
from bot.commands.search import found_card
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Reply
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


def today(desk: Desk, _invocation: Invocation, text: str) -> Reply:
    """Show a page of a day's papers, today's unless another day is named, most votes first."""
    number, text = split_page(text)
    current = desk.now().date()
    chosen = parse_day(text, current)
    papers = sorted(desk.stores.papers.listed(since=chosen, until=chosen), key=lambda paper: -paper.upvotes)
    if not papers:
        return no_papers(desk, chosen, current)
    page = page_of(papers, number, lambda label, other: Button(label, "papers", f"today page:{other} {chosen}"))
    order = ", most votes first" if len(page.items) > 1 else ""
    return Reply(
        f"{counted(len(papers), 'paper')} on the list of {day(chosen)}{page.which}{order}:",
        cards=tuple(found_card(desk, paper) for paper in page.items),
        buttons=page.buttons,
    )


def no_papers(desk: Desk, chosen: date, current: date) -> Reply:
    """Say why the day has no papers, and offer the latest earlier day that has some."""
    poll = desk.status.last_poll if desk.status else None
    earlier = desk.stores.papers.days(since=chosen - MONTH, until=min(chosen, current))
    if chosen > current:
        text = f"The list of {day(chosen)} isn't out yet."
    elif poll and poll.failures and chosen == current:
        text = f"I have no papers for {day(chosen)} yet, because I couldn't read the list: {poll.failures[0]}."
    elif chosen.weekday() in WEEKEND:
        text = f"There are no papers for {day(chosen)}: it's a {chosen:%A}, and there are no lists at weekends."
    elif chosen == current:
        text = f"There are no papers for {day(chosen)} yet. The first ones come soon after midnight UTC."
    else:
        first = None if earlier else first_day(desk, chosen, current)
        text = f"I have no papers for {day(chosen)}.{f' My records start around {day(first)}.' if first else ''}"
    if not earlier:
        return Reply(text)
    latest, number = next(iter(earlier.items()))
    papers = counted(number, "paper")
    return Reply(
        f"{text} The latest list before it is from {latest:%A}, {day(latest)}, with {papers}.",
        buttons=(Button(f"Show {latest:%A}'s papers", "papers", f"today {latest}"),),
    )


def first_day(desk: Desk, chosen: date, current: date) -> date | None:
    """The first day after ``chosen`` that has papers; None if there is no such day."""
    days = desk.stores.papers.days(since=chosen, until=current)
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
