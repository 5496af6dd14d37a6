"""What comes over the connection: twice, all at once, or without sense."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.domain.commands import Invocation
from bot.domain.messages import Reply
from tests.fakes.desk import Reception
from tests.servers.slack.people import event_payload
from tests.servers.slack.server import SlackServer
from tests.servers.slack.serving import acknowledged, answered, serving, until
from tests.servers.slack.socket import IN_TIME
from tests.servers.slack.things import OPEN


def test_a_command_that_comes_twice_is_done_once_and_acknowledged_twice(slack: SlackServer) -> None:
    desk = Reception()

    async def run() -> None:
        async with serving(slack, desk):
            envelope = slack.socket.envelope(
                "slash_commands", {"command": "/papers", "text": "help", "channel_id": OPEN, "user_id": "U0ADA"}
            )
            for _ in range(2):
                slack.do(slack.socket.send(envelope))
                await acknowledged(slack, envelope["envelope_id"])
                del slack.socket.acks[envelope["envelope_id"]]
            await answered(slack, desk)

    asyncio.run(run())
    assert [invocation.text for invocation in desk.heard].count("help") == 1


def test_an_event_that_comes_again_in_another_envelope_is_followed_once(slack: SlackServer) -> None:
    desk = Reception()

    async def run() -> None:
        async with serving(slack, desk):
            payload = event_payload({"type": "app_mention", "user": "U0ADA", "text": "help", "channel": OPEN})
            for _ in range(3):
                await acknowledged(slack, slack.send("events_api", payload))
            await answered(slack, desk)

    asyncio.run(run())
    assert [invocation.text for invocation in desk.heard].count("help") == 1


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"type": "slash_commands"},
        {"type": "slash_commands", "envelope_id": "e1", "payload": {}},
        {"type": "interactive", "envelope_id": "e2", "payload": {"type": "block_actions", "actions": []}},
        {"type": "events_api", "envelope_id": "e3", "payload": {"event": {}}},
        {"type": "events_api", "envelope_id": "e4", "payload": "text"},
        {"type": "tomorrow", "envelope_id": "e5", "payload": {"type": "tomorrow"}},
    ],
)
def test_what_makes_no_sense_disturbs_nothing(
    slack: SlackServer, caplog: pytest.LogCaptureFixture, sent: dict[str, object]
) -> None:
    desk = Reception()

    async def run() -> None:
        async with serving(slack, desk):
            slack.do(slack.socket.send({"envelope_id": "", **sent}))
            await answered(slack, desk)

    asyncio.run(run())
    assert "Traceback" not in caplog.text


def test_a_storm_of_commands_is_acknowledged_in_time(slack: SlackServer) -> None:
    """Slack gives up after three seconds: https://docs.slack.dev/interactivity/handling-user-interaction."""

    def slowly(invocation: Invocation) -> Reply:
        time.sleep(0.005)
        return Reply(f"I heard {invocation.text}")

    desk = Reception(slowly)

    async def run() -> list[float]:
        async with serving(slack, desk):
            sent = [slack.people.command("/papers", f"{number}") for number in range(50)]
            waits = [await acknowledged(slack, envelope_id) for envelope_id in sent]
            await until(lambda: len(slack.workspace.whispers) == 50)
            return waits

    assert max(asyncio.run(run())) < IN_TIME
