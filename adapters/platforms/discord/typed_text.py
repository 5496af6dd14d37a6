"""Discord's markup read back as what the person typed.

Mentions, emoji and timestamps: https://discord.com/developers/docs/reference#message-formatting.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

from bot.text.paper_links import paper_ids
from bot.text.typed import outside_code, tidy, without_emphasis

Named = Callable[[str, int], str]
"""From ``@``, ``@&`` or ``#`` and an id to the name of that person, role or channel; empty if it is not known."""

MENTION = re.compile(r"<(@!?|@&|#)([0-9]{1,20})>")
EMOJI = re.compile(r"<a?:(\w{1,50}):[0-9]{1,20}>")
TIME = re.compile(r"<t:(-?[0-9]{1,12})(?::[a-zA-Z])?>")
COMMAND = re.compile(r"<(/[^:<>]{1,100}):[0-9]{1,20}>")
ADDRESS = re.compile(r"<(https?://[^\s<>]+)>")
LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\(<?(https?://[^\s<>()]+)>?\)")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def plain_text(text: str, named: Named = lambda _mark, _id: "") -> str:
    """What the person typed, without Discord's markup."""

    def read(part: str) -> str:
        part = MENTION.sub(lambda found: _mention(found, named), part)
        part = TIME.sub(lambda found: _day(int(found[1])), EMOJI.sub(r":\1:", part))
        part = LINK.sub(_link, ADDRESS.sub(r"\1", COMMAND.sub(r"\1", part)))
        return ESCAPED.sub(r"\1", without_emphasis(part))

    return tidy(outside_code(text, read))


def _mention(found: re.Match[str], named: Named) -> str:
    mark = found[1].replace("!", "")
    return f"{mark[0]}{named(mark, int(found[2])) or found[2]}"


def _day(seconds: int) -> str:
    """The day of a timestamp; nothing if no calendar has it."""
    try:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    except (OverflowError, OSError, ValueError):
        return ""


def _link(found: re.Match[str]) -> str:
    """A link's text; its address if that names a paper, and the text does not."""
    label, address = found[1], found[2]
    return address if paper_ids(address) and not paper_ids(label) else label
