"""How messages are posted, changed and found."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest

from adapters.platforms.slack import Slack
from bot.domain import Address, Receipt
from bot.domain.messages import Reply
from bot.errors import ChannelClosed, DeliveryError, Rejected, RetryLater
from tests.builders import a_paper, card_of
from tests.servers.slack.people import words
from tests.servers.slack.server import SlackServer
from tests.servers.slack.serving import opened
from tests.servers.slack.things import ADA, CLOSED, DIRECT, OPEN, walk

Result = TypeVar("Result")

HERE = Address("slack", OPEN)
CARD = card_of(a_paper(thumbnail_url="https://papers.example/thumbnail.png"))
KEY = "0123456789abcdef01234567"


def do(slack: SlackServer, *steps: Callable[[Slack], Coroutine[Any, Any, Result]]) -> list[Result]:
    """Take these steps with one platform."""

    async def run() -> list[Result]:
        platform = opened(slack)
        return [await step(platform) for step in steps]

    return asyncio.run(run())


def post(slack: SlackServer, key: str = KEY) -> Receipt:
    """Post the card."""
    return do(slack, lambda platform: platform.post(HERE, CARD, key=key))[0]


def find(slack: SlackServer, key: str = KEY) -> Receipt | None:
    """Look for it in the last hour."""
    since = datetime.now(UTC) - timedelta(hours=1)
    return do(slack, lambda platform: platform.find(HERE, key, since=since))[0]


def test_a_card_is_posted_to_direct_messages_and_found_there(slack: SlackServer) -> None:
    direct, since = Address("slack", DIRECT), datetime.now(UTC) - timedelta(hours=1)
    posted, seen = do(
        slack,
        lambda platform: platform.post(direct, CARD, key=KEY),
        lambda platform: platform.find(direct, KEY, since=since),
    )
    assert posted == seen
    [message] = slack.workspace.conversations[DIRECT].messages
    assert CARD.title in message["text"]


def test_a_card_has_blocks_a_notification_and_its_key(slack: SlackServer) -> None:
    receipt = post(slack)
    [message] = slack.workspace.conversations[OPEN].messages
    assert receipt.id == message["ts"]
    assert CARD.title in message["text"]
    assert message["metadata"] == {
        "event_type": "paperwire",
        "event_payload": {"key": KEY, "papers": CARD.paper_id},
    }


def test_a_receipt_links_to_the_message(slack: SlackServer) -> None:
    receipt = post(slack)
    assert receipt.link == f"https://example.slack.com/archives/{OPEN}/p{receipt.id.replace('.', '')}"


def test_who_we_are_is_asked_once(slack: SlackServer) -> None:
    do(slack, *[lambda platform: platform.post(HERE, CARD, key=KEY)] * 3)
    assert len(slack.calls("auth.test")) == 1


def test_a_message_is_posted_without_a_link_when_slack_does_not_say_who_we_are(slack: SlackServer) -> None:
    slack.faults["auth.test"].append("500")
    assert post(slack).link == ""
    assert slack.workspace.conversations[OPEN].messages


def test_a_picture_that_slack_cannot_load_is_left_out(slack: SlackServer) -> None:
    slack.workspace.broken_pictures = True
    post(slack)
    [message] = slack.workspace.conversations[OPEN].messages
    assert CARD.title in words(message["blocks"])
    assert not [part for part in walk(message) if "image_url" in part]


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_too_long", "msg_blocks_too_long"])
def test_a_message_that_is_refused_is_tried_once_more_without_pictures(slack: SlackServer, code: str) -> None:
    slack.faults["chat.postMessage"] += [code, code]
    with pytest.raises(Rejected, match=code):
        post(slack)
    assert len(slack.calls("chat.postMessage")) == 2


def test_a_changed_message_keeps_its_place_and_its_key(slack: SlackServer) -> None:
    receipt = post(slack)
    changed = card_of(a_paper(title="Walking Robots Learn to Sing"))
    do(slack, lambda platform: platform.update(HERE, receipt, changed, key=KEY))
    [message] = slack.workspace.conversations[OPEN].messages
    assert "Sing" in words(message["blocks"])
    assert find(slack) == receipt


def test_a_changed_message_goes_without_a_broken_picture_too(slack: SlackServer) -> None:
    receipt = post(slack)
    slack.workspace.broken_pictures = True
    do(slack, lambda platform: platform.update(HERE, receipt, CARD, key=KEY))


def test_a_message_that_is_gone_cannot_be_changed(slack: SlackServer) -> None:
    with pytest.raises(Rejected, match="gone"):
        do(slack, lambda platform: platform.update(HERE, Receipt("1.000000"), CARD, key=KEY))


def test_a_change_that_comes_too_soon_is_told_when_to_come_again(slack: SlackServer) -> None:
    receipt = post(slack)
    slack.faults["chat.update"].append("429")
    slack.retry_after = "20"
    with pytest.raises(RetryLater) as caught:
        do(slack, lambda platform: platform.update(HERE, receipt, CARD, key=KEY))
    assert caught.value.after == timedelta(seconds=20)


@pytest.mark.parametrize("code", ["message_not_found", "cant_update_message", "edit_window_closed"])
def test_a_message_that_can_no_longer_be_changed_is_left_alone(slack: SlackServer, code: str) -> None:
    receipt = post(slack)
    slack.faults["chat.update"].append(code)
    with pytest.raises(Rejected):
        do(slack, lambda platform: platform.update(HERE, receipt, CARD, key=KEY))


def test_a_message_is_found_pages_away(slack: SlackServer) -> None:
    receipt = post(slack)
    for number in range(7):
        post(slack, f"another-{number}")
    slack.workspace.page = 3
    assert find(slack) == receipt
    assert len(slack.calls("conversations.history")) == 3


def test_a_message_of_somebody_else_with_our_key_is_not_ours(slack: SlackServer) -> None:
    post(slack)
    slack.workspace.conversations[OPEN].messages[0]["user"] = "U0SOMEBODY"
    assert find(slack) is None


@pytest.mark.parametrize(
    "metadata", [{}, [], "x", {"event_type": "paperwire"}, {"event_type": "paperwire", "event_payload": [KEY]}]
)
def test_strange_messages_in_the_history_are_passed_over(slack: SlackServer, metadata: object) -> None:
    post(slack)
    slack.workspace.conversations[OPEN].messages[0]["metadata"] = metadata
    assert find(slack) is None


def test_without_the_scope_to_read_history_the_message_waits_and_the_log_says_why(
    slack: SlackServer, caplog: pytest.LogCaptureFixture
) -> None:
    slack.workspace.scopes.remove("channels:history")
    with pytest.raises(RetryLater, match="channels:history"):
        find(slack)
    assert "channels:history" in caplog.text


def test_history_of_a_channel_without_the_bot_is_closed(slack: SlackServer) -> None:
    with pytest.raises(ChannelClosed):
        do(slack, lambda platform: platform.find(Address("slack", CLOSED), KEY, since=datetime.now(UTC)))


def test_a_message_is_found_however_many_pages_of_others_came_after_it(slack: SlackServer) -> None:
    receipt = post(slack)
    slack.workspace.page = 1
    chatter = [{"type": "message", "user": ADA, "ts": slack.workspace.stamp(), "text": "Hello!"} for _ in range(150)]
    slack.workspace.conversations[OPEN].messages += chatter
    assert find(slack) == receipt


def test_a_limit_in_the_middle_of_a_long_history_does_not_begin_it_again(slack: SlackServer) -> None:
    receipt = post(slack)
    slack.workspace.page = 1
    chatter = [{"type": "message", "user": ADA, "ts": slack.workspace.stamp(), "text": "Hello!"} for _ in range(9)]
    slack.workspace.conversations[OPEN].messages += chatter
    slack.retry_after = "0"
    slack.faults["conversations.history"] += ["", "", "", "429"]
    assert find(slack) == receipt
    assert len(slack.calls("conversations.history")) == 11


def test_a_message_is_found_by_slack_s_clock_if_ours_is_ahead(slack: SlackServer) -> None:
    slack.workspace.clock = lambda: time.time() - timedelta(hours=8).total_seconds()
    receipt = post(slack)
    assert find(slack) == receipt


def test_history_without_an_end_is_given_up(slack: SlackServer) -> None:
    slack.workspace.page = 0
    post(slack)
    with pytest.raises(RetryLater, match="does not end"):
        find(slack)


def test_channels_do_not_wait_for_each_other(slack: SlackServer) -> None:
    slack.people.invite(CLOSED)

    async def run() -> None:
        platform = opened(slack, post_every=timedelta(hours=1))
        for number in range(5):
            await platform.post(HERE, Reply(f"{number}"), key="")
        late = asyncio.create_task(platform.post(HERE, Reply("late"), key=""))
        await platform.post(Address("slack", CLOSED), Reply("elsewhere"), key="")
        assert not late.done()
        late.cancel()

    asyncio.run(run())
    assert "elsewhere" in slack.people.seen(CLOSED)
    assert "late" not in slack.people.seen()


def test_no_token_and_no_text_is_logged_whatever_happens(slack: SlackServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    for fault in ("500", "invalid_auth", "drop", "html", "429", "no_text"):
        slack.faults["chat.postMessage"].append(fault)
        with pytest.raises(DeliveryError):
            post(slack)
    assert slack.workspace.bot_token not in caplog.text
    assert CARD.title not in caplog.text
