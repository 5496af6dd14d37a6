"""A process that is frozen for longer than a request may take, and then goes on: nothing is lost or comes twice."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

import adapters.platforms.discord.rest
from adapters.platforms.slack import Slack
from bot.errors import RetryLater, Uncertain
from bot.ports.platform import Platform
from tests.contracts.stages import Stage
from tests.contracts.test_platforms import CARD, KEY, use

A_SECOND = 1
"""What a request may take here."""

FROZEN = 1.2
"""Seconds for which the process stands still."""


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests may take a second."""
    monkeypatch.setattr(adapters.platforms.discord.rest, "LONGEST_REQUEST", A_SECOND)
    assert Slack.__init__.__kwdefaults__
    monkeypatch.setitem(Slack.__init__.__kwdefaults__, "timeout", A_SECOND)


@pytest.mark.parametrize("after", [0.0, 0.002, 0.005, 0.01, 0.02])
def test_a_message_is_found_again_if_its_process_was_frozen_while_it_was_posted(stage: Stage, after: float) -> None:
    since = datetime.now(UTC) - timedelta(minutes=1)

    async def post(platform: Platform) -> str:
        # What SIGSTOP does to the program, as far as the program sees it: time passes, and answers wait to be read.
        asyncio.get_running_loop().call_later(after, time.sleep, FROZEN)
        try:
            return (await platform.post(stage.channel, CARD, key=KEY)).id
        except RetryLater:  # nothing was posted
            return (await platform.post(stage.channel, CARD, key=KEY)).id
        except Uncertain:
            found = await platform.find(stage.channel, KEY, since=since)
            return (found or await platform.post(stage.channel, CARD, key=KEY)).id

    [receipt] = use(stage, post)
    assert receipt
    assert stage.seen().count(CARD.title) == 1
