"""What people type and press in Slack, and who they are."""

from __future__ import annotations

import json

import pytest

from bot.commands.table import COMMANDS
from bot.domain import Address
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Entry, Reply
from tests.fakes.desk import Reception, announcing
from tests.servers.slack.server import SlackServer
from tests.servers.slack.serving import meet, posts, whispers
from tests.servers.slack.things import ADA, BEN, DIRECT, OPEN


@pytest.mark.parametrize("slash", sorted({command.slash for command in COMMANDS}))
def test_every_command_is_answered_only_to_the_person(slack: SlackServer, slash: str) -> None:
    desk = Reception()
    meet(slack, desk, lambda: slack.people.command(f"/{slash}", "robots"), lambda: lambda: whispers(slack))
    assert whispers(slack) == ["I heard robots"]
    assert whispers(slack, BEN) == posts(slack) == []
    assert desk.heard == [Invocation(Address("slack", OPEN), "ada", slash, "robots", person_id=ADA)]


def test_what_slack_and_devices_do_to_a_query_is_undone(slack: SlackServer) -> None:
    desk = Reception()
    meet(
        slack, desk, lambda: slack.people.command("/subscribe", "“world model” upvotes>=20"), lambda: lambda: desk.heard
    )
    assert desk.heard[0].text == '"world model" upvotes>=20'


def test_a_mention_is_answered_like_the_command(slack: SlackServer) -> None:
    desk = Reception(announcing)
    meet(slack, desk, lambda: slack.people.mention("subscribe robots"), lambda: lambda: whispers(slack))
    assert desk.heard == [Invocation(Address("slack", OPEN), "Ada Example", "subscribe", "robots", person_id=ADA)]
    assert posts(slack) == ["Ada Example did it"]


def test_a_mention_alone_asks_for_help(slack: SlackServer) -> None:
    desk = Reception()
    meet(slack, desk, lambda: slack.people.mention(""), lambda: lambda: whispers(slack))
    assert (desk.heard[0].command, desk.heard[0].text) == ("papers", "help")


def test_a_mention_in_a_thread_is_answered_there(slack: SlackServer) -> None:
    meet(slack, Reception(), lambda: slack.people.mention("papers help", thread="1.0"), lambda: lambda: whispers(slack))
    assert [whisper.thread for whisper in slack.workspace.whispers] == ["1.0"]


def test_somebody_without_a_name_is_called_by_their_handle_and_asked_for_once(slack: SlackServer) -> None:
    desk = Reception()
    meet(
        slack,
        desk,
        *[
            lambda: slack.people.mention("papers help", person=BEN),
            lambda: lambda: whispers(slack, BEN),
            lambda: slack.people.mention("papers help", person=BEN),
            lambda: lambda: len(whispers(slack, BEN)) == 2,
        ],
    )
    assert {invocation.person for invocation in desk.heard} == {"ben"}
    assert len(slack.calls("users.info")) == 1


def test_people_are_answered_even_when_slack_does_not_say_who_they_are(slack: SlackServer) -> None:
    desk = Reception()
    slack.faults["users.info"] += ["500"] * 2
    meet(slack, desk, lambda: slack.people.mention("papers help"), lambda: lambda: whispers(slack))
    assert desk.heard[0].person == ADA


def test_in_a_direct_message_everything_is_said_to_the_bot(slack: SlackServer) -> None:
    desk = Reception()
    meet(
        slack, desk, lambda: slack.people.say("subscribe robots", channel=DIRECT), lambda: lambda: posts(slack, DIRECT)
    )
    assert [(invocation.command, invocation.text) for invocation in desk.heard] == [("subscribe", "robots")]
    assert posts(slack, DIRECT) == ["I heard robots"]


@pytest.mark.parametrize("more", [{"bot_id": "B1"}, {"subtype": "message_changed"}, {"channel_type": "channel"}])
def test_other_messages_are_none_of_ours(slack: SlackServer, more: dict[str, str]) -> None:
    desk = Reception()
    event = {"type": "message", "channel_type": "im", "user": ADA, "text": "papers help", "channel": DIRECT} | more
    meet(slack, desk, lambda: slack.people.event(**event), lambda: slack.people.command("/papers"), lambda: desk.heard)
    assert all(not invocation.text for invocation in desk.heard)


