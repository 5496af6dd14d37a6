"""A single paper, how the service is doing, and help."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.commands.desk import Desk
from bot.domain import ARXIV_ID, Paper
from bot.domain.commands import Choice, Invocation
from bot.domain.messages import Reply
from bot.errors import CommandError
from bot.ports.platform import CHOICES

RECENT = timedelta(days=14)
"""How far back papers are offered while an argument is typed."""


def abstract(desk: Desk, _invocation: Invocation, text: str) -> Reply:
    """Show a paper's whole abstract."""
    paper = named(desk, text)
    return Reply(f"{paper.title}\n{paper.abstract or 'Its source gives no abstract.'}")


def named(desk: Desk, text: str) -> Paper:
    """The stored paper that ``text`` names, by its id or an address with it.

    Raises:
        CommandError: None is named, or the store does not have it.
    """
    identifier = re.search(ARXIV_ID, text)
    paper = desk.stores.papers.get(identifier[0] if identifier else text)
    if paper is None:
        raise CommandError(
            f"I know no paper “{text[:60]}”." if text else "Which paper do you mean?",
            repair="Give its arXiv id or its address, as in 2608.01234; I know those of the daily lists that I read.",
        )
    return paper


def latest(desk: Desk, _invocation: Invocation, text: str) -> Sequence[Choice]:
    """Papers of the last days whose title or id has ``text`` in it, latest first."""
    papers = desk.stores.papers.listed(since=desk.now().date() - RECENT)
    named_so = [paper for paper in papers if text.casefold() in f"{paper.id} {paper.title}".casefold()]
    return [Choice(f"{paper.title} ({paper.id})", paper.id) for paper in named_so[:CHOICES]]
