"""What ``paperwire check`` finds about Slack."""

from __future__ import annotations

import asyncio

import pytest

from adapters.platforms.slack import Slack
from adapters.platforms.slack.manifest import SCOPES
from bot.domain import Address, Finding
from tests.servers.slack.server import SlackServer
from tests.servers.slack.serving import opened
from tests.servers.slack.things import CLOSED, DIRECT, OPEN


def check(slack: SlackServer, *channels: str, platform: Slack | None = None) -> dict[str, Finding]:
    """Every finding by its subject."""
    addresses = [Address("slack", channel) for channel in channels]
    return {
        finding.subject: finding for finding in asyncio.run((platform or opened(slack, timeout=1)).check(addresses))
    }


def test_all_is_well(slack: SlackServer) -> None:
    found = check(slack, OPEN, DIRECT)
    assert {finding.state for finding in found.values()} == {"ok"}
    assert "Example Lab" in found["Slack bot token"].detail
    assert "#robots" in found[f"slack:{OPEN}"].detail
    assert set(found) == {"Slack bot token", "Slack scopes", "Slack app token", f"slack:{OPEN}", f"slack:{DIRECT}"}


def test_nothing_is_posted(slack: SlackServer) -> None:
    check(slack, OPEN, CLOSED)
    assert not {method for method, _, _ in slack.requests} & {"chat.postMessage", "chat.postEphemeral", "chat.update"}


def test_a_wrong_bot_token_is_reported_with_where_to_get_it(slack: SlackServer) -> None:
    found = check(slack, OPEN, platform=Slack("xoxb-wrong", "xapp-app-token", api_url=slack.api_url))
    assert found["Slack bot token"].state == "failed"
    assert "xoxb-" in found["Slack bot token"].repair
    assert found["Slack app token"].state == "ok"
    assert found[f"slack:{OPEN}"].state == "warning"


def test_a_wrong_app_token_is_reported_with_where_to_get_it(slack: SlackServer) -> None:
    found = check(slack, OPEN, platform=Slack("xoxb-bot-token", "xapp-wrong", api_url=slack.api_url))
    assert found["Slack app token"].state == "failed"
    assert "connections:write" in found["Slack app token"].repair
    assert found[f"slack:{OPEN}"].state == "ok"


def test_a_missing_scope_of_the_app_token_is_reported(slack: SlackServer) -> None:
    slack.faults["apps.connections.open"].append("missing_scope")
    found = check(slack)["Slack app token"]
    assert found.state == "failed"
    assert "connections:write" in found.repair


def test_socket_mode_that_is_off_is_reported(slack: SlackServer) -> None:
    slack.socket.disabled = True
    found = check(slack)["Slack app token"]
    assert (found.state, found.detail) == ("failed", "Socket Mode is off")
    assert "Enable Socket Mode" in found.repair


def test_a_socket_that_cannot_be_reached_is_reported(slack: SlackServer) -> None:
    slack.socket.broken = True
    found = check(slack)["Slack app token"]
    assert (found.state, found.detail) == ("failed", "Slack's socket cannot be reached")
    assert "firewall" in found.repair


def test_swapped_tokens_are_reported(slack: SlackServer) -> None:
    found = check(slack, platform=Slack("xapp-app-token", "xoxb-bot-token", api_url=slack.api_url))
    assert "swapped" in found["Slack bot token"].detail
    assert "xapp-app-token" not in str(found)


@pytest.mark.parametrize("scope", SCOPES)
def test_every_missing_scope_is_named(slack: SlackServer, scope: str) -> None:
    slack.workspace.scopes.remove(scope)
    found = check(slack)["Slack scopes"]
    assert found.state == "failed"
    assert scope in found.detail
    assert "slack-manifest" in found.repair


def test_a_channel_that_cannot_be_looked_at_for_a_scope_is_a_warning(slack: SlackServer) -> None:
    slack.workspace.scopes.remove("channels:read")
    found = check(slack, OPEN)[f"slack:{OPEN}"]
    assert found.state == "warning"
    assert "channels:read" in found.repair


@pytest.mark.parametrize(("channel", "told"), [(CLOSED, "not in the channel"), ("C0NOWHERE", "can't find the channel")])
def test_a_channel_that_the_bot_is_not_in_is_reported_with_the_repair(
    slack: SlackServer, channel: str, told: str
) -> None:
    found = check(slack, channel)[f"slack:{channel}"]
    assert found.state == "failed"
    assert told in found.detail
    assert "/invite @Paperwire" in found.repair


def test_an_archived_channel_is_reported(slack: SlackServer) -> None:
    slack.workspace.conversations[OPEN].archived = True
    found = check(slack, OPEN)[f"slack:{OPEN}"]
    assert (found.state, found.detail) == ("failed", "the channel is archived")
    assert "unarchive" in found.repair


@pytest.mark.parametrize("fault", ["500", "hang", "html", "drop", "429", "list"])
def test_a_failing_slack_is_reported_and_raises_nothing(slack: SlackServer, fault: str) -> None:
    slack.outage = fault
    found = check(slack, OPEN)
    assert found["Slack bot token"].state == "failed"
    assert all(finding.repair for finding in found.values() if finding.state == "failed")


def test_a_slack_that_cannot_be_reached_is_reported(slack: SlackServer) -> None:
    slack.stop()
    found = check(slack, OPEN)
    assert "no connection" in found["Slack bot token"].detail
