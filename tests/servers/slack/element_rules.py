"""Slack's rules for what stands in blocks: elements, texts, addresses and keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from typing import Any
from urllib.parse import urlsplit

from bot.text.characters import units
from tests.servers.slack.shapes import (
    CONFIRM,
    DISPATCH,
    ELEMENTS,
    FILTER,
    KIT,
    MENU_OPTION,
    OPTION,
    Block,
    Given,
    Shape,
)


def check_element(where: str, element: Given, allowed: set[str]) -> Iterator[str]:
    """Check a button, input, picture or text, which is one of the kinds that can stand there."""
    kind = kind_of(element)
    if kind not in allowed:
        yield f"{where}: no {kind} can stand here ({KIT}/block-elements)"
        return
    page = ELEMENTS[kind].address
    yield from check_keys(where, element, ELEMENTS[kind])
    yield from check_string(f"{where}.action_id", element.get("action_id", "any"), 255, page)
    if "placeholder" in element:
        yield from check_text(f"{where}.placeholder", element["placeholder"], 150, kinds={"plain_text"}, page=page)
    if "confirm" in element:
        yield from _confirm(f"{where}.confirm", element["confirm"])
    yield from ELEMENT_RULES[kind](where, element, page)


def _text_element(where: str, element: Block, page: str) -> Iterator[str]:
    yield from check_text(where, element, 3000, page=page)


def check_image(where: str, block: Block, page: str) -> Iterator[str]:
    """Check a picture, which is a block of its own or stands in one."""
    yield from check_string(f"{where}.alt_text", block.get("alt_text"), 2000, page)
    yield from check_url(f"{where}.image_url", block.get("image_url"), page)
    if "title" in block:
        yield from check_text(f"{where}.title", block["title"], 2000, kinds={"plain_text"}, page=page)


def _button(where: str, element: Block, page: str) -> Iterator[str]:
    yield from check_text(f"{where}.text", element.get("text"), 75, kinds={"plain_text"}, page=page)
    yield from check_string(f"{where}.value", element.get("value", "any"), 2000, page)
    yield from check_string(f"{where}.accessibility_label", element.get("accessibility_label", "any"), 75, page)
    if "url" in element:
        yield from check_url(f"{where}.url", element["url"], page)
    if element.get("style", "primary") not in {"primary", "danger"}:
        yield f"{where}.style: primary or danger ({page})"


def _conversations(where: str, element: Block, _page: str) -> Iterator[str]:
    yield from check_keys(f"{where}.filter", element.get("filter", {}), FILTER)


def _typed(where: str, element: Block, page: str) -> Iterator[str]:
    if not 1 <= element.get("max_length", 1) <= 3000:
        yield f"{where}.max_length: 1 to 3000 ({page})"
    if len(element.get("initial_value", "any")) > element.get("max_length", 3000):
        yield f"{where}.initial_value: longer than max_length ({page})"
    config = element.get("dispatch_action_config", {})
    yield from check_keys(f"{where}.dispatch_action_config", config, DISPATCH)
    if set(config.get("trigger_actions_on", [])) - {"on_enter_pressed", "on_character_entered"}:
        yield f"{where}.trigger_actions_on: on_enter_pressed, on_character_entered ({DISPATCH.address})"


def _select(where: str, element: Block, page: str) -> Iterator[str]:
    yield from _options(where, element, page, (1, 100), OPTION)


def _overflow(where: str, element: Block, page: str) -> Iterator[str]:
    yield from _options(where, element, page, (2, 5), MENU_OPTION)
    for option in element.get("options", []):
        if "url" in option:
            yield from check_url(f"{where}.options.url", option["url"], page)


def _time(where: str, element: Block, page: str) -> Iterator[str]:
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", element.get("initial_time", "00:00")):
        yield f"{where}.initial_time: HH:mm ({page})"


def _options(where: str, element: Block, page: str, number: tuple[int, int], shape: Shape) -> Iterator[str]:
    options = element.get("options", [])
    if not number[0] <= len(options) <= number[1]:
        yield f"{where}.options: {number[0]} to {number[1]} ({page})"
    for option in options:
        yield from check_keys(f"{where}.options", option, shape)
        yield from check_text(
            f"{where}.options.text", option.get("text"), 75, kinds={"plain_text"}, page=OPTION.address
        )
        yield from check_string(f"{where}.options.value", option.get("value"), 150, OPTION.address)
    if "initial_option" in element and element["initial_option"] not in options:
        yield f"{where}.initial_option: none of the options ({page})"


ELEMENT_RULES: dict[str, Callable[[str, Block, str], Iterator[str]]] = {
    "plain_text": _text_element,
    "mrkdwn": _text_element,
    "image": check_image,
    "button": _button,
    "plain_text_input": _typed,
    "static_select": _select,
    "overflow": _overflow,
    "timepicker": _time,
    "conversations_select": _conversations,
}


def _confirm(where: str, confirm: Block) -> Iterator[str]:
    yield from check_keys(where, confirm, CONFIRM)
    for key, limit in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
        yield from check_text(f"{where}.{key}", confirm.get(key), limit, kinds={"plain_text"}, page=CONFIRM.address)


def check_text(
    where: str,
    text: Given,
    limit: int,
    *,
    page: str,
    kinds: Container[str] = ("plain_text", "mrkdwn"),
) -> Iterator[str]:
    """Check an object of text: its kind, and its length."""
    kind = kind_of(text)
    if kind not in kinds:
        yield f"{where}: no {kind} can stand here ({page})"
        return
    yield from check_keys(where, text, ELEMENTS[kind])
    yield from check_string(f"{where}.text", text.get("text"), limit, page)


def check_string(where: str, value: Given, limit: int, page: str) -> Iterator[str]:
    """Check a text; its length is counted in UTF-16 code units, the most that a service may count."""
    if not isinstance(value, str) or not value:
        yield f"{where}: empty, or no text ({page})"
    elif units(value) > limit:
        yield f"{where}: over {limit} characters ({page})"
    elif any("\ud800" <= character <= "\udfff" for character in value):
        yield f"{where}: half a character, which is not valid JSON ({page})"


def check_url(where: str, value: Given, page: str) -> Iterator[str]:
    """Check an address that a browser opens."""
    yield from check_string(where, value, 3000, page)
    try:
        parts = urlsplit(value if isinstance(value, str) else "")
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(character.isspace() for character in value):
        yield f"{where}: not an address ({page})"


def check_keys(where: str, given: Given, shape: Shape, page: str = "") -> Iterator[str]:
    """Check that every key is known, and none is missing."""
    if not isinstance(given, dict):
        yield f"{where}: no object ({page or shape.address})"
        return
    required = set(shape.required.split())
    for key in given.keys() - required - set(shape.optional.split()) - {"type"}:
        yield f"{where}: there is no {key} ({page or shape.address})"
    for key in required - given.keys():
        yield f"{where}: {key} is missing ({page or shape.address})"


def kind_of(given: Given) -> str:
    """The type that it says it has."""
    return str(given.get("type", "nothing")) if isinstance(given, dict) else "nothing"


def objects(node: Given) -> Iterator[dict[str, Any]]:
    """Every object in it."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from objects(child)
