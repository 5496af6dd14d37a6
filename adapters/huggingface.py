"""The Hugging Face Daily Papers list, over its public API.

Described at https://huggingface.co/docs/hub/api; its limits at https://huggingface.co/docs/hub/rate-limits.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import re
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from itertools import count
from typing import Any

import httpx

from adapters.daily_papers import read_list
from bot import __version__
from bot.domain import PaperList, Skipped
from bot.errors import ConfigError, NotYetListed, SourceError, SourceUnreachable
from bot.text import plain, shorten

PAGE = 100
"""Papers a page: as many as the API gives."""

MOST_PAGES = 20

MOST_ITEMS = 1_000
"""Of a page: more than were asked for is forgiven, within reason."""

FOREIGN = 3
"""Records without one that makes sense: their format has changed, rather than each of them being odd."""

MOST_BYTES = 20_000_000
"""Of an answer; a full page has about 600 kB."""

DEADLINE = 600.0
"""Seconds that a list may take in all, waiting for the rate limit included."""

TRIES = 4
"""By default, how often a page is asked for before its list counts as unreadable."""

LONGEST_WAIT = 330.0
"""Seconds: a window of the rate limit and a bit. A wait that would be longer is left to the next poll."""

REMEMBERED, LARGEST_REMEMBERED = 16, 2_000_000
"""Answers kept for ``If-None-Match``, enough for the lists that are read at every poll; and the bytes of one."""

LONGEST_NUMBER = 100
"""Digits; Python refuses to read those of thousands."""

ETAG = re.compile(r'(?:W/)?"[!#-~]{0,200}"')
"""https://www.rfc-editor.org/rfc/rfc9110#name-etag, without what cannot be sent back."""

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
    """A fault that may pass, how many seconds to wait for that (None: unknown), and whether any list would meet it."""

    def __init__(self, reason: str, after: float | None = None, *, meets_all: bool = False) -> None:
        super().__init__(reason)
        self.after = after
        self.meets_all = meets_all


