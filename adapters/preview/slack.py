"""Blocks as Slack draws them: https://docs.slack.dev/reference/block-kit.

Everything that `adapters.platforms.slack` sends is drawn; of anything else, the page shows the name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from adapters.preview.html import Html, Mapped, buttons, element, icon, joined, link, menu, picture
from adapters.preview.slack_text import draw_text, rich_text, unknown

CHANNEL = "papers"
"""The name of every channel: a message has only their ids."""

SELECTS = ("static", "external", "users", "conversations", "channels")

TYPED = re.compile(r"[a-z][a-z0-9_-]{0,31} [^\n]+")
"""A command as it is typed, without its slash."""

PICKERS = {"timepicker": "initial_time", "datepicker": "initial_date"}


def draw_blocks(blocks: Sequence[Mapped], errors: Mapping[str, str] | None = None) -> Html:
    """The blocks under each other, with what is wrong with inputs, by their block id."""
    return joined(*(_block(block, (errors or {}).get(block.get("block_id", ""), "")) for block in blocks))


def _block(block: Mapped, error: str) -> Html:
    match block["type"]:
        case "rich_text":
            drawn = joined(*map(rich_text, block["elements"]))
        case "section":
            drawn = _section(block)
        case "header":
            drawn = element("h4", draw_text(block["text"]))
        case "context":
            drawn = joined(*map(_context, block["elements"]))
        case "actions":
            drawn = buttons(map(_element, block["elements"]))
        case "input":
            drawn = _input(block, error)
        case "image":
            drawn = picture(block["alt_text"])
        case "divider":
            return element("hr")
        case kind:
            drawn = unknown(kind)
    return element("div", drawn, class_=f"block {block['type']}")


def _section(block: Mapped) -> Html:
    shown = [element("p", draw_text(block["text"]))] if "text" in block else []
    if block.get("fields"):
        shown.append(element("div", *(element("p", draw_text(text)) for text in block["fields"]), class_="fields"))
    words = element("div", *shown, class_="words")
    beside = [element("div", _element(block["accessory"]), class_="accessory")] if "accessory" in block else []
    return joined(words, *beside)


def _context(part: Mapped) -> Html:
    return picture(part["alt_text"]) if part["type"] == "image" else element("p", draw_text(part))


def _input(block: Mapped, error: str) -> Html:
    optional = [element("span", " (optional)", class_="optional")] if block.get("optional") else []
    below = [element("p", icon("warning"), " ", error, class_="error")] if error else []
    if block.get("hint"):
        below.append(element("p", draw_text(block["hint"]), class_="hint"))
    label = element("p", draw_text(block["label"]), *optional, class_="label")
    return element("div", label, _element(block["element"]), *below, class_="wrong" if error else "field")


def _element(part: Mapped) -> Html:
    match part["type"]:
        case "button":
            return _button(part)
        case "image":
            return picture(part["alt_text"])
        case "overflow":
            return menu(icon("more"), map(_option, part["options"]), class_="overflow", aria_label="More actions")
        case "plain_text_input":
            return _typed(part)
        case kind if kind.removeprefix("multi_").removesuffix("_select") in SELECTS:
            return menu(_chosen(part), map(_option, _options(part)), class_="select")
        case kind if kind in PICKERS:
            chosen = part.get(PICKERS[kind]) or _placeholder(part)
            return element("span", icon("clock"), element("span", chosen), class_="picker")
        case "checkboxes" | "radio_buttons":
            return element("ul", *(element("li", _option(option)) for option in part["options"]), class_="choices")
        case kind:
            return unknown(kind)


def _button(part: Mapped) -> Html:
    look = {"class_": f"button {part.get('style', '')}".strip()}
    if part.get("accessibility_label"):
        look["aria_label"] = part["accessibility_label"]
    if "url" in part:
        return link(part["url"], part["text"]["text"], **look)
    return element("span", part["text"]["text"], title=_command(part.get("value", "")), **look)


def _typed(part: Mapped) -> Html:
    kind = "input long" if part.get("multiline") else "input"
    if part.get("initial_value"):
        return element("div", part["initial_value"], class_=kind)
    return element("div", _placeholder(part), class_=f"{kind} empty")


def _chosen(part: Mapped) -> Html:
    """What stands in a closed select."""
    if chosen := part.get("initial_option"):
        shown = element("span", draw_text(chosen["text"]))
    elif part.get("initial_conversation") or part.get("initial_channel") or part.get("default_to_current_conversation"):
        shown = element("span", f"# {CHANNEL}")
    else:
        shown = element("span", _placeholder(part), class_="empty")
    return joined(shown, icon("open"))


def _placeholder(part: Mapped) -> str:
    return part["placeholder"]["text"] if "placeholder" in part else ""


def _options(part: Mapped) -> Iterable[Mapped]:
    """The options of a select, those of groups too."""
    grouped = (option for group in part.get("option_groups") or () for option in group["options"])
    return [*(part.get("options") or ()), *grouped]


def _option(option: Mapped) -> Html:
    about = [element("small", draw_text(option["description"]))] if option.get("description") else []
    if option.get("url"):
        return joined(link(option["url"], draw_text(option["text"])), *about)
    return joined(element("span", draw_text(option["text"]), title=_command(option.get("value", ""))), *about)


def _command(value: str) -> str:
    """What a press is the same as typing: the value itself, or the command that it holds as JSON."""
    if TYPED.fullmatch(value):
        return f"/{value}"
    try:
        command = json.loads(value)
        return f"/{command['command']} {command['text']}".strip()
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
