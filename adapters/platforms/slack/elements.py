"""The elements of Slack's blocks, in which text is only ever text.

Text from papers and people stands in ``rich_text`` elements and in ``plain_text``: neither knows mentions, markup or
emoji names. Only what needs emphasis or a link where those cannot stand is ``mrkdwn``: small print, lines with a
button, and papers with a menu. It cannot escape ``*``, ``_``, ``~``, `````, and ``:``; see
`adapters.platforms.slack.mrkdwn`.
https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
https://docs.slack.dev/reference/block-kit/composition-objects/text-object
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from bot.text.addresses import is_web
from bot.text.characters import one_line, units, visible_lines
from bot.text.shorten import ELLIPSIS, shorten

Block = dict[str, Any]
"""A block, or an element of one."""

URL = 3_000
"""Characters of an address: https://docs.slack.dev/reference/block-kit/block-elements/button-element."""

MOMENT = "{date_short_pretty} at {time}"
"""How a moment is shown, in the reader's own time: "today at 2:05 PM", "Aug 3, 2026 at 2:05 PM".

https://docs.slack.dev/reference/block-kit/block-elements/date-element
"""

ALT = 200
"""Characters of a picture's description, which a screen reader reads out."""

ENOUGH = 10
"""Characters that are read for each one shown, so that a text without end takes no time."""

READ = 1_000
"""Characters among which a text must have one to read."""


def inert(text: str) -> str:
    """The text in its lines, without characters that cannot be seen and with single blanks between words."""
    return "\n".join(" ".join(line.split()) for line in visible_lines(text).split("\n")).strip()


def has_text(text: str) -> bool:
    """Whether the beginning of the text has anything to read."""
    return bool(one_line(text[:READ]))


def line(text: str, limit: int) -> str:
    """The text on one line of at most ``limit`` characters; never empty."""
    return cut(one_line(text[: ENOUGH * limit]), limit) or ELLIPSIS


def cut(text: str, limit: int) -> str:
    """Shorten the text to ``limit``, whether Slack counts characters or UTF-16 code units: it does not say which."""
    shortened = shorten(text, limit)
    return shortened if units(shortened) <= limit else shorten(text, limit // 2)


def size(content: str | Block | Sequence[Block]) -> int:
    """Size in bytes of JSON: the most that Slack may count."""
    return len(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def that_fit(parts: Sequence[Block], room: int) -> int:
    """How many of the parts fit ``room`` bytes of JSON, counted from the first."""
    total = 0
    for number, part in enumerate(parts):
        total += size(part) + 1
        if total > room:
            return number
    return len(parts)


def words(text: str, *, bold: bool = False, code: bool = False) -> Block:
    """Text of a rich text section."""
    style = {name: True for name, is_on in (("bold", bold), ("code", code)) if is_on}
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def link(text: str, url: str) -> Block:
    """A link of a rich text section, in bold; only its text if no browser would open it."""
    bold = words(text, bold=True)
    return bold | {"type": "link", "url": url} if is_web(url, URL) else bold


def section(*elements: Block) -> Block:
    """A paragraph of a rich text block."""
    return {"type": "rich_text_section", "elements": list(elements)}


def quote(*elements: Block) -> Block:
    """A quotation."""
    return {"type": "rich_text_quote", "elements": list(elements)}


def bullets(lines: Iterable[Block]) -> Block:
    """Sections as a list."""
    return {"type": "rich_text_list", "style": "bullet", "elements": list(lines)}


def preformatted(text: str) -> Block:
    """Lines in a fixed-width font."""
    return {"type": "rich_text_preformatted", "elements": [words(text)]}


def rich_text(*elements: Block) -> Block:
    """A rich text block."""
    return {"type": "rich_text", "elements": list(elements)}


def plain(text: str) -> Block:
    """A text object that Slack shows as it is."""
    # Without a colon there is no emoji's name to leave alone, and a message has only so many bytes.
    return {"type": "plain_text", "text": text} | ({"emoji": False} if ":" in text else {})


def paragraph(text: str, accessory: Block | None = None) -> Block:
    """A section block, with an accessory on its right."""
    return beside(plain(text), accessory)


def beside(text: Block, accessory: Block | None) -> Block:
    """A section block of a text object, with an accessory on its right."""
    return {"type": "section", "text": text} | ({"accessory": accessory} if accessory else {})


def header(text: str) -> Block:
    """A headline."""
    return {"type": "header", "text": plain(text)}


def context(text: str) -> Block:
    """A line of small print."""
    return context_of(plain(text))


def context_of(text: Block) -> Block:
    """Small print."""
    return {"type": "context", "elements": [text]}


def divider() -> Block:
    """A line across the message."""
    return {"type": "divider"}


def ruled(items: Sequence[Sequence[Block]], space: int) -> list[Block]:
    """The items under each other, with a line above each if there are several and ``space`` blocks hold that."""
    apart = [block for item in items for block in (divider(), *item)]
    return apart if len(items) > 1 and len(apart) <= space else list(chain(*items))


def above(blocks: Sequence[Block], below: Sequence[Block]) -> list[Block]:
    """The blocks with what stands below all of them: below a line if there are lines between them."""
    is_ruled = divider() in blocks and below and below[0] != divider()
    return [*blocks, *([divider()] if is_ruled else ()), *below]


def image(url: str, description: str) -> Block:
    """A picture."""
    return {"type": "image", "image_url": url, "alt_text": line(description, ALT)}
