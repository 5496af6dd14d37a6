"""/papers zone: a person's own time zone, shown and remembered, and the question for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from bot.commands.desk import Desk
from bot.domain.commands import Choice, Invocation
from bot.domain.messages import Button, Menu, Reply
from bot.errors import CommandError, Instead
from bot.ports.platform import MAX_CHOICES
from bot.text.figures import listed, zone_in_words
from bot.text.likely_zones import likely_zones, time_there
from bot.text.shorten import shorten
from bot.text.zones import available_zones, nearest_zone, zones_beginning, zones_meant

QUOTED = 40
"""Longest quotation of what is not a zone, in characters."""

QUESTION = "Which time zone is yours?"


def zone(desk: Desk, invocation: Invocation, text: str) -> Reply:
    """Show the person's time zone, or remember it; what follows its name is a schedule for the channel, in that zone.

    Raises:
        CommandError: ``text`` is not a zone, or may be several; the person's zone is the platform's, or nobody knows
            whose it would be.
    """
    before = desk.own_zone(invocation)
    if not text:
        return _shown(desk, invocation, before)
    first, _, schedule = text.partition(" ")
    if first not in available_zones() or zones_meant(text):
        schedule = ""
    chosen = first if schedule else zone_named(text)
    platform = invocation.channel.platform.capitalize()
    if before and before == invocation.time_zone:
        raise CommandError(
            f"{platform} tells me your time zone: {zone_in_words(before)}.",
            repair=f"To use another, change it in your settings in {platform}, or name it in a schedule.",
        )
    if not invocation.person_id:
        raise CommandError(
            "I can't tell who you are here, so I can't remember your time zone.",
            repair="Name it in a schedule, for example daily 09:00 Europe/Berlin, or set [digest] time_zone.",
        )
    desk.stores.people.set_zone(invocation.channel.platform, invocation.person_id, chosen)
    if schedule:
        return desk.do(replace(invocation, command="papers", text=f"digest {schedule}"))
    undo = (Button("Undo", "papers", f"zone {before}"),) if before and before != chosen else ()
    return Reply(f"Your time zone is {zone_in_words(chosen)}: {time_there(chosen, desk.now())}.", buttons=undo)


def zone_named(text: str) -> str:
    """The IANA name of the one zone that ``text`` means.

    Raises:
        CommandError: It means none, or several.
    """
    zones = zones_meant(text)
    if len(zones) == 1:
        return zones[0]
    if zones:
        raise CommandError(
            f"“{shorten(text, QUOTED)}” can mean several time zones.",
            repair=f"Which one: {listed(zones, 'or')}?",
            instead=[Instead(one, "papers", f"zone {one}") for one in zones],
        )
    nearest = nearest_zone(text)
    raise CommandError(
        f"I don't know the time zone “{shorten(text, QUOTED)}”.",
        repair=f"Did you mean {nearest}?" if nearest else "Write it as Europe/Berlin, New York, India or UTC+2.",
        instead=[Instead(nearest, "papers", f"zone {nearest}")] if nearest else (),
    )


def zone_menu(desk: Desk, invocation: Invocation, schedule: str = "") -> Menu | None:
    """The question for the person's time zone, with likely ones; None where it is known, or cannot be remembered.

    Args:
        desk: The desk.
        invocation: Who is asked.
        schedule: A schedule without a zone, which the channel gets in the zone that is chosen.
    """
    if desk.own_zone(invocation) or not invocation.person_id:
        return None
    now = desk.now()
    zones = likely_zones(invocation.locale, now=now, usual=desk.time_zone)
    return Menu(
        QUESTION, tuple(Button(time_there(one, now), "papers", f"zone {one} {schedule}".rstrip()) for one in zones)
    )


def zone_choices(desk: Desk, invocation: Invocation, text: str) -> Sequence[Choice]:
    """Zones that complete ``text``; likely ones while nothing is typed."""
    now = desk.now()
    zones = zones_beginning(text) if text else likely_zones(invocation.locale, now=now, usual=desk.time_zone)
    meant = zones_meant(text) if text else ()
    return [Choice(time_there(one, now), one) for one in islice(dict.fromkeys([*meant, *zones]), MAX_CHOICES)]


def _shown(desk: Desk, invocation: Invocation, known: str) -> Reply:
    if not known:
        return Reply(
            f"I don't know your time zone, so I use {zone_in_words(desk.time_zone)}.", menu=zone_menu(desk, invocation)
        )
    whose = f" {invocation.channel.platform.capitalize()} tells me." if known == invocation.time_zone else ""
    return Reply(f"Your time zone is {zone_in_words(known)}: {time_there(known, desk.now())}.{whose}")
