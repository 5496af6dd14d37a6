"""Messages that were posted in the first layout keep it while their counts are brought up to date."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from adapters.platforms.slack.blocks import pressed, to_blocks
from bot.cards import with_counts
from bot.domain import Counts
from bot.domain.messages import Card, Digest
from tests.adapters.platforms.slack.looks import buttons, read, refused, shown
from tests.servers.slack.element_rules import objects

STORED: dict[str, Any] = {
    "layout": 1,
    "paper_id": "9901.00001",
    "title": "Walking Robots Learn to Dance",
    "url": "https://papers.example/papers/9901.00001",
    "byline": "Acme Labs · Ada Example, Ben Sample",
    "listed": "2026-03-10",
    "summary": "Robots learn to dance.",
    "abstract": "",
    "matches": [{"query": "robots", "evidence": [{"field": "abstract", "words": "robots"}]}],
    "upvotes": 0,
    "comments": 3,
    "stars": None,
    "thumbnail_url": "https://thumbnails.example/9901.00001.png",
    "links": [
        {"label": "Paper", "url": "https://papers.example/papers/9901.00001"},
        {"label": "PDF", "url": "https://arxiv.example/pdf/9901.00001"},
    ],
    "buttons": [
        {"label": "Abstract", "command": "papers", "text": "abstract 9901.00001"},
        {"label": "Why", "command": "papers", "text": "why 9901.00001"},
        {"label": "Less like this", "command": "papers", "text": "less 9901.00001"},
    ],
    "origin": "submitted by Ada",
    "figures": "▲ 0 · 3 comments",
    "reasons": [
        [{"text": "title: "}, {"text": "“Robots”", "bold": True}],
        [{"text": "abstract: We teach "}, {"text": "“robots”", "bold": True}, {"text": " to dance."}],
    ],
    "notice": "Walking Robots Learn to Dance · Acme Labs",
}
"""A card as the database holds it after the upgrade."""

CARD = TypeAdapter(Card).validate_json(json.dumps(STORED))


def test_a_stored_card_of_the_first_layout_says_what_it_said_in_its_order() -> None:
    assert shown(to_blocks(CARD)) == [
        "Walking Robots Learn to Dance",
        "Acme Labs · Ada Example, Ben Sample\n10 March 2026 · ▲ 0 · 3 comments · submitted by Ada",
        "Robots learn to dance.",
        "title: ",
        "“Robots”",
        "\n",
        "abstract: We teach ",
        "“robots”",
        " to dance.",
        *("Paper", "PDF", "Abstract", "Why", "Less like this"),
    ]


def test_it_has_the_blocks_that_it_had() -> None:
    blocks = to_blocks(CARD)
    assert [block["type"] for block in blocks] == ["rich_text", "context", "section", "rich_text", "actions"]
    assert blocks[2]["accessory"]["type"] == "image"
    assert blocks[3]["elements"][0]["type"] == "rich_text_quote"
    assert refused(CARD) == []


def test_an_edit_changes_its_counts_and_nothing_else() -> None:
    edited = with_counts(CARD, {"9901.00001": Counts(58, 4, 138)})
    before, after = shown(to_blocks(CARD)), shown(to_blocks(edited))
    assert "▲ 58 · 4 comments · ★ 138" in after[1]
    assert after[:1] + after[2:] == before[:1] + before[2:]


def test_its_buttons_still_give_their_commands() -> None:
    commands = [pressed(button["value"]) for button in buttons(to_blocks(CARD)) if "value" in button]
    assert commands == [("papers", f"{word} 9901.00001") for word in ("abstract", "why", "less")]


def test_a_digest_of_the_first_layout_has_a_line_for_each_of_its_forty_papers() -> None:
    digest = Digest("40 papers · 10 March 2026", (CARD,) * 40, layout=1)
    blocks = to_blocks(digest)
    assert [block["type"] for block in blocks] == ["header", "rich_text"]
    assert read(blocks)[1:3] == ["Walking Robots Learn to Dance", "\n▲ 0 · 3 comments · Acme Labs"]
    assert len([part for part in objects(blocks) if part.get("type") == "link"]) == 40
