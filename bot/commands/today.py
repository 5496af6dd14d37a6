"""The papers of a day, and those that rise."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.commands.desk import Desk
from bot.commands.pages import page_of, paged
from bot.commands.search import found_card
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Reply
from bot.errors import CommandError
from bot.text.figures import counted, day

WEEKEND = (5, 6)
"""Saturday and Sunday, counted from Monday: the source makes no lists then."""

BEFORE = timedelta(days=30)
"""How far back an earlier day with papers is looked for."""


def today(desk: Desk, _invocation: Invocation, text: str) -> Reply:
    """Show a page of a day's papers, today's unless another day is named, most votes first."""
    number, text = paged(text)
    current = desk.now().date()
    when = day_in(text, current)
    papers = sorted(desk.stores.papers.listed(since=when, until=when), key=lambda paper: -paper.upvotes)
    if not papers:
        return nothing(desk, when, current)
    page = page_of(papers, number, lambda other: f"today page:{other} {when}")
    order = ", most votes first" if len(page.items) > 1 else ""
    return Reply(
        f"{counted(len(papers), 'paper')} on the list of {day(when)}{page.which}{order}:",
        cards=tuple(map(found_card, page.items)),
        advice=page.advice,
        buttons=page.buttons,
    )


def nothing(desk: Desk, when: date, current: date) -> Reply:
    """Say why the day has no papers, and offer the latest before it that has."""
    poll = desk.status.last_poll if desk.status else None
    if when > current:
        said = f"The list of {day(when)} is still to come."
    elif poll and poll.failures and when == current:
        said = f"I know no papers of {day(when)} yet, for I could not read the list: {poll.failures[0]}."
    elif when.weekday() in WEEKEND:
        said = f"There are no papers on the list of {day(when)}: it is a {when:%A}, and lists rest at the weekend."
    elif when == current:
        said = f"There are no papers on the list of {day(when)} yet; the first ones come soon after midnight UTC."
    else:
        said = f"I know no papers of {day(when)}: I keep the lists since I was set up, and of some weeks before."
    earlier = desk.stores.papers.listed(since=when - BEFORE, until=min(when, current))
    if not earlier:
        return Reply(said)
    latest = earlier[0].list_day
    papers = counted(sum(paper.list_day == latest for paper in earlier), "paper")
    return Reply(
        f"{said} The latest before it is of {latest:%A}, {day(latest)}, with {papers}.",
        buttons=(Button(f"Show {latest:%A}’s papers", "papers", f"today {latest}"),),
    )


def day_in(text: str, current: date) -> date:
    """The day that is named: ``2026-03-10``, ``yesterday``, or nothing for today.

    Raises:
        CommandError: None is named.
    """
    named = text.strip().lower()
    if named in {"", "today", "yesterday"}:
        return current - timedelta(days=named == "yesterday")
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", named):
            return max(date.fromisoformat(named), date.min + BEFORE)
    except ValueError:
        pass
    raise CommandError(f"“{text[:40]}” is no day.", repair="Write it as 2026-03-10 or yesterday, or leave it out.")
