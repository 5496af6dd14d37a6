"""What people say to the bot that is no command."""

from __future__ import annotations

import pytest

from bot.commands.desk import Desk
from bot.commands.small_talk import kind_of
from bot.ports.stores import Stores
from tests.bot.commands.front_desk import desk_of, say


@pytest.fixture
def desk(stores: Stores) -> Desk:
    """A desk with no papers."""
    return desk_of(stores)


@pytest.mark.parametrize("words", ["hello", "Hi!", "hey there", "good morning", "Grüß Gott", "Olá", "你好", "नमस्ते"])
def test_a_greeting_is_returned_with_what_to_do_first(desk: Desk, words: str) -> None:
    reply = say(desk, words)
    assert reply.ok
    assert reply.text.startswith("Hello!")
    assert "/subscribe " in reply.text
    assert not reply.announcement


@pytest.mark.parametrize("words", ["thanks!", "Thank you", "danke schön", "merci beaucoup", "谢谢！", "ありがとう"])
def test_thanks_are_taken_kindly(desk: Desk, words: str) -> None:
    assert say(desk, words).text == "You're welcome!"


@pytest.mark.parametrize("words", ["bye", "good bot", "well done", "ok"])
def test_other_kind_words_get_a_kind_line(desk: Desk, words: str) -> None:
    reply = say(desk, words)
    assert reply.ok
    assert "don't know" not in reply.text


@pytest.mark.parametrize("words", ["who are you?", "hello, what can you do?", "how does this work", "?"])
def test_a_question_about_the_bot_is_answered_with_the_help(desk: Desk, words: str) -> None:
    assert say(desk, words).text == say(desk, "/papers help").text


@pytest.mark.parametrize(
    "words", ["subscripe robots", "foo", "/papers tooday", "thanks but please unsubscribe us from robots right now"]
)
def test_anything_else_is_still_an_unknown_command(desk: Desk, words: str) -> None:
    assert not say(desk, words).ok


@pytest.mark.parametrize("words", ["", "subscribe robots", "highlights", "thankless tasks"])
def test_words_that_only_begin_alike_are_not_small_talk(words: str) -> None:
    assert kind_of(words) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/papers subscribe reward model", ("subscribe", "reward model")),
        ("/papers tooday tuesday", ("papers", "today tuesday")),
        ("subscripe robots", ("subscribe", "robots")),
        ("trendin", ("papers", "trending")),
    ],
)
def test_the_command_that_was_probably_meant_is_a_button(desk: Desk, typed: str, meant: tuple[str, str]) -> None:
    [button] = say(desk, typed).buttons
    assert (button.command, button.text) == meant
