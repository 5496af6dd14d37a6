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


SUBJECTS = [
    "super resolution",
    "cool roofs",
    "nice graphs",
    "start codon",
    "perfect matching",
    "ping pong",
    "hi-fi audio",
    "manual labour",
    "tack welding",
    "good work stealing",
    "great expectations",
]


@pytest.mark.parametrize("words", ["", "subscribe robots", "highlights", "thankless tasks", *SUBJECTS])
def test_words_that_only_begin_alike_are_not_small_talk(words: str) -> None:
    assert kind_of(words) is None


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("thank you so much for all these great papers!", "thanks"),
        ("that's very nice", "praise"),
        ("good morning everyone", "greeting"),
        ("hello bot, thanks!", "thanks"),
        ("please help me", "question"),
        ("how do I get fewer papers on robots?", "question"),
    ],
)
def test_small_talk_may_have_more_words_that_say_nothing_else(words: str, kind: str) -> None:
    assert kind_of(words) == kind


@pytest.mark.parametrize("words", [*SUBJECTS, "reinforcement learning", "/papers robots"])
def test_a_subject_alone_can_be_followed_with_a_press(desk: Desk, words: str) -> None:
    subject = words.removeprefix("/papers ")
    reply = say(desk, words)
    assert reply.advice.startswith("Did you mean it as a subject?")
    button = reply.buttons[0]
    assert (button.label, button.command, button.text) == (f"/subscribe {subject}", "subscribe", subject)
    assert say(desk, f"/{button.command} {button.text}").ok


def test_a_subject_in_a_sentence_is_offered_alone(desk: Desk) -> None:
    assert say(desk, "please send me papers about robots").buttons[0].text == "robots"


def test_what_is_no_query_is_offered_as_one_that_is(desk: Desk) -> None:
    assert say(desk, "agents && robots").buttons[0].text == "agents AND robots"


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("/papers serach robots", "papers search robots"),
        ("/papers subscribe reward model", "subscribe reward model"),
        ("/papers tooday tuesday", "papers today tuesday"),
        ("trendin", "papers trending"),
        ("subscripe robots", "subscribe robots"),
        ("please subscribe robots", "subscribe robots"),
        ("hello robots", "subscribe robots"),
    ],
)
def test_what_was_probably_meant_is_a_press_away(desk: Desk, words: str, meant: str) -> None:
    button = say(desk, words).buttons[0]
    assert f"{button.command} {button.text}" == meant
