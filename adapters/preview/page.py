"""The page: messages side by side, as Slack and as Discord draw them, in light and in dark.

It is one file and asks nobody for anything: no script, font or picture. Its security policy says so to the browser,
and allows one style sheet, by its hash: https://www.w3.org/TR/CSP3/.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from adapters.preview.discord import Payload, colour_class, colours, draw_payload
from adapters.preview.html import Html, element, text
from adapters.preview.slack import Block, draw_blocks

THEMES = ("Automatic", "Light", "Dark")

AVATAR = Html(
    '<svg class="avatar" viewBox="0 0 40 40" aria-hidden="true"><path class="ground" d="M0 0h40v40H0z"/>'
    '<path class="sheet" d="M11 8h13l6 6v18H11z"/><path class="lines" d="M15 18h11M15 22h11M15 26h7"/></svg>'
)

NOTES = (
    "Drawn from the very messages that would be sent, much as Slack and Discord draw them."
    " This page asks nobody for anything, so a drawn sheet stands where the chat shows a paper’s picture;"
    " only a link that you follow leads out. Buttons that give commands rest here; point at one to see its command."
)


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the bot.

    Attributes:
        blocks: What Slack is sent.
        payload: What Discord is sent.
        alone: Whether the person who asked sees it alone.
    """

    blocks: Sequence[Block]
    payload: Payload
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: a headline, a line about it, and messages."""

    headline: str
    about: str
    messages: Sequence[Said]


def page(title: str, lead: Sequence[str], parts: Sequence[Part], *, marker: str) -> str:
    """The page as HTML.

    Args:
        title: Its headline.
        lead: Paragraphs under it.
        parts: What it shows.
        marker: A comment near its beginning that says what wrote it; plain words.
    """
    style = style_sheet([said for part in parts for said in part.messages])
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        Html(f"<style>{style}</style>"),
    )
    top = element("header", element("h1", title), *(element("p", each) for each in lead), _switch())
    body = element("body", top, element("main", *map(_part, parts)), element("footer", element("p", NOTES)))
    return f"<!doctype html>\n<!-- {text(marker)} -->\n{element('html', head, body, lang='en')}\n"


def style_sheet(messages: Sequence[Said]) -> str:
    """How a page looks that shows these messages."""
    sheet = resources.files("adapters.preview").joinpath("style.css").read_text(encoding="utf-8")
    found = sorted({colour for said in messages for colour in colours(said.payload)})
    return sheet + "".join(f".discord .{colour_class(each)} {{ border-left-color: #{each:06x}; }}\n" for each in found)


def article(platform: str, said: Said) -> Html:
    """A message as the platform, ``Slack`` or ``Discord``, frames it."""
    who = element(
        "p",
        element("strong", "Paperwire"),
        " ",
        element("span", "APP", class_="app"),
        " ",
        element("span", "Today at 9:05", class_="time"),
        class_="who",
    )
    if platform == "Slack":
        alone = [element("p", "Only visible to you", class_="alone")] if said.alone else []
        pieces = [*alone, who, draw_blocks(said.blocks)]
    else:
        alone = [element("p", "Only you can see this", class_="alone")] if said.alone else []
        pieces = [who, draw_payload(said.payload), *alone]
    message = element("div", AVATAR, element("div", *pieces, class_="content"), class_="message")
    return element("article", element("h3", platform), message, class_=platform.lower())


def _switch() -> Html:
    made = []
    for number, name in enumerate(THEMES):
        chosen = {} if number else {"checked": ""}
        made += [
            element("input", type="radio", name="theme", id=name.lower(), **chosen),
            element("label", name, for_=name.lower()),
        ]
    return element("fieldset", element("legend", "Theme"), *made)


def _part(part: Part) -> Html:
    about = [element("p", part.about)] if part.about else []
    rows = [element("div", article("Slack", said), article("Discord", said), class_="pair") for said in part.messages]
    return element("section", element("h2", part.headline), *about, *rows)
