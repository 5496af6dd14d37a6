from __future__ import annotations

from typing import Any

import pytest

from tests.servers.slack.rules import complaints

PLAIN = {"type": "plain_text", "text": "Hello"}
BUTTON = {"type": "button", "action_id": "go", "text": PLAIN}
SECTION = {"type": "section", "text": PLAIN}


def plain(length: int) -> dict[str, str]:
    """A text of that length."""
    return {"type": "plain_text", "text": "x" * length}


def actions(*buttons: dict[str, Any]) -> dict[str, Any]:
    """Buttons in a row."""
    return {"type": "actions", "elements": list(buttons)}


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    """A paragraph of rich text."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def a_modal(**given: Any) -> dict[str, Any]:  # noqa: ANN401 - any key of a view
    """A dialog."""
    return {"type": "modal", "title": PLAIN, "submit": PLAIN, "blocks": [SECTION]} | given


GOOD = [
    SECTION,
    SECTION | {"block_id": "one", "accessory": BUTTON},
    {"type": "section", "fields": [plain(2_000), *[PLAIN] * 9]},
    {"type": "header", "text": plain(150)},
    {"type": "divider"},
    {"type": "context", "elements": [PLAIN] * 10},
    actions(*(BUTTON | {"action_id": str(number)} for number in range(25))),
    actions(BUTTON | {"text": plain(75), "value": "x" * 2_000, "url": "https://papers.example"}),
    {"type": "image", "image_url": "https://papers.example/1.png", "alt_text": "A page"},
    rich({"type": "link", "url": "https://papers.example", "text": "A paper", "style": {"bold": True}}),
    {
        "type": "rich_text",
        "elements": [{"type": "rich_text_preformatted", "elements": [{"type": "text", "text": " ^"}]}],
    },
]

BAD = [
    {"type": "banner"},
    {"type": "input", "label": PLAIN, "element": {"type": "plain_text_input", "action_id": "query"}},
    SECTION | {"color": "red"},
    {"type": "section"},
    {"type": "section", "text": "Hello"},
    {"type": "section", "text": plain(0)},
    {"type": "section", "text": plain(3_001)},
    {"type": "section", "text": {"type": "mrkdwn", "text": "Hello", "emoji": False}},
    {"type": "section", "fields": [PLAIN] * 11},
    {"type": "section", "fields": [plain(2_001)]},
    SECTION | {"accessory": PLAIN},
    SECTION | {"block_id": "x" * 256},
    {"type": "header", "text": {"type": "mrkdwn", "text": "*Hello*"}},
    {"type": "header", "text": plain(151)},
    {"type": "context", "elements": []},
    {"type": "context", "elements": [PLAIN] * 11},
    {"type": "context", "elements": [BUTTON]},
    actions(),
    actions(*(BUTTON | {"action_id": str(number)} for number in range(26))),
    actions(BUTTON, BUTTON),
    actions({"type": "button", "text": PLAIN}),
    actions(BUTTON | {"action_id": "x" * 256}),
    actions(BUTTON | {"text": plain(76)}),
    actions(BUTTON | {"text": {"type": "mrkdwn", "text": "Go"}}),
    actions(BUTTON | {"value": "x" * 2_001}),
    actions(BUTTON | {"value": "\ud800"}),
    actions(BUTTON | {"url": f"https://papers.example/{'x' * 3_000}"}),
    actions(BUTTON | {"url": "javascript:alert(1)"}),
    actions(BUTTON | {"style": "green"}),
    actions(BUTTON | {"confirm": {"title": PLAIN}}),
    actions({"type": "image", "image_url": "https://papers.example/1.png", "alt_text": "A page"}),
    {"type": "image", "image_url": "https://papers.example/1.png"},
    {"type": "image", "image_url": "https://papers.example/1.png", "alt_text": ""},
    {"type": "image", "image_url": "1.png", "alt_text": "A page"},
    rich(),
    rich({"type": "text", "text": ""}),
    rich({"type": "text", "text": "Hello", "style": {"bold": "yes"}}),
    rich({"type": "text", "text": "Hello", "style": {"huge": True}}),
    rich({"type": "link", "url": "papers.example", "text": "A paper"}),
    rich({"type": "mrkdwn", "text": "Hello"}),
    {"type": "rich_text", "elements": [{"type": "text", "text": "Hello"}]},
    {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "dashes", "elements": [PLAIN]}]},
]


@pytest.mark.parametrize("block", GOOD)
def test_what_slack_takes_has_no_complaints(block: dict[str, Any]) -> None:
    assert complaints({"channel": "C1", "text": "Hello", "blocks": [block]}) == []


@pytest.mark.parametrize("block", BAD)
def test_what_slack_refuses_has_a_complaint_with_its_page(block: dict[str, Any]) -> None:
    found = complaints({"channel": "C1", "text": "Hello", "blocks": [block]})
    assert found
    assert all("https://docs.slack.dev/" in finding for finding in found)


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"text": ""},
        {"text": "x" * 40_001},
        {"text": "Hello", "colour": "red"},
        {"text": "Hello", "blocks": [SECTION] * 51},
        {"text": "Hello", "blocks": {"type": "section"}},
        {"text": "Hello", "blocks": [{"type": "section", "text": plain(3_000)}] * 5},
        {"text": "Hello", "blocks": [SECTION | {"block_id": "one"}] * 2},
        {"text": "Hello", "metadata": {"event_type": "paper"}},
        {"text": "Hello", "metadata": {"event_type": "", "event_payload": {}}},
        {"text": "Hello", "metadata": {"event_type": "paper", "event_payload": []}},
    ],
)
def test_a_message_that_slack_refuses_is_a_complaint(payload: dict[str, Any]) -> None:
    assert complaints(payload)


def test_a_message_may_have_only_text_or_only_blocks() -> None:
    assert complaints({"text": "Hello"}) == []
    assert complaints({"blocks": [SECTION] * 50}) == []
    assert complaints({"text": "Hello", "metadata": {"event_type": "paper", "event_payload": {"key": "1"}}}) == []


def test_a_view_takes_a_hundred_blocks() -> None:
    assert complaints({"type": "home", "blocks": [SECTION] * 100}) == []
    assert complaints({"type": "home", "blocks": [SECTION] * 101})


TYPED = {"type": "plain_text_input", "action_id": "query"}
INPUT = {"type": "input", "label": PLAIN, "element": TYPED}


@pytest.mark.parametrize(
    "view",
    [
        {"type": "drawer", "blocks": []},
        {"type": "home", "title": PLAIN, "blocks": []},
        {"type": "home", "blocks": [INPUT]},
        a_modal(title=plain(25)),
        a_modal(submit={"type": "mrkdwn", "text": "Go"}),
        a_modal(callback_id="x" * 256),
        a_modal(private_metadata="x" * 3_001),
        {"type": "modal", "title": PLAIN, "blocks": [INPUT]},
        a_modal(blocks=[INPUT | {"element": BUTTON}]),
        a_modal(blocks=[INPUT | {"element": TYPED | {"initial_value": "long", "max_length": 3}}]),
        a_modal(blocks=[INPUT | {"element": {"type": "static_select", "action_id": "a", "options": []}}]),
    ],
)
def test_a_view_that_slack_refuses_is_a_complaint(view: dict[str, Any]) -> None:
    assert complaints(view)


def test_a_dialog_that_slack_takes_has_no_complaints() -> None:
    assert complaints(a_modal(blocks=[INPUT, SECTION], callback_id="subscribe", private_metadata="")) == []
