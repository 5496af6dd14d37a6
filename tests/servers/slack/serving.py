"""Paperwire's Slack platform, opened and served against the loopback Slack."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

from adapters.platforms.slack import Slack
from bot.ports.platform import FrontDesk
from tests.servers.slack.server import SlackServer

PATIENCE = 30.0
"""Seconds to wait for anything."""


def opened(slack: SlackServer, **options: Any) -> Slack:  # noqa: ANN401 - any option of Slack
    """The platform, with the workspace's tokens."""
    tokens = slack.workspace.bot_token, slack.workspace.app_token
    return Slack(*tokens, api_url=slack.api_url, **({"post_every": timedelta(milliseconds=5)} | options))


@contextlib.asynccontextmanager
async def serving(slack: SlackServer, desk: FrontDesk, **options: Any) -> AsyncIterator[Slack]:  # noqa: ANN401
    """The platform while it serves that desk; it is connected first, and must not have failed at the end."""
    platform = opened(slack, **options)
    connections = slack.socket.connected
    task = asyncio.create_task(platform.serve(desk))
    try:
        await until(lambda: task.done() or slack.socket.connected > connections)
        yield platform
        assert not task.done() or task.result() is None
    finally:
        task.cancel()
        await asyncio.wait([task])
        await platform.aclose()


async def until(condition: Callable[[], object]) -> None:
    """Wait until the condition holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        await asyncio.sleep(0.01)


async def taken(slack: SlackServer, *steps: Callable[[], object]) -> None:
    """Take each step in turn; wait until the envelope that it sent was acknowledged, or what it returns holds."""
    for step in steps:
        outcome = step()
        if isinstance(outcome, str):
            await acknowledged(slack, outcome)
        elif callable(outcome):
            await until(outcome)


async def acknowledged(slack: SlackServer, envelope_id: str) -> float:
    """The seconds until the envelope was acknowledged."""
    await until(lambda: envelope_id in slack.socket.acks)
    return slack.socket.acks[envelope_id].seconds
