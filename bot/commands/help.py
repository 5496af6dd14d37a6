"""/papers help: every command, in groups, the most used ones first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.commands.desk import Desk
from bot.domain.commands import Command, Invocation
from bot.domain.messages import Reply
from bot.text.rich import Rich, bold, code, joined, rich, rich_lines

INTRODUCTION = "I post new research papers here that match this channel's subscriptions."

FIRST = ("subscribe", "subscriptions", "papers today")
"""The commands that are used most, each with its summary."""

GROUPS = {
    "Find papers": ("papers search", "papers trending", "papers try"),
    "One paper": (
        "papers show",
        "papers abstract",
        "papers links",
        "papers why",
        "papers less",
        "papers like",
        "papers follow",
    ),
    "Reading list": ("papers save", "papers saved", "papers unsave"),
    "What comes here": ("papers edit", "papers change", "unsubscribe"),
    "When it comes": ("papers digest", "papers pause", "papers resume", "papers zone"),
    "How it goes": ("papers status", "papers help"),
}
"""The other commands that people type, by what they are for."""

QUERY_AND_PAPER = "QUERY: a phrase, several with commas, AND, NOT, or ~ and a subject. PAPER: an arXiv id, or a link."
"""What stands for what in the usages."""


def help_(desk: Desk, _invocation: Invocation, _text: str) -> Reply:
    """Show every command."""
    known = {command.name: command for command in desk.commands}
    first = [rich(code(known[name].usage), f": {known[name].summary}") for name in FIRST]
    groups = [
        rich(bold(heading), "\n", usages(names, known)) for heading, names in GROUPS.items() if known.keys() & names
    ]
    return Reply(rich_lines(INTRODUCTION, *first, *groups, QUERY_AND_PAPER), advice=desk.example().invitation)


def usages(names: Iterable[str], known: Mapping[str, Command]) -> Rich:
    """The usages of those of the commands that are known, in a line."""
    return joined(" · ", [code(known[name].usage) for name in names if name in known])
