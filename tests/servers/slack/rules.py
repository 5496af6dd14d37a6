"""Slack's rules for messages and views, each with the address of its documentation.

Stricter than `slack_sdk.models`, which lets mrkdwn headers, empty texts, long fields and a 51st block pass. Only what
Paperwire uses is known here: any other block or element is a complaint, so that a rule is written before it is used.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from bot.text.characters import units
from tests.servers.slack.shapes import (
    ALLOWED,
    BLOCKS,
    CONFIRM,
    DISPATCH,
    ELEMENTS,
    FILTER,
    INSIDE,
    KIT,
    MESSAGE,
    MESSAGE_KEYS,
    METADATA_PAGE,
    OPTION,
    POST_PAGE,
    RICH,
    STYLES,
    TOO_LONG,
    VIEW_PAGE,
    VIEWS,
    Block,
    Given,
    Shape,
)


def complaints(payload: Mapping[str, Any]) -> list[str]:
    """What Slack would refuse in the payload, each with the page of its documentation.

    Args:
        payload: The arguments of ``chat.postMessage`` with blocks and metadata as objects, or a view, which has a
            ``type``.
    """
    return list(_view(payload) if "type" in payload else _message(payload))


def _message(payload: Mapping[str, Any]) -> Iterator[str]:
    for key in payload.keys() - MESSAGE_KEYS:
        yield f"there is no argument {key} ({POST_PAGE})"
    text, blocks = payload.get("text", ""), payload.get("blocks", [])
    if not text and not blocks:
        yield f"no_text: neither text nor blocks ({POST_PAGE})"
    if not isinstance(text, str) or len(text) > 40_000:
        yield f"msg_too_long: text has over 40000 characters, or is missing ({POST_PAGE})"
    metadata = payload.get("metadata", {"event_type": "any", "event_payload": {}})
    if (
        not isinstance(metadata, dict)
        or metadata.keys() != {"event_type", "event_payload"}
        or not (isinstance(metadata["event_type"], str) and metadata["event_type"])
        or not isinstance(metadata["event_payload"], dict)
    ):
        yield f"invalid_metadata_format: an event_type and an event_payload, nothing else ({METADATA_PAGE})"
    yield from _blocks(blocks, most=50, inputs=False)
    if (length := len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))) > MESSAGE:
        yield f"msg_blocks_too_long: {length} characters ({TOO_LONG})"


def _view(view: Mapping[str, Any]) -> Iterator[str]:
    kind = view["type"]
    if kind not in VIEWS:
        yield f"there is no view of type {kind} ({VIEW_PAGE})"
        return
    yield from _keys("view", view, VIEWS[kind], VIEW_PAGE)
    for key, limit in (("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)):
        yield from _string(f"view.{key}", view.get(key) or "any", limit, VIEW_PAGE)
    for key in view.keys() & {"title", "submit", "close"}:
        yield from _text(f"view.{key}", view[key], 24, kinds={"plain_text"}, page=VIEW_PAGE)
    blocks = view.get("blocks", [])
    yield from _blocks(blocks, most=100, inputs=kind == "modal")
    if kind == "modal" and "submit" not in view and any(_type(block) == "input" for block in blocks):
        yield f"a modal with inputs needs a submit ({VIEW_PAGE})"


def _blocks(blocks: Given, *, most: int, inputs: bool) -> Iterator[str]:
    page = f"{KIT}/blocks"
    if not isinstance(blocks, list) or len(blocks) > most:
        yield f"blocks: over {most}, or no list ({page})"
        return
    for number, block in enumerate(blocks):
        where, kind = f"blocks[{number}]", _type(block)
        if kind not in BLOCKS or (kind == "input" and not inputs):
            yield f"{where}: no block of type {kind} can stand here ({page})"
            continue
        shape = BLOCKS[kind]
        yield from _keys(where, block, shape)
        yield from _string(f"{where}.block_id", block.get("block_id", "any"), 255, shape.address)
        yield from RULES.get(kind, _nothing)(where, block, shape.address)
    ids = [f"block_id {block['block_id']}" for block in blocks if isinstance(block, dict) and "block_id" in block]
    ids += [f"action_id {part['action_id']}" for part in _walk(blocks) if "action_id" in part]
    yield from (f"{name} stands twice ({page})" for name, count in Counter(ids).items() if count > 1)
    if sum(part.get("focus_on_load") is True for part in _walk(blocks)) > 1:
        yield f"only one element can have the focus ({page})"


def _section(where: str, block: Block, page: str) -> Iterator[str]:
    if "text" not in block and not block.get("fields"):
        yield f"{where}: neither text nor fields ({page})"
    if "text" in block:
        yield from _text(f"{where}.text", block["text"], 3000, page=page)
    fields = block.get("fields", [])
    if len(fields) > 10:
        yield f"{where}.fields: over 10 ({page})"
    for field in fields:
        yield from _text(f"{where}.fields", field, 2000, page=page)
    if "accessory" in block:
        yield from _element(f"{where}.accessory", block["accessory"], ALLOWED["section"])


def _header(where: str, block: Block, page: str) -> Iterator[str]:
    yield from _text(f"{where}.text", block.get("text"), 150, kinds={"plain_text"}, page=page)


def _row(where: str, block: Block, page: str) -> Iterator[str]:
    elements, most = block.get("elements"), {"context": 10, "actions": 25}[block["type"]]
    if not isinstance(elements, list) or not 1 <= len(elements) <= most:
        yield f"{where}.elements: 1 to {most} ({page})"
        return
    for number, element in enumerate(elements):
        yield from _element(f"{where}.elements[{number}]", element, ALLOWED[block["type"]])


def _input(where: str, block: Block, page: str) -> Iterator[str]:
    yield from _text(f"{where}.label", block.get("label"), 2000, kinds={"plain_text"}, page=page)
    if "hint" in block:
        yield from _text(f"{where}.hint", block["hint"], 2000, kinds={"plain_text"}, page=page)
    yield from _element(f"{where}.element", block.get("element"), ALLOWED["input"])


def _image(where: str, block: Block, page: str) -> Iterator[str]:
    yield from _string(f"{where}.alt_text", block.get("alt_text"), 2000, page)
    yield from _url(f"{where}.image_url", block.get("image_url"), page)
    if "title" in block:
        yield from _text(f"{where}.title", block["title"], 2000, kinds={"plain_text"}, page=page)


def _rich_text(where: str, block: Block, page: str) -> Iterator[str]:
    yield from _rich(where, block, set(INSIDE), page)


def _rich(where: str, parent: Block, allowed: set[str], page: str) -> Iterator[str]:
    elements = parent.get("elements")
    if not isinstance(elements, list) or not elements:
        yield f"{where}.elements: none ({page})"
        return
    for number, element in enumerate(elements):
        here, kind = f"{where}.elements[{number}]", _type(element)
        if kind not in allowed:
            yield f"{here}: no {kind} can stand here ({page})"
            continue
        yield from _keys(here, element, RICH[kind])
        if kind in INSIDE:
            yield from _rich(here, element, INSIDE[kind], page)
            if element.get("style", "bullet") not in (
                {"bullet", "ordered"} if kind == "rich_text_list" else {"bullet"}
            ):
                yield f"{here}.style: bullet or ordered ({page})"
            continue
        for key in element.keys() & {"text", "name", "channel_id", "user_id"}:
            yield from _string(f"{here}.{key}", element[key], MESSAGE, page)
        if kind == "link":
            yield from _url(f"{here}.url", element.get("url"), page)
        style = element.get("style", {})
        if not isinstance(style, dict) or style.keys() - STYLES or not all(flag is True for flag in style.values()):
            yield f"{here}.style: {sorted(STYLES)} ({page})"


RULES: dict[str, Callable[[str, Block, str], Iterator[str]]] = {
    "section": _section,
    "header": _header,
    "context": _row,
    "actions": _row,
    "input": _input,
    "image": _image,
    "rich_text": _rich_text,
}


def _element(where: str, element: Given, allowed: set[str]) -> Iterator[str]:
    kind = _type(element)
    if kind not in allowed:
        yield f"{where}: no {kind} can stand here ({KIT}/block-elements)"
        return
    page = ELEMENTS[kind].address
    yield from _keys(where, element, ELEMENTS[kind])
    yield from _string(f"{where}.action_id", element.get("action_id", "any"), 255, page)
    if "placeholder" in element:
        yield from _text(f"{where}.placeholder", element["placeholder"], 150, kinds={"plain_text"}, page=page)
    if "confirm" in element:
        yield from _confirm(f"{where}.confirm", element["confirm"])
    yield from ELEMENT_RULES[kind](where, element, page)


def _text_element(where: str, element: Block, page: str) -> Iterator[str]:
    yield from _text(where, element, 3000, page=page)


def _button(where: str, element: Block, page: str) -> Iterator[str]:
    yield from _text(f"{where}.text", element.get("text"), 75, kinds={"plain_text"}, page=page)
    yield from _string(f"{where}.value", element.get("value", "any"), 2000, page)
    yield from _string(f"{where}.accessibility_label", element.get("accessibility_label", "any"), 75, page)
    if "url" in element:
        yield from _url(f"{where}.url", element["url"], page)
    if element.get("style", "primary") not in {"primary", "danger"}:
        yield f"{where}.style: primary or danger ({page})"


def _conversations(where: str, element: Block, _page: str) -> Iterator[str]:
    yield from _keys(f"{where}.filter", element.get("filter", {}), FILTER)


def _typed(where: str, element: Block, page: str) -> Iterator[str]:
    if not 1 <= element.get("max_length", 1) <= 3000:
        yield f"{where}.max_length: 1 to 3000 ({page})"
    if len(element.get("initial_value", "any")) > element.get("max_length", 3000):
        yield f"{where}.initial_value: longer than max_length ({page})"
    config = element.get("dispatch_action_config", {})
    yield from _keys(f"{where}.dispatch_action_config", config, DISPATCH)
    if set(config.get("trigger_actions_on", [])) - {"on_enter_pressed", "on_character_entered"}:
        yield f"{where}.trigger_actions_on: on_enter_pressed, on_character_entered ({DISPATCH.address})"


def _options(where: str, element: Block, page: str) -> Iterator[str]:
    options = element.get("options", [])
    if not 1 <= len(options) <= 100:
        yield f"{where}.options: 1 to 100 ({page})"
    for option in options:
        yield from _keys(f"{where}.options", option, OPTION)
        yield from _text(f"{where}.options.text", option.get("text"), 75, kinds={"plain_text"}, page=OPTION.address)
        yield from _string(f"{where}.options.value", option.get("value"), 150, OPTION.address)
    if "initial_option" in element and element["initial_option"] not in options:
        yield f"{where}.initial_option: none of the options ({page})"


ELEMENT_RULES: dict[str, Callable[[str, Block, str], Iterator[str]]] = {
    "plain_text": _text_element,
    "mrkdwn": _text_element,
    "image": _image,
    "button": _button,
    "plain_text_input": _typed,
    "static_select": _options,
    "conversations_select": _conversations,
}


def _confirm(where: str, confirm: Block) -> Iterator[str]:
    yield from _keys(where, confirm, CONFIRM)
    for key, limit in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
        yield from _text(f"{where}.{key}", confirm.get(key), limit, kinds={"plain_text"}, page=CONFIRM.address)


def _text(
    where: str,
    text: Given,
    limit: int,
    *,
    page: str,
    kinds: Container[str] = ("plain_text", "mrkdwn"),
) -> Iterator[str]:
    kind = _type(text)
    if kind not in kinds:
        yield f"{where}: no {kind} can stand here ({page})"
        return
    yield from _keys(where, text, ELEMENTS[kind])
    yield from _string(f"{where}.text", text.get("text"), limit, page)


def _string(where: str, value: Given, limit: int, page: str) -> Iterator[str]:
    """Check a text; its length is counted in UTF-16 code units, the most that a service may count."""
    if not isinstance(value, str) or not value:
        yield f"{where}: empty, or no text ({page})"
    elif units(value) > limit:
        yield f"{where}: over {limit} characters ({page})"
    elif any("\ud800" <= character <= "\udfff" for character in value):
        yield f"{where}: half a character, which is not valid JSON ({page})"


def _url(where: str, value: Given, page: str) -> Iterator[str]:
    yield from _string(where, value, 3000, page)
    try:
        parts = urlsplit(value if isinstance(value, str) else "")
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(character.isspace() for character in value):
        yield f"{where}: not an address ({page})"


def _keys(where: str, given: Given, shape: Shape, page: str = "") -> Iterator[str]:
    if not isinstance(given, dict):
        yield f"{where}: no object ({page or shape.address})"
        return
    required = set(shape.required.split())
    for key in given.keys() - required - set(shape.optional.split()) - {"type"}:
        yield f"{where}: there is no {key} ({page or shape.address})"
    for key in required - given.keys():
        yield f"{where}: {key} is missing ({page or shape.address})"


def _nothing(_where: str, _block: Block, _page: str) -> Iterator[str]:
    yield from ()


def _type(given: Given) -> str:
    return str(given.get("type", "nothing")) if isinstance(given, dict) else "nothing"


def _walk(node: Given) -> Iterator[Block]:
    """Every object in it."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _walk(child)
