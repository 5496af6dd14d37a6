"""A channel's schedule, pauses and repair in words, for several commands."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.commands.desk import Desk
from bot.delivery.digest_schedules import Schedule
from bot.domain import Channel, Quiet
from bot.domain.commands import Invocation
from bot.errors import CommandError
from bot.text.figures import day, moment


def find_channel(desk: Desk, invocation: Invocation) -> Channel:
    """The channel as it is stored; a new one if nobody has subscribed there yet."""
    return desk.stores.channels.get(invocation.channel) or Channel(invocation.channel)


def state_lines(channel: Channel, now: datetime, zone: str = "UTC") -> list[str]:
    """When the channel's papers arrive, and its pauses, one line each; their ends are in that time zone."""
    lines = [schedule_line(channel, now)]
    if channel.quiet and channel.quiet.lasts(now):
        lines.append(f"Paused by {channel.quiet.by} {end_of_pause(channel.quiet, zone)}.")
    if channel.pause:
        lines.append(f"Paused since {day(channel.pause.since.date())}: {channel.pause.reason}.")
    return lines


def schedule_line(channel: Channel, now: datetime) -> str:
    """When the channel's papers arrive, leaving pauses aside."""
    if not channel.schedule:
        return "Papers are posted as soon as they are found."
    schedule = readable_schedule(channel)
    if schedule is None:
        return f"Papers are posted as a digest, but I no longer understand its schedule: {channel.schedule}."
    due = channel.digest_due
    # The day is the one on the wall in the schedule's zone, which may differ from the UTC day.
    next_one = (
        f"; the next one is on {day(due.astimezone(ZoneInfo(schedule.zone)).date())}" if due and due > now else ""
    )
    return f"Papers are posted as a digest {schedule.in_words()}{next_one}."


def readable_schedule(channel: Channel) -> Schedule | None:
    """The channel's schedule; None if it has none, or one that is no longer understood.

    A stored schedule stops being understood when its time zone leaves the tz database.
    """
    try:
        return Schedule.parse(channel.schedule) if channel.schedule else None
    except CommandError:
        return None


def repair_advice(channel: Channel) -> str:
    """How to let me post in the channel again; empty if I can post there."""
    return f"To fix this, {channel.pause.repair}." if channel.pause else ""


def end_of_pause(quiet: Quiet, zone: str = "UTC") -> str:
    """When a pause ends: "until 13 March 2026, 12:00 UTC"."""
    return f"until {moment(quiet.until, zone)}" if quiet.until else "until someone runs /papers resume"
