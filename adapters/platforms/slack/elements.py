"""The pieces that Slack's blocks are made of, in which text means itself.

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
"""Characters of a picture's description: what a screen reader should have to say."""

ACTIONS = 25
"""Elements: https://docs.slack.dev/reference/block-kit/blocks/actions-block."""

ENOUGH = 10
"""Characters that are read for one that is shown: no more time is spent on a text without end."""

READ = 1_000
"""Characters in which a text has to say something."""

COMMAND = re.compile(r"[a-z][a-z0-9_-]{0,31}")
"""A slash command's name."""


def inert(text: str) -> str:
    """The text in its lines, without characters that cannot be seen and with single blanks between words."""
    return "\n".join(" ".join(line.split()) for line in visible_lines(text).split("\n")).strip()


def says(text: str) -> bool:
    """Whether there is something to read at its beginning."""
    return bool(one_line(text[:READ]))


def line(text: str, limit: int) -> str:
    """The text on one line of up to ``limit`` characters; never empty."""
    return cut(one_line(text[: ENOUGH * limit]), limit) or ELLIPSIS


def cut(text: str, limit: int) -> str:
    """As `bot.text.shorten`, for a ``limit`` that holds even if a service counts in UTF-16."""
    shortened = shorten(text, limit)
    return shortened if units(shortened) <= limit else shorten(text, limit // 2)


def size(content: str | Block | Sequence[Block]) -> int:
    """Bytes of it as JSON, the most that a service may count for it."""
    return len(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def that_fit(parts: Sequence[Block], room: int) -> int:
    """How many of them ``room`` bytes of JSON hold, from the first."""
    taken = 0
    for number, part in enumerate(parts):
        taken += size(part) + 1
        if taken > room:
            return number
    return len(parts)


def fitted(text: str, room: int) -> str:
    """As much of the text as ``room`` bytes of JSON hold."""
    while text and (taken := size(text)) > room:
        text = shorten(text, min(len(text) - 1, len(text) * room // taken))
    return text


def words(said: str, *, bold: bool = False) -> Block:
    """Text of a rich text section."""
    return {"type": "text", "text": said} | ({"style": {"bold": True}} if bold else {})


def link(said: str, url: str, *, bold: bool = True) -> Block:
    """A link of a rich text section; its text alone, when nobody could open it."""
    if not is_web(url, URL):
        return words(said, bold=bold)
    return {"type": "link", "url": url, "text": said} | ({"style": {"bold": True}} if bold else {})


def section(*elements: Block) -> Block:
    """A paragraph of a rich text block."""
    return {"type": "rich_text_section", "elements": list(elements)}


def quote(*elements: Block) -> Block:
    """A paragraph behind a bar."""
    return {"type": "rich_text_quote", "elements": list(elements)}


def bullets(lines: Iterable[Block]) -> Block:
    """Sections as a list."""
    return {"type": "rich_text_list", "style": "bullet", "elements": list(lines)}


def preformatted(said: str) -> Block:
    """Lines in a fixed-width font."""
    return {"type": "rich_text_preformatted", "elements": [words(said)]}


def rich_text(*elements: Block) -> Block:
    """A rich text block."""
    return {"type": "rich_text", "elements": list(elements)}


def plain(said: str) -> Block:
    """A text object that is shown as it is."""
    return {"type": "plain_text", "text": said, "emoji": False}


def paragraph(said: str, accessory: Block | None = None) -> Block:
    """A section block, with something at its right."""
    return {"type": "section", "text": plain(said)} | ({"accessory": accessory} if accessory else {})


def header(said: str) -> Block:
    """A headline."""
    return {"type": "header", "text": plain(said)}


def context(said: str) -> Block:
    """Small print."""
    return {"type": "context", "elements": [plain(said)]}


def image(url: str, description: str) -> Block:
    """A picture."""
    return {"type": "image", "image_url": url, "alt_text": line(description, ALT)}


def actions(given: Iterable[Link | Button], room: int = 4_000) -> list[Block]:
    """A row of those buttons that Slack takes and ``room`` bytes of JSON hold; none when there are none."""
    row: list[Block] = []
    for each in given:
        made = button(each)
        if made and size([*row, made]) <= room and len(row) < ACTIONS:
            row.append(made)
    return [{"type": "actions", "elements": row}] if row else []


def button(given: Link | Button, *, channel: str = "") -> Block | None:
    """A button; None when Slack would not take its address or command.

    Args:
        given: What it opens or commands.
        channel: The channel that its command is meant for; empty for the one it stands in.
    """
    label = plain(line(given.label, LABEL))
    if isinstance(given, Link):
        return (
            {"type": "button", "action_id": "link", "text": label, "url": given.url} if is_web(given.url, URL) else None
        )
    said = {"command": given.command, "text": given.text} | ({"channel": channel} if channel else {})
    # Slack may escape these three on the way back: https://github.com/slackapi/bolt-python/issues/513
    value = json.dumps(said, ensure_ascii=False, separators=(",", ":")).translate(
        {ord("&"): r"\u0026", ord("<"): r"\u003c", ord(">"): r"\u003e"}
    )
    if units(value) > VALUE or any("\ud800" <= each <= "\udfff" for each in value):
        return None
    return {"type": "button", "action_id": "command", "text": label, "value": value}


def said_in(value: str) -> dict[str, str] | None:
    """What a button's value holds; None if it is none of ours."""
    try:
        said = json.loads(value)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or not {"command", "text"} <= said.keys() <= {"command", "text", "channel"}:
        return None
    if not all(isinstance(each, str) for each in said.values()) or not COMMAND.fullmatch(said["command"]):
        return None
    return said


def numbered(blocks: list[Block]) -> list[Block]:
    """The blocks, with ids of buttons that stand once in a message: ``command:0``, ``link:1`` …."""
    found = [
        each
        for block in blocks
        for each in [*(block["elements"] if block["type"] == "actions" else ()), block.get("accessory", {})]
        if each.get("action_id") in {"command", "link"}
    ]
    for number, each in enumerate(found):
        each["action_id"] = f"{each['action_id']}:{number}"
    return blocks
