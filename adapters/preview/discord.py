"""Messages as Discord draws them, from the JSON that it is sent.

https://discord.com/developers/docs/resources/message#create-message
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from adapters.preview.discord_markdown import Node, parse
from adapters.preview.html import Html, buttons, element, joined, link, picture

Payload = Mapping[str, Any]
"""A message as it is sent, or an object in it."""

ELEMENTS = {"bold": "strong", "italic": "em", "underline": "u", "strike": "s", "code": "code", "quote": "blockquote"}

CLASSES = {"heading": "heading", "subtext": "subtext", "spoiler": "spoiler", "mention": "mention"}

ROW, BUTTON = 1, 2
"""https://discord.com/developers/docs/components/reference#component-object-component-types"""


def draw_payload(payload: Payload) -> Html:
    """Its text, embeds and buttons under each other."""
    content = [_markdown(payload["content"])] if payload.get("content") else []
    embeds = [_embed(each) for each in payload.get("embeds") or ()]
    return joined(*content, *embeds, *(_component(each) for each in payload.get("components") or ()))


def colours(payload: Payload) -> set[int]:
    """The colours of its embeds, 0xRRGGBB: the page's style names them, as it allows none elsewhere."""
    return {each["color"] for each in payload.get("embeds") or () if each.get("color") is not None}


def colour_class(colour: int) -> str:
    """The class of embeds of that colour."""
    return f"colour-{colour:06x}"


def _embed(embed: Payload) -> Html:
    parts = []
    if author := embed.get("author"):
        parts.append(element("p", author["name"], class_="author"))
    if title := embed.get("title"):
        drawn = _inline(parse(title))
        parts.append(element("h4", link(embed["url"], drawn) if embed.get("url") else drawn))
    if description := embed.get("description"):
        parts.append(_markdown(description))
    if fields := embed.get("fields"):
        parts.append(element("div", *map(_field, fields), class_="fields"))
    shown = [element("div", *parts, class_="inside")]
    if embed.get("thumbnail"):
        shown.append(picture(f"Picture of {embed.get('title') or 'the paper'}".replace("\\", "")))
    if footer := embed.get("footer"):
        shown.append(element("p", footer["text"], class_="footer"))
    colour = embed.get("color")
    return element("div", *shown, class_="embed" if colour is None else f"embed {colour_class(colour)}")


def _field(field: Payload) -> Html:
    name = element("h5", _inline(parse(field["name"])))
    return element("div", name, _markdown(field["value"]), class_="field inline" if field.get("inline") else "field")


def _component(component: Payload) -> Html:
    match component["type"]:
        case type_ if type_ == ROW:
            return buttons([_component(each) for each in component["components"]])
        case type_ if type_ == BUTTON and component.get("url"):
            return link(component["url"], component["label"], class_="button opens")
        case type_ if type_ == BUTTON:
            return element("span", component["label"], class_="button", title=_command(component.get("custom_id", "")))
        case other:
            return element("span", f"[{other}]", class_="unknown")


def _command(custom_id: str) -> str:
    """What a press is the same as typing."""
    _, _, said = custom_id.partition("#")[0].partition(":")
    return f"/{said.replace(':', ' ', 1)}".strip() if said else ""


def _markdown(said: str) -> Html:
    return element("div", _inline(parse(said)), class_="text")


def _inline(nodes: Iterable[Node]) -> Html:
    """The pieces, items that follow each other in one list."""
    drawn = []
    for is_item, group in groupby(nodes, lambda node: node.kind == "list"):
        pieces = [_node(each) for each in group]
        drawn.append(element("ul", *pieces) if is_item else joined(*pieces))
    return joined(*drawn)


def _node(node: Node) -> Html:
    inside = _inline(node.inside) if node.inside else joined(node.text)
    match node.kind:
        case "list":
            return element("li", inside)
        case "link":
            return link(node.url, inside)
        case "address":
            return link(node.text.strip("<>"), inside)
        case "code block":
            return element("pre", element("code", inside))
        case kind if kind in ELEMENTS:
            return element(ELEMENTS[kind], inside)
        case kind if kind in CLASSES:
            return element("span", inside, class_=CLASSES[kind])
        case _:
            return inside
