"""Slack's rules for messages and views, each with the address of its documentation.

Stricter than `slack_sdk.models`, which lets mrkdwn headers, empty texts, long fields and a 51st block pass. Only what
Paperwire uses is known here: any other block or element is a complaint, so that a rule is written before it is used.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.servers.slack.element_rules import (
    check_element,
    check_image,
    check_keys,
    check_string,
    check_text,
    check_url,
    kind_of,
    objects,
)
from tests.servers.slack.shapes import (
    ALLOWED,
    BLOCKS,
    INSIDE,
    KIT,
    MESSAGE,
    MESSAGE_KEYS,
    METADATA_PAGE,
    POST_PAGE,
    RICH,
    STYLES,
    TOO_LONG,
    VIEW_PAGE,
    VIEWS,
    Block,
    Given,
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
    yield from check_keys("view", view, VIEWS[kind], VIEW_PAGE)
    for key, limit in (("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)):
        yield from check_string(f"view.{key}", view.get(key) or "any", limit, VIEW_PAGE)
    for key in view.keys() & {"title", "submit", "close"}:
        yield from check_text(f"view.{key}", view[key], 24, kinds={"plain_text"}, page=VIEW_PAGE)
    blocks = view.get("blocks", [])
    yield from _blocks(blocks, most=100, inputs=kind == "modal")
    if kind == "modal" and "submit" not in view and any(kind_of(block) == "input" for block in blocks):
        yield f"a modal with inputs needs a submit ({VIEW_PAGE})"


def _blocks(blocks: Given, *, most: int, inputs: bool) -> Iterator[str]:
    page = f"{KIT}/blocks"
    if not isinstance(blocks, list) or len(blocks) > most:
        yield f"blocks: over {most}, or no list ({page})"
        return
    for number, block in enumerate(blocks):
        where, kind = f"blocks[{number}]", kind_of(block)
        if kind not in BLOCKS or (kind == "input" and not inputs):
            yield f"{where}: no block of type {kind} can stand here ({page})"
            continue
        shape = BLOCKS[kind]
        yield from check_keys(where, block, shape)
        yield from check_string(f"{where}.block_id", block.get("block_id", "any"), 255, shape.address)
        yield from RULES.get(kind, _nothing)(where, block, shape.address)
    ids = [f"block_id {block['block_id']}" for block in blocks if isinstance(block, dict) and "block_id" in block]
    ids += [f"action_id {part['action_id']}" for part in objects(blocks) if "action_id" in part]
    yield from (f"{name} stands twice ({page})" for name, count in Counter(ids).items() if count > 1)
    if sum(part.get("focus_on_load") is True for part in objects(blocks)) > 1:
        yield f"only one element can have the focus ({page})"


def _section(where: str, block: Block, page: str) -> Iterator[str]:
    if "text" not in block and not block.get("fields"):
        yield f"{where}: neither text nor fields ({page})"
    if "text" in block:
        yield from check_text(f"{where}.text", block["text"], 3000, page=page)
    fields = block.get("fields", [])
    if len(fields) > 10:
        yield f"{where}.fields: over 10 ({page})"
    for field in fields:
        yield from check_text(f"{where}.fields", field, 2000, page=page)
    if "accessory" in block:
        yield from check_element(f"{where}.accessory", block["accessory"], ALLOWED["section"])


def _header(where: str, block: Block, page: str) -> Iterator[str]:
    yield from check_text(f"{where}.text", block.get("text"), 150, kinds={"plain_text"}, page=page)


def _row(where: str, block: Block, page: str) -> Iterator[str]:
    elements, most = block.get("elements"), {"context": 10, "actions": 25}[block["type"]]
    if not isinstance(elements, list) or not 1 <= len(elements) <= most:
        yield f"{where}.elements: 1 to {most} ({page})"
        return
    for number, element in enumerate(elements):
        yield from check_element(f"{where}.elements[{number}]", element, ALLOWED[block["type"]])


def _input(where: str, block: Block, page: str) -> Iterator[str]:
    yield from check_text(f"{where}.label", block.get("label"), 2000, kinds={"plain_text"}, page=page)
    if "hint" in block:
        yield from check_text(f"{where}.hint", block["hint"], 2000, kinds={"plain_text"}, page=page)
    yield from check_element(f"{where}.element", block.get("element"), ALLOWED["input"])


def _rich_text(where: str, block: Block, page: str) -> Iterator[str]:
    yield from _rich(where, block, set(INSIDE), page)


def _rich(where: str, parent: Block, allowed: set[str], page: str) -> Iterator[str]:
    elements = parent.get("elements")
    if not isinstance(elements, list) or not elements:
        yield f"{where}.elements: none ({page})"
        return
    for number, element in enumerate(elements):
        here, kind = f"{where}.elements[{number}]", kind_of(element)
        if kind not in allowed:
            yield f"{here}: no {kind} can stand here ({page})"
            continue
        yield from check_keys(here, element, RICH[kind])
        if kind in INSIDE:
            yield from _rich(here, element, INSIDE[kind], page)
            if element.get("style", "bullet") not in (
                {"bullet", "ordered"} if kind == "rich_text_list" else {"bullet"}
            ):
                yield f"{here}.style: bullet or ordered ({page})"
            continue
        for key in element.keys() & {"text", "name", "channel_id", "user_id"}:
            yield from check_string(f"{here}.{key}", element[key], MESSAGE, page)
        if kind == "link":
            yield from check_url(f"{here}.url", element.get("url"), page)
        if kind == "date":
            yield from _date(here, element)
        style = element.get("style", {})
        if not isinstance(style, dict) or style.keys() - STYLES or not all(flag is True for flag in style.values()):
            yield f"{here}.style: {sorted(STYLES)} ({page})"


def _date(where: str, element: Block) -> Iterator[str]:
    page = RICH["date"].address
    if type(element.get("timestamp")) is not int:
        yield f"{where}.timestamp: a whole number of seconds ({page})"
    if not re.search(r"\{(date|time)", str(element.get("format"))):
        yield f"{where}.format: no token such as {{date}} ({page})"
    yield from check_string(f"{where}.fallback", element.get("fallback", "any"), MESSAGE, page)


def _nothing(_where: str, _block: Block, _page: str) -> Iterator[str]:
    yield from ()


RULES: dict[str, Callable[[str, Block, str], Iterator[str]]] = {
    "section": _section,
    "header": _header,
    "context": _row,
    "actions": _row,
    "input": _input,
    "image": check_image,
    "rich_text": _rich_text,
}
