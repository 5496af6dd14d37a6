# noqa: INP001 - see discord.py beside it
"""A page that shows payloads as Discord draws them; what is drawn is what is sent, read by Discord's rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape as html
from pathlib import Path
from typing import Any
from urllib.parse import quote

from adapters.discord.embeds import Payload, Pressable, rows
from adapters.preview.markdown import Node, parse

STYLE = Path(__file__).with_name("discord.css")

AVATAR = (
    '<svg class="avatar" viewBox="0 0 40 40"><rect width="40" height="40" fill="#f2a33a"/><path d="M11 9h14l5 5v17H11z"'
    ' fill="#fff"/><path d="M15 18h11M15 22h11M15 26h7" stroke="#f2a33a" stroke-width="2"/></svg>'
)
OPENS = '<svg viewBox="0 0 24 24"><path d="M14 4h6v6M20 4l-9 9M17 14v6H4V7h6"/></svg>'

ELEMENTS = {"bold": "b", "italic": "i", "underline": "u", "strike": "s", "code": "code", "code block": "pre"}
CLASSES = {"list": "item", "subtext": "subtext"}


@dataclass(frozen=True, slots=True)
class Said:
    """A message on the page.

    Attributes:
        payload: What is sent.
        used: The command that it answers, such as ``/subscribe rlhf``; empty for a message by itself.
        alone: Whether the person who asked sees it alone.
        post: The name and tag of the forum post that it begins; empty elsewhere.
    """

    payload: Payload
    used: str = ""
    alone: bool = False
    post: tuple[str, ...] = ()


def page(messages: Sequence[Said], *, light: bool = False, width: int = 640) -> str:
    """The messages under each other, as HTML; its title tells the height, in pixels, once it is laid out."""
    shown = "".join(_message(message) for message in messages)
    measure = "<script>document.title = Math.ceil(document.body.getBoundingClientRect().height)</script>"
    return (
        f'<!doctype html><html class="{"light" if light else "dark"}"><meta charset="utf-8"><title></title>'
        f"<style>{STYLE.read_text(encoding='utf-8')} body {{ --width: {width}px }}</style>"
        f"<body>{shown}{measure}</body></html>"
    )


def _message(said: Said) -> str:
    used = f'<div class="used"><b>ada</b> used <i>{html(said.used)}</i></div>' if said.used else ""
    post = said.post and f'<div class="post">{html(said.post[0])}</div><span class="tag">{html(said.post[1])}</span>'
    content = f'<div class="text">{_markdown(said.payload.content)}</div>' if said.payload.content else ""
    embeds = "".join(_embed(embed.to_dict()) for embed in said.payload.embeds)
    buttons = "".join(f'<div class="row">{"".join(map(_button, row))}</div>' for row in rows(said.payload.buttons))
    alone = '<div class="alone">Only you can see this · <a>Dismiss message</a></div>' if said.alone else ""
    who = '<span class="name">Paperwire</span><span class="app">APP</span><span class="time">Today at 09:00</span>'
    return f'{post or ""}<div class="message">{used}{AVATAR}<div>{who}</div>{content}{embeds}{buttons}{alone}</div>'


def _embed(embed: Any) -> str:  # noqa: ANN401 - as it is sent
    parts = []
    if author := embed.get("author"):
        parts.append(f'<div class="author">{html(author["name"])}</div>')
    if title := embed.get("title"):
        linked = f"<a>{_markdown(title)}</a>" if embed.get("url") else f"<b>{_markdown(title)}</b>"
        parts.append(f'<div class="title">{linked}</div>')
    if description := embed.get("description"):
        parts.append(f'<div class="text">{_markdown(description)}</div>')
    for field in embed.get("fields", ()):
        name = f'<b class="field-name">{_markdown(field["name"])}</b>'
        parts.append(
            f'<div class="field">{name}<div class="text" style="margin: 0">{_markdown(field["value"])}</div></div>'
        )
    picture = f'<img class="thumbnail" src="{_front_page()}">' if embed.get("thumbnail") else ""
    footer = f'<div class="footer">{html(embed["footer"]["text"])}</div>' if embed.get("footer") else ""
    colour = f"#{embed['color']:06x}"
    inside = f'<div class="inside">{"".join(parts)}</div>{picture}{footer}'
    return f'<div class="embed" style="border-color: {colour}">{inside}</div>'


def _button(button: Pressable) -> str:
    return f'<span class="button">{html(button.label)}{OPENS if button.url else ""}</span>'


def _markdown(text: str) -> str:
    return "".join(_node(node) for node in parse(text))


def _node(node: Node) -> str:
    inside = "".join(_node(each) for each in node.inside) or html(node.text)
    if node.kind == "text":
        return inside
    if node.kind == "link":
        return f"<a>{inside}</a>"
    if node.kind in CLASSES:
        return f'<span class="{CLASSES[node.kind]}">{inside}</span>'
    element = ELEMENTS[node.kind]
    return f"<{element}>{inside}</{element}>"


def _front_page() -> str:
    """A picture that stands for a paper's: the sample papers have none."""
    lines = "".join(f'<rect x="{x}" y="{y}" width="52" height="3"/>' for x in (12, 72) for y in range(58, 150, 7))
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="68" height="80" viewBox="0 0 136 160">'
        '<rect width="136" height="160" fill="#fff"/>'
        '<rect x="22" y="14" width="92" height="7" fill="#333"/><rect x="40" y="26" width="56" height="4" fill="#999"/>'
        f'<g fill="#c4c4c4">{lines}</g>'
        '<rect x="72" y="58" width="52" height="42" fill="#fbe3c3"/>'
        '<path d="M76 94l12-14 9 7 11-17 12 10" stroke="#f2a33a" stroke-width="3" fill="none"/></svg>'
    )
    return f"data:image/svg+xml,{quote(drawn)}"
