"""Answers that discord.py would repeat, wait for or read in a way that could lose or double a message."""

from __future__ import annotations

from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord

from adapters.connections import limiting_answers
from adapters.platforms.discord.errors import LONGEST_WAIT, NONSENSE, SERVER_ERROR
from bot.domain.platform_clock import PlatformClock

SHORT_LIMIT = 1.0
"""Seconds that discord.py waits once a limit was met. Longer ones are left to the courier, who looks again at what
people want by then."""


def failing_at_once(clock: PlatformClock) -> aiohttp.TraceConfig:
    """Makes requests fail whose answer is a 5xx, a limit that is not short, a redirect, or too long.

    discord.py would repeat them for 25 seconds, or wait for up to a minute. The nonce makes that harmless for a
    message, but a forum post cannot carry one, and would appear twice. The courier decides when to retry. aiohttp would
    follow redirects, which Discord does not use: a post would be sent to somebody else, or once more.

    Args:
        clock: Hears the dates of answers.
    """

    async def end(_session: aiohttp.ClientSession, _: SimpleNamespace, request: aiohttp.TraceRequestEndParams) -> None:
        if request.response.status >= SERVER_ERROR:
            request.response.close()
            raise discord.DiscordServerError(request.response, None)
        if request.response.status == HTTPStatus.OK and request.response.content_type == "application/json":
            clock.hear(request.response.headers.get("Date"))
        limit = await _limit_in(request.response)
        if limit > SHORT_LIMIT:
            request.response.close()
            raise discord.RateLimited(limit)

    async def redirect(
        _session: aiohttp.ClientSession, _: SimpleNamespace, request: aiohttp.TraceRequestRedirectParams
    ) -> None:
        request.response.close()
        raise discord.HTTPException(request.response, None)

    trace = limiting_answers()
    trace.on_request_end.append(end)
    trace.on_request_redirect.append(redirect)
    return trace


def check_histories(http: discord.http.HTTPClient) -> None:
    """Make histories that are not lists fail: discord.py would take ``{}`` for a channel without messages."""
    logs_from = http.logs_from

    async def checked(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - discord.py's own arguments and answer
        messages = await logs_from(*args, **kwargs)
        if not isinstance(messages, list):
            raise TypeError("not a list of messages")
        return messages

    http.logs_from = checked  # type: ignore[method-assign]


async def _limit_in(response: aiohttp.ClientResponse) -> float:
    """For how many seconds Discord's answer asks us to wait; 0 for any other answer, and for one of a proxy.

    https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit-rate-limit-response-structure
    """
    if response.status != HTTPStatus.TOO_MANY_REQUESTS or not response.headers.get("Via"):
        return 0.0
    try:
        wait = float((await response.json(content_type=None))["retry_after"])
        return min(LONGEST_WAIT, wait)  # in this order, so that what is not a number counts as the longest
    except NONSENSE:
        return 0.0
