"""The app's home: a person's channels with their subscriptions."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

from adapters.slack.spoken import PLATFORM, Place, text_of
from adapters.slack.talk import Talk
from adapters.slack.views import home
from adapters.slack.web import Web
from bot.domain.messages import Reply
from bot.errors import DeliveryError

MOST_ROOMS = 100
"""Channels in one home: no fewer than it has blocks."""

log = logging.getLogger(__name__)


class Rooms:
    """Shows people the channels that they are in and that have subscriptions."""

    def __init__(self, web: Web, talk: Talk) -> None:
        """Nobody has looked yet."""
        self._web = web
        self._talk = talk
        self._seen: set[str] = set()

    async def show(self, place: Place) -> None:
        """Draw the person's home."""
        self._seen.add(place.person)
        try:
            place = replace(place, name=await self._talk.name(place))
            channels = (await self._channels(place))[:MOST_ROOMS]
            replies = await asyncio.gather(
                *(self._talk.ask(self._in(channel, place), "subscriptions", "") for channel, _ in channels)
            )
            rooms: list[tuple[str, str, Reply]] = [
                (channel, name, reply) for (channel, name), reply in zip(channels, replies, strict=True)
            ]
            await self._web.publish_home(place.person, home(rooms))
        except DeliveryError as error:
            log.warning("The app's home could not be shown: %s", error)

    async def show_again(self, place: Place) -> None:
        """Draw the person's home again, if they ever looked at it."""
        if place.person in self._seen:
            await self.show(place)

    async def act(self, place: Place, channel: str, command: str, text: str) -> None:
        """Give a command from the home, in one of the person's own channels."""
        try:
            own = [each for each, _ in await self._channels(place)]
        except DeliveryError as error:
            log.warning("A command from the app's home was left undone: %s", error)
            return
        if channel in own:
            await self._talk.answer(self._in(channel, place), command, text)
        await self.show(place)

    async def _channels(self, place: Place) -> list[tuple[str, str]]:
        """The person's channels that somebody ever subscribed in: their ids and names, by name."""
        known = {channel.address.id for channel in await self._talk.desk.channels(PLATFORM)}
        theirs = await self._web.channels_of(place.person) if known else []
        found = [(text_of(each, "id"), text_of(each, "name") or "direct message") for each in theirs]
        return sorted((each for each in found if each[0] in known), key=lambda each: (each[1], each[0]))

    def _in(self, channel: str, place: Place) -> Place:
        return Place(channel, place.person, place.name)
