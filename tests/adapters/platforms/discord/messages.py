"""Messages of every kind, and what Discord is sent for them."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from adapters.platforms.discord.buttons import rows
from adapters.platforms.discord.embeds import Payload, to_payload
from bot.domain import Evidence, Match
from bot.domain.messages import Button, Card, Digest, Entry, Link, Message, Reply
from tests.builders import a_paper, card_of, completed, noticed
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
    made = [
        [
            {"type": 2, "style": 5, "label": button.label, "url": button.url}
            if button.url
            else {"type": 2, "style": 2, "label": button.label, "custom_id": button.custom_id}
            for button in row
        ]
        for row in rows(payload.buttons)
    ]
    return {
        "content": payload.content,
        "embeds": [embed.to_dict() for embed in payload.embeds],
        "components": [{"type": 1, "components": row} for row in made],
        "allowed_mentions": {"parse": []},
    }


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
    matches = st.builds(Match, LINE, st.lists(evidence, max_size=4).map(tuple))
    card = Card(
        paper_id="9901.00001",
        title=draw(LINE),
        url=draw(URL),
        byline=draw(LINE),
        listed=draw(st.dates(date(1999, 1, 1))),
        summary=draw(LINE),
        abstract=draw(LINE),
        matches=tuple(draw(st.lists(matches, max_size=2))),
        upvotes=draw(st.integers(0, 10**12)),
        comments=draw(st.integers(0, 10**12)),
        stars=draw(st.none() | st.integers(0, 10**12)),
        thumbnail_url=draw(URL),
        links=tuple(draw(st.lists(st.builds(Link, LINE, URL), max_size=6))),
        buttons=tuple(draw(BUTTONS)),
    )
    return completed(card)


BUTTON = st.builds(Button, LINE, st.sampled_from(["papers", "subscribe", "Papers", ""]), LINE)


BUTTONS = st.lists(BUTTON, max_size=4)


DIGESTS = st.builds(Digest, LINE, st.lists(cards(), max_size=4).map(tuple), BUTTONS.map(tuple)).map(noticed)


ENTRIES = st.lists(st.builds(Entry, LINE, st.none() | BUTTON), max_size=5)


REPLIES = st.builds(
    Reply,
    LINE,
    code=LINE,
    entries=ENTRIES.map(tuple),
    advice=LINE,
    cards=st.lists(cards(), max_size=3).map(tuple),
    buttons=BUTTONS.map(tuple),
    ok=st.booleans(),
)
