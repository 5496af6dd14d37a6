"""What to say of words that are no command: the nearest command, or the subject that they may be."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from bot.domain.commands import Command, Invocation
from bot.errors import CommandError, Instead, QueryError
from bot.query import other_reading, parse
from bot.text.rich import code, rich
from bot.text.shorten import shorten

QUOTED = 60
"""Longest quotation of an unknown command, in characters; whoever says more names no subject."""

LABEL = 40
"""Characters of what follows a command on a button."""

CERTAIN = 0.8
"""The likeness from which on a word is a misspelt command: “serach”, and not “start” for “status”."""

GREETING = re.compile(r"(?:hello|hi|hey)[,!.]?\s+", re.IGNORECASE)

HELP = rich(code("/papers help"), " shows every command.")


def unknown_command(invocation: Invocation, commands: Sequence[Command]) -> CommandError:
    """The error of what is no command; what was probably meant is a button."""
    words = said(invocation, commands)
    typed = f"/{invocation.command} {invocation.text}".strip()
    message = f"I don't know the command “{shorten(typed, QUOTED)}”."
    command, rest, is_certain = _nearest(words, commands)
    near = rich("Did you mean ", code(f"/{command.name}"), "? ") if command else rich()
    subject = "" if command and is_certain else _subject(words)
    if command and is_certain:
        label = f"/{command.name} {shorten(rest, LABEL)}".strip()
        instead = [Instead(label, command.slash, f"{command.word} {rest}".strip())]
    elif subject:
        near = rich(near, "Did you mean it as a subject? " if not near else "")
        instead = [
            Instead(f"/subscribe {shorten(subject, LABEL)}", "subscribe", subject),
            Instead("Search for it", "papers", f"search {subject}"),
        ]
    else:
        instead = []
    return CommandError(message, repair=rich(near, HELP), instead=instead)


def said(invocation: Invocation, commands: Sequence[Command]) -> str:
    """What the person said, where that is no command."""
    # After "/papers" the mistake is in the next word; otherwise it is in the command itself.
    is_slash = invocation.command in {command.slash for command in commands}
    return (invocation.text if is_slash else f"{invocation.command} {invocation.text}").strip()


def _nearest(words: str, commands: Sequence[Command]) -> tuple[Command | None, str, bool]:
    """The command that was probably meant, if one was; what follows its name; and whether there is no doubt."""
    known = {command.word or command.slash: command for command in commands}
    first, _, rest = words.partition(" ")
    near = difflib.get_close_matches(first.lower(), known, n=1)
    likeness = difflib.SequenceMatcher(None, first.lower(), near[0]).ratio() if near else 0.0
    if likeness >= CERTAIN:
        return known[near[0]], rest.strip(), True
    for command in commands:
        # “please subscribe robots”; the words of /papers are words of subjects, too: tree search.
        if not command.word and (named := re.search(rf"(?<!\S)/?{command.slash}(?!\S)", words)):
            return command, words[named.end() :].strip(), True
    # A first word of several that is a little like a command begins a subject: “start codon”.
    return known[near[0]] if near and not rest else None, "", False


def _subject(words: str) -> str:
    """What the words may ask papers about, as a query; empty if they say too much for one."""
    words = GREETING.sub("", words, count=1)
    if not words or len(words) > QUOTED:
        return ""
    try:
        query = parse(words)
    except QueryError as error:
        return error.examples[0]
    reading = other_reading(query)
    return reading.queries[0].text if reading else query.text
