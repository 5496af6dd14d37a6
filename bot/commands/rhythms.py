"""How a channel gets its papers: each at once, or together as a digest."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.desk import Desk
from bot.digests import INSTANT, parse_rhythm, zones_like
from bot.messages import Button, Choice, Invocation, Reply
from bot.wording import moment

USUAL = ("daily 09:00", "weekdays 09:00", "weekly mon 09:00", INSTANT)


def digest(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Set how the channel gets its papers; without a schedule, say how it does."""
    known = desk.stores.channels.get(invocation.channel)
    before = (known.rhythm if known else "") or INSTANT
    if not text:
        usual = [Button(each.capitalize(), "papers", f"digest {each}") for each in USUAL if each != before]
        return Reply(f"This channel gets its papers {in_words(before)}.", buttons=tuple(usual))
    rhythm = parse_rhythm(text)
    due = rhythm.after(desk.now()) if rhythm else None
    desk.stores.channels.set_rhythm(invocation.channel, str(rhythm or ""), digest_due=due)
    said = in_words(str(rhythm or INSTANT))
    return Reply(
        f"This channel now gets its papers {said}.{f' The next digest: {moment(due)}.' if due else ''}",
        buttons=(Button("Undo", "papers", f"digest {before}"),),
        announcement=f"{invocation.person} changed how this channel gets its papers: {said}.",
    )


def schedules(_desk: Desk, _invocation: Invocation, text: str) -> Sequence[Choice]:
    """Schedules that begin as what was typed, with zones once a time is there."""
    usual = [Choice(each, each) for each in USUAL if each.startswith(text.lower())]
    begun, blank, zone = text.rpartition(" ")
    zones = zones_like(zone) if blank and ":" in begun else []
    return [*usual, *(Choice(f"{begun} {each}", f"{begun} {each}") for each in zones)]


def in_words(rhythm: str) -> str:
    """A rhythm as it is said behind "gets its papers"."""
    parsed = parse_rhythm(rhythm or INSTANT)
    return f"as a digest, {parsed.in_words()}" if parsed else "one by one, as soon as they are found"
