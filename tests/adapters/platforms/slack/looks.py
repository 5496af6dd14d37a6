"""What people see of Slack's blocks, and what Slack would say against them."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from typing import Any

from adapters.platforms.slack.blocks import notification, to_blocks
from bot.domain import Evidence, Match
from bot.domain.messages import Card, Message
from tests.builders import a_paper, card_of
from tests.servers.slack.element_rules import objects
from tests.servers.slack.rules import complaints

HOSTILE = (
    "<!channel>",
    "<@U0123456789>",
    "<#C0123456789>",
    "<https://evil.example|safe>",
    "https://evil.example",
    "@here",
    "*bold*",
    "_it_",
    "~no~",
    "`code`",
    "```block```",
    ":smile:",
    "> quoted",
    "&lt;!channel&gt;",
    "\u202eright to left",
    "\u0000\u0007\u001b[31m",
    "\ud800",
    "\n",
    " ",
    "\u2028",
    "👩\u200d🔬",
    "🇫🇷",
    "e\u0301",
    "量子力学",
    "x" * 400,
)


def refused(message: Message) -> list[str]:
    """What Slack would say against it."""
    blocks = to_blocks(message)
    whole = len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")).encode())
    return complaints({"text": notification(message), "blocks": blocks}) + (["too long"] if whole > 12_000 else [])


def shown(node: object) -> list[str]:
    """Every text that people see, in order."""
    return [part["text"] for part in objects(node) if isinstance(part.get("text"), str)]


def buttons(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every button."""
    return [part for part in objects(blocks) if part.get("type") == "button"]


def is_literal(blocks: list[dict[str, Any]]) -> bool:
    """Whether nothing in it is markup, mentions, or characters that hide or reorder."""
    kinds = {part["type"] for part in objects(blocks) if "type" in part}
    plain = [part for part in objects(blocks) if part.get("type") == "plain_text"]
    return (
        not kinds & {"mrkdwn", "markdown", "user", "usergroup", "channel", "broadcast", "team", "date"}
        and all(element["emoji"] is False for element in plain)
        and all(part["name"] == "warning" for part in objects(blocks) if part.get("type") == "emoji")
        and all(
            character in "\n\u200d" or unicodedata.category(character)[0] != "C" or character >= "\U0001f000"
            for text in shown(blocks)
            for character in text
        )
    )


def a_card(**given: Any) -> Card:  # noqa: ANN401 - any attribute of Card
    """The card of a paper with everything."""
    paper = a_paper(
        summary="Robots learn to dance.",
        organization="Acme Labs",
        upvotes=58,
        comments=3,
        stars=138,
        code_url="https://code.example/dance",
        project_url="https://dance.example",
        thumbnail_url="https://thumbnails.example/9901.00001.png",
    )
    evidence = (
        Evidence("title", "Robots"),
        Evidence("abstract", "robots", before="We teach ", after=" to dance."),
    )
    return replace(card_of(paper, [Match("robots", evidence)]), **given)
