"""Discord's rules for components, each with the address of its documentation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bot.text.characters import units
from tests.servers.discord.measures import DOCS, Complaints, length, unique, unknown, well_formed

COMPONENTS = f"{DOCS}/components/reference"
ROWS = f"{COMPONENTS}#action-row"
BUTTON = f"{COMPONENTS}#button"
SELECT = f"{COMPONENTS}#string-select"
SECTION = f"{COMPONENTS}#section"
TEXT = f"{COMPONENTS}#text-display"
THUMBNAIL = f"{COMPONENTS}#thumbnail"
CONTAINER = f"{COMPONENTS}#container"
SEPARATOR = f"{COMPONENTS}#separator"
TEXT_INPUT = f"{COMPONENTS}#text-input"
IDS = f"{COMPONENTS}#anatomy-of-a-component"

ROW_TYPE, BUTTON_TYPE, SELECT_TYPE, TEXT_INPUT_TYPE = 1, 2, 3, 4
SECTION_TYPE, TEXT_TYPE, THUMBNAIL_TYPE, SEPARATOR_TYPE, CONTAINER_TYPE = 9, 10, 11, 14, 17
LINK_STYLE, SKU_STYLE = 5, 6

MOST_COMPONENTS, MOST_TEXT = 40, 4000
LARGEST_ID = (1 << 31) - 1

BUTTON_KEYS = {"type", "style", "label", "emoji", "custom_id", "sku_id", "url", "disabled", "id"}
SELECT_KEYS = {
    *("type", "id", "custom_id", "options", "placeholder", "min_values", "max_values", "disabled", "required"),
}
OPTION_KEYS = {"label", "value", "description", "emoji", "default"}
TEXT_INPUT_KEYS = {
    *("type", "id", "custom_id", "style", "label", "min_length", "max_length", "required", "value", "placeholder"),
}


def every(components: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The components, and all inside them, in order."""
    for component in components:
        yield component
        yield from every(component.get("components") or [])
        if component.get("accessory"):
            yield from every([component["accessory"]])


def layout_complaints(components: list[dict[str, Any]]) -> Complaints:
    """Why Discord would refuse the components of a message that consists of them."""
    parts = list(every(components))
    if not parts:
        yield f"the message is empty (50006): {COMPONENTS}"
    if len(parts) > MOST_COMPONENTS:
        yield f"{len(parts)} components, and {MOST_COMPONENTS} are allowed: {COMPONENTS}"
    text = sum(units(part["content"]) for part in parts if part.get("type") == TEXT_TYPE)
    if text > MOST_TEXT:
        yield f"{text} characters in all texts, and {MOST_TEXT} are allowed: {TEXT}"
    ids = [part["id"] for part in parts if part.get("id") is not None]
    if len(set(ids)) < len(ids) or not all(isinstance(given, int) and 0 < given <= LARGEST_ID for given in ids):
        yield f"ids are not different numbers of 32 bits: {IDS}"
    yield from unique([part["custom_id"] for part in parts if "custom_id" in part])
    for component in components:
        yield from _top(component)


def row_complaints(rows: list[dict[str, Any]]) -> Complaints:
    """Why Discord would refuse the rows under a text or embeds."""
    if len(rows) > 5:
        yield f"{len(rows)} rows, and 5 are allowed: {ROWS}"
    for row in rows:
        if row.get("type") != ROW_TYPE:
            yield f"a component of type {row.get('type')} is not in a row: {ROWS}"
        else:
            yield from _row(row)
    yield from unique([part["custom_id"] for part in every(rows) if "custom_id" in part])


def input_complaints(field: dict[str, Any]) -> Complaints:
    """Why Discord would refuse a field of a form."""
    if field.get("type") == SELECT_TYPE:
        yield from _select(field)
        return
    yield from unknown(field, TEXT_INPUT_KEYS, "a text input", TEXT_INPUT)
    if field.get("type") != TEXT_INPUT_TYPE or field.get("style") not in {1, 2}:
        yield f"a text input has type 4, and style 1 or 2: {TEXT_INPUT}"
    yield from length(field.get("custom_id"), 1, 100, "a text input's custom_id", TEXT_INPUT)
    yield from length(field.get("placeholder") or "", 0, 100, "a placeholder", TEXT_INPUT)
    yield from length(field.get("value") or "", 0, field.get("max_length") or 4000, "a value", TEXT_INPUT)
    low, high = field.get("min_length") or 0, field.get("max_length") or 4000
    if not (0 <= low <= 4000 and 1 <= high <= 4000 and low <= high):
        yield f"lengths {low}–{high} are not within 0–4000: {TEXT_INPUT}"


