"""The page: messages side by side, as Slack and as Discord draw them, in light and in dark.

It is one file that loads nothing: no script, font or picture. Its content security policy enforces that, and allows
only its own style sheet, by hash: https://www.w3.org/TR/CSP3/.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources

from adapters.preview.avatar import AVATAR
from adapters.preview.discord import colours, draw_modal, draw_payload
from adapters.preview.discord_embeds import colour_class
from adapters.preview.html import Html, Mapped, element, icon, joined, text
from adapters.preview.slack import draw_blocks
from adapters.preview.slack_view import draw_view

THEMES = ("Automatic", "Light", "Dark")

WIDTHS = ("Desktop", "Phone")

SHEETS = ("page.css", "slack.css", "discord.css")

PLATFORMS = ("Slack", "Discord")

NOTES = (
    "Drawn from the messages that would be sent, much as Slack and Discord draw them. This page works offline:"
    " thumbnails are placeholders, and buttons do nothing (point at one to see its command). Times are in UTC here; in"
    " Slack and Discord they are in the reader's own time zone."
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A message as it is sent.

    Attributes:
        blocks: Slack's blocks.
        payload: Discord's payload.
        alone: Whether only the person who asked sees it.
    """

    blocks: Sequence[Mapped]
    payload: Mapped
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it is sent.

    Attributes:
        view: Slack's.
        modal: Discord's.
        errors: What is wrong with its inputs, by their block id in Slack, as that shows it when it is submitted.
    """

    view: Mapped
    modal: Mapped
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: a headline, a line about it, and what it shows."""

    headline: str
    about: str
    shown: Sequence[Sent | Form]


def page(title: str, lead: Sequence[str], parts: Sequence[Part], *, marker: str) -> str:
    """The page as HTML.

    Args:
        title: Its headline.
        lead: Paragraphs under the headline.
        parts: The parts of the page.
        marker: A comment at the start, by which Paperwire recognizes its own page; plain words.
    """
    style = style_sheet([shown for part in parts for shown in part.shown])
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
    switches = element("div", _switch("Theme", THEMES), _switch("Width", WIDTHS), class_="switches")
    named = element("h1", AVATAR, element("span", title))
    top = element("header", named, *(element("p", paragraph) for paragraph in lead), switches)
    body = element("body", top, element("main", *map(_part, parts)), element("footer", element("p", NOTES)))
    return f"<!doctype html>\n<!-- {text(marker)} -->\n{element('html', head, body, lang='en')}\n"


def style_sheet(shown: Sequence[Sent | Form]) -> str:
    """The style of a page that shows these."""
    folder = resources.files("adapters.preview")
    rules = [folder.joinpath(sheet).read_text(encoding="utf-8") for sheet in SHEETS]
    named = {colour for sent in shown if isinstance(sent, Sent) for colour in colours(sent.payload)}
    rules += [f".discord .{colour_class(colour)} {{ border-left-color: #{colour:06x}; }}\n" for colour in sorted(named)]
    return "".join(rules)


def article(platform: str, shown: Sent | Form) -> Html:
    """A message or a form as it looks on the platform, one of `PLATFORMS`."""
    drawn = _form(platform, shown) if isinstance(shown, Form) else _message(platform, shown)
    return element("article", element("h3", platform), drawn, class_=platform.lower())


def _form(platform: str, form: Form) -> Html:
    drawn = draw_view(form.view, AVATAR, form.errors) if platform == "Slack" else draw_modal(form.modal, AVATAR)
    return element("div", drawn, class_="backdrop")


def _message(platform: str, sent: Sent) -> Html:
    who = element(
        "p",
        element("strong", "Paperwire"),
        " ",
        element("span", "APP", class_="app"),
        " ",
        element("span", "9:05 AM" if platform == "Slack" else "Today at 9:05 AM", class_="time"),
        class_="who",
    )
    if platform == "Slack":
        pieces = [who, draw_blocks(sent.blocks)]
        above, below = ["Only visible to you"] if sent.alone else [], []
    else:
        pieces = [who, element("div", draw_payload(sent.payload), class_="body")]
        above, below = [], ["Only you can see this"] if sent.alone else []
    notes = [[element("p", icon("only you"), " ", note, class_="alone") for note in place] for place in (above, below)]
    content = element("div", *notes[0], *pieces, *notes[1], class_="content")
    return element("div", AVATAR, content, class_="message private" if sent.alone else "message")


def _switch(name: str, values: Sequence[str]) -> Html:
    choices = []
    for number, value in enumerate(values):
        chosen = {} if number else {"checked": ""}
        choices += [
            element("input", type="radio", name=name.lower(), id=value.lower(), **chosen),
            element("label", value, for_=value.lower()),
        ]
    return element("fieldset", element("legend", name), joined(*choices))


def _part(part: Part) -> Html:
    about = [element("p", part.about)] if part.about else []
    rows = [
        element("div", *(article(platform, shown) for platform in PLATFORMS), class_="pair") for shown in part.shown
    ]
    return element("section", element("h2", part.headline), *about, *rows)
