"""Markdown as Discord draws it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from adapters.preview.discord_markdown import Node, parse
from adapters.preview.html import Html, element, joined, link
from adapters.preview.moments import discord_moment

INLINE = {"bold": "strong", "underline": "u", "italic": "em", "strike": "s", "code": "code"}

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
    match node.kind:
        case kind if kind in INLINE:
            return element(INLINE[kind], inside)
        case "heading":
            return element("h4", inside, class_=f"level-{len(node.text)}")
        case "link":
            return link(node.url, inside)
        case "address":
            return link(node.text.strip("<>"), node.text.strip("<>"))
        case "list":
            return element("li", inside)
        case "quote":
            return element("blockquote", inside)
        case "subtext" | "spoiler" as kind:
            return element("span", inside, class_=kind)
        case "code block":
            return element("pre", element("code", inside))
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
