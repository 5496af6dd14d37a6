"""/papers digest: a channel's schedule, shown and set."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from bot.commands.channel_state import find_channel, schedule_line
from bot.commands.desk import Desk
from bot.delivery.digest_schedules import INSTANT, Schedule, completions
from bot.domain.commands import Choice, Invocation
from bot.domain.messages import Button, Reply
from bot.ports.platform import MAX_CHOICES

DAILY = Button("Make it a digest", "papers", "digest daily 09:00")

IN_A_ZONE = "/papers digest daily 09:00 Europe/Berlin"


def digest(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Set the channel's schedule, or show it."""
    before, now = find_channel(desk, invocation), desk.now()
    if not text:
        return Reply(
            schedule_line(before, now),
            buttons=(Button("Post at once", "papers", f"digest {INSTANT}"),) if before.schedule else (DAILY,),
            advice="To change this: /papers digest weekly mon 09:00 Europe/Berlin",
        )
    schedule = Schedule.parse(text)
    if schedule is None:
        has_changed = desk.stores.channels.set_schedule(invocation.channel, "", None, at=now)
    else:
        has_changed = desk.stores.channels.set_schedule(
            invocation.channel, str(schedule), schedule.after(now), at=now, even_if_empty=schedule.even_if_empty
        )
    after = find_channel(desk, invocation)
    if not has_changed:
        return Reply(f"Nothing changed. {schedule_line(after, now)}")
    how = f"as a digest {schedule.in_words()}" if schedule else "as soon as they are found"
    # Most people who leave the zone out do not mean UTC.
    is_utc = schedule is not None and schedule.zone == "UTC"
    return Reply(
        schedule_line(after, now),
        advice=f"To use your own time zone: {IN_A_ZONE}" if is_utc else "",
        buttons=(Button("Undo", "papers", f"digest {before.schedule or INSTANT}"),),
        announcement=f"{invocation.person} changed how papers are posted here: {how}.",
    )


def schedule_choices(_desk: Desk, _invocation: Invocation, text: str) -> Sequence[Choice]:
    """Schedules that complete ``text``."""
    choices = []
    for schedule in islice(completions(text), MAX_CHOICES):
        Schedule.parse(schedule)  # raises if the beginning is not a schedule, whatever zone follows: offer nothing
        choices.append(Choice(schedule, schedule))
    return choices
