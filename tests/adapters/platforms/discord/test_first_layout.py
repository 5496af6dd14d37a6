"""Messages that were posted as embeds, before there were containers: they are edited as such, and found."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given

from adapters.platforms.discord.components import to_payload
from adapters.platforms.discord.views import as_sent
from bot.domain import Receipt
from bot.domain.messages import Button, Card, Digest, Link
from bot.text.rich import Piece
from tests.adapters.platforms.discord.asking import ask
from tests.adapters.platforms.discord.messages import DIGESTS, a_card, body, cards
from tests.adapters.platforms.discord.posts import KEY, find, run
from tests.builders import completed, digest_of
from tests.fakes.desk import Reception
from tests.servers.discord.rules import complaints
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import at, papers
from tests.servers.discord.world import Payload


def an_old_card(**given_: Any) -> Card:  # noqa: ANN401 - any attribute of Paper
    """A card of a paper as it was posted then."""
    card = replace(
        a_card(**given_),
        links=(Link("Paper", "https://papers.example/1"), Link("PDF", "https://arxiv.example/1")),
        buttons=(Button("Abstract", "papers", "abstract 9901.00001"), Button("Why", "papers", "why 9901.00001")),
        menu=(),
        layout=1,
    )
    reason = (Piece("abstract: We teach "), Piece("“robots”", bold=True), Piece(" to dance."))
    return replace(completed(card), reasons=(reason,))


def an_old_digest() -> Digest:
    """A digest as it was posted then."""
    return replace(digest_of([an_old_card(upvotes=5), an_old_card(id="9901.00002")]), headline="2 papers", layout=1)


def posted(server: DiscordServer, message: Card | Digest) -> Payload:
    """The message, as the version of then left it in the channel."""
    sent = as_sent(to_payload(message, key=KEY))
    return server.world.add_message(papers(server)["id"], sent)


@given(cards() | DIGESTS)
def test_any_message_of_then_is_one_that_discord_takes(message: Card | Digest) -> None:
    assert complaints(body(to_payload(replace(message, layout=1), key=KEY))) == []


def test_a_card_keeps_its_look() -> None:
    card = an_old_card(organization="Example Institute", upvotes=58, thumbnail_url="https://t.example/1.png")
    [embed] = as_sent(to_payload(card))["embeds"]
    assert embed["title"] == "Walking Robots Learn to Dance"
    assert embed["url"] == card.url
    assert embed["description"] == "We teach robots to dance."
    assert embed["author"] == {"name": "Example Institute · Ada Example, Ben Sample"}
    assert embed["footer"] == {"text": "▲ 58 · 10 March 2026"}
    assert embed["thumbnail"] == {"url": "https://t.example/1.png"}
    assert embed["fields"] == [
        {"name": "Why it is here", "value": "abstract: We teach **“robots”** to dance.", "inline": False}
    ]


def test_a_digest_keeps_its_look() -> None:
    [embed] = as_sent(to_payload(an_old_digest()))["embeds"]
    title = "[Walking Robots Learn to Dance](https://papers.example/papers/{})"
    assert embed["description"].splitlines() == [
        "**2 papers**",
        f"- {title.format('9901.00001')}\u00a0· ▲\u00a05",
        f"- {title.format('9901.00002')}\u00a0· ▲\u00a00",
    ]


@pytest.mark.parametrize("message", [an_old_card(), an_old_digest()])
def test_a_message_is_edited_in_its_own_layout_and_still_found(server: DiscordServer, message: Card | Digest) -> None:
    old = posted(server, message)
    receipt = Receipt(old["id"])
    run(server, lambda platform: platform.update(at(papers(server)), receipt, message, key=KEY))
    [edited] = server.world.messages[papers(server)["id"]]
    assert (edited["flags"], bool(edited["embeds"])) == (0, True)
    assert find(server, papers(server)).id == old["id"]


@pytest.mark.parametrize(
    ("message", "ids"),
    [
        (an_old_card(), {"9901.00001"}),
        (an_old_digest(), {"9901.00001", "9901.00002"}),
        (a_card(), {"9901.00001"}),
        (digest_of([a_card(), a_card(id="9901.00002")]), {"9901.00001", "9901.00002"}),
    ],
)
def test_the_papers_of_messages_of_both_layouts_are_read(
    server: DiscordServer, message: Card | Digest, ids: set[str]
) -> None:
    posted(server, message)
    now = datetime.now(UTC)
    begin, end = now - timedelta(minutes=1), now + timedelta(minutes=1)
    found = run(server, lambda platform: platform.delivered(at(papers(server)), since=begin, until=end))
    assert set(found) == ids


def test_the_buttons_of_then_still_work(server: DiscordServer) -> None:
    old = posted(server, an_old_card())
    reception = Reception()
    ask(server, reception, lambda: server.press(papers(server), old, "Why"))
    assert [(invocation.command, invocation.text) for invocation in reception.heard] == [("papers", "why 9901.00001")]
