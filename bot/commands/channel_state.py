"""A channel's schedule, pause and repair in words, for several commands."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.commands.desk import Desk
from bot.delivery.digest_schedules import Schedule
from bot.domain import Channel, Quiet
from bot.domain.commands import Invocation
from bot.errors import CommandError
from bot.text.figures import day, moment


def channel_of(desk: Desk, invocation: Invocation) -> Channel:
    """What is known of the channel."""
    return desk.stores.channels.get(invocation.channel) or Channel(invocation.channel)


def manner(channel: Channel, now: datetime) -> list[str]:
    """How and when the channel gets its papers, in lines."""
    lines = [arrival(channel, now)]
    if channel.quiet and channel.quiet.lasts(now):
        lines.append(f"Paused by {channel.quiet.by} {ending(channel.quiet)}.")
    if channel.pause:
        lines.append(f"Paused since {day(channel.pause.since.date())}: {channel.pause.reason}.")
    return lines


def arrival(channel: Channel, now: datetime) -> str:
    """When papers come, pauses aside."""
    if not channel.schedule:
        return "Papers come at once, as they are found."
    try:
        schedule = Schedule.parse(channel.schedule)
    except CommandError:
        schedule = None
    if schedule is None:
        return f"Papers come as a digest, by a schedule that I no longer understand: {channel.schedule}."
    due = channel.digest_due
    following = f"; the next one on {day(due.astimezone(ZoneInfo(schedule.zone)).date())}" if due and due > now else ""
    return f"Papers come as a digest, {schedule.in_words()}{following}."


def repair_of(channel: Channel) -> str:
    """What lets me post again in a channel whose platform keeps me out; empty while nothing does."""
    return f"To let me: {channel.pause.repair}." if channel.pause else ""


def ending(quiet: Quiet) -> str:
    """Until when: "until 13 March 2026, 12:00 UTC"."""
    return f"until {moment(quiet.until)}" if quiet.until else "until somebody says /papers resume"
