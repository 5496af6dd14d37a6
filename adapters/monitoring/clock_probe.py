"""Asks a server for the time, which also shows whether it can be reached."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx

from adapters.connections import http_client
from bot.domain.times import http_date

PATIENCE = 10.0
"""Seconds that an answer may take."""

LONGEST_AGE = 9
"""Digits of an ``Age`` that is believed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer, with its time if it gave one."""

    at: datetime | None


async def probe(url: str) -> Answer | None:
    """Ask the server for its headers, whatever the status; None if it does not answer.

    Raises:
        ConfigError: The address cannot be used, or the proxy or certificates of the environment.
    """
    try:
        async with asyncio.timeout(PATIENCE), http_client(url, "the address", timeout=PATIENCE) as client:
            answer = await client.head(url)
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError):
        return None
    return Answer(_time_of(answer.headers))


def _time_of(headers: httpx.Headers) -> datetime | None:
    """``Date`` plus ``Age``: a cache keeps the date as it was, https://www.rfc-editor.org/rfc/rfc9111#name-age."""
    written, age = http_date(headers.get("Date")), headers.get("Age", "")
    kept_for = int(age) if age.isascii() and age.isdecimal() and len(age) <= LONGEST_AGE else 0
    try:
        return written + timedelta(seconds=kept_for) if written else None
    except OverflowError:
        return None
