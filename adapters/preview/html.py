"""HTML in which text stays text: everything except `Html` is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from bot.text.addresses import is_web

VOID = frozenset({"br", "hr", "input", "meta"})
"""Elements without an end: https://html.spec.whatwg.org/multipage/syntax.html#void-elements."""

UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters and lone surrogates, which HTML must not contain: https://infra.spec.whatwg.org/#code-points."""

LONGEST_ADDRESS = 3_000
"""UTF-16 code units: as many as Slack takes, and more than Discord does."""


Mapped = Mapping[str, Any]
"""An object of JSON, as it is sent."""


class Html(str):
    """Finished markup."""

    __slots__ = ()


def text(written: str) -> Html:
    """The text as HTML that shows it; `Html` stays as it is.

    Carriage returns become line feeds, as HTML reads them; characters that HTML must not contain become U+FFFD.
    """
    if isinstance(written, Html):
        return written
    return Html(escape(UNSEEN.sub("\ufffd", re.sub("\r\n?", "\n", written))))


def joined(*pieces: str) -> Html:
    """The pieces, one after the other."""
    return Html("".join(map(text, pieces)))


def element(name: str, /, *inside: str, **attributes: str) -> Html:
    """An element.

    Args:
        name: As ``p``.
        inside: Its content: `Html`, or text.
        attributes: Their values; ``class_`` is ``class``, and other underscores are hyphens.
    """
    pairs = [f' {key.rstrip("_").replace("_", "-")}="{text(value)}"' for key, value in attributes.items()]
    start = "".join([f"<{name}", *pairs, ">"])
    return Html(start) if name in VOID else Html(f"{start}{joined(*inside)}</{name}>")


def link(url: str, /, *inside: str, **attributes: str) -> Html:
    """A link that does not tell where it was followed from; only its content if it is not a web address."""
    if not is_web(url, LONGEST_ADDRESS):
        return element("span", *inside, **attributes)
    return element("a", *inside, href=url, rel="noopener noreferrer", **attributes)


def buttons(row: Iterable[Html]) -> Html:
    """A row of buttons."""
    return element("ul", *(element("li", button) for button in row), class_="buttons")


def menu(closed: str, options: Iterable[Html], /, **attributes: str) -> Html:
    """A menu that a press opens, without a script.

    Args:
        closed: What stands there while it is closed.
        options: What it offers.
        attributes: Those of what is pressed, such as ``aria_label``; ``class_`` is that of the whole.
    """
    kind = attributes.pop("class_", "")
    return element(
        "details",
        element("summary", closed, **attributes),
        element("ul", *(element("li", option) for option in options), class_="options"),
        class_=f"menu {kind}".strip(),
    )


def icon(name: str) -> Html:
    """A small sign that says nothing to a screen reader, as there are words beside it; a name in `ICONS`."""
    return Html(f'<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="{ICONS[name]}"/></svg>')


ICONS = {
    "more": "M4 10h.01M10 10h.01M16 10h.01",
    "open": "M6 8l4 4 4-4",
    "leads out": "M8 5H5v10h10v-3M11 4h5v5M16 4l-7 7",
    "close": "M5 5l10 10M15 5L5 15",
    "only you": "M2 10c4-7 12-7 16 0-4 7-12 7-16 0zM10 8a2 2 0 1 0 0 4 2 2 0 1 0 0-4",
    "clock": "M10 3a7 7 0 1 0 0 14 7 7 0 1 0 0-14M10 6v4l3 2",
    "warning": "M10 3L2 17h16L10 3M10 8v4M10 14.5v.01",
}


def picture(description: str) -> Html:
    """A placeholder for a picture, since the page loads nothing."""
    return element("span", PAGE, role="img", aria_label=description, title=description, class_="picture")


PAGE = Html(
    '<svg viewBox="0 0 80 80" aria-hidden="true"><path class="sheet" d="M16 6h48v74H16z"/>'
    '<path class="lines" d="M26 16h28M32 22h16M22 32h36M22 38h36M22 44h14M22 50h14M22 56h14M22 64h36M22 70h36"/>'
    '<path class="figure" d="M42 43h16v15H42z"/></svg>'
)
"""A drawing of a paper's first page."""
