"""The Hugging Face Daily Papers list and single papers, over the public API.

Described at https://huggingface.co/docs/hub/api; its limits at https://huggingface.co/docs/hub/rate-limits.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import re
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import quote

import httpx

from adapters.connections import http_client
from adapters.connections.answers import in_words, read_body
from adapters.sources.huggingface.answers import (
    Passing,
    check_status,
    items_of,
    json_of,
    pause_before_next,
)
from adapters.sources.huggingface.payload import read_list, read_paper
from bot.domain import Paper, PaperList, Skipped
from bot.domain.times import pauses
from bot.errors import ConfigError, NotYetListed, SourceError, SourceUnreachable
from bot.ports.source import Rhythm

PAGE = 100
"""Papers per page: the most that the API gives."""

MOST_PAGES = 20

FOREIGN = 3
"""If at least so many records all make no sense, the format has changed."""

DEADLINE = 600.0
"""Seconds that a list may take in all, including waits for the rate limit."""

PATIENCE = 8.0
"""Seconds that a single paper may take in all, since somebody waits for it."""

TRIES = 4
"""How often a page is requested before its list counts as unreadable."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=2), timedelta(minutes=1)
"""Between tries, where the source does not say how long to wait."""

LONGEST_WAIT = 330.0
"""Seconds: a bit more than a window of the rate limit. Longer waits are left to the next poll."""

REMEMBERED, LARGEST_REMEMBERED = 16, 2_000_000
"""Answers kept for ``If-None-Match``, enough for the lists of every poll, and the bytes that one may have."""

ETAG = re.compile(r'(?:W/)?"[!#-~]{0,200}"')
"""https://www.rfc-editor.org/rfc/rfc9110#name-etag, without characters that we cannot send back."""

TIMEOUT = httpx.Timeout(30, connect=10)

log = logging.getLogger(__name__)

