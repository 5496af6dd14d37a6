"""The channel that a form names is the person's own, or one that they could join."""

from __future__ import annotations

import pytest

from tests.adapters.platforms.slack.subscribe_form import answer, opened
from tests.fakes.desk import Reception
from tests.servers.slack.people import words
from tests.servers.slack.server import SlackServer
from tests.servers.slack.serving import meet
from tests.servers.slack.things import ADA, BEN, BOT, CLOSED, OPEN, Conversation

HIS = "D0BEN"
"""Ben's direct messages with the bot."""


def chosen(slack: SlackServer, channel: str, *, person: str = ADA, admins_only: bool = False) -> tuple[list[str], str]:
    """Submit a form with this channel: the channels that the desk was asked about, and what the form says is wrong."""
    desk = Reception(answer, admins_only=admins_only)
    sent: list[str] = []

    def step() -> str:
        sent.append(slack.people.submit("robots", channel=channel, person=person))
        return sent[0]

    meet(slack, desk, opened(slack), step)
    payload = slack.socket.acks[sent[0]].payload
    return [invocation.channel.id for invocation in desk.heard], str((payload or {}).get("errors", ""))


def with_channels(slack: SlackServer) -> None:
    """Add Ben's direct messages, and channels that only Ben is in: a private one, a group, and one without the bot."""
    conversations = slack.workspace.conversations
    conversations[HIS] = Conversation(HIS, "", "im", members={BEN, BOT})
    conversations["C0SECRET"] = Conversation("C0SECRET", "secret", "private", BEN, {BEN, BOT})
    conversations["G0GROUP"] = Conversation("G0GROUP", "group", "mpim", BEN, {BEN, BOT})
    conversations["C0HIDDEN"] = Conversation("C0HIDDEN", "hidden", "private", BEN, {BEN, ADA})
    conversations["D0PAIR"] = Conversation("D0PAIR", "", "im", members={ADA, BEN})


@pytest.mark.parametrize("admins_only", [False, True])
@pytest.mark.parametrize("channel", [HIS, "C0SECRET", "G0GROUP", "C0HIDDEN", "D0PAIR", "C0NONE", "D0NONE"])
def test_a_channel_that_is_not_the_person_s_is_refused(slack: SlackServer, channel: str, *, admins_only: bool) -> None:
    with_channels(slack)
    heard, wrong = chosen(slack, channel, admins_only=admins_only)
    assert heard == []
    assert "that channel" in wrong
    assert "robots" not in words(slack.workspace.conversations[HIS].messages)


@pytest.mark.parametrize(
    ("channel", "person"), [(HIS, BEN), ("C0SECRET", BEN), ("G0GROUP", BEN), (OPEN, BEN), (CLOSED, ADA)]
)
def test_a_channel_that_the_person_is_in_or_could_join_is_taken(slack: SlackServer, channel: str, person: str) -> None:
    with_channels(slack)
    slack.workspace.conversations[OPEN].members.discard(BEN)
    assert chosen(slack, channel, person=person) == ([channel], "")


def test_a_guest_can_choose_only_channels_that_they_are_in(slack: SlackServer) -> None:
    slack.workspace.people[BEN]["is_restricted"] = True
    assert chosen(slack, OPEN, person=BEN) == ([OPEN], "")
    slack.workspace.conversations[OPEN].members.discard(BEN)
    assert chosen(slack, OPEN, person=BEN)[0] == []


def test_while_slack_does_not_tell_nothing_is_changed(slack: SlackServer) -> None:
    slack.workspace.scopes.discard("channels:read")
    heard, wrong = chosen(slack, OPEN)
    assert heard == []
    assert wrong != ""
