"""Messages of every kind, and what Discord is sent for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from adapters.platforms.discord.components import Payload, to_payload
from adapters.platforms.discord.views import as_sent
from bot.cards import brought_by
from bot.domain import Evidence, Match
from bot.domain.messages import Button, Card, Digest, Entry, Link, Menu, Message, Reply
from bot.text.rich import Piece, Rich
from tests.builders import a_paper, card_of, completed, noticed
from tests.servers.discord.component_rules import BUTTON_TYPE, every
from tests.servers.discord.markdown import active, formatted, shown

KEY = "0123456789abcdef01234567"


HOSTILE = "**x** [x](https://evil.example) <@1> @everyone `x` ||x|| https://evil.example <t:1> :smile: ```x``` # x"


LINE = st.text(
    st.characters(codec=None) | st.sampled_from("\\*_~|`[]()<>@#:/-. \u202e\ud800👩\u200d🔬🇩🇪e\u0301")
) | st.sampled_from(
    ["", HOSTILE, "\n# x\n- x\n> x\n1. x", "👩‍🔬" * 1500, "*" * 7000, "word " * 2000, " " * 300, "@" * 90]
)


URL = st.sampled_from(
    [
        *("", "https://papers.example/papers/9901.00001", "https://papers.example/(x)_*[y]`z`", "javascript:alert(1)"),
        *("https://papers.example/" + "x" * 270, "https://papers.example/" + "x" * 3000, "https://evil.example/\ud800"),
    ]
)


def body(payload: Payload) -> dict[str, Any]:
    """What is sent to Discord for it."""
    return as_sent(payload) | {"allowed_mentions": {"parse": []}}


def labels(payload: Payload) -> list[str]:
    """What can be pressed, in its order: buttons, and the options of menus."""
    parts = list(every(as_sent(payload)["components"]))
    return [
        option["label"]
        for part in parts
        for option in ([part] if part["type"] == BUTTON_TYPE else part.get("options", []))
    ]


def commands(payload: Payload) -> list[str]:
    """The custom_ids of buttons, and the values of options."""
    parts = list(every(as_sent(payload)["components"]))
    buttons = [part["custom_id"] for part in parts if part["type"] == BUTTON_TYPE and "custom_id" in part]
    return buttons + [option["value"] for part in parts for option in part.get("options", [])]


def text_of(message: Message) -> str:
    """What people see of it where markdown is read."""
    return "\n".join(shown(text).removesuffix("\n") for text in formatted(body(to_payload(message))))


def kinds(message: Message) -> set[str]:
    """What of it is more than text."""
    return {kind for text in formatted(body(to_payload(message))) for kind in active(text)}


def a_card(**given_: Any) -> Card:  # noqa: ANN401 - any attribute of Paper
    """A paper's card, for a query that stands in its abstract."""
    evidence = Evidence("abstract", "robots", "We teach ", " to dance.")
    return card_of(a_paper(**given_), [Match("robots", (evidence,))])


@st.composite
def cards(draw: st.DrawFn) -> Card:
    """Any card at all."""
    evidence = st.builds(Evidence, st.sampled_from(["title", "abstract", "org", "upvotes"]), LINE, LINE, LINE)
    matches = tuple(draw(st.lists(st.builds(Match, LINE, st.lists(evidence, max_size=4).map(tuple)), max_size=2)))
    links = st.builds(Link, LINE, URL)
    card = Card(
        paper_id=draw(st.sampled_from(["9901.00001", "2608.01234", "x" * 200, "a\nb"])),
        title=draw(LINE),
        url=draw(URL),
        byline=draw(LINE),
        listed=draw(st.dates(date(1999, 1, 1))),
        summary=draw(LINE),
        abstract=draw(LINE),
        matches=matches,
        upvotes=draw(st.integers(0, 10**12)),
        comments=draw(st.integers(0, 10**12)),
        stars=draw(st.none() | st.integers(0, 10**12)),
        thumbnail_url=draw(URL),
        links=tuple(draw(st.lists(links, max_size=6))),
        buttons=tuple(draw(BUTTONS)),
        menu=tuple(draw(st.lists(BUTTON | links, max_size=7))),
        origin=draw(LINE),
        summary_by=draw(LINE),
        sentence=draw(LINE),
        brought_by=brought_by(matches),
        note=draw(LINE),
        layout=draw(st.sampled_from([1, 2])),
    )
    return replace(completed(card), brought_by=draw(LINE))


BUTTON = st.builds(Button, LINE, st.sampled_from(["papers", "subscribe", "Papers", ""]), LINE)


BUTTONS = st.lists(BUTTON, max_size=4)


DIGESTS = st.builds(
    Digest, LINE, st.lists(cards(), max_size=4).map(tuple), BUTTONS.map(tuple), st.sampled_from([1, 2])
).map(noticed)

PIECE = st.builds(
    Piece, LINE, st.booleans(), st.booleans(), URL, st.none() | st.just(datetime(2026, 8, 3, 14, 5, tzinfo=UTC))
)

TEXTS = LINE | st.lists(PIECE, max_size=5).map(Rich)

ENTRIES = st.lists(st.builds(Entry, TEXTS, BUTTONS.map(tuple), TEXTS), max_size=14)


REPLIES = st.builds(
    Reply,
    TEXTS,
    code=LINE,
    entries=ENTRIES.map(tuple),
    advice=TEXTS,
    cards=st.lists(cards(), max_size=3).map(tuple),
    near=st.lists(cards(), max_size=3).map(tuple),
    links=st.lists(st.builds(Link, LINE, URL), max_size=9).map(tuple),
    buttons=st.lists(BUTTON, max_size=20).map(tuple),
    menu=st.none() | st.builds(Menu, LINE, st.lists(BUTTON, max_size=30).map(tuple)),
    ok=st.booleans(),
)
