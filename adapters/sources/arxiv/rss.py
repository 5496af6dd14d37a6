"""What arXiv announces today, and as what: https://info.arxiv.org/help/rss_specifications.html.

Only its feeds tell a paper that is new in a category from one that was replaced. They hold one day, which ends at
midnight in New York; on days without an announcement they are empty.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from xml.etree.ElementTree import Element

from adapters.sources.arxiv.announcements import day_in_new_york
from adapters.sources.arxiv.answers import OPEN, Answer, Asking
from adapters.sources.arxiv.xml import read_xml, text_of
from bot.domain.times import http_date
from bot.errors import SourceError, SourceUnreachable
from bot.text.paper_links import paper_ids
from bot.text.plain import plain
from bot.text.shorten import shorten

NAMESPACES = {"arxiv": "http://arxiv.org/schemas/atom"}

AT_ONCE = 3
"""Categories in a request."""

CAPACITY = 2_000
"""Entries that a feed has at the most; where there are more, new ones are left out first."""

NEWS = frozenset({"new", "cross"})
"""How papers are announced that the categories did not have before."""

CORRECT = "correct sources.arxiv.categories; https://arxiv.org/category_taxonomy has them all"

LONGEST_FRESH = 24 * 3600
"""Seconds for which a feed is not asked for again at the most."""


@dataclass(frozen=True, slots=True)
class Announced:
    """What the categories' feeds hold.

    Attributes:
        news: The ids of papers that are new in one of the categories.
        others: The ids of papers that were replaced.
        is_whole: Whether nothing was left out.
    """

    news: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    is_whole: bool = True

    def __or__(self, other: Announced) -> Announced:
        """Both together: what is new in one category is new, though it was replaced in the other."""
        news = self.news | other.news
        return Announced(news, (self.others | other.others) - news, self.is_whole and other.is_whole)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was read: its day (None if it tells none), and how many entries it has."""

    day: date | None
    announced: Announced
    size: int


@dataclass(slots=True)
class Remembered:
    """A feed, its entity tag ("" if it has none), and the monotonic seconds until which it is not asked for again."""

    feed: Feed
    etag: str
    fresh_until: float


@dataclass(slots=True)
class Feeds:
    """Reads the feeds of categories."""

    url: str
    asking: Asking
    clock: Callable[[], float] = time.monotonic
    _remembered: dict[str, Remembered] = field(default_factory=dict)

    async def announced(self, day: date, categories: Sequence[str]) -> Announced | None:
        """What is announced on that day; None if the feeds are of another.

        Raises:
            SourceError: A feed could not be read.
        """
        found = Announced()
        for start in range(0, len(categories), AT_ONCE):
            part = await self._part(day, categories[start : start + AT_ONCE])
            if part is None:
                return None
            found |= part
        return found

    async def _part(self, day: date, categories: Sequence[str]) -> Announced | None:
        feed = await self.feed(categories)
        if feed.day != day:
            return None
        if feed.size < CAPACITY:
            return feed.announced
        if len(categories) == 1:
            return Announced(feed.announced.news, feed.announced.others, is_whole=False)
        found = Announced()
        for category in categories:
            part = await self._part(day, [category])
            if part is None:
                return None
            found |= part
        return found

    async def feed(self, categories: Sequence[str]) -> Feed:
        """The feed of those categories together.

        Raises:
            SourceError: It could not be read; there may be no such category.
        """
        url = f"{self.url}/{'+'.join(categories)}"
        known = self._remembered.get(url)
        if known and self.clock() < known.fresh_until:
            return known.feed
        wishes = {"If-None-Match": known.etag} if known and known.etag else {}
        also = frozenset({HTTPStatus.NOT_MODIFIED, HTTPStatus.BAD_REQUEST})
        answer = await self.asking.get(url, headers=wishes, also=also, root=b"rss")
        if answer.status == HTTPStatus.BAD_REQUEST:
            raise SourceError(f"it has no feed of {' and '.join(categories)}", repair=CORRECT)
        if answer.status == HTTPStatus.NOT_MODIFIED:
            if known is None:
                raise SourceError("it says that nothing has changed, though we know nothing")
            known.fresh_until = self._fresh_until(answer)
            return known.feed
        feed = await asyncio.to_thread(_read, answer.body)
        etag = answer.headers.get("ETag", "")
        etag = etag if re.fullmatch(r'(?:W/)?"[!#-~]{0,200}"', etag) else ""
        self._remembered[url] = Remembered(feed, etag, self._fresh_until(answer))
        return feed

    def _fresh_until(self, answer: Answer) -> float:
        told = re.search(r"\bmax-age=(\d{1,9})\b", answer.headers.get("Cache-Control", ""))
        return self.clock() + min(int(told[1]) if told else 0, LONGEST_FRESH)


def _read(body: bytes) -> Feed:
    try:
        root = read_xml(body)
    except ValueError as error:
        raise SourceUnreachable(f"its feed makes no sense ({error})", repair=OPEN.format("rss_url")) from error
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        raise SourceUnreachable("its feed is not RSS", repair=OPEN.format("rss_url"))
    title = text_of(channel, "title", {})
    if title.startswith("Feed error"):
        raise SourceError(f"its feed is an error: {shorten(plain(title), 200)}", repair=CORRECT)
    news: set[str] = set()
    others: set[str] = set()
    items = channel.findall("item")
    for item in items:
        named = paper_ids(text_of(item, "guid", {})) or paper_ids(text_of(item, "link", {}))
        kind = text_of(item, "arxiv:announce_type", NAMESPACES)
        (news if kind in NEWS else others).update(named[:1])
    return Feed(_day_of(channel, items), Announced(frozenset(news), frozenset(others - news)), len(items))


def _day_of(channel: Element, items: Sequence[Element]) -> date | None:
    """The day of a feed: midnight in New York, in one of these places."""
    moment = next(filter(None, map(http_date, _dates(channel, items))), None)
    return day_in_new_york(moment) if moment else None


def _dates(channel: Element, items: Sequence[Element]) -> Iterator[str]:
    yield from (text_of(item, "pubDate", {}) for item in items[:1])
    yield from (text_of(channel, name, {}) for name in ("pubDate", "lastBuildDate"))
