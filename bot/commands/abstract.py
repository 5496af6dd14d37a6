"""/papers abstract: a paper's abstract; and how a command's argument names a paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.cards import byline
from bot.commands.desk import Desk
from bot.domain import ARXIV_ID, Paper
from bot.domain.commands import Choice, Invocation
from bot.domain.messages import Button, Link, Reply
from bot.errors import CommandError
from bot.ports.platform import MAX_CHOICES
from bot.text.rich import linked, rich_lines
from bot.text.shorten import shorten

RECENT = timedelta(days=14)
"""How old the papers are that are offered as completions."""

QUOTED = 60
"""Longest quotation of an argument, in characters."""


def abstract(desk: Desk, _invocation: Invocation, text: str) -> Reply:
    """Show a paper's full abstract."""
    paper = find_paper(desk, text)
    return Reply(
        rich_lines(
            linked(paper.title, paper.url), byline(paper), paper.abstract or "Its list has no abstract of this paper."
        ),
        links=(Link("PDF", paper.pdf_url),) if paper.pdf_url else (),
        buttons=(Button("Save", "papers", f"save {paper.id}"),),
    )


def find_paper(desk: Desk, text: str) -> Paper:
    """The stored paper that ``text`` names, by its id or a link that contains the id.

    Raises:
        CommandError: ``text`` is empty, or no stored paper has that id.
    """
    # Links to arXiv may end in a version ("2608.01234v2"), which the id leaves out; other sources have ids of any form.
    identifier = re.search(ARXIV_ID, text)
    paper = desk.stores.papers.get(identifier[0] if identifier else text)
    if paper is None:
        raise CommandError(
            f"I can't find the paper “{shorten(text, QUOTED)}”." if text else "Which paper do you mean?",
            repair="Give its arXiv id or a link, for example 2608.01234. I know only the papers of the daily lists.",
        )
    return paper


def recent_papers(desk: Desk, _invocation: Invocation, text: str) -> Sequence[Choice]:
    """Recent papers whose title or id contains ``text``, latest first."""
    # Completions are asked for at every key that is pressed, so only recent papers are read.
    papers = desk.stores.papers.listed(since=desk.now().date() - RECENT)
    matching = [paper for paper in papers if text.casefold() in f"{paper.id} {paper.title}".casefold()]
    return [Choice(f"{paper.title} ({paper.id})", paper.id) for paper in matching[:MAX_CHOICES]]
