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

TRIES = 10
"""On a busy machine, more than the request that met the freeze may take too long."""


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
        is_uncertain = False
        for _ in range(TRIES):
            try:
                found = await platform.find(stage.channel, KEY, since=since) if is_uncertain else None
                return (found or await platform.post(stage.channel, CARD, key=KEY)).id
            except RetryLater:  # this try posted nothing
                continue
            except Uncertain:
                is_uncertain = True
        raise AssertionError("it never arrived")

    [receipt] = use(stage, post)
    assert receipt
    assert stage.seen().count(CARD.title) == 1
