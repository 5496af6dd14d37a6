"""Buttons and menus: the commands they give, and the keys of messages in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from adapters.platforms.discord.buttons import Pressable, link_buttons, marked, pressed, rows
from adapters.platforms.discord.components import to_payload
from adapters.platforms.discord.views import as_sent, ids_of
from bot.domain.messages import Button, Card, Entry, Link, Menu, Message, Reply
from tests.adapters.platforms.discord.messages import BUTTON, KEY, a_card, body, commands, labels
from tests.builders import TODAY, digest_of
from tests.servers.discord.component_rules import every
from tests.servers.discord.rules import complaints


def parts(message: Message, key: str = KEY) -> list[dict[str, Any]]:
    """Every component of the message as it is sent."""
    return list(every(as_sent(to_payload(message, key=key))["components"]))


def keys(message: Message) -> list[str]:
    """The keys in custom_ids."""
    return [key for part in parts(message) if (key := marked(part.get("custom_id", "")))]


def test_buttons_that_open_something_stand_apart_from_those_that_ask_if_one_row_is_too_short() -> None:
    opening = link_buttons([Link(str(number), "https://papers.example/1") for number in range(3)])
    asking = [Pressable(str(number), f"pw:papers:why {number}") for number in range(3, 6)]
    assert [[button.label for button in row] for row in rows([*opening, *asking[:2]])] == [["0", "1", "2", "3", "4"]]
    assert [[button.label for button in row] for row in rows([*opening, *asking])] == [["0", "1", "2"], ["3", "4", "5"]]


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
        *("pw-menu:more", "pw-save:pw:subscribe:"),
    ],
)
def test_a_button_that_is_not_ours_gives_no_command(custom_id: str) -> None:
    assert pressed(custom_id) is None


@given(BUTTON)
def test_every_button_and_option_that_is_shown_is_read_back_as_it_was_made(button: Button) -> None:
    reply = Reply("Done.", buttons=(button,), menu=Menu("Choose", (button,)))
    for made in commands(to_payload(reply, key=KEY)):
        assert pressed(made) == (button.command, button.text)


@pytest.mark.parametrize("text", ["x" * 90, f"x#{KEY}", "a\nb"])
def test_a_button_that_could_not_be_read_back_is_left_out(text: str) -> None:
    undo = Button("Undo", "subscribe", text)
    assert labels(to_payload(Reply("Done.", buttons=(undo,), menu=Menu("Choose", (undo,))))) == []


def test_the_same_command_has_one_button() -> None:
    undo = Button("Undo", "unsubscribe", "3")
    assert labels(to_payload(Reply("Done.", entries=(Entry("3. x", (undo,)),), buttons=(undo, undo)))) == ["Undo"]


def test_a_menu_has_as_many_options_as_discord_takes() -> None:
    zones = tuple(Button(f"Zone {number}", "papers", f"zone {number}") for number in range(30))
    assert len(labels(to_payload(Reply("Your zone?", menu=Menu("Choose", zones))))) == 25


def test_a_message_carries_its_key_in_its_first_command_that_has_room() -> None:
    tight, loose = Button("Subscribe", "subscribe", "x" * 80), Button("Undo", "unsubscribe", "3")
    [made] = [part for part in parts(Reply("Done.", buttons=(tight, loose))) if marked(part.get("custom_id", ""))]
    assert made["label"] == "Undo"
    assert keys(a_card()) == keys(digest_of([a_card()])) == [KEY]


@pytest.mark.parametrize(
    "message", [Reply("Hello!"), digest_of([]), Card("1", "T", "", "", TODAY, *("",) * 2, (), 0, 0, None, "", ())]
)
def test_a_message_without_commands_carries_its_key_in_its_first_ids(message: Message) -> None:
    ids = [part["id"] for part in parts(message) if part.get("id")]
    assert tuple(ids) == ids_of(KEY)
    assert complaints(body(to_payload(message, key=KEY))) == []


def test_a_message_without_key_has_none() -> None:
    assert [part.get("id") for part in parts(Reply("Hello!"), key="")] == [None, None]
    assert not any(marked(part.get("custom_id", "")) for part in parts(a_card(), key=""))


def test_a_button_of_a_reply_that_stands_on_its_card_too_is_shown_once() -> None:
    save = Button("Save", "papers", "save 9901.00001")
    reply = Reply(
        "1 paper:", entries=(Entry("1. robots", (save,)),), cards=(replace(a_card(), buttons=(save,)),), buttons=(save,)
    )
    assert complaints(body(to_payload(reply))) == []
    assert labels(to_payload(reply)).count("Save") == 1
