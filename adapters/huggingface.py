"""The Hugging Face Daily Papers list, over its public API.

Described at https://huggingface.co/docs/hub/api; its limits at https://huggingface.co/docs/hub/rate-limits.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from itertools import count
from typing import Any

import httpx

from adapters.daily_papers import read_list
from bot import __version__
from bot.domain import PaperList
from bot.errors import NotYetListed, SourceError

PAGE = 100
"""Papers a page: as many as the API gives."""

MOST_PAGES = 20

MOST_BYTES = 20_000_000
"""Of an answer; a full page has about 600 kB."""

TRIES = 4
"""How often a page is asked for before its list counts as unreadable."""

LONGEST_WAIT = 330.0
"""Seconds: a window of the rate limit and a bit. A wait that would be longer is left to the next poll."""

REMEMBERED = 16
"""Answers kept for ``If-None-Match``: the lists that are read at every poll."""

TIMEOUT = httpx.Timeout(30, connect=10)

log = logging.getLogger(__name__)

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: its items, the address of the next page ("" after the last) and its entity tag ("" if none)."""

    items: list[Any]
    next_url: str
    etag: str


class _Passing(Exception):
    """A fault that may pass, and how many seconds to wait for that (None: unknown)."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class HuggingFace:
    """See `bot.ports.PaperSource`."""

    name = "huggingface"

    def __init__(
        self,
        base_url: str,
        *,
        token: str = "",
        timeout: httpx.Timeout = TIMEOUT,
        sleep: Sleep = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            base_url: Where the API and the papers' pages are.
            token: An access token, or "" to ask anonymously.
            timeout: How long to wait for a connection, and for each piece of an answer.
            sleep: Waits so many seconds.
            chance: Random numbers, 0 … 1, for the pauses between tries.
        """
        self._base_url = base_url.rstrip("/")
        headers = {"User-Agent": f"paperwire/{__version__} (self-hosted paper bot)", "Accept": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self._client = httpx.AsyncClient(headers=headers, timeout=timeout)
        self._sleep = sleep
        self._chance = chance
        self._pause = 0.0
        self._remembered: OrderedDict[str, Page] = OrderedDict()

    async def fetch(self, day: date) -> PaperList:
        """Read the whole list of ``day``; see `bot.ports.PaperSource.fetch`."""
        url = f"{self._base_url}/api/daily_papers?date={day.isoformat()}&limit={PAGE}"
        items: list[Any] = []
        seen: set[str] = set()
        while url:
            if url in seen or len(seen) == MOST_PAGES:
                raise SourceError(f"its pages do not end (page {len(seen)})")
            seen.add(url)
            page = await self._page(url)
            items += page.items
            url = page.next_url
        papers = read_list(items, day=day, base_url=self._base_url)
        for record in papers.skipped:
            log.warning("Left a record of the list of %s out (id %r): %s", day, record.id, record.reason)
        return papers

    async def aclose(self) -> None:
        """Close its connections."""
        await self._client.aclose()

    async def _page(self, url: str) -> Page:
        """A page, asked for until it comes or has failed `TRIES` times."""
        for attempt in count(1):
            try:
                await self._wait(self._pause)
                self._pause = 0.0
                return await self._ask(url)
            except _Passing as fault:
                if attempt == TRIES:
                    raise SourceError(f"{fault} ({TRIES} times)") from fault
                await self._wait(fault.after if fault.after is not None else 2**attempt * (0.5 + self._chance() / 2))
        raise AssertionError("count() does not end")

    async def _wait(self, seconds: float) -> None:
        if seconds > LONGEST_WAIT:
            raise SourceError(f"its rate limit asks to wait for {seconds:.0f} seconds")
        if seconds > 0:
            await self._sleep(seconds)

    async def _ask(self, url: str) -> Page:
        known = self._remembered.get(url)
        headers = {"If-None-Match": known.etag} if known else {}
        try:
            async with self._client.stream("GET", url, headers=headers) as answer:
                self._pause = _pause_before_next(answer.headers)
                if answer.status_code == HTTPStatus.NOT_MODIFIED and known:
                    self._remembered.move_to_end(url)
                    return known
                _check_status(answer)
                body = await _read(answer)
        except (httpx.TimeoutException, httpx.TransportError) as error:
            raise _Passing(f"no answer ({_said(error)})") from error
        page = Page(_items(body), self._next_url(answer), answer.headers.get("ETag", ""))
        if page.etag:
            self._remember(url, page)
        return page

    def _remember(self, url: str, page: Page) -> None:
        self._remembered[url] = page
        self._remembered.move_to_end(url)
        while len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)

    def _next_url(self, answer: httpx.Response) -> str:
        """The next page's address, on the same host: the token goes nowhere else."""
        link = answer.links.get("next", {}).get("url", "")
        if not link:
            return ""
        following = answer.url.join(link)
        here = httpx.URL(self._base_url)
        if (following.scheme, following.host, following.port) != (here.scheme, here.host, here.port):
            raise SourceError("its next page is on another host")
        return str(following)


def _check_status(answer: httpx.Response) -> None:
    status = answer.status_code
    if status == HTTPStatus.OK:
        return
    if status == HTTPStatus.BAD_REQUEST:
        raise NotYetListed("it has no list of that day yet")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise _Passing("too many requests", _wait_after_limit(answer.headers))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
        raise _Passing(f"it answers {status}")
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise SourceError(f"it refuses us ({status}); check sources.huggingface.token, or leave it out")
    raise SourceError(f"it answers {status}; check sources.huggingface.base_url")


async def _read(answer: httpx.Response) -> bytes:
    body = bytearray()
    async for piece in answer.aiter_bytes():
        body += piece
        if len(body) > MOST_BYTES:
            raise SourceError(f"its answer has more than {MOST_BYTES:,} bytes")
    return bytes(body)


def _items(body: bytes) -> list[Any]:
    try:
        items = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _Passing("its answer is not JSON") from error
    if not isinstance(items, list):
        raise SourceError("its answer is not a list")
    return items


def _pause_before_next(headers: httpx.Headers) -> float:
    """Seconds to wait before the next request: until the window ends, when nothing is left of it."""
    left = re.search(r"\br=(\d+)\s*;\s*t=(\d+)", headers.get("RateLimit", ""))
    return int(left[2]) + 1.0 if left and int(left[1]) == 0 else 0.0


def _wait_after_limit(headers: httpx.Headers) -> float | None:
    """Seconds to wait after a 429: by ``RateLimit``, else by ``Retry-After`` (seconds or a date)."""
    window = re.search(r"\bt=(\d+)", headers.get("RateLimit", ""))
    if window:
        return int(window[1]) + 1.0
    retry = headers.get("Retry-After", "")
    if retry.isdecimal():
        return float(retry)
    try:
        return max(0.0, (parsedate_to_datetime(retry) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def _said(error: Exception) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__).lower()
