"""What happens to channels and to the app, and what becomes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bot.domain import Address, Channel
from bot.domain.messages import Reply
from bot.errors import DeliveryError
from tests.fakes.desk import Reception
from tests.servers.slack.server import SlackServer
from tests.servers.slack.serving import opened, posts, serving, taken, until
from tests.servers.slack.things import ADA, BOT, CLOSED, OPEN

HERE = Address("slack", OPEN)
GREETING = Reply("Hello!")


def happen(slack: SlackServer, desk: Reception, *steps: Callable[[], object]) -> None:
    """Serve while these happen, one after the other, and something after them that is noticed."""

    async def run() -> None:
        async with serving(slack, desk):
            await taken(slack, *steps)
            slack.people.archive(CLOSED)
            await until(lambda: Address("slack", CLOSED) in [channel for channel, _ in desk.closed])

    asyncio.run(run())


def reasons(desk: Reception) -> list[str]:
    """Why the channel is closed."""
    return [closed.reason for channel, closed in desk.closed if channel == HERE]


def test_a_channel_that_lets_the_bot_in_is_greeted(slack: SlackServer) -> None:
    desk = Reception(greeting=GREETING)
    happen(slack, desk, lambda: slack.people.invite(OPEN), lambda: lambda: posts(slack))
    assert desk.opened == [HERE]
    assert posts(slack) == ["Hello!"]


def test_a_channel_that_was_greeted_before_is_not_greeted_again(slack: SlackServer) -> None:
    desk = Reception()
    happen(slack, desk, lambda: slack.people.invite(OPEN), lambda: lambda: desk.opened)
    assert posts(slack) == []


def test_other_people_who_join_or_leave_are_ignored(slack: SlackServer) -> None:
    desk = Reception(greeting=GREETING)
    happen(
        slack,
        desk,
        lambda: slack.people.invite(OPEN, person=ADA),
        lambda: slack.people.event(type="member_left_channel", user=ADA, channel=OPEN),
    )
    assert not desk.opened
    assert not reasons(desk)


@pytest.mark.parametrize("event", ["channel_left", "group_left", "member_left_channel"])
def test_a_channel_that_puts_the_bot_out_is_closed_with_the_way_back(slack: SlackServer, event: str) -> None:
    desk = Reception()
    happen(slack, desk, lambda: slack.people.kick(OPEN, event=event))
    assert reasons(desk) == ["I am not in the channel"]
    assert "/invite @Paperwire" in desk.closed[0][1].repair


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ("channel_archive", "archived"),
        ("group_archive", "archived"),
        ("channel_deleted", "deleted"),
        ("group_deleted", "deleted"),
    ],
)
def test_a_channel_that_ends_is_closed(slack: SlackServer, event: str, reason: str) -> None:
    desk = Reception()
    happen(slack, desk, lambda: slack.people.event(type=event, channel=OPEN))
    [told] = reasons(desk)
    assert reason in told


@pytest.mark.parametrize("event", ["channel_unarchive", "group_unarchive"])
def test_a_channel_out_of_the_archive_goes_on(slack: SlackServer, event: str) -> None:
    desk = Reception()
    happen(slack, desk, lambda: slack.people.event(type=event, channel=OPEN), lambda: lambda: desk.opened)
    assert desk.opened == [HERE]


def test_a_channel_out_of_the_archive_that_the_bot_is_not_in_asks_for_it(slack: SlackServer) -> None:
    slack.workspace.conversations[OPEN].members.remove(BOT)
    desk = Reception()
    happen(slack, desk, lambda: slack.people.archive(OPEN, archived=False), lambda: lambda: reasons(desk))
    assert desk.opened == []
    assert "/invite" in desk.closed[0][1].repair


def test_a_channel_out_of_the_archive_that_slack_does_not_tell_about_is_tried(slack: SlackServer) -> None:
    slack.faults["conversations.info"] += ["500", "500"]
    desk = Reception()
    happen(slack, desk, lambda: slack.people.archive(OPEN, archived=False), lambda: lambda: desk.opened)
    assert not reasons(desk)


@pytest.mark.parametrize("event", ["channel_rename", "group_rename"])
def test_a_renamed_channel_stays_what_it_was(slack: SlackServer, event: str) -> None:
    desk = Reception()
    happen(slack, desk, lambda: slack.people.event(type=event, channel={"id": OPEN, "name": "new"}))
    assert not desk.opened
    assert not reasons(desk)


def test_what_happens_to_a_channel_is_followed_in_its_order(slack: SlackServer) -> None:
    desk = Reception()
    happen(
        slack,
        desk,
        *[lambda: slack.people.archive(OPEN), lambda: slack.people.archive(OPEN, archived=False)] * 3,
    )
    assert len(desk.opened) == len(reasons(desk)) == 3


@pytest.mark.parametrize(
    "event",
    [
        {"type": "member_joined_channel"},
        {"type": "channel_left", "channel": None},
        {"type": "channel_archive", "channel": {"id": None}},
        {"type": "tokens_revoked", "tokens": []},
        {"type": "tokens_revoked", "tokens": {"oauth": [ADA], "bot": []}},
        {"type": "tokens_revoked", "tokens": {"bot": ["U0SOMEBOT"]}},
        {"type": "an_event_of_tomorrow"},
        {"type": "app_mention"},
        {"type": "message"},
        {"type": "app_home_opened", "tab": "messages", "user": ADA},
    ],
)
def test_strange_events_are_acknowledged_and_passed_over(slack: SlackServer, event: dict[str, object]) -> None:
    happen(slack, Reception(), lambda: slack.people.event(**event))


@pytest.mark.parametrize(
    "event", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT]}}]
)
def test_the_end_of_the_app_ends_serving_with_a_clear_message(slack: SlackServer, event: dict[str, object]) -> None:
    async def run() -> None:
        serve = asyncio.create_task(opened(slack).serve(Reception()))
        await until(lambda: slack.socket.connected)
        slack.people.event(**event)
        await asyncio.wait_for(serve, timeout=10)

    with pytest.raises(DeliveryError, match="removed from the workspace") as caught:
        asyncio.run(run())
    assert "xoxb-" in str(caught.value)


def test_a_greeting_that_cannot_be_posted_is_logged(slack: SlackServer, caplog: pytest.LogCaptureFixture) -> None:
    slack.faults["chat.postMessage"].append("restricted_action")
    happen(
        slack,
        Reception(greeting=GREETING),
        lambda: slack.people.invite(OPEN),
        lambda: lambda: "Could not greet" in caplog.text,
    )


def test_a_channel_that_gets_another_id_is_followed_with_its_threads(slack: SlackServer) -> None:
    thread = Address("slack", f"{OPEN}/1712345678.123456")
    desk = Reception(known=[Channel(HERE), Channel(thread)])
    changed = {"type": "channel_id_changed", "old_channel_id": OPEN, "new_channel_id": "C0NEW"}
    happen(slack, desk, lambda: slack.people.event(**changed), lambda: lambda: len(desk.renamed) == 2)
    assert desk.renamed == [
        (HERE, Address("slack", "C0NEW")),
        (thread, Address("slack", "C0NEW/1712345678.123456")),
    ]


@pytest.mark.parametrize("old", ["", None, "<!channel>", 7])
def test_a_change_of_ids_that_makes_no_sense_is_passed_over(slack: SlackServer, old: object) -> None:
    desk = Reception()
    changed = {"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": "C0NEW"}
    happen(slack, desk, lambda: slack.people.event(**changed))
    assert desk.renamed == []


def test_threads_close_and_open_with_their_channel(slack: SlackServer) -> None:
    thread = Address("slack", f"{OPEN}/1712345678.123456")
    desk = Reception(known=[Channel(HERE), Channel(thread)])
    happen(
        slack,
        desk,
        lambda: slack.people.archive(OPEN),
        lambda: lambda: len(desk.closed) == 2,
        lambda: slack.people.archive(OPEN, archived=False),
        lambda: lambda: len(desk.opened) == 2,
    )
    assert [channel for channel, _ in desk.closed][:2] == desk.opened == [HERE, thread]


def test_a_greeting_that_slack_does_not_take_yet_comes_later(slack: SlackServer) -> None:
    slack.faults["chat.postMessage"] += ["429", "503"]
    happen(slack, Reception(greeting=GREETING), lambda: slack.people.invite(OPEN), lambda: lambda: posts(slack))
    assert posts(slack) == ["Hello!"]
