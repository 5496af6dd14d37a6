"""What Slack's answers mean: every code with its class, and every way in which an answer can fail to come."""

from __future__ import annotations

import asyncio
import socket
import time
from datetime import UTC, datetime, timedelta

import pytest

from adapters.platforms.slack import Slack
from adapters.platforms.slack.codes import BAD_TOKEN, CLOSED, LATER, REJECTED, UNFIT, UNSURE
from adapters.platforms.slack.errors import APP_TOKEN, meaning_of_code, wait_in
from bot.domain import Address, Receipt
from bot.domain.messages import Reply
from bot.errors import ChannelClosed, DeliveryError, Rejected, RetryLater, Uncertain, UnknownRefusal
from tests.servers.slack.server import SlackServer
from tests.servers.slack.serving import opened
from tests.servers.slack.things import CLOSED as SHUT
from tests.servers.slack.things import OPEN

HERE = Address("slack", OPEN)
HELLO = Reply("hello")

CODES: dict[type[DeliveryError], list[str]] = {
    ChannelClosed: [*CLOSED, "missing_scope"],
    RetryLater: [*BAD_TOKEN, *LATER],
    UnknownRefusal: ["a_new_one", "a.stranger-one"],
    Rejected: [*sorted(UNFIT), *sorted(REJECTED)],
    Uncertain: sorted(UNSURE),
}


def post(slack: SlackServer, channel: str = OPEN) -> DeliveryError | Receipt:
    """What came of posting."""

    async def run() -> DeliveryError | Receipt:
        try:
            return await opened(slack, timeout=1).post(Address("slack", channel), HELLO, key="k")
        except DeliveryError as error:
            return error

    return asyncio.run(run())


@pytest.mark.parametrize(("kind", "code"), [(kind, code) for kind, codes in CODES.items() for code in codes])
def test_every_code_has_its_class(slack: SlackServer, kind: type[DeliveryError], code: str) -> None:
    slack.faults["chat.postMessage"] += [code, code]
    error = post(slack)
    assert isinstance(error, kind)
    assert str(error)
    if isinstance(error, ChannelClosed):
        assert error.reason
        assert error.repair


def test_a_message_that_is_refused_is_rejected_with_the_code() -> None:
    assert "no_text" in str(meaning_of_code({"error": "no_text"}))


@pytest.mark.parametrize("code", BAD_TOKEN)
def test_a_token_that_is_not_accepted_is_named_with_where_to_get_it(code: str) -> None:
    assert "xoxb-" in str(meaning_of_code({"error": code}))
    assert "xapp-" in str(meaning_of_code({"error": code}, APP_TOKEN))
    assert "SLACK_APP_TOKEN" in str(meaning_of_code({"error": code}, APP_TOKEN))


def test_a_missing_scope_is_named() -> None:
    error = meaning_of_code({"error": "missing_scope", "needed": "chat:write"})
    assert isinstance(error, ChannelClosed)
    assert "chat:write" in error.repair


def test_what_a_hostile_answer_says_is_not_repeated_as_it_is() -> None:
    error = meaning_of_code({"error": "<!channel> \x1b[31m " + "x" * 500})
    assert "<" not in str(error)
    assert len(str(error)) < 200


def test_a_channel_without_the_bot_says_how_to_invite_it(slack: SlackServer) -> None:
    error = post(slack, SHUT)
    assert isinstance(error, ChannelClosed)
    assert "/invite @Paperwire" in error.repair


def test_an_archived_channel_says_so(slack: SlackServer) -> None:
    slack.workspace.conversations[OPEN].archived = True
    error = post(slack)
    assert isinstance(error, ChannelClosed)
    assert "archived" in error.reason


def test_a_channel_of_another_platform_is_not_slacks(slack: SlackServer) -> None:
    with pytest.raises(ChannelClosed):
        asyncio.run(opened(slack).post(Address("terminal", "local"), HELLO, key="k"))


@pytest.mark.parametrize("fault", ["500", "502", "503", "html", "text", "cut", "list", "nothing", "yes", "404", "drop"])
def test_an_answer_that_makes_no_sense_leaves_it_uncertain(slack: SlackServer, fault: str) -> None:
    slack.faults["chat.postMessage"].append(fault)
    assert isinstance(post(slack), Uncertain)


@pytest.mark.parametrize(
    "page", ["400", "401", "402", "403", "404", "407", "408", "413", "425", "limited", "431", "451"]
)
@pytest.mark.parametrize("when", ["", " after"])
def test_a_page_in_place_of_slack_s_answer_leaves_it_uncertain(slack: SlackServer, page: str, when: str) -> None:
    slack.faults["chat.postMessage"].append(f"{page}{when}")
    assert isinstance(post(slack), Uncertain)


