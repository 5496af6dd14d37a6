from __future__ import annotations

import logging
from functools import partial

import pytest

from adapters.platforms.discord import Discord
from bot.commands.table import COMMANDS
from bot.domain.commands import Choice, Invocation
from bot.domain.messages import Button, Entry, Menu, Reply
from tests.adapters.platforms.discord.asking import a_message, ask, heard
from tests.builders import a_paper, card_of
from tests.fakes.desk import Reception
from tests.servers.discord.interactions import buttons_of
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import at, papers, reaction, text_of, texts_of, until
from tests.servers.discord.world import DM, FORUM, SEND

NOBODY = 0
"""Permissions of somebody who may not manage channels."""

SUBSCRIBED = Reply("Subscribed.", buttons=(Button("Undo", "unsubscribe", "1"),), announcement="ada subscribed us.")


def ada(server: DiscordServer) -> str:
    return str(server.world.person("ada")["id"])


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("subscribe", "robots, dance -survey"),
        ("unsubscribe", "3"),
        ("subscriptions", ""),
        ("papers", "today"),
        ("papers", "search world model"),
        ("papers", "status"),
    ],
)
def test_a_command_comes_to_the_desk_as_it_would_have_been_typed(
    server: DiscordServer, command: str, text: str
) -> None:
    reception = Reception()
    asked = ask(server, reception, lambda: server.slash(papers(server), command, text))
    assert reception.heard == [
        Invocation(at(papers(server)), "ada", command, text, is_admin=True, person_id=ada(server), locale="en-GB")
    ]
    assert asked.is_private
    assert "I heard" in text_of(asked)


def test_everything_is_acknowledged_before_the_desk_has_an_answer(server: DiscordServer) -> None:
    acknowledged: list[bool] = []

    def answer(_: Invocation) -> Reply:
        acknowledged.extend(asked.callback == 5 for asked in server.interactions.asked.values())
        return Reply("Here you are")

    ask(server, Reception(answer), lambda: server.slash(papers(server), "papers", "today"))
    assert acknowledged == [True]


def test_only_who_may_manage_channels_is_an_admin(server: DiscordServer) -> None:
    reception = Reception()
    ask(server, reception, lambda: server.slash(papers(server), "subscribe", "robots", permissions=NOBODY))
    assert [invocation.is_admin for invocation in reception.heard] == [False]


def test_in_direct_messages_everybody_is_their_own_admin_and_nothing_is_announced(server: DiscordServer) -> None:
    person = server.channel(None)
    reception = Reception(lambda _: SUBSCRIBED)
    asked = ask(server, reception, lambda: server.slash(person, "subscribe", "robots", permissions=NOBODY))
    assert reception.heard == [
        Invocation(at(person), "ada", "subscribe", "robots", is_admin=True, person_id=ada(server), locale="en-GB")
    ]
    assert "Subscribed." in text_of(asked)
    assert server.world.messages[person["id"]] == []


def test_in_a_thread_the_thread_is_meant_and_in_a_forums_post_the_forum(server: DiscordServer) -> None:
    forum = server.channel(server.world.guilds[papers(server)["guild_id"]], "library", FORUM)
    thread, post = server.thread(papers(server), "group"), server.thread(forum, "a question")
    reception = Reception()
    ask(server, reception, lambda: server.slash(thread, "subscriptions"))
    ask(server, reception, lambda: server.slash(post, "subscriptions"))
    assert [invocation.channel for invocation in reception.heard] == [at(thread), at(forum)]


def test_a_change_is_announced_where_it_was_made(server: DiscordServer) -> None:
    ask(server, Reception(lambda _: SUBSCRIBED), lambda: server.slash(papers(server), "subscribe", "robots"))
    [message] = server.world.messages[papers(server)["id"]]
    assert "ada subscribed us." in "".join(texts_of(message)).replace("\\", "")


def test_what_was_not_done_is_not_announced(server: DiscordServer) -> None:
    refused = Reply("No.", announcement="They tried.", ok=False)
    ask(server, Reception(lambda _: refused), lambda: server.slash(papers(server), "subscribe", "robots"))
    assert server.world.messages[papers(server)["id"]] == []


def test_someone_who_subscribes_a_closed_channel_is_told_the_repair(server: DiscordServer) -> None:
    server.overwrite(papers(server), deny=SEND)
    reception = Reception(lambda _: SUBSCRIBED)
    asked = ask(server, reception, lambda: server.slash(papers(server), "subscribe", "robots"))
    assert "I can't post here yet: I may not post in \\#papers" in text_of(asked).replace(" #", " \\#")
    assert [(channel, closed.reason) for channel, closed in reception.closed] == [
        (at(papers(server)), "I may not post in #papers")
    ]


