"""A loopback arXiv: its records and its feeds, over a world whose clock the test moves."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from aiohttp import web

from tests.servers.arxiv import oai, rss
from tests.servers.arxiv.world import NEW_YORK, World
from tests.servers.loopback import LoopbackApp

XML = "text/xml"


@dataclass(slots=True)
class ArxivServer(LoopbackApp):
    """The server, while its context lasts.

    Attributes:
        world: What it knows.
        page_size: Records of a page.
        capacity: Entries of a feed.
        faults: What the next requests meet, in order: a status, or a word of `_fail`; "" for nothing.
        broken: What every request to the records or to the feeds (by "/oai", "/rss") meets, as in ``faults``.
        requests: What was asked for: path with query.
        refusing: Categories that it does not know.
        between_pages: Called after each page of records.
        unchanged: How many requests were answered with 304.
    """

    world: World = field(default_factory=lambda: World(datetime(2026, 3, 10, 12, 0, tzinfo=UTC)))
    page_size: int = 2_500
    capacity: int = 2_000
    faults: deque[int | str] = field(default_factory=deque)
    broken: dict[str, int | str] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    refusing: set[str] = field(default_factory=set)
    between_pages: Callable[[], object] = lambda: None
    unchanged: int = 0

    @property
    def oai_url(self) -> str:
        """Where its records are."""
        return f"{self.base_url}/oai"

    @property
    def rss_url(self) -> str:
        """Where its feeds are."""
        return f"{self.base_url}/rss"

    def asked(self, path: str) -> list[str]:
        """What was asked for below that path."""
        return [request for request in self.requests if request.startswith(path)]

    def _app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/oai", self._oai)
        app.router.add_get("/rss/{categories}", self._rss)
        return app

    async def _oai(self, request: web.Request) -> web.StreamResponse:
        if fault := self._fault(request, "/oai"):
            return await self._fail(request, fault)
        if len(set(request.query)) < len(request.query):
            return web.Response(text=oai.answer(self.world, {"verb": "repeated"}, 1), content_type=XML)
        answer = oai.answer(self.world, request.query, self.page_size)
        self.between_pages()
        return web.Response(text=answer, content_type=XML)

    async def _rss(self, request: web.Request) -> web.StreamResponse:
        if fault := self._fault(request, "/rss"):
            return await self._fail(request, fault)
        categories = request.match_info["categories"].split("+")
        if any(each in self.refusing or each.partition(".")[0] not in oai.ARCHIVES for each in categories):
            return web.Response(status=400, text=rss.error("+".join(categories)), content_type=XML)
        text = rss.feed(self.world, categories, self.capacity)
        etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:16]}"'
        headers = {"ETag": etag, "Cache-Control": f"max-age={self._until_midnight()}"}
        if request.headers.get("If-None-Match") == etag:
            self.unchanged += 1
            return web.Response(status=304, headers=headers)
        return web.Response(text=text, content_type=XML, headers=headers)

    def _until_midnight(self) -> int:
        midnight = datetime.combine(self.world.feed_day() + timedelta(days=1), time(), NEW_YORK)
        return int((midnight - self.world.now).total_seconds())

    def _fault(self, request: web.Request, path: str) -> int | str:
        self.requests.append(str(request.rel_url))
        return self.faults.popleft() if self.faults else self.broken.get(path, "")

    async def _fail(self, request: web.Request, fault: int | str) -> web.StreamResponse:
        if isinstance(fault, int):
            return web.Response(status=fault, text="<html>Oops</html>", content_type="text/html")
        if fault == "hang":
            await self._stop.wait()
        if fault in {"hang", "reset"}:
            if request.transport:
                request.transport.abort()
            return web.Response()
        whole = oai.answer(self.world, dict(request.query), self.page_size)
        return {
            "503 soon": web.Response(status=503, headers={"Retry-After": "20"}),
            "503 later": web.Response(status=503, headers={"Retry-After": "7200"}),
            "429 soon": web.Response(status=429, headers={"Retry-After": "20"}),
            "429 later": web.Response(status=429, headers={"Retry-After": "7200"}),
            "html": web.Response(text="<!doctype html><html><p>Sign in</html>", content_type="text/html"),
            "cut": web.Response(text=whole[: len(whole) // 2], content_type=XML),
            "flood": web.Response(body=b" " * 20_000_001, content_type=XML),
            "bomb": web.Response(text=BOMB, content_type=XML),
            "again": web.Response(text=AGAIN, content_type=XML),
            "redirect": web.Response(status=302, headers={"Location": "http://elsewhere.example/"}),
        }[fault]


AGAIN = oai.ENVELOPE.format(
    at="", verb="", content="<ListRecords><resumptionToken>again</resumptionToken></ListRecords>"
)
"""A page without records that leads to itself."""

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True))
    + "]><OAI-PMH>&j;</OAI-PMH>"
)
"""Ten entities, each made of the one before it."""
