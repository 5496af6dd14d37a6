from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.platforms.slack.blocks import to_blocks
from adapters.preview.slack import draw_blocks
from bot.domain import Evidence, Match
from bot.domain.messages import Button, Entry, Message, Reply
from tests.adapters.preview.page_reader import read
from tests.adapters.preview.test_markup import TEXTS, as_read
from tests.builders import a_paper, card_of, digest_of

CARD = card_of(
    a_paper(
        summary="Robots dance & sing.",
        upvotes=58,
        code_url="https://code.example/dance",
        thumbnail_url="https://pictures.example/1.png",
    ),
    [Match("dance", (Evidence("title", "Dance"), Evidence("abstract", "dance", before="robots to ", after=".")))],
)
MESSAGES = (
    CARD,
    digest_of([CARD, CARD]),
    Reply("Wrong.", code="robots AND\n       ^", advice="Try again.", ok=False),
    Reply(
        "Two:\n• one\n• two", entries=(Entry("1. robots", (Button("Remove", "unsubscribe", "1"),)),), cards=(CARD, CARD)
    ),
)


def texts(part: object) -> Iterator[str]:
    """What people read in blocks, in its order."""
    if isinstance(part, list):
        for child in part:
            yield from texts(child)
    elif isinstance(part, dict):
        if part.get("type") == "emoji":
            yield "⚠️"
        if isinstance(part.get("text"), str):
            yield part["text"]
        for name in ("text", "fields", "elements", "accessory"):
            if isinstance(part.get(name), (dict, list)):
                yield from texts(part[name])


@pytest.mark.parametrize("message", MESSAGES)
def test_all_that_is_sent_is_shown_and_nothing_else(message: Message) -> None:
    blocks = to_blocks(message)
    page = read(draw_blocks(blocks))
    assert page.content == "".join(texts(blocks))
    assert page.every("span", class_="unknown") == []


@given(title=TEXTS, summary=TEXTS, words=TEXTS)
def test_nothing_in_a_paper_becomes_markup(title: str, summary: str, words: str) -> None:
    card = card_of(a_paper(title=title or "x", summary=summary), [Match("x", (Evidence("abstract", words),))])
    blocks = to_blocks(card)
    page = read(draw_blocks(blocks))
    assert page.content == "".join(map(as_read, texts(blocks)))
    assert {element.name for element in page.every()} <= {"div", "p", "a", "strong", "blockquote", "ul", "li", "span"}


@given(text=TEXTS)
def test_text_of_every_kind_of_block_stays_text(text: str) -> None:
    plain, rich = {"type": "plain_text", "text": text}, {"type": "text", "text": text, "style": {"bold": True}}
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": plain},
        {"type": "section", "text": plain},
        {"type": "context", "elements": [plain]},
        {"type": "actions", "elements": [{"type": "button", "text": plain, "value": text}]},
        {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [rich]}]},
    ]
    assert read(draw_blocks(blocks)).content == as_read(text) * 5


def test_the_title_leads_to_the_paper() -> None:
    [title, *_] = read(draw_blocks(to_blocks(CARD))).every("a")
    assert (title.attributes["href"], title.content) == (CARD.url, CARD.title)


def test_buttons_that_open_something_are_links_and_others_tell_their_command() -> None:
    row = read(draw_blocks(to_blocks(CARD))).every("ul", class_="buttons")[0]
    assert [element.attributes["href"] for element in row.every("a")] == [link.url for link in CARD.links]
    assert {element.content: element.attributes["title"] for element in row.every("span")}[
        "Why"
    ] == "/papers why 9901.00001"


def test_a_picture_is_described_and_not_loaded() -> None:
    page = read(draw_blocks(to_blocks(CARD)))
    [drawn] = page.every("span", role="img")
    assert drawn.attributes["aria-label"] == f"First page of {CARD.title}"
    assert [element for element in page.every() if "src" in element.attributes] == []


def test_a_block_of_another_kind_is_named() -> None:
    blocks: list[dict[str, Any]] = [
        {"type": "video"},
        {"type": "actions", "elements": [{"type": "datepicker"}]},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "date"}]}]},
        {"type": "rich_text", "elements": [{"type": "rich_text_table"}]},
    ]
    named = [element.content for element in read(draw_blocks(blocks)).every("span", class_="unknown")]
    assert named == ["[video]", "[datepicker]", "[date]", "[rich_text_table]"]


@pytest.mark.parametrize("value", ["", "[]", "3", "{}", '{"command": 1}', "no JSON"])
def test_a_button_whose_value_is_foreign_tells_no_command(value: str) -> None:
    block = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "value": value}
    [drawn] = read(draw_blocks([{"type": "actions", "elements": [block]}])).every("span")
    assert drawn.attributes["title"] == ""


@given(st.lists(TEXTS, max_size=3))
def test_lists_hold_an_item_for_each_line(lines: list[str]) -> None:
    items = [{"type": "rich_text_section", "elements": [{"type": "text", "text": line}]} for line in lines]
    block = {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "elements": items}]}
    assert [element.content for element in read(draw_blocks([block])).every("li")] == [as_read(line) for line in lines]