class HuggingFace:
    """See `bot.ports.PaperSource`.

    The token goes to ``base_url`` alone: redirects are not followed, and neither is a next page on another host.
    """

    name = "huggingface"

    def __init__(
        self,
        base_url: str,
        *,
        token: str = "",
        timeout: httpx.Timeout = TIMEOUT,
        deadline: float = DEADLINE,
        tries: int = TRIES,
        sleep: Sleep = asyncio.sleep,
        chance: Callable[[], float] = random.random,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            base_url: Where the API and the papers' pages are.
            token: An access token, or "" to ask anonymously.
            timeout: How long to wait for a connection, and for each piece of an answer.
            deadline: Seconds that a list may take in all.
            tries: How often a page is asked for before its list counts as unreadable.
            sleep: Waits so many seconds.
            chance: Random numbers, 0 … 1, for the pauses between tries.
            clock: Seconds that have passed since some moment.

        Raises:
            ConfigError: The address or the token cannot be used.
        """
        self._base_url = base_url.rstrip("/")
        try:
            self._home = httpx.URL(self._base_url)
        except httpx.InvalidURL as error:
            raise ConfigError("sources.huggingface.base_url is no address such as https://huggingface.co.") from error
        headers = {"User-Agent": f"paperwire/{__version__} (self-hosted paper bot)", "Accept": "application/json"}
        if token:
            if not (token.isascii() and token.isprintable()):
                raise ConfigError("sources.huggingface.token has characters that no token has; copy it once more.")
            headers["Authorization"] = f"Bearer {token}"
        self._client = httpx.AsyncClient(headers=headers, timeout=timeout)
        self._deadline = deadline
        self._sleep = sleep
        self._chance = chance
        self._clock = clock
        self._free_at = clock()
        self._most_tries = self._tries = tries
        self._remembered: OrderedDict[str, Page] = OrderedDict()
        self._told: deque[tuple[date, Skipped]] = deque(maxlen=200)

    async def fetch(self, day: date) -> PaperList:
        """Read the whole list of ``day``; see `bot.ports.PaperSource.fetch`."""
        try:
            async with asyncio.timeout(self._deadline):
                items = await self._all_pages(day)
                papers = await asyncio.to_thread(read_list, items, day=day, base_url=self._base_url)
        except TimeoutError as error:
            raise self._given_up(f"its list did not arrive within {self._deadline:g} seconds") from error
        if len(papers.skipped) >= FOREIGN and not papers.papers:
            # Not kept as an empty list: once Paperwire understands its records, it is still to be read.
            raise SourceError(f"none of its {len(items)} records makes sense ({papers.skipped[0].reason})")
        for record in papers.skipped:
            if (day, record) not in self._told:
                self._told.append((day, record))
                log.warning("Left a record of the list of %s out (id %r): %s", day, record.id, record.reason)
        return papers

    async def aclose(self) -> None:
        """Close its connections."""
        await self._client.aclose()

    async def _all_pages(self, day: date) -> list[Any]:
        url = first = f"{self._base_url}/api/daily_papers?date={day.isoformat()}&limit={PAGE}"
        items: list[Any] = []
        last: list[Any] = []
        is_guess = False
        seen: set[str] = set()
        while url:
            if url in seen or len(seen) == MOST_PAGES:
                raise SourceError(f"its pages do not end (page {len(seen)})")
            seen.add(url)
            try:
                page = await self._page(url)
            except NotYetListed as error:
                if len(seen) > 1:
                    raise SourceError(f"it refuses page {len(seen)} of its own list") from error
                raise
            if is_guess and page.items == last:
                break
            items += page.items
            last, url = page.items, page.next_url
            is_guess = not url and len(page.items) >= PAGE
            if is_guess:
                url = f"{first}&p={len(seen)}"  # the header that names it may have been lost on the way
        return items

    async def _page(self, url: str) -> Page:
        """A page, asked for until it comes or has failed `TRIES` times; see `_given_up` for what follows."""
        for attempt in count(1):
            await self._wait(self._free_at - self._clock())
            try:
                page = await self._ask(url)
            except _Passing as fault:
                if attempt >= self._tries:
                    reason = f"{fault} ({attempt} times)" if attempt > 1 else str(fault)
                    raise self._given_up(reason, meets_all=fault.meets_all) from fault
                await self._wait(fault.after if fault.after is not None else 2**attempt * (0.5 + self._chance() / 2))
            else:
                self._tries = self._most_tries
                return page
        raise AssertionError("count() does not end")

    def _given_up(self, reason: str, *, meets_all: bool = False) -> SourceError:
        """The error for a list that never came.

        The next page is asked for once: where nothing answers, thirty lists would otherwise be waited for one by one.
        When that does not come either, or nobody answers at all, no list will.
        """
        is_second, self._tries = self._tries == 1, 1
        return SourceUnreachable(reason) if meets_all or is_second else SourceError(reason)

    async def _wait(self, seconds: float) -> None:
        if seconds > LONGEST_WAIT:
            raise SourceUnreachable(f"it asks us to come back in {seconds:.0f} seconds")
        if seconds > 0:
            await self._sleep(seconds)

    async def _ask(self, url: str) -> Page:
        known = self._remembered.get(url)
        headers = {"If-None-Match": known.etag} if known else {}
        try:
            async with self._client.stream("GET", url, headers=headers) as answer:
                self._free_at = self._clock() + _pause_before_next(answer)
                if answer.status_code == HTTPStatus.NOT_MODIFIED and known:
                    self._remembered.move_to_end(url)
                    return known
                _check_status(answer)
                body = await _read(answer)
        except httpx.HTTPError as error:
            nobody_there = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
            raise _Passing(f"no answer ({_said(error)})", meets_all=nobody_there) from error
        etag = answer.headers.get("ETag", "")
        page = Page(_items(body), self._next_url(answer), etag if ETAG.fullmatch(etag) else "")
        self._remember(url, page, len(body))
        return page

    def _remember(self, url: str, page: Page, size: int) -> None:
        self._remembered.pop(url, None)
        if page.etag and size <= LARGEST_REMEMBERED:
            self._remembered[url] = page
        if len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)

    def _next_url(self, answer: httpx.Response) -> str:
        """The next page's address, on the same host: the token goes nowhere else."""
        link = answer.links.get("next", {}).get("url", "")
        if not link:
            return ""
        try:
            following = answer.url.join(link)
        except httpx.InvalidURL as error:
            raise SourceError("the address of its next page is none") from error
        home = self._home
        if (following.scheme, following.netloc, following.userinfo) != (home.scheme, home.netloc, home.userinfo):
            raise SourceError("its next page is on another host")
        return str(following)


def _check_status(answer: httpx.Response) -> None:
    status = answer.status_code
    if status == HTTPStatus.OK:
        return
    if status == HTTPStatus.BAD_REQUEST:
        raise NotYetListed("it has no list of that day yet")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise _Passing("too many requests", 0 if _pause_before_next(answer) else None, meets_all=True)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
        raise _Passing(f"it answers {status}", _retry_after(answer.headers))
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise SourceUnreachable(f"it refuses us ({status}); check sources.huggingface.token, or leave it out")
    if answer.has_redirect_location:
        raise SourceUnreachable(
            f"it redirects us ({status}); sources.huggingface.base_url must be where the API itself is"
        )
    raise SourceError(f"it answers {status}; check sources.huggingface.base_url")


async def _read(answer: httpx.Response) -> bytes:
    body = bytearray()
    async for piece in answer.aiter_bytes():
        body += piece
        if len(body) > MOST_BYTES:
            raise SourceError(f"its answer has more than {MOST_BYTES:,} bytes")
    return bytes(body)


def _items(body: bytes) -> list[Any]:
    """The items of a page; a byte or a number that makes no sense costs its own record only."""
    try:
        items = json.loads(body.decode("utf-8-sig", "replace"), parse_int=_integer)
    except (ValueError, RecursionError) as error:
        raise _Passing("its answer is not JSON") from error
    if not isinstance(items, list):
        raise SourceError("its answer is not a list")
    if len(items) > MOST_ITEMS:
        raise SourceError(f"its page has {len(items):,} papers")
    return items


def _integer(digits: str) -> int | None:
    return int(digits) if len(digits) <= LONGEST_NUMBER else None


def _pause_before_next(answer: httpx.Response) -> float:
    """Seconds to wait before the next request: until the window of the rate limit ends, when nothing is left of it."""
    limit = answer.headers.get("RateLimit", "")
    left, until = re.search(r"\br=(\d{1,9})\b", limit), re.search(r"\bt=(\d{1,9})\b", limit)
    refused = answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    if until and (refused or (left and int(left[1]) == 0)):
        return int(until[1]) + 1.0
    return (_retry_after(answer.headers) or 0.0) if refused else 0.0


def _retry_after(headers: httpx.Headers) -> float | None:
    """Seconds from ``Retry-After``, which has them or a date; a date counts from the server's own."""
    wish = headers.get("Retry-After", "")
    if re.fullmatch(r"\d{1,9}", wish):
        return float(wish)
    try:
        until, now = parsedate_to_datetime(wish), parsedate_to_datetime(headers.get("Date", ""))
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return None


def _said(error: httpx.HTTPError) -> str:
    """What kind of error it is, in words; why, where that cannot have a header in it."""
    kind = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__).lower()
    why = shorten(plain(str(error)), 200) if isinstance(error, httpx.ConnectError) else ""
    return f"{kind}: {why}" if why else kind
