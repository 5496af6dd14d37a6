"""Buttons: where they stand, the commands they give, and the keys of messages in them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from adapters.platforms.discord.buttons import Pressable, marked, pressed, rows
from adapters.platforms.discord.embeds import to_payload
from bot.domain.messages import Button, Card, Entry, Message, Reply
from tests.adapters.platforms.discord.messages import BUTTON, KEY, a_card, body, text_of
from tests.builders import TODAY, digest_of
from tests.servers.discord.rules import complaints


def test_a_cards_buttons_open_its_pages_and_ask_about_it() -> None:
    buttons = to_payload(a_card(code_url="https://code.example/1")).buttons
    assert [button.label for button in buttons] == [
        *("Paper", "arXiv", "PDF", "Code"),
        *("Abstract", "Why", "Less like this"),
    ]
    assert buttons[3] == Pressable("Code", url="https://code.example/1")
    assert buttons[5] == Pressable("Why", custom_id="pw:papers:why 9901.00001")


def test_buttons_that_open_something_stand_apart_from_those_that_ask() -> None:
    laid_out = rows(to_payload(a_card(code_url="https://code.example/1")).buttons)
    assert [[button.label for button in row] for row in laid_out] == [
        ["Paper", "arXiv", "PDF", "Code"],
        ["Abstract", "Why", "Less like this"],
    ]


def test_a_press_gives_the_command_of_its_button() -> None:
    assert pressed("pw:papers:why 9901.00001") == ("papers", "why 9901.00001")
    assert pressed(f"pw:papers:why 9901.00001#{KEY}") == ("papers", "why 9901.00001")
    assert pressed("pw:subscriptions:") == ("subscriptions", "")
    assert pressed("pw:subscribe:title:agent, a:b#c") == ("subscribe", "title:agent, a:b#c")


@pytest.mark.parametrize(
    "custom_id",
    [
        *("", "pw:", "pw::", "pw:papers", "other:papers:why", "pw:Papers:x", "pw:papers why:x", " pw:papers:x"),
        *("pw:papers:a\nb", "pw:papers:\x00", f"pw:papers:{'x' * 100}", f"pw:{'x' * 40}:", "pw:papers:\x7f"),
    ],
)
def test_a_button_that_is_not_ours_gives_no_command(custom_id: str) -> None:
    assert pressed(custom_id) is None


@given(BUTTON)
def test_every_button_that_is_shown_is_read_back_as_it_was_made(button: Button) -> None:
    for made in to_payload(Reply("Done.", buttons=(button,)), key=KEY).buttons:
        assert pressed(made.custom_id) == (button.command, button.text)


@pytest.mark.parametrize("text", ["x" * 90, f"x#{KEY}", "a\nb"])
def test_a_button_that_could_not_be_read_back_is_left_out(text: str) -> None:
    assert to_payload(Reply("Done.", buttons=(Button("Undo", "subscribe", text),))).buttons == ()


def test_the_same_command_has_one_button() -> None:
    undo = Button("Undo", "unsubscribe", "3")
    assert len(to_payload(Reply("Done.", entries=(Entry("3. x", (undo,)),), buttons=(undo, undo))).buttons) == 1


def test_a_message_carries_its_key_in_its_first_command_that_has_room() -> None:
    tight, loose = Button("Subscribe", "subscribe", "x" * 80), Button("Undo", "unsubscribe", "3")
    buttons = to_payload(Reply("Done.", buttons=(tight, loose)), key=KEY).buttons
    assert [marked(button.custom_id) for button in buttons] == ["", KEY]
    card = to_payload(a_card(), key=KEY)
    assert [button.label for button in card.buttons if marked(button.custom_id)] == ["Abstract"]


@pytest.mark.parametrize(
    "message",
    [digest_of([a_card()]), Reply("Hello!"), Card("1", "T", "", "", TODAY, *("",) * 2, (), 0, 0, None, "", ())],
)
def test_a_message_without_commands_carries_its_key_in_its_embeds_address(message: Message) -> None:
    payload = to_payload(message, key=KEY)
    assert marked(payload.embeds[0].url or "") == KEY
    assert complaints(body(payload)) == []


def test_a_message_without_key_has_none() -> None:
    payload = to_payload(a_card())
    assert [
        marked(text) for text in [payload.embeds[0].url or "", *(button.custom_id for button in payload.buttons)]
    ] == [""] * 7


def test_entries_have_buttons_with_their_numbers() -> None:
    entries = tuple(Entry(f"{number}. robots", (Button("Remove", "unsubscribe", str(number)),)) for number in (1, 3, 7))
    buttons = to_payload(Reply("This channel has 3 subscriptions:", entries=entries)).buttons
    assert [button.label for button in buttons] == ["Remove 1", "Remove 3", "Remove 7"]


def test_an_entry_alone_has_its_button_as_it_is() -> None:
    reply = Reply("Hello!", entries=(Entry("/subscribe robots", (Button("Try it", "papers", "try robots"),)),))
    assert [button.label for button in to_payload(reply).buttons] == ["Try it"]


def test_a_reply_keeps_its_own_buttons_whatever_its_entries_have() -> None:
    entries = tuple(
        Entry(f"{number}. robots", (Button("Remove", "unsubscribe", str(number)),)) for number in range(1, 101)
    )
    reply = Reply("This channel has 100 subscriptions:", entries=entries, buttons=(Button("Undo", "subscribe", "x"),))
    buttons = to_payload(reply).buttons
    assert (len(buttons), buttons[-1].label) == (25, "Undo")
    assert text_of(reply).count("robots") == 100


def test_a_button_of_a_reply_that_stands_on_its_card_too_is_shown_once() -> None:
    why = Button("Why", "papers", "why 9901.00001")
    reply = Reply(
        "1 paper:", entries=(Entry("1. robots", (why,)),), cards=(replace(a_card(), buttons=(why,)),), buttons=(why,)
    )
    payload = to_payload(reply)
    assert complaints(body(payload)) == []
    assert [button.label for button in payload.buttons if button.custom_id] == ["Why"]
