"""/papers status, help."""

from __future__ import annotations

from bot.commands.channel_state import channel_of, manner, repair_of
from bot.commands.desk import Desk
from bot.domain.commands import Invocation
from bot.domain.messages import Reply


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
