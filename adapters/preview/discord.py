"""Messages as Discord draws them, from the JSON that it is sent.

Only what `adapters.platforms.discord.embeds` makes is drawn; of anything else, the page shows the name or the text.
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

ROW, BUTTON = 1, 2
"""https://discord.com/developers/docs/components/reference#component-object-component-types"""


def draw_payload(payload: Payload) -> Html:
    """Its text, embeds and buttons under each other."""
    content = [_markdown(payload["content"])] if payload.get("content") else []
    embeds = map(_embed, payload.get("embeds") or ())
    return joined(*content, *embeds, *map(_component, payload.get("components") or ()))


def colours(payload: Payload) -> set[int]:
    """The colours of its embeds, 0xRRGGBB: the page's style names them, as it allows none elsewhere."""
    return {embed["color"] for embed in payload.get("embeds") or () if embed.get("color") is not None}


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
    parts += map(_field, embed.get("fields") or ())
    shown = [element("div", *parts, class_="inside")]
    if embed.get("thumbnail"):
        shown.append(picture(f"Picture of {embed.get('title') or 'the paper'}".replace("\\", "")))
    if footer := embed.get("footer"):
        shown.append(element("p", footer["text"], class_="footer"))
    colour = embed.get("color")
    return element("div", *shown, class_="embed" if colour is None else f"embed {colour_class(colour)}")


def _field(field: Payload) -> Html:
    return element("div", element("h5", _inline(parse(field["name"]))), _markdown(field["value"]), class_="field")


def _component(component: Payload) -> Html:
    match component["type"]:
        case type_ if type_ == ROW:
            return buttons(map(_component, component["components"]))
        case type_ if type_ == BUTTON and component.get("url"):
            return link(component["url"], component["label"], class_="button opens")
        case type_ if type_ == BUTTON:
            return element("span", component["label"], class_="button", title=_command(component.get("custom_id", "")))
        case other:
            return element("span", f"[{other}]", class_="unknown")


def _command(custom_id: str) -> str:
    """What a press is the same as typing."""
    _, _, command = custom_id.partition("#")[0].partition(":")
    return f"/{command.replace(':', ' ', 1)}".strip() if command else ""


def _markdown(text: str) -> Html:
    return element("div", _inline(parse(text)), class_="text")


def _inline(nodes: Iterable[Node]) -> Html:
    """The pieces, items that follow each other in one list."""
    drawn = []
    for is_item, group in groupby(nodes, lambda node: node.kind == "list"):
        pieces = map(_node, group)
        drawn.append(element("ul", *pieces) if is_item else joined(*pieces))
    return joined(*drawn)


def _node(node: Node) -> Html:
    inside = _inline(node.inside) if node.inside else joined(node.text)
    match node.kind:
        case "bold":
            return element("strong", inside)
        case "link":
            return link(node.url, inside)
        case "list":
            return element("li", inside)
        case "subtext":
            return element("span", inside, class_="subtext")
        case "code block":
            return element("pre", element("code", inside))
        case _:
            return inside
