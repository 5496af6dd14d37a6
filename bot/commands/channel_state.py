"""A channel's schedule, pauses and repair in words, for several commands."""

from __future__ import annotations

from datetime import datetime

from bot.commands.desk import Desk
from bot.delivery.digest_schedules import Schedule, read_stored
from bot.domain import Channel, Quiet
from bot.domain.commands import Invocation
from bot.text.figures import day
from bot.text.rich import Rich, code, moment_in, rich


def find_channel(desk: Desk, invocation: Invocation) -> Channel:
    """The channel as it is stored; a new one if nobody has subscribed there yet."""
    return desk.stores.channels.get(invocation.channel) or Channel(invocation.channel)


def state_lines(channel: Channel, now: datetime, zone: str = "UTC") -> list[str]:
    """When the channel's papers arrive, and its pauses, one line each.

    Moments are in that time zone where the reader's own cannot be shown.
    """
    lines: list[str] = [schedule_line(channel, now)]
    if channel.quiet and channel.quiet.lasts(now):
        lines.append(rich(f"Paused by {channel.quiet.by} ", end_of_pause(channel.quiet, zone), "."))
    if channel.pause:
        lines.append(f"Paused since {day(channel.pause.since.date())}: {channel.pause.reason}.")
    return lines


def schedule_line(channel: Channel, now: datetime) -> Rich:
    """When the channel's papers arrive, leaving pauses aside."""
    if not channel.schedule:
        return rich("Papers are posted as soon as they are found.")
    schedule = readable_schedule(channel)
    if schedule is None:
        return rich(f"Papers are posted as a digest, but I no longer understand its schedule: {channel.schedule}.")
    due = channel.digest_due
    next_one = rich(" Next: ", moment_in(due, schedule.zone), ".") if due and due > now else ""
    return rich(f"Papers are posted as a digest {schedule.in_words()}.", next_one)


def readable_schedule(channel: Channel) -> Schedule | None:
    """The channel's schedule; None if it has none, or one that is no longer understood."""
    return read_stored(channel.schedule) if channel.schedule else None


def repair_advice(channel: Channel) -> str:
    """How to let me post in the channel again; empty if I can post there."""
    return f"To fix this, {channel.pause.repair}." if channel.pause else ""


def end_of_pause(quiet: Quiet, zone: str = "UTC") -> Rich:
    """When a pause ends: "until 13 March 2026, 12:00 UTC"."""
    if quiet.until is None:
        return rich("until someone runs ", code("/papers resume"))
    return rich("until ", moment_in(quiet.until, zone))
