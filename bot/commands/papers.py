"""A single paper, how the service is doing, and help."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.commands.desk import Desk
from bot.commands.rhythm import channel_of, manner, repair_of
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


def status(desk: Desk, invocation: Invocation, _text: str) -> Reply:
    """Say how polls and deliveries are going."""
    lines = list(desk.status.lines()) if desk.status else ["This is not the running service, so I know of no polls."]
    counts = desk.stores.outbox.counts()
    lines.append(
        f"Matched: {sum(counts.values()):,}, of which {counts['delivered']:,} delivered,"
        f" {counts['due'] + counts['claimed']:,} waiting,"
        f" {counts['failed']:,} failed, {counts['expired']:,} dropped after waiting too long."
    )
    channel = channel_of(desk, invocation)
    return Reply(
        "\n".join([*lines, "This channel:", *manner(channel, desk.now())]),
        advice=repair_of(channel),
    )


def help_(desk: Desk, _invocation: Invocation, _text: str) -> Reply:
    """Say what can be said."""
    lines = ["I post research papers from the daily list that match what this channel subscribed to.", ""]
    lines += [f"{command.usage}: {command.summary}" for command in desk.commands]
    return Reply("\n".join(lines), advice=desk.example().invitation)
