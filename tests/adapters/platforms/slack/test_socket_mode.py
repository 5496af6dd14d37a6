"""What becomes of the connection: dropped, replaced, and refused."""

from __future__ import annotations

import asyncio

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from adapters.platforms.slack import Slack
from adapters.platforms.slack.client import SDK_LOG
from adapters.platforms.slack.rate_limit import RateLimit
from adapters.platforms.slack.socket_mode import SocketMode
from adapters.platforms.slack.web_api import WebApi
from bot.errors import DeliveryError
from tests.fakes.desk import Reception
from tests.servers.slack.server import SlackServer
from tests.servers.slack.serving import answered, opened, serving, until


def test_all_is_well_while_the_connection_stands(slack: SlackServer) -> None:
    desk = Reception()

    async def run() -> str:
        async with serving(slack, desk) as platform:
            await answered(slack, desk)
            return platform.trouble

    assert asyncio.run(run()) == ""


def test_a_dropped_connection_is_opened_again_and_nothing_is_answered_twice(slack: SlackServer) -> None:
    desk = Reception()

    async def run() -> None:
        async with serving(slack, desk) as platform:
            await answered(slack, desk)
            slack.do(slack.socket.drop())
            await until(lambda: platform.trouble)
            assert "disconnected since" in platform.trouble
            await answered(slack, desk)
            await until(lambda: not platform.trouble)

    asyncio.run(run())
    assert slack.socket.connected == 2
    assert len(desk.heard) == 2


def test_a_connection_that_slack_closes_is_opened_again(slack: SlackServer) -> None:
    desk = Reception()

    async def run() -> None:
        async with serving(slack, desk):
            slack.do(slack.socket.close())
            await until(lambda: slack.socket.connected == 2)
            await answered(slack, desk)

    asyncio.run(run())


def test_a_connection_that_slack_wants_replaced_is_replaced_without_trouble(
    slack: SlackServer, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Reception()

    async def run() -> None:
        async with serving(slack, desk) as platform:
            for number in range(2, 5):
                slack.do(slack.socket.disconnect("refresh_requested"))
                await until(lambda number=number: slack.socket.connected == number)  # type: ignore[misc]
                await answered(slack, desk)
            assert platform.trouble == ""

    asyncio.run(run())
    assert "is disconnected" not in caplog.text


def test_a_server_that_restarts_is_found_again(slack: SlackServer) -> None:
    desk = Reception()

    async def run() -> None:
        async with serving(slack, desk) as platform:
            await asyncio.to_thread(slack.stop)
            await until(lambda: platform.trouble)
            await asyncio.to_thread(slack.start)
            await until(lambda: not platform.trouble)
            await answered(slack, desk)

    asyncio.run(run())


async def nobody() -> AuthorizeResult:
    """Nobody in particular."""
    return AuthorizeResult(enterprise_id=None, team_id=None)


async def listening(slack: SlackServer, troubles: list[str]) -> asyncio.Task[None]:
    """A socket that is impatient, and tells its troubles."""
    tokens = slack.workspace.bot_token, slack.workspace.app_token
    web = WebApi(*tokens, api_url=slack.api_url, timeout=1, pace=RateLimit())
    app = AsyncApp(client=AsyncWebClient(), authorize=nobody, logger=SDK_LOG)
    return asyncio.create_task(SocketMode(web, troubles.append, connect_within=0.3).listen(app))


def test_an_address_that_cannot_be_connected_to_is_not_tried_for_ever(slack: SlackServer) -> None:
    slack.socket.broken = True

    async def run() -> None:
        troubles: list[str] = []
        task = await listening(slack, troubles)
        await until(lambda: len(slack.calls("apps.connections.open")) == 2)
        slack.socket.broken = False
        await until(lambda: troubles and troubles[-1] == "")
        assert "cannot be reached" in troubles[0]
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(run())


def test_a_connection_that_cannot_be_replaced_is_opened_again(slack: SlackServer) -> None:
    async def run() -> None:
        troubles: list[str] = []
        task = await listening(slack, troubles)
        await until(lambda: slack.socket.connected)
        slack.socket.broken = True
        slack.do(slack.socket.disconnect("refresh_requested"))
        await until(lambda: troubles)
        slack.socket.broken = False
        await until(lambda: troubles[-1] == "")
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(run())
    assert slack.socket.connected == 2


@pytest.mark.parametrize("fault", ["500", "html", "drop", "429", "internal_error", "an_error_of_tomorrow", "nothing"])
def test_a_server_in_trouble_is_waited_for(slack: SlackServer, fault: str) -> None:
    slack.retry_after = "0"
    slack.outage = fault
    desk = Reception()

    async def run() -> None:
        platform = opened(slack)
        serve = asyncio.create_task(platform.serve(desk))
        await until(lambda: platform.trouble)
        slack.outage = ""
        await answered(slack, desk)
        assert platform.trouble == ""
        serve.cancel()
        await asyncio.wait([serve])

    asyncio.run(run())


def test_a_rate_limit_on_connecting_is_honoured(slack: SlackServer) -> None:
    slack.retry_after = "1"
    slack.faults["apps.connections.open"].append("429")

    async def run() -> None:
        async with serving(slack, Reception()):
            pass

    asyncio.run(run())
    asked = [at for method, _, at in slack.requests if method == "apps.connections.open"]
    assert asked[1] - asked[0] >= 1


@pytest.mark.parametrize(
    ("bot_token", "app_token", "told"),
    [
        ("xoxb-wrong", "xapp-app-token", "SLACK_BOT_TOKEN"),
        ("xoxb-bot-token", "xapp-wrong", "SLACK_APP_TOKEN"),
        ("xapp-app-token", "xoxb-bot-token", "swapped"),
        ("xapp-app-token", "xapp-app-token", "SLACK_BOT_TOKEN holds an app token"),
        ("xoxb-bot-token", "xoxb-bot-token", "SLACK_APP_TOKEN holds a bot token"),
    ],
)
def test_a_wrong_token_ends_serving_and_says_which(
    slack: SlackServer, caplog: pytest.LogCaptureFixture, bot_token: str, app_token: str, told: str
) -> None:
    caplog.set_level("DEBUG")
    with pytest.raises(DeliveryError, match=told) as caught:
        asyncio.run(Slack(bot_token, app_token, api_url=slack.api_url).serve(Reception()))
    text = f"{caught.value} {caplog.text}"
    assert bot_token not in text
    assert app_token not in text
    assert "xoxb-" in text or "xapp-" in text


@pytest.mark.parametrize("code", ["not_allowed_token_type", "account_inactive", "token_revoked", "missing_scope"])
def test_an_app_token_that_is_refused_later_ends_serving_too(slack: SlackServer, code: str) -> None:
    async def run() -> None:
        serve = asyncio.create_task(opened(slack).serve(Reception()))
        await until(lambda: slack.socket.connected)
        slack.faults["apps.connections.open"].append(code)
        slack.do(slack.socket.drop())
        await asyncio.wait_for(serve, timeout=10)

    with pytest.raises(DeliveryError, match="xapp-"):
        asyncio.run(run())


def test_a_platform_can_serve_again(slack: SlackServer) -> None:
    desk = Reception()

    async def run() -> None:
        platform = opened(slack)
        for times in (1, 2):
            serve = asyncio.create_task(platform.serve(desk))
            await until(lambda times=times: slack.socket.connected == times)  # type: ignore[misc]
            await answered(slack, desk)
            serve.cancel()
            await asyncio.wait([serve])

    asyncio.run(run())
    assert len(desk.heard) == 2
