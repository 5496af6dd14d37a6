"""Messages of every kind, plain ones and hostile ones, and what people read in what is sent for them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from bot.cards import make_digest
from bot.domain import Evidence, Match
from bot.domain.messages import Button, Card, Entry, Link, Menu, Message, Reply
from bot.text.rich import Piece, Rich, bold, code, linked, rich
from tests.adapters.preview.test_markup import TEXTS, as_read
from tests.builders import TODAY, a_paper, card_of, digest_of
from tests.servers.discord.markdown import shown

CARD = card_of(
    a_paper(
        summary="Robots dance & sing. " * 20,
        upvotes=58,
        code_url="https://code.example/dance",
        thumbnail_url="https://pictures.example/1.png",
    ),
    [Match("dance", (Evidence("title", "Dance"), Evidence("abstract", "dance", before="robots to ", after=".")))],
)

MESSAGES: tuple[Message, ...] = (
    CARD,
    digest_of([CARD, CARD]),
    Reply("Wrong.", code="robots AND\n       ^", advice="Try again.", ok=False),
    Reply(
        "Two:\n• one\n• two",
        entries=(
            Entry("1. robots", (Button("Remove", "unsubscribe", "1"), Button("Edit", "papers", "edit 1")), "small"),
        ),
        cards=(CARD, CARD),
    ),
    Reply(
        rich(
            "Type ", code("/papers help"), " or read ", linked("the guide", "https://guide.example"), bold(" now"), "."
        ),
        menu=Menu(
            "Which zone?", (Button("Berlin", "papers", "zone Europe/Berlin"), Button("UTC", "papers", "zone UTC"))
        ),
        links=(Link("Guide", "https://guide.example"),),
    ),
)
"""With everything that the core says, but moments, which each platform writes in its own way."""

MOMENTS = st.integers(0, 250_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))

PIECES = st.builds(
    Piece,
    TEXTS,
    bold=st.booleans(),
    code=st.booleans(),
    url=st.sampled_from(["", "https://a.example/x", "javascript:alert(1)"]),
    at=st.none() | MOMENTS,
)

RICH = TEXTS | st.lists(PIECES, max_size=4).map(Rich)

BUTTON = st.builds(Button, TEXTS, st.just("papers"), TEXTS)

LINK = st.builds(Link, TEXTS, st.sampled_from(["https://a.example/x", "javascript:alert(1)", ""]))

ENTRY = st.builds(Entry, RICH, st.lists(BUTTON, max_size=3).map(tuple), RICH)


@st.composite
def cards(draw: st.DrawFn) -> Card:
    """Any card."""
    evidence = st.builds(Evidence, st.sampled_from(["title", "abstract", "org"]), TEXTS, TEXTS, TEXTS)
    paper = a_paper(
        title=draw(TEXTS) or "x",
        summary=draw(TEXTS),
        authors=(draw(TEXTS),),
        organization=draw(TEXTS),
        thumbnail_url=draw(st.sampled_from(["", "https://a.example/1.png"])),
        code_url=draw(st.sampled_from(["", "https://a.example/code"])),
        upvotes=draw(st.integers(0, 2000)),
    )
    matches = st.builds(Match, TEXTS, st.lists(evidence, max_size=2).map(tuple))
    return card_of(paper, draw(st.lists(matches, max_size=2)), note=draw(TEXTS))


REPLIES = st.builds(
    Reply,
    RICH,
    code=TEXTS,
    entries=st.lists(ENTRY, max_size=3).map(tuple),
    advice=RICH,
    cards=st.lists(cards(), max_size=2).map(tuple),
    links=st.lists(LINK, max_size=2).map(tuple),
    buttons=st.lists(BUTTON, max_size=2).map(tuple),
    menu=st.none() | st.builds(Menu, TEXTS, st.lists(BUTTON, min_size=1, max_size=3).map(tuple)),
    ok=st.booleans(),
)

DIGESTS = st.lists(cards(), max_size=3).map(lambda made: make_digest(made, today=TODAY))

ANY: st.SearchStrategy[Message] = cards() | DIGESTS | REPLIES


def said_in_slack(part: object) -> Iterator[str]:
    """What people read in blocks, in its order."""
    if isinstance(part, list):
        for child in part:
            yield from said_in_slack(child)
    elif isinstance(part, dict):
        if part.get("type") == "emoji":
            yield "⚠️"
        if isinstance(part.get("text"), str):
            yield _unmarked(part["text"]) if part["type"] == "mrkdwn" else part["text"]
        for name in ("text", "placeholder", "fields", "elements", "accessory", "options"):
            if isinstance(part.get(name), (dict, list)):
                yield from said_in_slack(part[name])


def _unmarked(text: str) -> str:
    return html.unescape(re.sub(r"<[^<>|]*\|([^<>]*)>", r"\1", text)).replace("*", "").replace("`", "")


def said_in_discord(part: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    """What people read in a payload or component, in its order."""
    for text in (part.get("content"), *(text for embed in part.get("embeds") or () for text in _embedded(embed))):
        yield shown(text or "")
    for name in ("label", "placeholder", "description"):
        yield part.get(name) or "" if part.get("type") != THUMBNAIL else ""
    for name in ("options", "components", "accessory"):
        held = part.get(name) or []
        for child in held if isinstance(held, list) else [held]:
            yield from said_in_discord(child)


THUMBNAIL = 11


def _embedded(embed: dict[str, Any]) -> Iterator[str]:
    plain = str.maketrans({mark: f"\\{mark}" for mark in "\\*_~|`[]()<>@#:-."})
    yield (embed.get("author") or {}).get("name", "").translate(plain)
    yield embed.get("title") or ""
    yield embed.get("description") or ""
    for field in embed.get("fields") or ():
        yield from (field["name"], field["value"])
    yield (embed.get("footer") or {}).get("text", "").translate(plain)


def squeezed(text: str) -> str:
    """Without white space, which differs with the elements it stands between, and signs that cannot be seen."""
    return "".join(as_read(text).replace("\u2060", "").split())
