"""The elements of Slack's blocks, in which text is only ever text.

Text from papers and people stands only in ``rich_text`` elements and in ``plain_text``: neither knows mentions, markup
or emoji names, where ``mrkdwn`` has no way to escape ``*``, ``_``, ``~``, `````, and ``:``.
https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
https://docs.slack.dev/reference/block-kit/composition-objects/text-object
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from bot.domain.messages import Button, Link
from bot.text.addresses import is_web
from bot.text.characters import one_line, units, visible_lines
from bot.text.shorten import ELLIPSIS, shorten

Block = dict[str, Any]
"""A block, or an element of one."""

LABEL, VALUE, URL = 75, 2_000, 3_000
"""Characters of a button: https://docs.slack.dev/reference/block-kit/block-elements/button-element."""

ALT = 200
"""Characters of a picture's description, which a screen reader reads out."""

ACTIONS, ROW = 25, 4_000
"""Elements of a row (https://docs.slack.dev/reference/block-kit/blocks/actions-block), and bytes of its JSON."""

ENOUGH = 10
"""Characters that are read for each one shown, so that a text without end takes no time."""

READ = 1_000
"""Characters among which a text must have one to read."""

COMMAND = re.compile(r"[a-z][a-z0-9_-]{0,31}")
"""A slash command's name."""


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


def fitted(text: str, room: int) -> str:
    """As much of the text as fits ``room`` bytes of JSON."""
    while text and (total := size(text)) > room:
        text = shorten(text, min(len(text) - 1, len(text) * room // total))
    return text


def words(text: str, *, bold: bool = False) -> Block:
    """Text of a rich text section."""
    return {"type": "text", "text": text} | ({"style": {"bold": True}} if bold else {})


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
    return {"type": "plain_text", "text": text, "emoji": False}


def paragraph(text: str, accessory: Block | None = None) -> Block:
    """A section block, with an accessory on its right."""
    return {"type": "section", "text": plain(text)} | ({"accessory": accessory} if accessory else {})


def header(text: str) -> Block:
    """A headline."""
    return {"type": "header", "text": plain(text)}


def context(text: str) -> Block:
    """A line of small print."""
    return {"type": "context", "elements": [plain(text)]}


def image(url: str, description: str) -> Block:
    """A picture."""
    return {"type": "image", "image_url": url, "alt_text": line(description, ALT)}


def actions(targets: Iterable[Link | Button]) -> list[Block]:
    """A row of the buttons that Slack takes and that fit a row; an empty list without any."""
    row: list[Block] = []
    for target in targets:
        element = button(target)
        if element and size([*row, element]) <= ROW and len(row) < ACTIONS:
            row.append(element)
    return [{"type": "actions", "elements": row}] if row else []


def button(target: Link | Button, *, channel: str = "") -> Block | None:
    """A button; None if Slack would not take its address or command.

    Args:
        target: What it opens, or the command that it gives.
        channel: The channel that the command is for; empty for the one that the button stands in.
    """
    label = plain(line(target.label, LABEL))
    if isinstance(target, Link):
        is_open = is_web(target.url, URL)
        return {"type": "button", "action_id": "link", "text": label, "url": target.url} if is_open else None
    command = {"command": target.command, "text": target.text} | ({"channel": channel} if channel else {})
    # Slack may escape these three on the way back: https://github.com/slackapi/bolt-python/issues/513
    value = json.dumps(command, ensure_ascii=False, separators=(",", ":")).translate(
        {ord("&"): r"\u0026", ord("<"): r"\u003c", ord(">"): r"\u003e"}
    )
    if units(value) > VALUE or any("\ud800" <= character <= "\udfff" for character in value):
        return None
    return {"type": "button", "action_id": "command", "text": label, "value": value}


def parse_value(value: str) -> dict[str, str] | None:
    """The command in a button's value; None if Paperwire did not make the button."""
    try:
        command = json.loads(value)
    except (ValueError, RecursionError):
        return None
    if not isinstance(command, dict) or not {"command", "text"} <= command.keys() <= {"command", "text", "channel"}:
        return None
    if not all(isinstance(part, str) for part in command.values()) or not COMMAND.fullmatch(command["command"]):
        return None
    return command


def numbered(blocks: list[Block]) -> list[Block]:
    """The blocks, with a number behind each button's action id: ``command:0``, ``link:1`` ….

    An id may occur once in a block: https://docs.slack.dev/reference/block-kit/block-elements/button-element.
    """
    buttons = [
        element
        for block in blocks
        for element in [*(block["elements"] if block["type"] == "actions" else ()), block.get("accessory", {})]
        if element.get("action_id") in {"command", "link"}
    ]
    for number, element in enumerate(buttons):
        element["action_id"] = f"{element['action_id']}:{number}"
    return blocks
