"""Sends people what they wait for, again and again while Discord does not take it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, TypeVar

import discord

from adapters.platforms.discord.errors import FAILURES, is_verdict
from bot.domain.times import pauses
from bot.errors import DeliveryError, RetryLater, Uncertain

Answer = TypeVar("Answer")

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(seconds=30)

ALREADY = 40060
"""Discord's code for an interaction that was acknowledged before."""

ACKNOWLEDGED_WITHIN = timedelta(seconds=3)
"""https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction"""

ANSWERED_WITHIN = timedelta(minutes=14)
"""An interaction's token is valid for 15 minutes, says the same page."""

NONCE_HOLDS = timedelta(minutes=2)
"""Discord drops a repeated nonce for a few minutes: https://discord.com/developers/docs/resources/message#create-message."""

log = logging.getLogger(__name__)


async def acknowledge(interaction: discord.Interaction[Any]) -> None:
    """Acknowledge the interaction, to the person alone.

    Raises:
        Exception: One of `FAILURES`: nobody waits for an answer any more.
    """
    tried = False

    async def defer() -> None:
        nonlocal tried
        try:
            await interaction.response.defer(ephemeral=True, thinking=True)
        except discord.HTTPException as error:
            if not (tried and error.code == ALREADY):  # else an earlier try did it, although no answer came
                raise
        finally:
            tried = True

    await lasting(defer, within=ACKNOWLEDGED_WITHIN)


async def lasting(request: Callable[[], Awaitable[Answer]], *, within: timedelta) -> Answer:
    """Make the request, which may be repeated without harm, until Discord itself has answered it.

    Raises:
        Exception: One of `FAILURES`: Discord refuses it, or did not answer in time.
    """
    clock = asyncio.get_running_loop().time
    deadline = clock() + within.total_seconds()
    for pause in pauses(FIRST_PAUSE, LONGEST_PAUSE):
        try:
            return await request()
        except FAILURES as error:
            if isinstance(error, discord.HTTPException) and is_verdict(error):
                raise
            wait = max(pause.total_seconds(), getattr(error, "retry_after", 0.0))
            if clock() + wait > deadline:
                raise
            log.warning("Discord did not take an answer (%s); trying again", type(error).__name__)
        await asyncio.sleep(wait)
    raise AssertionError  # pauses do not end


async def announce_later(post: Callable[[], Awaitable[object]], error: DeliveryError) -> str:
    """Post an announcement that Discord did not take at first; return why it never did, or "" if it did.

    It is repeated after a lost answer as long as its nonce keeps it from appearing twice.
    """
    clock = asyncio.get_running_loop().time
    began = clock()
    for pause in pauses(FIRST_PAUSE, LONGEST_PAUSE):
        patience = ANSWERED_WITHIN if isinstance(error, RetryLater) else NONCE_HOLDS
        wait = max(pause, error.after or pause).total_seconds()
        if clock() + wait > began + patience.total_seconds():
            break
        await asyncio.sleep(wait)
        try:
            await post()
        except (RetryLater, Uncertain) as again:
            error = again
        except DeliveryError as refused:
            return str(refused)
        else:
            return ""
    return str(error)
