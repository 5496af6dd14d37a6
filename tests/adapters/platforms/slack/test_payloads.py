"""What people type, as commands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.platforms.slack.payloads import after_mention, command_in, place_of_event, place_of_press, plain_text
from bot.commands.table import COMMANDS


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("upvotes&gt;=20", "upvotes>=20"),
        ("a &amp;lt; b", "a &lt; b"),
        ("“world model”", '"world model"'),
        ("„world model‟", '"world model"'),
        ("agents’ tools", "agents’ tools"),
        ("<https://arxiv.org/abs/9901.00001>", "https://arxiv.org/abs/9901.00001"),
        ("<https://arxiv.org/abs/9901.00001|arxiv.org/abs/9901.00001>", "https://arxiv.org/abs/9901.00001"),
        ("  robots \n dance ", "robots dance"),
        ("", ""),
    ],
)
def test_what_slack_does_to_a_text_is_undone(sent: str, meant: str) -> None:
    assert plain_text(sent) == meant


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
    ],
)
def test_words_are_the_same_commands_with_and_without_a_slash(text: str, command: tuple[str, str]) -> None:
    assert command_in(text, COMMANDS) == command


@pytest.mark.parametrize(
    ("text", "shown_text"),
    [
        ("<@U1> subscribe robots", " subscribe robots"),
        ("hey <@U1> subscribe <@U2>", " subscribe <@U2>"),
        ("<@U9> help", " help"),
        ("subscribe robots", "subscribe robots"),
    ],
)
def test_the_text_behind_the_mention_is_the_command(text: str, shown_text: str) -> None:
    assert after_mention("U1", text) == shown_text


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
