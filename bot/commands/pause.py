"""/papers pause and /papers resume: nothing is posted for a while."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.commands.channel_state import end_of_pause, find_channel, repair_advice, schedule_line
from bot.commands.desk import Desk
from bot.delivery.retry_and_expiry import kept_for
from bot.domain import Quiet
from bot.domain.commands import Choice, Invocation
from bot.domain.messages import Button, Reply
from bot.errors import CommandError
from bot.text.durations import duration
from bot.text.figures import counted

LONGEST = timedelta(days=365)

COMMON = {"12h": "12 hours", "1d": "a day", "3d": "three days", "1w": "a week", "2w": "two weeks"}
"""Lengths that are offered as completions."""

WITHOUT_LENGTH = "Leave it out to pause until someone runs /papers resume."


def pause(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Pause the channel for a while, or until someone resumes it."""
    now = desk.now()
    length = parse_length(text) if text else None
    before = find_channel(desk, invocation)
    quiet = Quiet(now, now + length if length else None, invocation.person)
    has_changed = desk.stores.channels.quieten(invocation.channel, quiet)
    kept = kept_for(in_digest=bool(before.schedule))
    return Reply(
        f"Paused {end_of_pause(quiet)}. Papers that match in the meantime are posted afterwards;"
        f" any that wait longer than {kept.days} days are dropped.",
        # Whoever asks for the same pause again wants it, so undoing it ends it.
        buttons=(Button("Undo", "papers", undo_command(before.quiet, now) if has_changed else "resume"),),
        announcement=f"{invocation.person} paused papers here {end_of_pause(quiet)}." if has_changed else "",
    )


def resume(desk: Desk, invocation: Invocation, _text: str) -> Reply:
    """End the channel's pause, whether people or the platform caused it."""
    now = desk.now()
    before = find_channel(desk, invocation)
    # Of several people who press at once, one wakes the channel up.
    woke_up = desk.stores.channels.wake_up(invocation.channel, now)
    was_quiet = woke_up and before.quiet is not None and before.quiet.lasts(now)
    # Someone who resumes a channel that its platform had closed has usually just fixed that.
    desk.stores.channels.resume(invocation.channel)
    sentences = ["Resumed."] if was_quiet else [] if before.pause else ["This channel isn't paused."]
    if before.pause:
        sentences.append(f"I couldn't post here because {before.pause.reason}. I'm trying again now.")
    sentences.append(schedule_line(find_channel(desk, invocation), now))
    return Reply(
        " ".join(sentences),
        advice=repair_advice(before),
        buttons=(Button("Undo", "papers", undo_command(before.quiet, now)),) if was_quiet else (),
        announcement=f"{invocation.person} resumed papers here." if was_quiet else "",
    )


def length_choices(_desk: Desk, _invocation: Invocation, text: str) -> Sequence[Choice]:
    """Lengths of a pause that begin with ``text``."""
    return [Choice(f"{length} ({name})", length) for length, name in COMMON.items() if length.startswith(text.lower())]


def undo_command(before: Quiet | None, now: datetime) -> str:
    """What follows ``/papers`` to restore the pause, or the lack of one, from before."""
    if before is None or not before.lasts(now):
        return "resume"
    # In hours, rounded up: the smallest unit that /papers pause takes.
    return f"pause {-((now - before.until) // timedelta(hours=1))}h" if before.until else "pause"


def parse_length(text: str) -> timedelta:
    """Read a length of time: ``3d``, ``12h`` or ``2 weeks``.

    Raises:
        CommandError: ``text`` is not a length of time, or longer than `LONGEST`.
    """
    length = duration(text, units="h hour hours d day days w week weeks")
    if length is None:
        raise CommandError("How long? For example 12h, 3d or 2w.", repair=WITHOUT_LENGTH)
    if length > LONGEST:
        raise CommandError(f"A pause can last at most {counted(LONGEST.days, 'day')}.", repair=WITHOUT_LENGTH)
    return length
