"""Time zones that are likely for a person, by their language, and what people call them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.text.figures import zone_in_words
from bot.text.zones import available_zones, different_zones

MOST = 12
"""The most zones that are offered: more than that are looked for by typing."""

LOCALES = {
    "bg": ("Europe/Sofia",),
    "cs": ("Europe/Prague",),
    "da": ("Europe/Copenhagen",),
    "de": ("Europe/Berlin",),
    "el": ("Europe/Athens",),
    "en": ("America/New_York", "America/Los_Angeles", "America/Chicago", "Europe/London", "Asia/Kolkata"),
    "en-au": ("Australia/Sydney", "Australia/Brisbane", "Australia/Adelaide", "Australia/Perth"),
    "en-ca": ("America/Toronto", "America/Vancouver", "America/Edmonton", "America/Halifax"),
    "en-gb": ("Europe/London",),
    "en-in": ("Asia/Kolkata",),
    "en-nz": ("Pacific/Auckland",),
    "en-us": ("America/New_York", "America/Los_Angeles", "America/Chicago", "America/Denver"),
    "es": ("Europe/Madrid", "America/Mexico_City", "America/Bogota", "America/Buenos_Aires", "America/Santiago"),
    "es-419": ("America/Mexico_City", "America/Bogota", "America/Buenos_Aires", "America/Santiago"),
    "es-es": ("Europe/Madrid",),
    "fi": ("Europe/Helsinki",),
    "fr": ("Europe/Paris", "America/Montreal"),
    "fr-ca": ("America/Montreal",),
    "he": ("Asia/Jerusalem",),
    "hi": ("Asia/Kolkata",),
    "hr": ("Europe/Zagreb",),
    "hu": ("Europe/Budapest",),
    "id": ("Asia/Jakarta",),
    "it": ("Europe/Rome",),
    "ja": ("Asia/Tokyo",),
    "ko": ("Asia/Seoul",),
    "lt": ("Europe/Vilnius",),
    "nl": ("Europe/Amsterdam",),
    "no": ("Europe/Oslo",),
    "pl": ("Europe/Warsaw",),
    "pt": ("America/Sao_Paulo", "Europe/Lisbon"),
    "pt-br": ("America/Sao_Paulo",),
    "pt-pt": ("Europe/Lisbon",),
    "ro": ("Europe/Bucharest",),
    "ru": ("Europe/Moscow",),
    "sv": ("Europe/Stockholm",),
    "th": ("Asia/Bangkok",),
    "tr": ("Europe/Istanbul",),
    "uk": ("Europe/Kyiv",),
    "vi": ("Asia/Ho_Chi_Minh",),
    "zh": ("Asia/Shanghai",),
    "zh-tw": ("Asia/Taipei",),
}
"""Zones of most of those who read a language, the likeliest first: the languages of Discord and Slack, and the regions
of English, Spanish, French and Portuguese. A name is short, since it goes on a button with a schedule."""

ANYWHERE = (
    "America/New_York",
    "America/Los_Angeles",
    "Europe/London",
    "Europe/Berlin",
    "Asia/Shanghai",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "America/Chicago",
    "Europe/Helsinki",
    "Australia/Sydney",
    "America/Sao_Paulo",
    "Asia/Dubai",
)
"""Zones of most people who read papers, the likeliest first: those of the large research institutions."""

PEOPLE_SAY = {
    "America/Sao_Paulo": "São Paulo",
    "America/Montreal": "Montréal",
    "America/Bogota": "Bogotá",
    "Asia/Kolkata": "India",
    "Asia/Shanghai": "China",
}
"""Zones that people call otherwise than by the city of their name."""


def likely_zones(locale: str, *, now: datetime, usual: str = "UTC") -> Sequence[str]:
    """Up to `MOST` zones, by their IANA names: those of the language first, then others from west to east.

    Args:
        locale: The person's language and region, such as ``de`` or ``en-GB``; may be empty.
        now: The present time, as zones that are alike all year are offered once.
        usual: A zone that is offered too.
    """
    typed = locale.lower().replace("_", "-")
    own = LOCALES.get(typed) or LOCALES.get(typed.partition("-")[0], ())
    known = available_zones()
    found = different_zones(zone for zone in (*own, usual, *ANYWHERE) if zone in known)[:MOST]
    first = [zone for zone in found if zone in own]
    return [*first, *sorted((zone for zone in found if zone not in first), key=lambda zone: _offset(zone, now))]


def place_of(zone: str) -> str:
    """What people call a zone: "Berlin", "New York", "UTC+2"."""
    return PEOPLE_SAY.get(zone) or zone_in_words(zone).rpartition("/")[2].replace("_", " ")


def time_there(zone: str, now: datetime) -> str:
    """The zone with its present time: "Berlin (now 14:05)"."""
    return f"{place_of(zone)} (now {now.astimezone(ZoneInfo(zone)):%H:%M})"


def _offset(zone: str, now: datetime) -> float:
    offset = now.astimezone(ZoneInfo(zone)).utcoffset()
    return offset.total_seconds() if offset else 0.0