def test_a_failing_announcement_does_not_prevent_the_reply(server: DiscordServer) -> None:
    server.fail("503")
    asked = ask(server, Reception(lambda _: SUBSCRIBED), lambda: server.slash(papers(server), "subscribe", "robots"))
    assert "Subscribed." in text_of(asked)


def test_papers_are_shown_as_cards_only_to_the_person(server: DiscordServer) -> None:
    cards = tuple(card_of(a_paper(id=f"9901.{number:05}")) for number in range(10))
    asked = ask(
        server, Reception(lambda _: Reply("Ten", cards=cards)), lambda: server.slash(papers(server), "papers", "today")
    )
    assert text_of(asked).count("[Walking Robots Learn to Dance]") == 10
    assert asked.is_private


def test_what_is_being_typed_is_completed(server: DiscordServer) -> None:
    choices = [Choice("1. robots", "1"), Choice("2. " + "dance " * 30, "2"), Choice("too long to be chosen", "x" * 101)]
    asked = ask(server, Reception(choices=choices), lambda: server.type(papers(server), "unsubscribe", "rob"))
    assert asked.choices is not None
    assert [choice["value"] for choice in asked.choices] == ["1", "2"]
    assert all(len(choice["name"]) <= 100 for choice in asked.choices)


def test_a_button_gives_its_command_after_a_restart_too(server: DiscordServer) -> None:
    message = a_message(server, Button("Why", "papers", "why 9901.00001"))
    reception = Reception()
    asked = ask(server, reception, lambda: server.press(papers(server), message, "Why", permissions=NOBODY))
    assert [(invocation.command, invocation.text) for invocation in reception.heard] == [("papers", "why 9901.00001")]
    assert asked.is_private
    assert "I heard why 9901.00001" in text_of(asked).replace("\\", "")


def test_buttons_of_replies_work_too(server: DiscordServer) -> None:
    listed = Reply("Two:", entries=(Entry("1. robots", (Button("Remove", "unsubscribe", "1"),)), Entry("2. dance")))
    reception = Reception(lambda _: listed)

    async def talk(_: Discord) -> None:
        first = server.slash(papers(server), "subscriptions")
        await until(lambda: first.is_answered)
        second = server.press(papers(server), first.answers[0], "Remove")
        await until(lambda: second.is_answered)

    assert [(invocation.command, invocation.text) for invocation in heard(server, reception, talk)] == [
        ("subscriptions", ""),
        ("unsubscribe", "1"),
    ]


def test_a_person_who_presses_a_button_is_an_admin_only_with_the_permission(server: DiscordServer) -> None:
    message = a_message(server, Button("Subscribe", "subscribe", "robots"))
    reception = Reception()
    ask(server, reception, lambda: server.press(papers(server), message, "Subscribe", permissions=NOBODY))
    assert [invocation.is_admin for invocation in reception.heard] == [False]


def test_every_command_that_changes_something_is_brought_with_who_may(server: DiscordServer) -> None:
    reception = Reception(admins_only=True)
    for command in COMMANDS:
        if command.changes and command.word:
            text = f"{command.word} {command.argument.example if command.argument else ''}".strip()
            ask(server, reception, partial(server.slash, papers(server), command.slash, text, permissions=NOBODY))
    assert {invocation.is_admin for invocation in reception.heard} == {False}


def test_nobody_fills_in_a_form_to_be_refused(server: DiscordServer) -> None:
    message = a_message(server, Button("Subscribe…", "subscribe"))
    reception = Reception(admins_only=True)
    asked = ask(server, reception, lambda: server.press(papers(server), message, "Subscribe…", permissions=NOBODY))
    assert asked.modal is None
    assert [(invocation.command, invocation.is_admin) for invocation in reception.heard] == [("subscribe", False)]


def test_a_press_that_ends_in_an_unexpected_error_is_answered_too(server: DiscordServer) -> None:
    message = a_message(server, Button("Why", "papers", "why 9901.00001"))

    def fail(_: Invocation) -> Reply:
        raise ZeroDivisionError

    asked = ask(server, Reception(fail), lambda: server.press(papers(server), message, "Why"))
    assert "Something went wrong" in text_of(asked)


