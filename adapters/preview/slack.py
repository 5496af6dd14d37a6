"""Blocks as Slack draws them: https://docs.slack.dev/reference/block-kit.

Only what `adapters.platforms.slack.blocks` makes is drawn; of anything else, the page shows the name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from adapters.preview.html import Html, buttons, element, joined, link, picture

Block = Mapping[str, Any]
"""A block, or an element of one."""

WARNING = "\N{WARNING SIGN}\ufe0f"
"""The only emoji in our messages."""


def draw_blocks(blocks: Sequence[Block]) -> Html:
    """The blocks under each other."""
    return joined(*map(_block, blocks))


def _block(block: Block) -> Html:
    match block["type"]:
        case "rich_text":
            drawn = joined(*map(_rich_text, block["elements"]))
        case "section":
            text = element("div", element("p", block["text"]["text"]), class_="words")
            beside = [element("div", _element(block["accessory"]), class_="accessory")] if "accessory" in block else []
            drawn = joined(text, *beside)
        case "header":
            drawn = element("h4", block["text"]["text"])
        case "context":
            drawn = joined(*(element("p", text["text"]) for text in block["elements"]))
        case "actions":
            drawn = buttons(map(_element, block["elements"]))
        case "divider":
            return element("hr")
        case kind:
            drawn = _unknown(kind)
    return element("div", drawn, class_=f"block {block['type']}")


def _element(part: Block) -> Html:
    match part["type"]:
        case "button" if "url" in part:
            return link(part["url"], part["text"]["text"], class_="button")
        case "button":
            return element("span", part["text"]["text"], class_="button", title=_command(part.get("value", "")))
        case "image":
            return picture(part["alt_text"])
        case kind:
            return _unknown(kind)


def _command(value: str) -> str:
    """What a press is the same as typing."""
    try:
        command = json.loads(value)
        return f"/{command['command']} {command['text']}".strip()
    except (ValueError, TypeError, KeyError):
        return ""


def _rich_text(part: Block) -> Html:
    """A part of a rich text block: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block."""
    match part["type"]:
        case "rich_text_section":
            return element("p", *_pieces(part["elements"]))
        case "rich_text_quote":
            return element("blockquote", *_pieces(part["elements"]))
        case "rich_text_preformatted":
            return element("pre", element("code", *_pieces(part["elements"])))
        case "rich_text_list":
            return element("ul", *(element("li", *_pieces(item["elements"])) for item in part["elements"]))
        case kind:
            return _unknown(kind)


def _pieces(pieces: Iterable[Block]) -> list[Html]:
    return [
        element("strong", _piece(piece)) if piece.get("style", {}).get("bold") else _piece(piece) for piece in pieces
    ]


def _piece(piece: Block) -> Html:
    match piece["type"]:
        case "text":
            return joined(piece["text"])
        case "link":
            return link(piece["url"], piece["text"])
        case "emoji" if piece["name"] == "warning":
            return joined(WARNING)
        case kind:
            return _unknown(kind)


def _unknown(kind: str) -> Html:
    return element("span", f"[{kind}]", class_="unknown")
