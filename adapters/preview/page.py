"""The page: messages side by side, as Slack and as Discord draw them, in light and in dark.

It is one file that loads nothing: no script, font or picture. Its content security policy enforces that, and allows
only its own style sheet, by hash: https://www.w3.org/TR/CSP3/.
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
    "Drawn from the messages that would be sent, much as Slack and Discord draw them. This page works offline:"
    " thumbnails are placeholders, and buttons do nothing (point at one to see its command)."
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A message as it is sent.

    Attributes:
        blocks: Slack's blocks.
        payload: Discord's payload.
        alone: Whether only the person who asked sees it.
    """

    blocks: Sequence[Block]
    payload: Payload
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: a headline, a line about it, and messages."""

    headline: str
    about: str
    messages: Sequence[Sent]


def page(title: str, lead: Sequence[str], parts: Sequence[Part], *, marker: str) -> str:
    """The page as HTML.

    Args:
        title: Its headline.
        lead: Paragraphs under the headline.
        parts: The parts of the page.
        marker: A comment at the start, by which Paperwire recognizes its own page; plain words.
    """
    style = style_sheet([sent for part in parts for sent in part.messages])
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
    top = element("header", element("h1", title), *(element("p", paragraph) for paragraph in lead), _switch())
    body = element("body", top, element("main", *map(_part, parts)), element("footer", element("p", NOTES)))
    return f"<!doctype html>\n<!-- {text(marker)} -->\n{element('html', head, body, lang='en')}\n"


def style_sheet(messages: Sequence[Sent]) -> str:
    """The style of a page with these messages."""
    sheet = resources.files("adapters.preview").joinpath("style.css").read_text(encoding="utf-8")
    rules = [
        f".discord .{colour_class(colour)} {{ border-left-color: #{colour:06x}; }}\n"
        for colour in sorted({colour for sent in messages for colour in colours(sent.payload)})
    ]
    return sheet + "".join(rules)


def article(platform: str, sent: Sent) -> Html:
    """A message in the frame of the platform, ``Slack`` or ``Discord``."""
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
        alone = [element("p", "Only visible to you", class_="alone")] if sent.alone else []
        pieces = [*alone, who, draw_blocks(sent.blocks)]
    else:
        alone = [element("p", "Only you can see this", class_="alone")] if sent.alone else []
        pieces = [who, draw_payload(sent.payload), *alone]
    message = element("div", AVATAR, element("div", *pieces, class_="content"), class_="message")
    return element("article", element("h3", platform), message, class_=platform.lower())


def _switch() -> Html:
    choices = []
    for number, name in enumerate(THEMES):
        chosen = {} if number else {"checked": ""}
        choices += [
            element("input", type="radio", name="theme", id=name.lower(), **chosen),
            element("label", name, for_=name.lower()),
        ]
    return element("fieldset", element("legend", "Theme"), *choices)


def _part(part: Part) -> Html:
    about = [element("p", part.about)] if part.about else []
    rows = [element("div", article("Slack", sent), article("Discord", sent), class_="pair") for sent in part.messages]
    return element("section", element("h2", part.headline), *about, *rows)