def test_a_button_without_an_argument_opens_a_form_that_asks_for_it(server: DiscordServer) -> None:
    message = a_message(server, Button("Search…", "papers", "search"))
    reception = Reception()

    async def talk(_: Discord) -> None:
        pressed = server.press(papers(server), message, "Search…")
        await until(lambda: pressed.modal is not None)
        sent = server.submit(papers(server), pressed, "robots, dance")
        await until(lambda: sent.is_answered)
        other = server.submit(papers(server), pressed, "robots", permissions=NOBODY)
        await until(lambda: other.is_answered)

    assert [
        (invocation.command, invocation.text, invocation.is_admin) for invocation in heard(server, reception, talk)
    ] == [
        ("papers", "search robots, dance", True),
        ("papers", "search robots", False),
    ]


def test_a_choice_in_a_menu_gives_its_command(server: DiscordServer) -> None:
    zones = Menu("Your time zone?", (Button("Europe/Berlin", "papers", "zone Europe/Berlin"),))
    reception = Reception(lambda _: Reply("Which zone?", menu=zones))

    async def talk(_: Discord) -> None:
        asked = await reaction(server.slash(papers(server), "papers", "digest daily 09:00"))
        await reaction(server.press(papers(server), asked.answers[0], "Europe/Berlin"))

    assert heard(server, reception, talk)[1].text == "zone Europe/Berlin"


def test_a_command_about_direct_messages_comes_with_their_address(server: DiscordServer) -> None:
    message = a_message(server, Button("Follow for me", "papers", "follow 9901.00001"))
    reception = Reception()
    ask(server, reception, lambda: server.press(papers(server), message, "Follow for me"))
    [invocation] = reception.heard
    [direct] = [channel for channel in server.world.channels.values() if channel["type"] == DM]
    assert invocation.direct == at(direct)
    assert str(direct["recipients"][0]["id"]) == ada(server)


def test_where_direct_messages_cannot_be_opened_the_desk_is_told_of_none(server: DiscordServer) -> None:
    server.fail("403 50007", at="POST /users/@me/channels")
    message = a_message(server, Button("Follow for me", "papers", "follow 9901.00001"))
    reception = Reception()
    ask(server, reception, lambda: server.press(papers(server), message, "Follow for me"))
    assert [invocation.direct for invocation in reception.heard] == [None]


def test_a_form_that_was_opened_before_a_restart_is_heard_after_it(server: DiscordServer) -> None:
    message = a_message(server, Button("Search…", "papers", "search"))
    pressed = ask(server, Reception(), lambda: server.press(papers(server), message, "Search…"))
    reception = Reception()
    ask(server, reception, lambda: server.submit(papers(server), pressed, "world model"))
    assert [(invocation.command, invocation.text) for invocation in reception.heard] == [
        ("papers", "search world model")
    ]


@pytest.mark.parametrize("custom_id", ["", "pw:", "other:thing", "pw:Nope:x\n", "pw:" + "x" * 200])
def test_buttons_that_are_not_ours_are_left_alone(server: DiscordServer, custom_id: str) -> None:
    message = a_message(server, Button("Why", "papers", "why 9901.00001"))
    [button] = buttons_of(message)
    button["custom_id"] = custom_id
    reception = Reception()

    async def talk(_: Discord) -> None:
        server.press(papers(server), message, "Why")
        second = server.slash(papers(server), "subscriptions")
        await until(lambda: second.is_answered)

    assert [invocation.command for invocation in heard(server, reception, talk)] == ["subscriptions"]


@pytest.mark.parametrize("fault", ["404 10062", "400 40060"])
def test_an_interaction_that_is_over_is_not_carried_out(
    server: DiscordServer, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    server.fail(fault, at="POST /interactions")
    reception = Reception()

    async def talk(_: Discord) -> None:
        server.slash(papers(server), "subscribe", "secret query")
        await until(lambda: "too late, or twice" in caplog.text)
        second = server.slash(papers(server), "subscriptions")
        await until(lambda: second.is_answered)

    with caplog.at_level(logging.INFO):
        assert [invocation.command for invocation in heard(server, reception, talk)] == ["subscriptions"]
    assert "secret query" not in caplog.text


@pytest.mark.parametrize("fault", ["50035 content", "401", "drop"])
def test_an_answer_that_discord_refuses_only_costs_itself(
    server: DiscordServer, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    server.fail(fault, at="PATCH /webhooks")

    async def talk(_: Discord) -> None:
        server.slash(papers(server), "papers", "status")
        await until(lambda: "answer" in caplog.text)
        second = server.slash(papers(server), "papers", "status")
        await until(lambda: second.is_answered)

    assert len(heard(server, Reception(), talk)) == 2
