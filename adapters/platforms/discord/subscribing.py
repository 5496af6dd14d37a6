"""What a subscription's form asks for, as the commands that do it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from adapters.platforms.discord.forms import INSTANT, Mistake
from bot.domain.messages import Draft, Reply
from bot.text.clock import time_of_day
from bot.text.rich import rich_lines
from bot.text.zones import zones_meant


def query_of(typed: Mapping[str, str]) -> str:
    """The query that was typed."""
    return typed.get("query", "").strip()


def mistake_in(typed: Mapping[str, str]) -> Mistake | None:
    """What is wrong with when papers should come; None if nothing is. Queries are the desk's to judge."""
    if typed.get("days", INSTANT) == INSTANT:
        return None
    at, zone = typed.get("at", "").strip(), typed.get("zone", "").strip()
    if not at:
        return Mistake("at", "A digest needs a time, for example 09:00 or 5pm.")
    if time_of_day(at, bare=True) is None:
        return Mistake("at", f"I can't read “{at}” as a time. For example 09:00 or 5pm.")
    if zone and not zones_meant(zone):
        return Mistake("zone", f"I don't know the time zone “{zone}”. For example Europe/Berlin.")
    return None


def changes_of(draft: Draft, typed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The commands that make of the draft what was typed: each a name and its text."""
    query = query_of(typed)
    if not draft.number:
        yield "subscribe", query
    elif query != draft.query:
        yield "papers", f"change {draft.number} {query}"
    # The form doesn't ask how many papers a digest shows, nor whether empty ones are posted: both stay as they are.
    schedule = _schedule_of(typed, draft.ending)
    if schedule != _schedule(draft.schedule, draft.at, draft.zone, draft.ending):
        yield "papers", f"digest {schedule}"


def joined(replies: Sequence[Reply]) -> Reply:
    """Several replies as one; it says so if nothing was to be done."""
    if not replies:
        return Reply("Nothing changed.")
    first, *others = replies
    for other in others:
        first = replace(
            first,
            text=rich_lines(first.text, other.text),
            code=first.code or other.code,
            entries=(*first.entries, *other.entries),
            advice=rich_lines(first.advice, other.advice),
            cards=(*first.cards, *other.cards),
            near=(*first.near, *other.near),
            links=(*first.links, *other.links),
            buttons=(*first.buttons, *other.buttons),
            menu=first.menu or other.menu,
            ok=first.ok and other.ok,
        )
    return first


def _schedule_of(typed: Mapping[str, str], ending: str) -> str:
    at = time_of_day(typed.get("at", ""), bare=True)
    return _schedule(typed.get("days", INSTANT), f"{at:%H:%M}" if at else "", typed.get("zone", ""), ending)


def _schedule(days: str, at: str, zone: str, ending: str) -> str:
    return days if days == INSTANT else " ".join(part for part in (days, at, zone, ending) if part)
