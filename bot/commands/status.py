"""/papers status: how polls and deliveries are going."""

from __future__ import annotations

from bot.commands.channel_state import find_channel, repair_advice, state_lines
from bot.commands.desk import Desk
from bot.commands.pause_subscription import named
from bot.domain.commands import Invocation
from bot.domain.messages import Reply
from bot.text.figures import counted
from bot.text.rich import bold, rich_lines


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
        f"Matched so far: {counted(sum(counts.values()), 'paper')}; {counts['delivered']:,} delivered,"
        f" {counts['due'] + counts['claimed']:,} waiting,"
        f" {counts['failed']:,} failed, {counts['expired']:,} dropped after waiting too long."
    )
    channel = find_channel(desk, invocation)
    lines += [bold("This channel"), *state_lines(channel, desk.now(), desk.zone_of(invocation))]
    paused = [one for one in desk.stores.subscriptions.of(invocation.channel) if one.is_paused]
    if paused:
        lines.append(f"Paused: {named(paused)}.")
    return Reply(
        rich_lines(*lines),
        advice=repair_advice(channel),
    )
