"""The app's Home tab: what it lists, and what is removed there."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from bot.domain import Address, Channel
from bot.domain.commands import Invocation
from bot.domain.messages import Button, Draft, Entry, Reply
from tests.adapters.platforms.slack.looks import a_card
from tests.adapters.platforms.slack.subscribe_form import HERE, answer, opened
from tests.fakes.desk import Reception
from tests.servers.slack.people import words
from tests.servers.slack.server import SlackServer
from tests.servers.slack.serving import meet, posts
from tests.servers.slack.things import ADA, BEN, DIRECT, OPEN


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
    assert [asked.has_room for asked in desk.heard if asked.command == "subscriptions"] == [True]


def with_papers(invocation: Invocation) -> Reply:
    """As the desk would, with a paper on every list."""
    if invocation.command == "papers" and invocation.text in {"today", "trending"}:
        return Reply("One paper:", cards=(a_card(title=f"Paper of {invocation.text}"),))
    return answer(invocation)


def test_the_home_begins_with_the_papers_of_the_day_and_those_that_gain_votes(slack: SlackServer) -> None:
    desk = Reception(with_papers, known=known(OPEN))
    at_home(slack, desk)
    shown = home(slack)
    places = [shown.index(text) for text in ("Paper of today", "Trending", "Paper of trending", "1. robots")]
    assert places == sorted(places)
    assert {asked.channel for asked in desk.heard if asked.command == "papers"} == {Address("slack", DIRECT)}


def test_what_is_pressed_below_a_paper_is_answered_in_direct_messages(slack: SlackServer) -> None:
    desk = Reception(with_papers)
    at_home(
        slack,
        desk,
        lambda: slack.people.press_at_home("Abstract"),
        lambda: lambda: "Understood abstract" in slack.people.seen(DIRECT),
    )


def test_the_home_does_without_papers_where_we_may_not_write_to_people(slack: SlackServer) -> None:
    slack.workspace.scopes.remove("im:write")
    at_home(slack, Reception(with_papers, known=known(OPEN)))
    assert "Paper of today" not in home(slack)
    assert "1. robots" in home(slack)


def with_edit(invocation: Invocation) -> Reply:
    """As the desk would: a list whose entries can be edited."""
    if invocation.command == "subscriptions":
        return Reply("One:", entries=(Entry("2. robots", (Button("Edit", "papers", "edit 2"),)),))
    return answer(invocation)


def test_a_subscription_is_edited_from_the_home(slack: SlackServer) -> None:
    desk = Reception(with_edit, known=known(OPEN), first=Draft(2, "robots"))
    at_home(
        slack,
        desk,
        lambda: slack.people.press_at_home("Edit"),
        lambda: lambda: slack.workspace.views,
        lambda: slack.people.submit("rlhf", channel=None),
        lambda: lambda: len(slack.calls("views.publish")) == 2,
    )
    changes = [(asked.channel, asked.text) for asked in desk.heard if asked.text.startswith("change")]
    assert changes == [(HERE, "change 2 rlhf")]


def test_nobody_edits_a_subscription_of_a_channel_that_they_have_left(slack: SlackServer) -> None:
    slack.workspace.add("G0SECRET", kind="private", name="secret")
    desk = Reception(with_edit, known=known("G0SECRET"), first=Draft(2, "robots"))

    def leave() -> None:
        slack.workspace.conversations["G0SECRET"].members.remove(ADA)

    at_home(
        slack,
        desk,
        leave,
        lambda: slack.people.press_at_home("Edit"),
        lambda: lambda: "not in that channel" in slack.people.seen(DIRECT),
    )
    assert slack.workspace.views == {}


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
