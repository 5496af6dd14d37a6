"""A tree of Discord's markdown, with everything that Discord shows as more than text.

https://discord.com/developers/docs/reference#message-formatting and
https://support.discord.com/hc/en-us/articles/210298617-Markdown-Text-101; where its apps differ,
whatever one of them takes as markup counts as markup here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of a text: plain, or markup of some kind.

    Attributes:
        kind: ``text``, or a name in `INLINE` or `BLOCKS`.
        text: The text to show, if nothing is inside; of a block, the marks it starts with.
        inside: The pieces that it consists of.
        url: Where it leads.
    """

    kind: str
    text: str = ""
    inside: tuple[Node, ...] = ()
    url: str = ""


BLOCKS = {
    "heading": re.compile(r"(?<! ) *+(?P<text>#{1,3}) +(?P<inside>[^\n]+)(?:\n|$)"),
    "subtext": re.compile(r"(?<! ) *+-# +(?P<inside>[^\n]+)(?:\n|$)"),
    "quote": re.compile(r"(?<! ) *+>(?:>>)? (?P<inside>[^\n]*)(?:\n|$)"),
    "list": re.compile(r"(?<![ \d]) *+(?P<text>[*-]|\d++\.) +(?P<inside>[^\n]+)(?:\n|$)"),
}
"""Markup at the start of a line."""

INLINE = {
    "escape": re.compile(r"\\(?P<text>[^0-9A-Za-z\s])"),
    "code block": re.compile(r"```(?:[a-zA-Z0-9_+\-.#]+\n)?\n*(?P<text>[^\n][\s\S]*?)\n*```"),
    "code": re.compile(r"(?<!`)(?P<fence>`++)(?P<text>[\s\S]*?[^`])(?P=fence)(?!`)"),
    "custom emoji": re.compile(r"<a?:\w+:\d+>"),
    "timestamp": re.compile(r"<t:-?\d+(?::\w)?>"),
    "mention": re.compile(r"<(?:@[!&]?|#)\d+>|</[^>\n]+:\d+>|<id:\w+>|@everyone|@here"),
    "link": re.compile(
        r"\[(?P<inside>(?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]"
        r"\(\s*<?(?P<url>(?:\([^)]*\)|[^\s\\()]|\\.)*?)>?(?:\s+['\"][\s\S]*?['\"])?\s*\)"
    ),
    "address": re.compile(
        r"<[^: >\n]+:/[^ >\n]+>|<[^ >\n]+@[^ >\n]+>|<\+\d[\d ()-]*>"
        r"|(?:https?|steam)://[^\s<]+[^<.,:;\"'\]\s]|discord(?:app)?\.(?:gg|com/invite)/\w+"
    ),
    "bold": re.compile(r"\*\*(?P<inside>(?:\\[\s\S]|[^\\])+?)\*\*(?!\*)"),
    "underline": re.compile(r"__(?P<inside>(?:\\[\s\S]|[^\\])+?)__(?!_)"),
    "italic": re.compile(
        r"\b_(?P<inside>(?:__|\\[\s\S]|[^\\_])+?)_\b|\*(?=\S)(?P<starred>(?:\*\*|\\[\s\S]|[^*\\])+?)\*(?!\*)"
    ),
    "strike": re.compile(r"~~(?P<inside>(?:\\[\s\S]|[^\\])+?)~~"),
    "spoiler": re.compile(r"\|\|(?P<inside>(?:\\[\s\S]|[^\\])+?)\|\|"),
    "emoji": re.compile(r":[^\s:]+:"),
}


DEEPEST = 20
"""Markup within markup that is read; what is deeper stays text."""


def parse(text: str, *, in_line: bool = False, depth: int = 0) -> tuple[Node, ...]:
    """The pieces of a text; ``in_line`` if it does not start a line, ``depth`` if it is within so much markup."""
    if depth > DEEPEST:
        return (Node("text", text),)
    pieces: list[Node] = []
    place = 0
    while place < len(text):
        starts = not in_line if place == 0 else text[place - 1] == "\n"
        rules = [*(BLOCKS.items() if starts else ()), *INLINE.items()]
        for kind, rule in rules:
            if found := rule.match(text, place):
                pieces.append(_node(kind, found, depth))
                place = found.end()
                break
        else:
            pieces.append(Node("text", text[place]))
            place += 1
    return tuple(_joined(pieces))


def _node(kind: str, found: re.Match[str], depth: int) -> Node:
    parts = found.groupdict()
    if kind == "escape":
        return Node("text", parts["text"])
    inside = parts.get("inside") or parts.get("starred")
    if inside is not None:
        within = parse(inside, in_line=True, depth=depth + 1)
        return Node(kind, parts.get("text") or "", within, parts.get("url") or "")
    return Node(kind, parts.get("text") or found[0], url=parts.get("url") or "")


def _joined(pieces: list[Node]) -> Iterator[Node]:
    plain = ""
    for piece in pieces:
        if piece.kind == "text":
            plain += piece.text
            continue
        if plain:
            yield Node("text", plain)
        plain = ""
        yield piece
    if plain:
        yield Node("text", plain)
