"""Markdown as Discord draws it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from adapters.preview.discord_markdown import Node, parse
from adapters.preview.html import Html, element, joined, link
from adapters.preview.moments import discord_moment

ELEMENTS: dict[str, tuple[str, dict[str, str]]] = {
    "bold": ("strong", {}),
    "underline": ("u", {}),
    "italic": ("em", {}),
    "strike": ("s", {}),
    "code": ("code", {}),
    "list": ("li", {}),
    "quote": ("blockquote", {}),
    "subtext": ("span", {"class_": "subtext"}),
    "spoiler": ("span", {"class_": "spoiler"}),
}
"""The elements that show a kind of markup, with their attributes."""

TIMESTAMP = re.compile(r"<t:(-?\d{1,12})(?::(\w))?>")

CALLED = re.compile(r"</([^:>]+):\d+>")
"""A mention of a command."""


def markdown(text: str) -> Html:
    """A text on lines of its own."""
    return element("div", inline(text), class_="text")


def inline(text: str) -> Html:
    """A text within a line, such as a title."""
    return _nodes(parse(text))


def _nodes(nodes: Iterable[Node]) -> Html:
    """The pieces, items that follow each other in one list."""
    drawn = []
    for kind, group in groupby(nodes, _list):
        listed = tuple(group)
        pieces = map(_node, listed)
        start = {"start": listed[0].text.rstrip(".")} if kind == "ol" else {}
        drawn.append(element(kind, *pieces, **start) if kind else joined(*pieces))
    return joined(*drawn)


def _list(node: Node) -> str:
    if node.kind != "list":
        return ""
    return "ol" if node.text.endswith(".") else "ul"


def _node(node: Node) -> Html:
    inside = _nodes(node.inside) if node.inside else joined(node.text)
    if node.kind in ELEMENTS:
        name, look = ELEMENTS[node.kind]
        return element(name, inside, **look)
    match node.kind:
        case "heading":
            return element("h4", inside, class_=f"level-{len(node.text)}")
        case "code block":
            return element("pre", element("code", inside))
        case "link":
            return link(node.url, inside)
        case "address":
            return link(node.text.strip("<>"), node.text.strip("<>"))
        case "timestamp":
            return _timestamp(node.text)
        case "mention":
            called = CALLED.fullmatch(node.text)
            return element("span", f"/{called[1]}" if called else node.text, class_="mention")
        case _:
            return inside


def _timestamp(text: str) -> Html:
    found = TIMESTAMP.fullmatch(text)
    if found is None:
        return joined(text)
    return element("span", discord_moment(int(found[1]), found[2] or "f"), class_="timestamp")
