"""What people type, as commands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.platforms.slack.payloads import command_in, commands_in, place_of_event, place_of_press
from adapters.platforms.slack.typed_text import after_mention
from bot.commands.table import COMMANDS


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("subscribe robots, dance", ("subscribe", "robots, dance")),
        ("/Subscribe robots", ("subscribe", "robots")),
        ("papers today", ("papers", "today")),
        ("today", ("papers", "today")),
        ("try robots", ("papers", "try robots")),
        ("", ("papers", "help")),
        ("hello there", ("hello", "there")),
        ("please subscribe robots", ("subscribe", "robots")),
        ("Hi! Could you please unsubscribe 2", ("unsubscribe", "2")),
        ("thanks, now *today*", ("papers", "today")),
        ("okay papers", ("papers", "")),
        ("please do something", ("please", "do something")),
        ("subscribe: robots", ("subscribe", "robots")),
        ("papers: today", ("papers", "today")),
        ("today: yesterday", ("papers", "today yesterday")),
        ("`subscribe robots`", ("subscribe", "robots")),
        ("&gt; subscribe robots", ("subscribe", "robots")),
        ("• *subscribe* robots", ("subscribe", "robots")),
    ],
)
def test_words_are_the_same_commands_with_and_without_a_slash(text: str, command: tuple[str, str]) -> None:
    assert command_in(text, COMMANDS) == command


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("subscribe robots\n\n/subscribe drones", [("subscribe", "robots"), ("subscribe", "drones")]),
        ("subscribe robots,\ndrones", [("subscribe", "robots, drones")]),
        ("hello\nsubscribe robots", [("subscribe", "robots")]),
        ("papers today", [("papers", "today")]),
        ("", [("papers", "help")]),
    ],
)
def test_each_line_of_a_message_may_be_a_command(text: str, commands: list[tuple[str, str]]) -> None:
    assert commands_in(text, COMMANDS) == commands


@given(st.text())
def test_any_text_is_understood_somehow(text: str) -> None:
    command, rest = command_in(after_mention("U1", text), COMMANDS)
    assert command
    assert rest == rest.strip()


ANY = st.recursive(
    st.none() | st.booleans() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["channel", "user", "container", "message", "id", "thread_ts", "channel_id"]),
            inner,
            max_size=4,
        )
    ),
)


@given(st.dictionaries(st.sampled_from(["channel", "user", "container", "message", "response_url"]), ANY))
def test_any_payload_has_a_place(payload: dict[str, object]) -> None:
    for place in (place_of_press(payload), place_of_event(payload)):
        assert isinstance(place.channel, str)
        assert isinstance(place.person, str)
