"""How and when a channel gets its papers: at once or as digests, and pauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot.commands.desk import Desk
from bot.delivery.digests import INSTANT, Rhythm, completions
from bot.delivery.retry_and_expiry import kept_for
from bot.domain import Channel, Quiet
from bot.domain.commands import Choice, Invocation
from bot.domain.messages import Button, Reply
from bot.errors import CommandError
from bot.ports.platform import CHOICES
from bot.text.figures import counted, day, moment

DAILY = Button("Make it a digest", "papers", "digest daily 09:00")

IN_A_ZONE = "/papers digest daily 09:00 Europe/Berlin"

LONGEST_SPAN = timedelta(days=365)

SPANS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def digest(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Set the channel's rhythm, or say what it is."""
    before, now = channel_of(desk, invocation), desk.now()
    if not text:
        buttons = (Button("At once", "papers", f"digest {INSTANT}"),) if before.rhythm else (DAILY,)
        return Reply(
            arrival(before, now), buttons=buttons, advice="Another: /papers digest weekly mon 09:00 Europe/Berlin"
        )
    rhythm = Rhythm.parse(text)
    if rhythm is None:
        desk.stores.channels.set_rhythm(invocation.channel, "", None, at=now)
    else:
        desk.stores.channels.set_rhythm(
            invocation.channel, str(rhythm), rhythm.after(now), at=now, even_if_empty=rhythm.even_if_empty
        )
    after = channel_of(desk, invocation)
    if after.rhythm == before.rhythm:
        return Reply(f"That is so already. {arrival(after, now)}")
    how = f"as a digest, {rhythm.in_words()}" if rhythm else "at once, as they are found"
    is_elsewhere = rhythm is not None and rhythm.zone == "UTC"
    return Reply(
        arrival(after, now),
        advice=f"In your own time zone: {IN_A_ZONE}" if is_elsewhere else "",
        buttons=(Button("Undo", "papers", f"digest {before.rhythm or INSTANT}"),),
        announcement=f"{invocation.person} changed how papers come here: {how}.",
    )


def pause(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Let nothing come for a while, or until somebody resumes."""
    now = desk.now()
    span = span_in(text) if text else None
    before = channel_of(desk, invocation)
    quiet = Quiet(now, now + span if span else None, invocation.person)
    desk.stores.channels.quieten(invocation.channel, quiet)
    kept = kept_for(in_digest=bool(before.rhythm))
    return Reply(
        f"Paused {ending(quiet)}. Papers that match until then wait and come afterwards;"
        f" what waits longer than {kept.days} days is dropped.",
        buttons=(Button("Undo", "papers", undoing(before.quiet, now)),),
        announcement=f"{invocation.person} paused papers here {ending(quiet)}.",
    )


def resume(desk: Desk, invocation: Invocation, _text: str) -> Reply:
    """End the channel's pause, that of people and that of its platform."""
    now = desk.now()
    before = channel_of(desk, invocation)
    was_quiet = before.quiet is not None and before.quiet.lasts(now)
    desk.stores.channels.wake_up(invocation.channel, now)
    desk.stores.channels.resume(invocation.channel)
    said = ["Resumed."] if was_quiet else [] if before.pause else ["This channel is not paused."]
    if before.pause:
        said.append(f"I could not post here, because {before.pause.reason}; I try it again at once.")
    said.append(arrival(channel_of(desk, invocation), now))
    return Reply(
        " ".join(said),
        advice=repair_of(before),
        buttons=(Button("Undo", "papers", undoing(before.quiet, now)),) if was_quiet else (),
        announcement=f"{invocation.person} resumed papers here." if was_quiet else "",
    )


def schedules(_desk: Desk, _invocation: Invocation, text: str) -> Sequence[Choice]:
    """Schedules that complete ``text``."""
    found = []
    for each in islice(completions(text), CHOICES):
        Rhythm.parse(each)  # what no zone makes a schedule is not offered
        found.append(Choice(each, each))
    return found


def spans(_desk: Desk, _invocation: Invocation, text: str) -> Sequence[Choice]:
    """How long a pause may be."""
    offered = {"12h": "12 hours", "1d": "a day", "3d": "three days", "1w": "a week", "2w": "two weeks"}
    return [Choice(f"{each} ({said})", each) for each, said in offered.items() if each.startswith(text.lower())]


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
    if not channel.rhythm:
        return "Papers come at once, as they are found."
    try:
        rhythm = Rhythm.parse(channel.rhythm)
    except CommandError:
        rhythm = None
    if rhythm is None:
        return f"Papers come as a digest, by a schedule that I no longer understand: {channel.rhythm}."
    due = channel.digest_due
    following = f"; the next one on {day(due.astimezone(ZoneInfo(rhythm.zone)).date())}" if due and due > now else ""
    return f"Papers come as a digest, {rhythm.in_words()}{following}."


def repair_of(channel: Channel) -> str:
    """What lets me post again in a channel whose platform keeps me out; empty while nothing does."""
    return f"To let me: {channel.pause.repair}." if channel.pause else ""


def ending(quiet: Quiet) -> str:
    """Until when: "until 13 March 2026, 12:00 UTC"."""
    return f"until {moment(quiet.until)}" if quiet.until else "until somebody says /papers resume"


def undoing(before: Quiet | None, now: datetime) -> str:
    """What makes the channel as quiet as it was."""
    if before is None or not before.lasts(now):
        return "resume"
    return f"pause {-((now - before.until) // SPANS['h'])}h" if before.until else "pause"


def span_in(text: str) -> timedelta:
    """How long ``3d``, ``12h`` or ``2 weeks`` is.

    Raises:
        CommandError: It is no span, or a very long one.
    """
    found = re.fullmatch(r"([0-9]{1,4})\s*(h|hours?|d|days?|w|weeks?)", text.strip().lower())
    if not found or not int(found[1]):
        raise CommandError(f"“{text[:40]}” is no span of time.", repair="Write it as 12h, 3d or 2w, or leave it out.")
    span = int(found[1]) * SPANS[found[2][0]]
    if span > LONGEST_SPAN:
        raise CommandError(
            f"That is longer than {counted(LONGEST_SPAN.days, 'day')}.",
            repair="Leave the span out to pause until somebody says /papers resume.",
        )
    return span
