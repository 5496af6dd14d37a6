"""How and when a channel gets its papers: at once or as digests, and pauses."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from bot.commands.channel_state import arrival, channel_of
from bot.commands.desk import Desk
from bot.delivery.digest_schedules import INSTANT, Schedule, completions
from bot.domain.commands import Choice, Invocation
from bot.domain.messages import Button, Reply
from bot.ports.platform import CHOICES

DAILY = Button("Make it a digest", "papers", "digest daily 09:00")

IN_A_ZONE = "/papers digest daily 09:00 Europe/Berlin"


def digest(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Set the channel's schedule, or say what it is."""
    before, now = channel_of(desk, invocation), desk.now()
    if not text:
        buttons = (Button("At once", "papers", f"digest {INSTANT}"),) if before.schedule else (DAILY,)
        return Reply(
            arrival(before, now), buttons=buttons, advice="Another: /papers digest weekly mon 09:00 Europe/Berlin"
        )
    schedule = Schedule.parse(text)
    if schedule is None:
        desk.stores.channels.set_schedule(invocation.channel, "", None, at=now)
    else:
        desk.stores.channels.set_schedule(
            invocation.channel, str(schedule), schedule.after(now), at=now, even_if_empty=schedule.even_if_empty
        )
    after = channel_of(desk, invocation)
    if after.schedule == before.schedule:
        return Reply(f"That is so already. {arrival(after, now)}")
    how = f"as a digest, {schedule.in_words()}" if schedule else "at once, as they are found"
    is_elsewhere = schedule is not None and schedule.zone == "UTC"
    return Reply(
        arrival(after, now),
        advice=f"In your own time zone: {IN_A_ZONE}" if is_elsewhere else "",
        buttons=(Button("Undo", "papers", f"digest {before.schedule or INSTANT}"),),
        announcement=f"{invocation.person} changed how papers come here: {how}.",
    )


def schedules(_desk: Desk, _invocation: Invocation, text: str) -> Sequence[Choice]:
    """Schedules that complete ``text``."""
    found = []
    for each in islice(completions(text), CHOICES):
        Schedule.parse(each)  # what no zone makes a schedule is not offered
        found.append(Choice(each, each))
    return found
