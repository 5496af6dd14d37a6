"""Blocks as Slack draws them: https://docs.slack.dev/reference/block-kit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from adapters.preview.html import Html, buttons, element, joined, link, picture
from adapters.preview.slack_mrkdwn import draw_mrkdwn

Block = Mapping[str, Any]
"""A block, or an element of one."""

EMOJI = {"warning": "\N{WARNING SIGN}\ufe0f"}
"""Those that our messages use, by Slack's names."""

STYLES = {"bold": "strong", "italic": "em", "strike": "s", "code": "code"}


def draw_blocks(blocks: Sequence[Block]) -> Html:
    """The blocks under each other; of a kind that is not known here, its name."""
    return joined(*map(_block, blocks))


def _block(block: Block) -> Html:
    match block["type"]:
        case "rich_text":
            drawn = joined(*map(_rich, block["elements"]))
        case "section":
            drawn = _section(block)
        case "header":
            drawn = element("h4", _text(block["text"]))
        case "context":
            drawn = joined(*map(_small, block["elements"]))
        case "actions":
            drawn = buttons([_element(each) for each in block["elements"]])
        case "image":
            drawn = picture(block["alt_text"])
        case "divider":
            return element("hr")
        case kind:
            drawn = _unknown(kind)
    return element("div", drawn, class_=f"block {block['type']}")


def _section(block: Block) -> Html:
    said = [element("p", _text(block["text"]))] if "text" in block else []
    if fields := [element("li", _text(each)) for each in block.get("fields", ())]:
        said.append(element("ul", *fields, class_="fields"))
    beside = [element("div", _element(block["accessory"]), class_="accessory")] if "accessory" in block else []
    return joined(element("div", *said, class_="said"), *beside)


def _small(each: Block) -> Html:
    return picture(each["alt_text"]) if each["type"] == "image" else element("p", _text(each))


def _text(said: Block) -> Html:
    """A text object: https://docs.slack.dev/reference/block-kit/composition-objects/text-object."""
    return draw_mrkdwn(said["text"]) if said["type"] == "mrkdwn" else joined(said["text"])


def _element(each: Block) -> Html:
    match each["type"]:
        case "button" if "url" in each:
            return link(each["url"], _text(each["text"]), class_="button")
        case "button":
            return element("span", _text(each["text"]), class_="button", title=_command(each.get("value", "")))
        case "image":
            return picture(each["alt_text"])
        case kind:
            return _unknown(kind)


def _command(value: str) -> str:
    """What a press is the same as typing."""
    try:
        said = json.loads(value)
        return f"/{said['command']} {said['text']}".strip()
    except (ValueError, TypeError, KeyError):
        return ""


def _rich(part: Block) -> Html:
    """A part of a rich text block: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block."""
    match part["type"]:
        case "rich_text_section":
            return element("p", *_pieces(part["elements"]))
        case "rich_text_quote":
            return element("blockquote", *_pieces(part["elements"]))
        case "rich_text_preformatted":
            return element("pre", element("code", *_pieces(part["elements"])))
        case "rich_text_list":
            items = [element("li", *_pieces(each["elements"])) for each in part["elements"]]
            return element("ol" if part.get("style") == "ordered" else "ul", *items)
        case kind:
            return _unknown(kind)


def _pieces(given: Iterable[Block]) -> list[Html]:
    return [_styled(_piece(each), each.get("style", {})) for each in given]


def _piece(each: Block) -> Html:
    match each["type"]:
        case "text":
            return joined(each["text"])
        case "link":
            return link(each["url"], each.get("text") or each["url"])
        case "emoji":
            return joined(EMOJI.get(each["name"], f":{each['name']}:"))
        case kind:
            return _unknown(kind)


def _styled(drawn: Html, style: Mapping[str, bool]) -> Html:
    for name, wanted in style.items():
        if wanted and name in STYLES:
            drawn = element(STYLES[name], drawn)
    return drawn


def _unknown(kind: str) -> Html:
    return element("span", f"[{kind}]", class_="unknown")