def _top(component: dict[str, Any]) -> Complaints:
    if component.get("type") != CONTAINER_TYPE:
        yield from _part(component)
        return
    yield from unknown(component, {"type", "id", "components", "accent_color", "spoiler"}, "a container", CONTAINER)
    colour = component.get("accent_color") or 0
    if not isinstance(colour, int) or not 0 <= colour <= 0xFFFFFF:
        yield f"accent_color {colour} is not a colour: {CONTAINER}"
    if not component.get("components"):
        yield f"a container is empty: {CONTAINER}"
    for part in component.get("components") or []:
        yield from _part(part)


def _part(part: dict[str, Any]) -> Complaints:
    match part.get("type"):
        case 1:
            yield from _row(part)
        case 9:
            yield from _section(part)
        case 10:
            yield from _text(part)
        case 14:
            yield from unknown(part, {"type", "id", "divider", "spacing"}, "a separator", SEPARATOR)
            if part.get("spacing", 1) not in {1, 2}:
                yield f"a separator's spacing is 1 or 2: {SEPARATOR}"
        case other:
            yield f"type {other} is not used there: {COMPONENTS}"


def _text(part: dict[str, Any]) -> Complaints:
    yield from unknown(part, {"type", "id", "content"}, "a text", TEXT)
    yield from length(part.get("content"), 1, MOST_TEXT, "a text", TEXT)


def _section(part: dict[str, Any]) -> Complaints:
    yield from unknown(part, {"type", "id", "components", "accessory"}, "a section", SECTION)
    texts = part.get("components") or []
    if not 1 <= len(texts) <= 3 or any(text.get("type") != TEXT_TYPE for text in texts):
        yield f"a section has 1–3 texts: {SECTION}"
    for text in texts:
        yield from _text(text)
    accessory = part.get("accessory") or {}
    if accessory.get("type") == BUTTON_TYPE:
        yield from _button(accessory)
        return
    if accessory.get("type") != THUMBNAIL_TYPE:
        yield f"a section has a button or thumbnail: {SECTION}"
    yield from unknown(accessory, {"type", "id", "media", "description", "spoiler"}, "a thumbnail", THUMBNAIL)
    yield from length(accessory.get("description") or "", 0, 1024, "a thumbnail's description", THUMBNAIL)
    if not (url := (accessory.get("media") or {}).get("url")):
        yield f"a thumbnail has no url: {THUMBNAIL}"
    yield from well_formed(url, ("http", "https", "attachment"), 2048, THUMBNAIL)


def _row(row: dict[str, Any]) -> Complaints:
    yield from unknown(row, {"type", "components", "id"}, "a row", ROWS)
    inside = row.get("components") or []
    if [part.get("type") for part in inside] == [SELECT_TYPE]:
        yield from _select(inside[0])
        return
    if not 1 <= len(inside) <= 5:
        yield f"{len(inside)} buttons in a row, and 1–5 are allowed: {ROWS}"
    for button in inside:
        yield from _button(button)


def _button(button: dict[str, Any]) -> Complaints:
    yield from unknown(button, BUTTON_KEYS, "a button", BUTTON)
    if button.get("type") != BUTTON_TYPE:
        yield f"type {button.get('type')} is not used here: {BUTTON}"
    if button.get("style") not in range(1, SKU_STYLE):
        yield f"style {button.get('style')} is not a style: {BUTTON}"
    yield from length(button.get("label"), 0 if button.get("emoji") else 1, 80, "a button's label", BUTTON)
    if button.get("style") == LINK_STYLE:
        if "custom_id" in button or not button.get("url"):
            yield f"a link button needs a url, and takes no custom_id: {BUTTON}"
        yield from well_formed(button.get("url"), ("http", "https", "discord"), 512, BUTTON)
    else:
        if button.get("url"):
            yield f"a button that is not a link takes no url: {BUTTON}"
        yield from length(button.get("custom_id"), 1, 100, "a custom_id", BUTTON)


def _select(select: dict[str, Any]) -> Complaints:
    yield from unknown(select, SELECT_KEYS, "a select", SELECT)
    yield from length(select.get("custom_id"), 1, 100, "a select's custom_id", SELECT)
    yield from length(select.get("placeholder") or "", 0, 150, "a select's placeholder", SELECT)
    options = select.get("options") or []
    if not 1 <= len(options) <= 25:
        yield f"{len(options)} options, and 1–25 are allowed: {SELECT}"
    values = [option.get("value") for option in options]
    if len(set(values)) < len(values):
        yield f"two options have one value: {SELECT}"
    if sum(bool(option.get("default")) for option in options) > (select.get("max_values") or 1):
        yield f"more options are chosen than may be: {SELECT}"
    for option in options:
        yield from unknown(option, OPTION_KEYS, "an option", SELECT)
        yield from length(option.get("label"), 1, 100, "an option's label", SELECT)
        yield from length(option.get("value"), 1, 100, "an option's value", SELECT)
        yield from length(option.get("description") or "", 0, 100, "an option's description", SELECT)
