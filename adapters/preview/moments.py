"""Moments as Slack and Discord write them; both know the reader's time zone, and the page shows UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime

LATEST = 253_402_300_799
"""Seconds of Unix time: the end of the year 9999."""

TOKEN = re.compile(r"\{([a-z_]+)\}")

SLACK = {
    "date_num": "{at:%Y-%m-%d}",
    "date_slash": "{at:%d/%m/%Y}",
    "date": "{at:%B} {nth}, {at.year}",
    "date_long": "{at:%A}, {at:%B} {nth}, {at.year}",
    "date_long_full": "{at:%B} {at.day}, {at.year}",
    "date_short": "{at:%b} {at.day}, {at.year}",
    "day_divider": "{at:%A}, {at:%B} {nth}",
    "time": "{hour}:{at:%M} {at:%p}",
    "time_secs": "{hour}:{at:%M:%S} {at:%p}",
    "ago": "on {at:%b} {at.day}",
}
"""What a date's tokens stand for; those that end in ``_pretty`` say "today" where it is, and are drawn without.

https://docs.slack.dev/reference/block-kit/block-elements/date-element
"""

DISCORD = {
    "t": "{at:%H:%M}",
    "T": "{at:%H:%M:%S}",
    "d": "{at:%d/%m/%Y}",
    "D": "{at.day} {at:%B} {at.year}",
    "f": "{at.day} {at:%B} {at.year} {at:%H:%M}",
    "F": "{at:%A}, {at.day} {at:%B} {at.year} {at:%H:%M}",
    "R": "on {at.day} {at:%B} {at.year}",
}
"""https://discord.com/developers/docs/reference#message-formatting-timestamp-styles"""


def slack_moment(seconds: int, form: str) -> str:
    """The date in Slack's template ``form``; tokens that Slack does not know stay as they are."""

    def written(token: re.Match[str]) -> str:
        known = SLACK.get(token[1].removesuffix("_pretty"))
        return _written(seconds, known) if known else token[0]

    return TOKEN.sub(written, form)


def discord_moment(seconds: int, style: str) -> str:
    """The date in one of Discord's styles; ``f`` is the usual one."""
    return _written(seconds, DISCORD.get(style, DISCORD["f"]))


def _written(seconds: int, form: str) -> str:
    at = datetime.fromtimestamp(max(0, min(seconds, LATEST)), UTC)
    last = at.day % 10 if at.day not in {11, 12, 13} else 0
    nth = f"{at.day}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"
    return form.format(at=at, nth=nth, hour=at.hour % 12 or 12)
