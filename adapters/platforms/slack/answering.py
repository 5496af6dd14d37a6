"""People's commands brought to the desk, and its replies back to them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Any

from adapters.platforms.slack.errors import MissingScope
from adapters.platforms.slack.payloads import Place, address_of, part_of, text_of
from adapters.platforms.slack.web_api import WebApi
from bot.domain.commands import Invocation
from bot.domain.messages import Message, Reply
from bot.domain.times import pauses
from bot.errors import ChannelClosed, DeliveryError, RetryLater
from bot.ports.platform import FrontDesk

MOST_NAMES = 1_000
"""Names that are remembered."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(seconds=16)
MORE_TRIES = 5
"""How long to wait before an announcement is tried again, unless Slack asks for more, and how often."""

log = logging.getLogger(__name__)


class Answering:
    """Brings commands to the desk, and its replies to people."""

    def __init__(self, web: WebApi, desk: FrontDesk) -> None:
        self.desk = desk
        self._web = web
        self._names: dict[str, str] = {}

    async def ask(self, place: Place, command: str, text: str) -> Reply:
        """The desk's reply, which is not shown to anybody yet."""
        entry = self.desk.find(command, text)
        # Slack is only asked who is an admin where that matters: it takes one or two requests.
        is_admin = entry is not None and self.desk.needs_admin(entry) and await self._is_admin(place)
        name = await self.name(place)
        return await self.desk.answer(
            Invocation(place.address, name, command, text, is_admin=is_admin, person_id=place.person)
        )

    async def name(self, place: Place) -> str:
        """The name that the person chose, as far as Slack tells."""
        if place.name:
            return place.name
        if place.person not in self._names:
            try:
                user = await self._web.person(place.person)
            except DeliveryError:
                return place.person or "somebody"
            if len(self._names) >= MOST_NAMES:
                self._names.clear()
            self._names[place.person] = _called(user) or place.person
        return self._names[place.person]

    async def answer(self, place: Place, command: str, text: str) -> None:
        """Answer a command to the person alone, and announce in the channel what concerns everyone there."""
        await self.tell(place, await self.ask(place, command, text))

    async def tell(self, place: Place, reply: Reply) -> None:
        """Make the reply's announcement, if it has one, and show the person the reply, and whether we cannot post."""
        closed, is_late = await self._announce(place, reply) if reply.announcement else (None, False)
        if closed:
            await self.desk.left(place.address, closed, is_told=True)
            reply = reply.with_closed_notice(closed.reason, closed.repair)
        await self.show(place, reply)
        if is_late:  # only now, so that the person does not wait for it
            await self._announce_late(place, reply)

    async def show(self, place: Place, message: Message) -> None:
        """Show the message to the person alone: as a response, else in the channel, else in a direct message."""
        # A response works even in channels that we are not in, but only for half an hour. An ephemeral message needs us
        # in the channel. A direct message always works, but stands elsewhere.
        ways: list[Callable[[], Awaitable[object]]] = []
        if place.response_url:
            ways.append(partial(self._web.respond, place.response_url, message, thread=place.thread))
        if place.channel and not place.is_private:
            ways.append(partial(self._web.whisper, place.channel, place.person, message, thread=place.thread))
        direct = place.channel if place.is_private else place.person
        ways.append(partial(self._web.post, direct, message, thread=place.thread if place.is_private else ""))
        reason = ""
        for way in ways:
            try:
                await way()
            except DeliveryError as error:
                reason = str(error)
            else:
                return
        log.warning("Could not answer in %s: %s", place.channel or "Slack", reason)

    async def greet(self, channel: str, greeting: Reply) -> None:
        """Post the greeting in the channel."""
        try:
            await self._web.post(channel, greeting)
        except DeliveryError as error:
            log.warning("Could not greet %s: %s", channel, error)

    async def _announce(self, place: Place, reply: Reply) -> tuple[ChannelClosed | None, bool]:
        """Tell the channel; return why it is closed, if it is, and whether to try again later.

        A direct message needs no announcement. But it may be one between two people, which we are not part of: then
        asking Slack about it fails, as posting would.
        """
        try:
            if place.is_private:
                await self._web.channel(place.channel)
            else:
                await self._web.post(place.channel, Reply(reply.announcement))
        except MissingScope as closed:
            return None if place.is_private else closed, False
        except ChannelClosed as closed:
            return closed, False
        except RetryLater:
            return None, not place.is_private
        except DeliveryError as error:
            log.warning("An announcement in %s may not have arrived: %s", place.channel, error)
        return None, False

    async def _announce_late(self, place: Place, reply: Reply) -> None:
        """Make an announcement that Slack did not take at once."""
        asked = timedelta()
        for pause in islice(pauses(FIRST_PAUSE, LONGEST_PAUSE), MORE_TRIES):
            await asyncio.sleep(max(pause, asked).total_seconds())
            try:
                await self._web.post(place.channel, Reply(reply.announcement))
            except RetryLater as error:
                asked = error.after or timedelta()
            except DeliveryError as error:
                log.warning("An announcement in %s may not have arrived: %s", place.channel, error)
                return
            else:
                return
        log.warning("Could not announce a change in %s", place.channel)

    async def _is_admin(self, place: Place) -> bool:
        """Whether the person is an admin of the workspace, created the channel, or is alone with us in it."""
        if place.is_private:
            return True
        try:
            user = await self._web.person(place.person)
            if any(user.get(mark) is True for mark in ("is_admin", "is_owner", "is_primary_owner")):
                return True
            return bool(place.person) and (await self._web.channel(place.channel)).get("creator") == place.person
        except DeliveryError as error:
            log.warning("Cannot tell who is an admin in %s: %s", address_of(place.channel), error)
            return False


def _called(user: Mapping[str, Any]) -> str:
    profile = part_of(user, "profile")
    return (text_of(profile, "display_name") or text_of(profile, "real_name") or text_of(user, "name")).strip()
