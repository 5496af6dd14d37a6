"""/papers status and /papers help."""

from __future__ import annotations

from bot.commands.channel_state import find_channel, repair_advice, state_lines
from bot.commands.desk import Desk
from bot.commands.pause_subscription import named
from bot.domain.commands import Invocation
from bot.domain.messages import Reply


def status(desk: Desk, invocation: Invocation, _text: str) -> Reply:
    """Show how polls and deliveries are going, and the channel's schedule and pauses."""
    lines = (
        list(desk.status.lines(desk.now()))
        if desk.status
        else ["This isn't the running service, so I can't see its polls."]
    )
    counts = desk.stores.outbox.counts()
    # "claimed" lasts for the seconds in which a message is being posted: people do not care about the difference.
    lines.append(
        f"Matched: {sum(counts.values()):,}, of which {counts['delivered']:,} delivered,"
        f" {counts['due'] + counts['claimed']:,} waiting,"
        f" {counts['failed']:,} failed, {counts['expired']:,} dropped after waiting too long."
    )
    channel = find_channel(desk, invocation)
    lines += ["This channel:", *state_lines(channel, desk.now(), desk.zone_of(invocation))]
    paused = [one for one in desk.stores.subscriptions.of(invocation.channel) if one.is_paused]
    if paused:
        lines.append(f"Paused: {named(paused)}.")
    return Reply(
        "\n".join(lines),
        advice=repair_advice(channel),
    )


def help_(desk: Desk, _invocation: Invocation, _text: str) -> Reply:
    """List every command."""
    lines = ["I post papers from the daily list of research papers that match this channel's subscriptions.", ""]
    lines += [f"{command.usage}: {command.summary}" for command in desk.commands]
    return Reply("\n".join(lines), advice=desk.example().invitation)