@pytest.mark.parametrize("fault", ["nothing", "list", "text", "html", "cut", "403", "404", "500"])
def test_an_answer_that_is_not_a_list_of_messages_does_not_say_that_a_message_is_missing(
    slack: SlackServer, fault: str
) -> None:
    post(slack)
    slack.faults["conversations.history"].append(fault)
    since = datetime.now(UTC) - timedelta(minutes=1)
    with pytest.raises(DeliveryError):
        asyncio.run(opened(slack).find(HERE, "k", since=since))
    assert asyncio.run(opened(slack).find(HERE, "k", since=since)) is not None


@pytest.mark.parametrize("fault", ["drop after", "500 after", "html after"])
def test_an_answer_that_is_lost_leaves_it_uncertain_and_posts_once(slack: SlackServer, fault: str) -> None:
    slack.faults["chat.postMessage"].append(fault)
    assert isinstance(post(slack), Uncertain)
    assert len(slack.calls("chat.postMessage")) == 1
    assert len(slack.workspace.conversations[OPEN].messages) == 1


def test_an_answer_that_does_not_come_is_not_waited_for_for_ever(slack: SlackServer) -> None:
    slack.faults["chat.postMessage"].append("hang")
    began = time.monotonic()
    assert isinstance(post(slack), Uncertain)
    assert time.monotonic() - began < 5


def test_a_refused_connection_has_posted_nothing() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/api/"
    with pytest.raises(RetryLater, match="no connection"):
        asyncio.run(Slack("xoxb-a", "xapp-a", api_url=address).post(HERE, HELLO, key="k"))


def test_a_name_that_is_not_known_has_posted_nothing() -> None:
    with pytest.raises(RetryLater, match="not known"):
        asyncio.run(Slack("xoxb-a", "xapp-a", api_url="http://slack.invalid/api/").post(HERE, HELLO, key="k"))


def test_a_rate_limit_is_waited_for_as_long_as_slack_asks(slack: SlackServer) -> None:
    slack.retry_after = "17"
    slack.faults["chat.postMessage"].append("429")
    error = post(slack)
    assert isinstance(error, RetryLater)
    assert error.after == timedelta(seconds=17)


def test_nothing_is_posted_to_a_channel_while_its_rate_limit_lasts(slack: SlackServer) -> None:
    slack.retry_after = "17"
    slack.faults["chat.postMessage"].append("429")

    async def twice() -> None:
        platform = opened(slack)
        for _ in range(2):
            with pytest.raises(RetryLater) as caught:
                await platform.post(HERE, HELLO, key="k")
            assert caught.value.after
            assert caught.value.after > timedelta(seconds=15)

    asyncio.run(twice())
    assert len(slack.calls("chat.postMessage")) == 1


@pytest.mark.parametrize(
    ("given", "wait"),
    [
        ("30", timedelta(seconds=30)),
        ("0", timedelta()),
        ("999999999", timedelta(days=1)),
        ("9" * 30, None),
        ("soon", None),
        ("-1", None),
    ],
)
def test_only_a_sensible_wait_is_understood(given: str, wait: timedelta | None) -> None:
    assert wait_in({"retry-AFTER": given}) == wait


@pytest.mark.parametrize("fault", ["500", "drop", "internal_error", "html", "429", "yes", "invalid_cursor"])
def test_history_that_cannot_be_read_waits(slack: SlackServer, fault: str) -> None:
    slack.faults["conversations.history"] += [fault, fault]  # aiohttp repeats a GET once by itself
    with pytest.raises(RetryLater):
        asyncio.run(opened(slack).find(HERE, "k", since=datetime.now(UTC)))


@pytest.mark.parametrize("status", ["301", "302", "303", "307", "308"])
def test_a_redirect_is_not_followed_so_that_nothing_is_posted_twice(slack: SlackServer, status: str) -> None:
    slack.faults["chat.postMessage"].append(f"{status} after")
    assert isinstance(post(slack), Uncertain)
    assert len(slack.workspace.conversations[OPEN].messages) == 1


def test_a_look_that_slack_refuses_costs_nothing_but_a_try(slack: SlackServer) -> None:
    slack.faults["conversations.history"].append("invalid_ts_oldest")
    with pytest.raises(UnknownRefusal, match="cannot tell whether the message arrived"):
        asyncio.run(opened(slack).find(HERE, "k", since=datetime.now(UTC)))
