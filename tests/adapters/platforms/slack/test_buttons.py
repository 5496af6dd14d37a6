"""Buttons and links below a message, and the commands that they give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.platforms.slack.blocks import pressed, to_blocks
from bot.domain.messages import Button, Link, Reply
from tests.adapters.platforms.slack.looks import a_card, buttons, options
from tests.servers.slack.element_rules import objects


@pytest.mark.parametrize("url", ["", "ftp://x.example", "https://", "https://a b", "https://u@x.example", "https://["])
def test_a_link_that_no_browser_opens_has_no_button(url: str) -> None:
    assert buttons(to_blocks(a_card(links=(Link("Paper", url),), buttons=()))) == []


def test_a_link_that_is_too_long_has_no_button() -> None:
    links = tuple(Link("Paper", f"https://papers.example/{'x' * length}") for length in (2_977, 2_978))
    blocks = to_blocks(a_card(links=links, buttons=()))
    assert [len(button["url"]) for button in buttons(blocks)] == [3_000]


def test_a_pressed_button_gives_its_command() -> None:
    reply = Reply("Hello", buttons=(Button("Undo", "unsubscribe", "2"), Button("Again", "subscribe", 'a & "b" <3 é')))
    given = [pressed(button["value"]) for button in buttons(to_blocks(reply))]
    assert given == [("unsubscribe", "2"), ("subscribe", 'a & "b" <3 é')]


@given(st.text(max_size=300))
def test_what_a_button_says_survives_slacks_entities(text: str) -> None:
    [made] = buttons(to_blocks(Reply("Hello", buttons=(Button("Go", "subscribe", text),))))
    escaped = made["value"].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert pressed(escaped) == ("subscribe", text)


def test_a_command_that_is_too_long_has_no_button() -> None:
    reply = Reply("Hello", buttons=(Button("Undo", "subscribe", "x" * 2_000), Button("Help", "papers", "help")))
    assert [pressed(button["value"]) for button in buttons(to_blocks(reply))] == [("papers", "help")]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "[]",
        "{}",
        "1e999",
        '{"command": "papers"}',
        '{"command": "papers", "text": 1}',
        '{"command": "Papers!", "text": ""}',
        '{"command": "papers", "text": "", "more": ""}',
        '{"command": "unsubscribe", "text": "1", "channel": "C1"}',
        "[" * 100_000,
    ],
)
def test_a_value_that_is_not_ours_gives_no_command(value: str) -> None:
    assert pressed(value) is None


@given(st.text())
def test_any_value_is_read_without_an_error(value: str) -> None:
    assert pressed(value) is None or isinstance(pressed(value), tuple)


def test_ids_of_buttons_stand_once() -> None:
    reply = Reply("Today:", cards=(a_card(),) * 10, buttons=(Button("Help", "papers", "help"),))
    ids = [part["action_id"] for part in objects(to_blocks(reply)) if "action_id" in part]
    assert ids == [f"command:{number}" for number in range(11)]


def test_what_a_menu_gives_is_as_short_as_a_command_that_is_typed() -> None:
    assert [option["value"] for option in options(to_blocks(a_card()))][:2] == [
        "papers why 9901.00001",
        "papers less 9901.00001",
    ]


def test_a_menu_leaves_out_what_is_too_long_for_it() -> None:
    menu = tuple(Button(word, "papers", f"{word} {'x' * length}") for word, length in (("a", 1), ("b", 200), ("c", 1)))
    assert [option["text"]["text"] for option in options(to_blocks(a_card(menu=menu)))] == ["a", "c"]


@pytest.mark.parametrize(
    ("value", "command"),
    [
        ('{"command":"papers","text":"why 2608.01234"}', ("papers", "why 2608.01234")),
        ('{"command":"unsubscribe","text":"2"}', ("unsubscribe", "2")),
    ],
)
def test_buttons_of_earlier_messages_still_give_their_commands(value: str, command: tuple[str, str]) -> None:
    assert pressed(value) == command
