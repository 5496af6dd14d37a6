"""A loopback Hugging Face: its Daily Papers list, and faults on request."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from aiohttp import web

from tests.servers.loopback import LoopbackApp

AT_NOON = {"Date": "Tue, 10 Mar 2026 12:00:00 GMT"}


def an_item(paper_id: str, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - any field of the payload
    """An item of a list; ``given`` goes into its inner paper, ``comments`` and ``thumbnail`` outside of it."""
    outside = {"numComments": given.pop("comments", 0)}
    if "thumbnail" in given:
        outside["thumbnail"] = given.pop("thumbnail")
    paper = {
        "id": paper_id,
        "title": "Walking Robots Learn to Dance",
        "summary": "We teach robots to dance.",
        "authors": [{"name": "Ada Example", "hidden": False}, {"name": "Ben Sample", "hidden": False}],
        "publishedAt": "2026-03-09T00:00:00.000Z",
        "upvotes": 7,
    }
    return {"paper": paper | given, "publishedAt": "2026-03-08T20:00:00.000Z", **outside}


@dataclass(slots=True)
class HuggingFaceServer(LoopbackApp):
    """The server, while its context lasts; it runs in a thread of its own, so a subprocess can use it too.

    Attributes:
        lists: The items of each day's list; other days are empty.
        papers: Papers by id, besides those of the lists: anything that JSON can hold.
        faults: What the next requests meet, in order: a status (with HTML), or a word of `_fail`; "" for nothing.
        left: What remains of the rate limit; every answer tells it.
        requests: What was asked for: path with query, and headers.
        etags: Whether answers have entity tags.
        clock_off: How far its clock is ahead of ours.
        broken: What every request for a day's list meets, as in ``faults``; None stands for every day.
        links: Whether an answer names its next page.
    """

    lists: dict[date, list[Any]] = field(default_factory=dict)
    papers: dict[str, Any] = field(default_factory=dict)
    faults: deque[int | str] = field(default_factory=deque)
    left: int = 499
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    etags: bool = True
    clock_off: timedelta = timedelta()
    broken: dict[date | None, int | str] = field(default_factory=dict)
    links: bool = True

    def _app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/api/daily_papers", self._daily_papers)
        app.router.add_get("/api/papers/{id}", self._paper)
        app.on_response_prepare.append(self._date)
        return app

    async def _date(self, _request: web.Request, answer: web.StreamResponse) -> None:
        if self.clock_off:
            answer.headers["Date"] = format_datetime(datetime.now(UTC) + self.clock_off, usegmt=True)

    async def _daily_papers(self, request: web.Request) -> web.StreamResponse:
        self.requests.append((str(request.rel_url), dict(request.headers)))
        fault = self.faults.popleft() if self.faults else self._broken(request.query.get("date", ""))
        if fault:
            return await self._fail(request, fault)
        return self._page(request)

    async def _paper(self, request: web.Request) -> web.StreamResponse:
        self.requests.append((str(request.rel_url), dict(request.headers)))
        if self.faults and (fault := self.faults.popleft()):
            return await self._fail(request, fault)
        return self._known(request)

    def _known(self, request: web.Request) -> web.Response:
        asked = request.match_info["id"]
        listed = {
            item["paper"]["id"]: item["paper"] | {"submittedOnDailyAt": f"{day}T00:00:00.000Z"}
            for day, items in self.lists.items()
            for item in items
        }
        papers = listed | self.papers
        if asked not in papers:
            return self._answer({"error": "Paper not found"}, status=404)
        return self._answer(papers[asked])

    def _broken(self, asked: str) -> int | str:
        """The fault that every request for this day meets, if it is one."""
        with contextlib.suppress(ValueError):
            if (day := date.fromisoformat(asked)) in self.broken:
                return self.broken[day]
        return self.broken.get(None, "")

    def _page(self, request: web.Request) -> web.Response:
        try:
            limit, page = int(request.query.get("limit", "50")), int(request.query.get("p", "0"))
            day = date.fromisoformat(request.query["date"])
        except ValueError:
            return self._answer({"error": "Invalid query"}, status=400)
        if limit > 100 or day > (datetime.now(UTC) + self.clock_off).date():
            return self._answer({"error": "Invalid query"}, status=400)
        items = self.lists.get(day, [])
        headers = {}
        if self.links and items[(page + 1) * limit :]:
            headers["Link"] = f'<{self.base_url}{request.rel_url.update_query(p=page + 1)}>; rel="next"'
        answer = self._answer(items[page * limit : (page + 1) * limit], headers=headers)
        if self.etags:
            etag = f'W/"{hashlib.sha256(answer.body or b"").hexdigest()[:16]}"'  # type: ignore[arg-type]
            if request.headers.get("If-None-Match") == etag:
                return web.Response(status=304, headers=self._limits() | {"ETag": etag})
            answer.headers["ETag"] = etag
        return answer

    async def _fail(self, request: web.Request, fault: int | str) -> web.StreamResponse:
        if isinstance(fault, int):
            return web.Response(status=fault, text="<html>Oops</html>", content_type="text/html")
        if fault in {"drip", "flood"}:
            return await self._pour(request, fault)
        if fault == "hang":
            await self._stop.wait()
        if fault in {"hang", "reset"}:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        here = f"{self.base_url}{request.rel_url}"
        page = (self._known(request) if "id" in request.match_info else self._page(request)).text or ""
        return {
            "429": self._answer({}, status=429, headers={"RateLimit": '"api";r=0;t=2'}),
            "429 later": web.json_response({}, status=429, headers={"Retry-After": "7"}),
            "429 at": web.json_response(
                {}, status=429, headers=AT_NOON | {"Retry-After": "Tue, 10 Mar 2026 12:00:09 GMT"}
            ),
            "429 next week": web.json_response({}, status=429, headers={"Retry-After": "600000"}),
            "429 sometime": web.json_response({}, status=429, headers={"Retry-After": "soon"}),
            "429 never": web.json_response(
                {}, status=429, headers=AT_NOON | {"Retry-After": f"Tue, 10 Mar 2026 12:00:09 +{10**20}"}
            ),
            "503 later": web.json_response({}, status=503, headers={"Retry-After": "11"}),
            "html": web.Response(text="<html>Sign in</html>", content_type="text/html"),
            "object": self._answer({"papers": []}),
            "crowd": self._answer([{}] * 5_000),
            "cut": web.Response(text='[{"paper": {"id": "9901.0', content_type="application/json"),
            "deep": web.Response(text="[" * 200_000, content_type="application/json"),
            "garbled": web.Response(body=page.encode().replace(b"dance", b"d\xff\xfece")),
            "number": web.Response(body=page.replace('"upvotes": 7', f'"upvotes": {"7" * 5_000}').encode()),
            "gzip": web.Response(body=b"no gzip", headers={"Content-Encoding": "gzip"}),
            "tag": self._answer([], headers={"ETag": 'W/"\u00e9"'}),
            "astray": self._answer([], headers={"Link": '<http://elsewhere.example/api>; rel="next"'}),
            "nowhere": self._answer([], headers={"Link": '<http://[>; rel="next"'}),
            "endless": self._answer([], headers={"Link": f'<{here}>; rel="next"'}),
            "redirect": web.Response(status=302, headers={"Location": "http://elsewhere.example/"}),
        }[fault]

    async def _pour(self, request: web.Request, fault: str) -> web.StreamResponse:
        """An endless body, a little at a time, or far too much at once."""
        answer = web.StreamResponse(headers={"Content-Type": "application/json"})
        await answer.prepare(request)
        with contextlib.suppress(ConnectionError):
            while not self._stop.is_set():
                await answer.write(b"[" if fault == "drip" else b" " * 1_000_000)
                await asyncio.sleep(0.02 if fault == "drip" else 0)
        return answer

    def _answer(self, body: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:  # noqa: ANN401
        return web.Response(
            text=json.dumps(body),
            status=status,
            content_type="application/json",
            headers=self._limits() | (headers or {}),
        )

    def _limits(self) -> dict[str, str]:
        return {
            "RateLimit": f'"api";r={self.left};t=293',
            "RateLimit-Policy": '"fixed window";"api";q=500;w=300',
        }
