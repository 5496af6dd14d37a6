"""/papers like: the stored papers that are nearest to a paper in meaning, and what a subscription for them would be."""

from __future__ import annotations

from datetime import timedelta

from bot.advice.backtest import DAYS
from bot.advice.shared_subject import SharedSubject, shared_subjects
from bot.commands.abstract import find_paper
from bot.commands.desk import Desk
from bot.commands.search import NEAREST, found_card
from bot.domain import Paper
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Entry, Reply
from bot.matching.meaning import ENOUGH
from bot.search.near import near_paper
from bot.text.rich import bold, linked, rich, rich_lines
from bot.text.shorten import shorten

AROUND = 20
"""Papers of the last days that count as near to it, when a subscription for them is looked for."""

TOO_FEW = "I know too few papers to say which are alike."

LABEL = 40
"""Characters of a query on a button."""


def like(desk: Desk, _invocation: Invocation, text: str) -> Reply:
    """Show the papers nearest to one, and offer a subscription for them."""
    paper = find_paper(desk, text)
    near = near_paper(paper, desk.meaning, desk.stores, limit=AROUND + NEAREST)
    if near is None:
        return Reply(f"{TOO_FEW} It takes {ENOUGH} from the last two months, and I have {desk.meaning.known()}.")
    title = linked(paper.title, paper.url)
    if not near:
        return Reply(rich_lines(title, "No paper that I know is like this one."))
    cards = tuple(found_card(desk, each.paper) for each in near[:NEAREST])
    subjects = _subjects(desk, paper, [each.paper for each in near])
    heading = "The paper nearest in meaning" if len(cards) == 1 else f"The {len(cards)} papers nearest in meaning"
    return Reply(rich(heading, " to ", title, ":"), entries=tuple(map(_entry, subjects)), cards=cards)


def _subjects(desk: Desk, paper: Paper, near: list[Paper]) -> tuple[SharedSubject, ...]:
    first = desk.now().date() - timedelta(days=DAYS - 1)
    recently = [each for each in near if each.list_day >= first]
    return shared_subjects(paper, recently, desk.recent()) if recently else ()


def _entry(subject: SharedSubject) -> Entry:
    """A subscription: "world model: 12 papers in 30 days, 9 of them like this one"."""
    query = subject.brings.query.text
    papers = subject.brings.in_papers
    label = shorten(query, LABEL)
    return Entry(
        rich(bold(query), f": {papers} in {DAYS} days, {subject.near} of them like this one"),
        (Button(f"Try {label}", "papers", f"try {query}"), Button(f"Subscribe to {label}", "subscribe", query)),
    )