def test_a_pressed_button_gives_its_command_after_a_restart_too(slack: SlackServer) -> None:
    def with_button(invocation: Invocation) -> Reply:
        return Reply(f"I heard {invocation.text}", buttons=(Button("Undo", "unsubscribe", "7"),))

    meet(
        slack, Reception(with_button), lambda: slack.people.command("/subscribe", "x"), lambda: lambda: whispers(slack)
    )
    desk = Reception()
    meet(slack, desk, lambda: slack.people.press("Undo"), lambda: lambda: len(whispers(slack)) == 2)
    assert desk.heard == [Invocation(Address("slack", OPEN), "ada", "unsubscribe", "7", person_id=ADA)]


def test_what_a_button_on_a_card_shows_is_only_for_that_person(slack: SlackServer) -> None:
    greeting = Reply("hello", entries=(Entry("try", (Button("Try it", "papers", "try robots"),)),))
    desk = Reception(greeting=greeting)
    meet(
        slack,
        desk,
        lambda: slack.people.invite(OPEN),
        lambda: lambda: posts(slack),
        lambda: slack.people.press("Try it", person=BEN),
        lambda: lambda: whispers(slack, BEN),
    )
    assert whispers(slack, BEN) == ["I heard try robots"]
    assert len(posts(slack)) == 1
    assert "Try it" in json.dumps(slack.workspace.conversations[OPEN].messages[0])


@pytest.mark.parametrize("value", ["", "x", "[]", "{}", '{"command": 1}', "[" * 1000, '{"command": "papers"}' * 2])
def test_a_forged_button_does_nothing_and_is_acknowledged(slack: SlackServer, value: str) -> None:
    desk = Reception()
    meet(slack, desk, lambda: slack.people.send_action(value))
    assert desk.heard == []


@pytest.mark.parametrize("action_id", ["link:1", "something else"])
def test_a_link_is_acknowledged(slack: SlackServer, action_id: str) -> None:
    meet(slack, Reception(), lambda: slack.people.send_action("", action_id=action_id))


@pytest.mark.parametrize(
    ("person", "channel", "admins"),
    [(ADA, OPEN, 1), (BEN, OPEN, 0), (BEN, "C0BENS", 1), (BEN, "D0BEN", 1)],
)
def test_admins_are_those_of_the_workspace_and_who_made_the_channel(
    slack: SlackServer, person: str, channel: str, admins: int
) -> None:
    slack.workspace.add("C0BENS", creator=BEN)
    desk = Reception(admins_only=True)
    meet(
        slack,
        desk,
        lambda: slack.people.command("/subscribe", "robots", channel=channel, person=person),
        lambda: lambda: desk.heard,
    )
    assert sum(invocation.is_admin for invocation in desk.heard) == admins


def test_nobody_is_asked_about_where_everyone_may_or_nothing_changes(slack: SlackServer) -> None:
    for desk, command in [(Reception(), "/subscribe"), (Reception(admins_only=True), "/papers")]:
        meet(slack, desk, lambda c=command: slack.people.command(c, "today"), lambda d=desk: lambda: d.heard)  # type: ignore[misc]
    assert slack.calls("users.info") == []


def test_an_admin_is_not_refused_because_slack_was_busy_once(slack: SlackServer) -> None:
    slack.faults["users.info"].append("503")
    desk = Reception(admins_only=True)
    meet(slack, desk, lambda: slack.people.command("/subscribe", "robots"), lambda: lambda: desk.heard)
    assert desk.heard[0].is_admin


def test_a_person_who_cannot_be_looked_up_is_not_an_admin(slack: SlackServer) -> None:
    slack.faults["users.info"] += ["500"] * 2
    desk = Reception(admins_only=True)
    meet(slack, desk, lambda: slack.people.command("/subscribe", "robots"), lambda: lambda: desk.heard)
    assert not desk.heard[0].is_admin


def test_nothing_that_people_say_is_logged(slack: SlackServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    slack.faults["response_url"] += ["500", "404", "drop"]
    slack.faults["chat.postEphemeral"] += ["500"] * 3
    slack.faults["chat.postMessage"] += ["500", "html", "drop"]
    meet(
        slack,
        Reception(),
        *[lambda: slack.people.command("/papers", "confidential"), lambda: slack.people.mention("confidential")] * 2,
        lambda: slack.people.send_action('{"command": "papers", "text": "confidential"}'),
        lambda: lambda: "confidential" in slack.people.seen(),
    )
    assert "Could not a" in caplog.text
    assert "confidential" not in caplog.text
    assert slack.workspace.bot_token not in caplog.text
    assert slack.workspace.app_token not in caplog.text


def test_a_loopback_slack_needs_no_proxy(slack: SlackServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    meet(slack, Reception(), lambda: slack.people.command("/papers", "help"), lambda: lambda: whispers(slack))
