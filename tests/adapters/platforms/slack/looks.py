"""What people see of Slack's blocks, and what Slack would say against them."""

from __future__ import annotations

import html
import json
import re
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


def read(node: object) -> list[str]:
    """Every text as people read it, in order: mrkdwn without its marks, and blanks as blanks."""
    texts = [
        "".join(words for words, _ in parsed(part["text"])) if part.get("type") == "mrkdwn" else part["text"]
        for part in objects(node)
        if isinstance(part.get("text"), str)
    ]
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts]


MARKED = re.compile(
    r"<!date\^(?P<at>-?[0-9]+)\^[^|<>]*\|(?P<fallback>[^<>]*)>"
    r"|(?P<star>(?<!\w)\*|)<(?P<url>https?://[^|<>*]*)\|(?P<label>[^<>*]*)>(?P=star)(?!(?<=\*)\w)"
    r"|(?<!\w)\*(?P<bold>(?! )[^*\n]+(?<! ))\*(?!\w)"
    r"|(?<!\w)`(?P<code>(?! )[^`\n]+(?<! ))`(?!\w)"
)
"""What means something in mrkdwn: https://docs.slack.dev/messaging/formatting-message-text."""


def parsed(mrkdwn: str) -> list[tuple[str, str]]:
    """The texts in mrkdwn, each with what is special about it: "bold", "code", an address, or a moment."""
    found: list[tuple[str, str]] = []
    end = 0
    for mark in MARKED.finditer(mrkdwn):
        found.append((mrkdwn[end : mark.start()], ""))
        if mark["at"]:
            found.append((mark["fallback"], f"at {mark['at']}"))
        elif mark["url"]:
            found.append((mark["label"], html.unescape(mark["url"])))
        else:
            found.append((mark["bold"] or mark["code"], "bold" if mark["bold"] else "code"))
        end = mark.end()
    found.append((mrkdwn[end:], ""))
    seen = [(html.unescape(re.sub("[\u2060\u200b]", "", text)), look) for text, look in found]
    return [(text, look) for text, look in seen if text]


OBEYED = re.compile(r"[<>*_~`]|://|[@#]\w|:[\w+'-]+:")
"""What mrkdwn would still obey in a text that is to be shown as it is."""


def buttons(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every button."""
    return [part for part in objects(blocks) if part.get("type") == "button"]


def options(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every option of every menu."""
    return [option for part in objects(blocks) for option in part.get("options", [])]


def is_literal(blocks: list[dict[str, Any]]) -> bool:
    """Whether nothing in it is markup of others, mentions, or characters that hide or reorder."""
    kinds = {part["type"] for part in objects(blocks) if "type" in part}
    return (
        not kinds & {"markdown", "user", "usergroup", "channel", "broadcast", "team"}
        and all(element.get("emoji") is False or ":" not in element["text"] for element in plain_texts(blocks))
        and all(part["name"] == "warning" for part in objects(blocks) if part.get("type") == "emoji")
        and all(part["verbatim"] is True for part in objects(blocks) if part.get("type") == "mrkdwn")
        and not any(
            OBEYED.search(MARKED.sub(" ", part["text"])) for part in objects(blocks) if part.get("type") == "mrkdwn"
        )
        and all(
            character in "\n\u200d" or unicodedata.category(character)[0] != "C" or character >= "\U0001f000"
            for text in read(blocks)
            for character in text
        )
    )


def plain_texts(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every text object that is no mrkdwn."""
    return [part for part in objects(blocks) if part.get("type") == "plain_text"]


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
