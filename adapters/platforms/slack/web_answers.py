"""What Slack's Web API answers: one answer, and the pages of a list."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Mapping
from datetime import timedelta
from typing import Any

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.platforms.slack.client import Client
from adapters.platforms.slack.errors import BOT_TOKEN, as_delivery_errors
from adapters.platforms.slack.payloads import part_of, text_of
from bot.errors import RetryLater

PAGE = 200
"""Items per page, as recommended: https://docs.slack.dev/apis/web-api/pagination."""

LONGEST_LIMIT = timedelta(minutes=1)
"""How long a page is waited for; limits are counted by the minute: https://docs.slack.dev/apis/web-api/rate-limits."""


async def answer_to(call: Awaitable[AsyncSlackResponse], *, token: str = BOT_TOKEN) -> Mapping[str, Any]:
    """What Slack answers to the call.

    Raises:
        DeliveryError: It fails, or its answer makes no sense.
    """
    with as_delivery_errors(token):
        return data_of(await call)


def header(response: AsyncSlackResponse, called: str) -> str | None:
    """The answer's header with that name, in small letters; None without it."""
    return next((value for name, value in response.headers.items() if name.lower() == called), None)


def data_of(response: AsyncSlackResponse) -> Mapping[str, Any]:
    """What a successful answer says.

    Raises:
        ValueError: It is not Slack's: slack_sdk takes anything for success that is not empty.
    """
    if not isinstance(response.data, dict) or response.data.get("ok") is not True:
        raise ValueError("not an answer of Slack's")
    return response.data


async def items_of(
    client: Client, method: str, field: str, asked: Mapping[str, Any]
) -> AsyncIterator[Mapping[str, Any]]:
    """The items of a list in Slack, page after page.

    Args:
        client: Asks Slack.
        method: The method that lists: ``conversations.history``.
        field: Where its answers have the items.
        asked: Its arguments, but for those that turn the page.

    Raises:
        DeliveryError: A page did not come, or makes no sense.
    """
    cursor, seen = "", set[str]()
    while cursor not in seen:
        seen.add(cursor)
        params = {**asked, "limit": PAGE, **({"cursor": cursor} if cursor else {})}
        response = await _page(client, method, params)
        items = response.get(field)
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise RetryLater("Slack's answer makes no sense")  # rather than: there are no items
        for item in items:
            yield item
        cursor = text_of(part_of(response, "response_metadata"), "next_cursor")
        if not cursor:
            return
    raise RetryLater("Slack's list does not end")


async def _page(client: Client, method: str, params: Mapping[str, Any]) -> Mapping[str, Any]:
    """One page; if Slack asks to wait for it, that is done here, since a long list would otherwise never end."""
    try:
        return await answer_to(client.api_call(method, http_verb="GET", params=dict(params)))
    except RetryLater as error:
        if error.after is None or error.after > LONGEST_LIMIT:
            raise
        await asyncio.sleep(error.after.total_seconds())
    return await answer_to(client.api_call(method, http_verb="GET", params=dict(params)))