Sleep = Callable[[float], Awaitable[None]]

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: its items, the address of the next page ("" after the last) and its entity tag ("" if none)."""

    items: list[Any]
    next_url: str
    etag: str


class HuggingFace:
    """See `PaperSource`.

    The token is sent only to ``base_url``: neither redirects nor a next page on another host are followed.
    """

    name = "huggingface"
    rhythm = Rhythm()

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
            base_url: The site with the API and the papers' pages.
            token: An access token; "" for anonymous requests.
            timeout: How long to wait for a connection, and for each part of an answer.
            deadline: Seconds that a list may take in all; a single paper at most `PATIENCE`.
            tries: How often a page is requested before its list counts as unreadable.
            sleep: Waits for so many seconds.
            chance: Random numbers, 0 … 1, for the pauses between tries.
            clock: Monotonic seconds.

        Raises:
            ConfigError: The address or the token cannot be used, or the proxy or certificates of the environment.
        """
        self._base_url = base_url.rstrip("/")
        headers = {"Accept": "application/json"}
        if token:
            if not (token.isascii() and token.isprintable()):
                raise ConfigError("sources.huggingface.token has characters that no token has; copy it again.")
            headers["Authorization"] = f"Bearer {token}"
        self._client = http_client(self._base_url, "sources.huggingface.base_url", headers=headers, timeout=timeout)
        self._home = httpx.URL(self._base_url)
        self._deadline = deadline
        self._patience = min(deadline, PATIENCE)
        self._sleep = sleep
        self._chance = chance
        self._clock = clock
        self._free_at = clock()
        self._most_tries = self._tries = tries
        self._remembered: OrderedDict[str, Page] = OrderedDict()
        self._logged: deque[tuple[date, Skipped]] = deque(maxlen=200)

    async def fetch(self, day: date) -> PaperList:
        """Read the whole list of ``day``; see `PaperSource.fetch`."""
        try:
            async with asyncio.timeout(self._deadline):
                items = await self._all_pages(day)
                papers = await asyncio.to_thread(read_list, items, day=day, base_url=self._base_url)
        except TimeoutError as error:
            raise self._given_up(f"its list did not arrive within {self._deadline:g} seconds") from error
        if len(papers.skipped) >= FOREIGN and not papers.papers:
            # Not stored as an empty list, so that it is read again once Paperwire understands the records.
            raise SourceError(f"none of its {len(items)} records makes sense ({papers.skipped[0].reason})")
        for record in papers.skipped:
            if (day, record) not in self._logged:
                self._logged.append((day, record))
                log.warning("Left a record of the list of %s out (id %r): %s", day, record.id, record.reason)
        return papers

    async def paper(self, paper_id: str) -> Paper | None:
        """Look up a paper by its id; see `PaperSource.paper`."""
        url = f"{self._base_url}/api/papers/{quote(paper_id, safe='')}"
        try:
            async with asyncio.timeout(self._patience):
                found = await self._tried(lambda: self._look_up(url), self._most_tries, longest=self._patience)
                if found is None:
                    return None
                today = datetime.now(UTC).date()
                paper = await asyncio.to_thread(read_paper, found, otherwise=today, base_url=self._base_url)
        except TimeoutError as error:
            raise SourceUnreachable(f"it did not answer within {self._patience:g} seconds") from error
        except Passing as fault:
            raise SourceUnreachable(str(fault), repair=fault.repair) from fault
        except ValueError as error:
            raise SourceError(f"its answer makes no sense ({error})") from error
        if paper.id != paper_id:
            raise SourceError("it answers with another paper")
        return paper

    async def _look_up(self, url: str) -> Any:  # noqa: ANN401 - whatever JSON holds
        """What it answers about a paper; None if there is no such paper, or none can have that id."""
        async with self._asking(url) as answer:
            if answer.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST}:
                return None
            check_status(answer)
            return json_of(await read_body(answer))

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
                if len(seen) > 1:  # the API knows the day: it has given the first page
                    raise SourceError(f"it refuses page {len(seen)} of its own list") from error
                raise
            if is_guess and page.items == last:
                break
            items += page.items
            last, url = page.items, page.next_url
            is_guess = not url and len(page.items) >= PAGE
            if is_guess:
                url = f"{first}&p={len(seen)}"  # a proxy may have dropped the header that names the next page
        return items

    async def _page(self, url: str) -> Page:
        """A page, requested until it comes or has failed too often; see `_given_up` for what follows."""
        try:
            page = await self._tried(lambda: self._ask(url), self._tries, longest=LONGEST_WAIT)
        except Passing as fault:
            raise self._given_up(str(fault), meets_all=fault.meets_all, repair=fault.repair) from fault
        self._tries = self._most_tries
        return page

    async def _tried(self, ask: Callable[[], Awaitable[Answer]], tries: int, *, longest: float) -> Answer:
        """What ``ask`` gives, once the rate limit lets it, and again after failures that may pass.

        Raises:
            Passing: It has failed ``tries`` times.
            SourceUnreachable: It would take longer than ``longest`` seconds to wait.
        """
        for attempt, pause in enumerate(pauses(FIRST_PAUSE, LONGEST_PAUSE, self._chance), start=1):
            await self._wait(self._free_at - self._clock(), longest)
            try:
                return await ask()
            except Passing as fault:
                if attempt >= tries:
                    reason = f"{fault} ({attempt} times)" if attempt > 1 else str(fault)
                    raise Passing(reason, meets_all=fault.meets_all, repair=fault.repair) from fault
                await self._wait(pause.total_seconds() if fault.after is None else fault.after, longest)
        raise AssertionError("pauses() does not end")

    def _given_up(self, reason: str, *, meets_all: bool = False, repair: str = "") -> SourceError:
        """The error for a list that did not come.

        The next page is only requested once: if nothing answers, waiting for thirty lists one by one would take hours.
        If that fails too, or no server answers at all, the whole source counts as unreachable.
        """
        is_second, self._tries = self._tries == 1, 1
        kind = SourceUnreachable if meets_all or is_second else SourceError
        return kind(reason, repair=repair)

    async def _wait(self, seconds: float, longest: float) -> None:
        if seconds > longest:
            raise SourceUnreachable(f"it asks us to come back in {seconds:.0f} seconds")
        if seconds > 0:
            await self._sleep(seconds)

    async def _ask(self, url: str) -> Page:
        known = self._remembered.get(url)
        async with self._asking(url, {"If-None-Match": known.etag} if known else {}) as answer:
            if answer.status_code == HTTPStatus.NOT_MODIFIED and known:
                self._remembered.move_to_end(url)
                return known
            check_status(answer)
            body = await read_body(answer)
        etag = answer.headers.get("ETag", "")
        page = Page(items_of(body), self._next_url(answer), etag if ETAG.fullmatch(etag) else "")
        self._remember(url, page, len(body))
        return page

    @contextlib.asynccontextmanager
    async def _asking(self, url: str, headers: Mapping[str, str] | None = None) -> AsyncIterator[httpx.Response]:
        """An answer that is still to be read; what it says of the rate limit is kept.

        Raises:
            Passing: There is no answer, or it breaks off.
        """
        try:
            async with self._client.stream("GET", url, headers=headers) as answer:
                self._free_at = self._clock() + pause_before_next(answer)
                yield answer
        except httpx.HTTPError as error:
            is_unreachable = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError)
            raise Passing(f"no answer ({in_words(error)})", meets_all=is_unreachable) from error

    def _remember(self, url: str, page: Page, size: int) -> None:
        self._remembered.pop(url, None)
        if page.etag and size <= LARGEST_REMEMBERED:
            self._remembered[url] = page
        if len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)

    def _next_url(self, answer: httpx.Response) -> str:
        """The next page's address, on the same host, since the token is sent along."""
        link = answer.links.get("next", {}).get("url", "")
        if not link:
            return ""
        try:
            following = answer.url.join(link)
        except httpx.InvalidURL as error:
            raise SourceError("its next page has no valid address") from error
        home = self._home
        if (following.scheme, following.netloc, following.userinfo) != (home.scheme, home.netloc, home.userinfo):
            raise SourceError("its next page is on another host")
        return str(following)
