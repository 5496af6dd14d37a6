"""The app's Home tab: what it lists, and what is removed there."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from bot.domain import Address, Channel
from tests.adapters.platforms.slack.subscribe_form import HERE, answer, opened
from tests.fakes.desk import Reception
from tests.servers.slack.people import words
from tests.servers.slack.server import SlackServer
from tests.servers.slack.serving import meet, posts
from tests.servers.slack.things import ADA, BEN, OPEN


def known(*channels: str) -> list[Channel]:
    """Channels that somebody subscribed in."""
    return [Channel(Address("slack", channel)) for channel in channels]


def home(slack: SlackServer, person: str = ADA) -> str:
    """What the person reads in the app's home."""
    return words(slack.workspace.homes.get(person, {}).get("blocks"))


def test_the_home_lists_the_persons_channels_with_their_subscriptions(slack: SlackServer) -> None:
    slack.workspace.add("G0SECRET", kind="private", name="secret")
    slack.workspace.conversations["G0SECRET"].members.remove(BEN)
    desk = Reception(answer, known=known(OPEN, "G0SECRET"))
    for person in (ADA, BEN):
        meet(
            slack,
            desk,
            lambda person=person: slack.people.look_at_home(person=person),  # type: ignore[misc]
            lambda person=person: lambda: home(slack, person),  # type: ignore[misc]
        )
    assert "robots" in home(slack)
    assert "1. robots" in home(slack)
    assert "secret" in home(slack)
    assert "secret" not in home(slack, BEN)


def at_home(slack: SlackServer, desk: Reception, *steps: Callable[[], object]) -> None:
    """Look at the Home tab until it is drawn, then take the steps."""
    meet(slack, desk, slack.people.look_at_home, lambda: lambda: home(slack), *steps)


def test_a_home_without_channels_says_how_to_begin(slack: SlackServer) -> None:
    meet(slack, Reception(answer), slack.people.look_at_home, lambda: lambda: home(slack))
    assert "/subscribe" in home(slack)


def test_the_home_asks_for_the_whole_list_of_each_channel(slack: SlackServer) -> None:
    desk = Reception(answer, known=known(OPEN))
    at_home(slack, desk)
    assert [invocation.has_room for invocation in desk.heard] == [True]


def test_a_subscription_is_removed_from_the_home(slack: SlackServer) -> None:
    desk = Reception(answer, known=known(OPEN))
    at_home(
        slack,
        desk,
        lambda: slack.people.press_at_home("Remove"),
        lambda: lambda: len(slack.calls("views.publish")) == 2,
    )
    removals = [
        (invocation.channel, invocation.text) for invocation in desk.heard if invocation.command == "unsubscribe"
    ]
    assert removals == [(HERE, "1")]
    assert posts(slack) == ["ada did it"]


def test_nothing_is_removed_from_a_channel_that_the_person_has_left(slack: SlackServer) -> None:
    desk = Reception(answer, known=known(OPEN))

    def leave() -> None:
        slack.workspace.conversations[OPEN].members.remove(ADA)

    at_home(
        slack,
        desk,
        leave,
        lambda: slack.people.press_at_home("Remove"),
        lambda: lambda: len(slack.calls("views.publish")) == 2,
    )
    assert "unsubscribe" not in {invocation.command for invocation in desk.heard}
    assert "Remove" not in json.dumps(slack.workspace.homes[ADA])


def test_a_new_subscription_shows_in_the_home_of_who_made_it(slack: SlackServer) -> None:
    desk = Reception(answer, known=known(OPEN))
    at_home(
        slack,
        desk,
        opened(slack),
        lambda: slack.people.submit("robots"),
        lambda: lambda: len(slack.calls("views.publish")) == 2,
    )


@pytest.mark.parametrize("method", ["users.conversations", "views.publish"])
def test_a_home_that_cannot_be_shown_is_logged(
    slack: SlackServer, caplog: pytest.LogCaptureFixture, method: str
) -> None:
    slack.faults[method] += ["500", "500"]
    desk = Reception(answer, known=known(OPEN))
    meet(slack, desk, slack.people.look_at_home, lambda: lambda: "Could not show the Home tab" in caplog.text)


@pytest.mark.parametrize("method", ["users.conversations", "views.publish"])
def test_a_home_that_slack_does_not_draw_yet_comes_later(slack: SlackServer, method: str) -> None:
    slack.faults[method] += ["429", "503"]
    slack.retry_after = "0"
    desk = Reception(answer, known=known(OPEN))
    meet(slack, desk, slack.people.look_at_home, lambda: lambda: slack.workspace.homes)
    assert "1. robots" in home(slack)
