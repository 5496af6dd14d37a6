"""/papers abstract: a paper's abstract; and how a command's argument names a paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.cards import byline
from bot.commands.desk import Desk
from bot.domain import Paper
from bot.domain.commands import Choice, Invocation
from bot.domain.messages import Button, Link, Reply
from bot.errors import CommandError, SourceError
from bot.ports.platform import MAX_CHOICES
from bot.text.characters import one_line
from bot.text.paper_links import paper_ids
from bot.text.rich import linked, rich_lines
from bot.text.shorten import shorten

RECENT = timedelta(days=14)
"""How old the papers are that are offered as completions."""

QUOTED = 60
"""Longest quotation of an argument, in characters."""

NAMING = "Give its arXiv id or a link, for example 2608.01234."
"""How a paper is named."""


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
    """The paper that ``text`` names by its id, or by a link that contains the id.

    It need not be stored: saved papers outlive the store, and others are asked for at the sources.

    Raises:
        CommandError: ``text`` names no paper, nobody knows the paper, or the sources cannot be asked.
    """
    text = one_line(text)
    if not text:
        raise CommandError("Which paper do you mean?", repair=NAMING)
    named = paper_ids(text)
    paper_id = named[0] if named else text  # other sources have ids of any form
    known = desk.stores.papers.get(paper_id) or desk.stores.saved.paper(paper_id)
    if known:
        return known
    if not named:
        raise CommandError(f"I can't find the paper “{shorten(text, QUOTED)}”.", repair=NAMING)
    try:
        fetched = desk.fetch(paper_id)
    except SourceError:
        raise CommandError(
            f"I don't have the paper {paper_id} here, and my sources can't be reached right now.",
            repair="Please try again in a few minutes.",
        ) from None
    if fetched is None:
        raise CommandError(
            f"I can't find the paper {paper_id}, and neither can my sources.",
            repair="Check the id. Hugging Face, for one, doesn't have every paper that is on arXiv.",
        )
    return fetched


def recent_papers(desk: Desk, _invocation: Invocation, text: str) -> Sequence[Choice]:
    """Recent papers whose title or id contains ``text``, latest first."""
    # Completions are asked for at every key that is pressed, so only recent papers are looked at.
    titles = desk.stores.papers.titles_with(text, since=desk.now().date() - RECENT, limit=MAX_CHOICES)
    return [Choice(f"{title} ({paper_id})", paper_id) for paper_id, title in titles]
