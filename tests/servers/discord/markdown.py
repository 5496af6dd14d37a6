"""Text as people see it after Discord read its markdown, and the markup in it.

Read by `adapters.preview.discord_markdown`, which shares nothing with what writes our messages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from adapters.preview.discord_markdown import BLOCKS, Node, parse
from tests.servers.discord.component_rules import TEXT_TYPE
from tests.servers.discord.component_rules import every as every_part

__all__ = ["Node", "active", "every", "formatted", "obeyed", "parse", "shown"]

OURS = frozenset({"bold", "code", "code block", "heading", "link", "list", "subtext", "timestamp"})
"""Markup in our own messages."""


def shown(text: str) -> str:
    """The text that people see, without markup; lines that Discord sets apart end with a line break."""
    return "".join(_shown(node) for node in parse(text))


def active(text: str) -> list[str]:
    """The kinds of all markup in the text, in order, nested markup too."""
    return [node.kind for node in every(parse(text)) if node.kind != "text"]


def every(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """The nodes, and all nodes inside them."""
    for node in nodes:
        yield node
        yield from every(node.inside)


def formatted(payload: dict[str, Any]) -> list[str]:
    """The texts of a message that Discord reads as markdown; it does not do so in names of authors and footers."""
    embeds = payload.get("embeds") or []
    shown_text = [text for embed in embeds for text in (embed.get("title"), embed.get("description"))]
    shown_text += [field[part] for embed in embeds for field in embed.get("fields") or [] for part in ("name", "value")]
    written = [part["content"] for part in every_part(payload.get("components") or []) if part.get("type") == TEXT_TYPE]
    return [text for text in (payload.get("content"), *shown_text, *written) if text]


def obeyed(payload: dict[str, Any]) -> list[str]:
    """Markup in a message that is not ours."""
    return [kind for text in formatted(payload) for kind in active(text) if kind not in OURS]


def _shown(node: Node) -> str:
    within = "".join(_shown(piece) for piece in node.inside)
    return f"{within}\n" if node.kind in BLOCKS else within + ("" if node.inside else node.text)
