"""/papers digest: a channel's schedule, shown and set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from bot.commands.channel_state import find_channel, schedule_line
from bot.commands.desk import Desk
from bot.commands.zone import zone_menu
from bot.delivery.digest_schedules import INSTANT, Schedule, completions
from bot.delivery.schedule_words import words_of
from bot.domain.commands import Choice, Invocation
from bot.domain.messages import Button, Reply
from bot.errors import CommandError
from bot.ports.platform import MAX_CHOICES
from bot.text.rich import Rich, code, rich

DAILY = Button("Make it a digest", "papers", "digest daily 09:00")

ANOTHER_ZONE = "Europe/Berlin"
"""The zone of the example, beside a schedule without one."""


def digest(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Set the channel's schedule, or show it."""
    before, now = find_channel(desk, invocation), desk.now()
    if not text:
        return Reply(
            schedule_line(before, now),
            buttons=(Button("Post at once", "papers", f"digest {INSTANT}"),) if before.schedule else (DAILY,),
            advice=rich("To change this: ", code("/papers digest mondays 9am top 10")),
        )
    schedule = Schedule.parse(text, zone=desk.zone_of(invocation))
    if schedule is None:
        has_changed = desk.stores.channels.set_schedule(invocation.channel, "", None, at=now)
    else:
        has_changed = desk.stores.channels.set_schedule(
            invocation.channel,
            str(schedule),
            schedule.after(now),
            at=now,
            even_if_empty=schedule.even_if_empty,
            top=schedule.top,
        )
    after = find_channel(desk, invocation)
    if not has_changed:
        return Reply(rich("Nothing changed. ", schedule_line(after, now)))
    how = f"as a digest {schedule.in_words()}" if schedule else "as soon as they are found"
    assumed = schedule if schedule and not words_of(text).zone else None
    menu = zone_menu(desk, invocation, assumed.without_zone) if assumed else None
    return Reply(
        schedule_line(after, now),
        advice=in_another_zone(assumed) if assumed and not menu and not desk.own_zone(invocation) else "",
        menu=menu,
        buttons=(Button("Undo", "papers", f"digest {before.schedule or INSTANT}"),),
        announcement=f"{invocation.person} changed how papers are posted here: {how}.",
    )


def in_another_zone(schedule: Schedule) -> Rich:
    """How to use one's own time zone, for those of whom none can be remembered: most do not mean UTC."""
    return rich("To use your own time zone: ", code(f"/papers digest {replace(schedule, zone=ANOTHER_ZONE)}"))


def schedule_choices(_desk: Desk, _invocation: Invocation, text: str) -> Sequence[Choice]:
    """Schedules that complete ``text``."""
    # Where the beginning is not a schedule, it is not, whatever zone follows.
    found = islice(filter(is_schedule, completions(text)), MAX_CHOICES)
    return [Choice(schedule, schedule) for schedule in found]


def is_schedule(text: str) -> bool:
    """Whether ``text`` can be read as a schedule."""
    try:
        Schedule.parse(text)
    except CommandError:
        return False
    return True
