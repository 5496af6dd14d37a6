"""/papers pause, resume."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.commands.channel_state import arrival, channel_of, ending, repair_of
from bot.commands.desk import Desk
from bot.delivery.retry_and_expiry import kept_for
from bot.domain import Quiet
from bot.domain.commands import Choice, Invocation
from bot.domain.messages import Button, Reply
from bot.errors import CommandError
from bot.text.durations import duration
from bot.text.figures import counted

LONGEST_SPAN = timedelta(days=365)


def pause(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Let nothing come for a while, or until somebody resumes."""
    now = desk.now()
    span = span_in(text) if text else None
    before = channel_of(desk, invocation)
    quiet = Quiet(now, now + span if span else None, invocation.person)
    desk.stores.channels.quieten(invocation.channel, quiet)
    kept = kept_for(in_digest=bool(before.schedule))
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


def spans(_desk: Desk, _invocation: Invocation, text: str) -> Sequence[Choice]:
    """How long a pause may be."""
    offered = {"12h": "12 hours", "1d": "a day", "3d": "three days", "1w": "a week", "2w": "two weeks"}
    return [Choice(f"{each} ({said})", each) for each, said in offered.items() if each.startswith(text.lower())]


def undoing(before: Quiet | None, now: datetime) -> str:
    """What makes the channel as quiet as it was."""
    if before is None or not before.lasts(now):
        return "resume"
    return f"pause {-((now - before.until) // timedelta(hours=1))}h" if before.until else "pause"


def span_in(text: str) -> timedelta:
    """How long ``3d``, ``12h`` or ``2 weeks`` is.

    Raises:
        CommandError: It is no span, or a very long one.
    """
    span = duration(text, units="h hour hours d day days w week weeks")
    if span is None:
        raise CommandError(f"“{text[:40]}” is no span of time.", repair="Write it as 12h, 3d or 2w, or leave it out.")
    if span > LONGEST_SPAN:
        raise CommandError(
            f"That is longer than {counted(LONGEST_SPAN.days, 'day')}.",
            repair="Leave the span out to pause until somebody says /papers resume.",
        )
    return span
