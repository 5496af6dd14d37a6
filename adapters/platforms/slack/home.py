"""The app's Home tab: drawn, and what is pressed there carried out."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial

from adapters.platforms.slack.answering import Answering
from adapters.platforms.slack.home_view import Part, home
from adapters.platforms.slack.payloads import PLATFORM, Place, parts_of, text_of
from adapters.platforms.slack.web_api import WebApi
from bot.domain import Address
from bot.errors import DeliveryError

MOST_CHANNELS = 100
"""Channels that are asked about for one Home tab; it has no room for more."""

PAPERS = {"today": "Today's papers", "trending": "Trending", "saved": "Your reading list"}
"""The commands under ``/papers`` whose answers stand above the channels, with their headings."""


class HomeTab:
    """Shows people papers, and those of their channels that have subscriptions."""

    def __init__(self, web: WebApi, answering: Answering) -> None:
        self._web = web
        self._answering = answering
        self._seen: set[str] = set()

    async def show(self, place: Place) -> None:
        """Draw the person's Home tab."""
        self._seen.add(place.person)
        await self._answering.insist(partial(self._draw, place), doing="show the Home tab")

    async def _draw(self, place: Place) -> None:
        place = replace(place, name=await self._answering.name(place))
        channels = (await self._channels(place))[:MOST_CHANNELS]
        papers, lists = await asyncio.gather(
            self._papers(place),
            asyncio.gather(*(self._list(channel, name, place) for channel, name in channels)),
        )
        await self._web.publish_home(place.person, home(papers, lists))

    async def show_again(self, place: Place) -> None:
        """Draw the person's Home tab again, if they ever opened it."""
        if place.person in self._seen:
            await self.show(place)

    async def act(self, place: Place, channel: str, command: str, text: str) -> None:
        """Give a command from the Home tab, in one of the person's own channels."""
        own: set[str] = set()

        async def look() -> None:
            own.update(channel_id for channel_id, _ in await self._channels(place))
            if channel.startswith("D"):
                own.add(await self._web.direct(place.person))

        await self._answering.insist(look, doing="carry out a command from the Home tab")
        if channel in own:  # they may have left it since the tab was drawn
            await self._answering.answer(self._in(channel, place), command, text)
        await self.show(place)

    async def _papers(self, place: Place) -> list[Part]:
        """Papers for the person's direct messages; none if we may not write any."""
        try:
            direct = await self._web.direct(place.person)
        except DeliveryError:
            return []
        words = [word for word in PAPERS if self._answering.desk.find("papers", word)]
        answers = [await self._answering.ask(self._in(direct, place), "papers", word) for word in words]
        return [Part(PAPERS[word], direct, answer) for word, answer in zip(words, answers, strict=True)]

    async def _list(self, channel: str, name: str, place: Place) -> Part:
        """A channel's subscriptions."""
        answer = await self._answering.ask(self._in(channel, place), "subscriptions", "", has_room=True)
        return Part(name, channel, answer)

    async def _channels(self, place: Place) -> list[tuple[str, str]]:
        """Ids and names of the person's channels that somebody ever subscribed in, sorted by name."""
        known = {channel.address.id for channel in await self._answering.desk.channels(PLATFORM)}
        theirs = await self._web.channels_of(place.person) if known else []
        named = {text_of(channel, "id"): _name(text_of(channel, "name")) for channel in theirs}
        shown = [
            (key, named[channel] + (", a thread" if thread else ""))
            for key, (channel, thread) in ((key, parts_of(key)) for key in known)
            if channel in named
        ]
        return sorted(shown, key=lambda pair: (pair[1], pair[0]))

    def _in(self, channel: str, place: Place) -> Place:
        return Place.at(Address(PLATFORM, channel), place.person, place.name)


def _name(name: str) -> str:
    return f"#{name}" if name else "Direct messages"
