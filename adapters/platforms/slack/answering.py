"""People's commands brought to the desk, and its replies back to them."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from weakref import WeakValueDictionary
from zoneinfo import ZoneInfo

from adapters.platforms.slack.errors import MissingScope
from adapters.platforms.slack.payloads import Place, address_of, part_of, text_of
from adapters.platforms.slack.sending import FIRST_PAUSE, LONGEST_PAUSE, Sending, Way
from adapters.platforms.slack.web_api import WebApi
from bot.domain import Address
from bot.domain.commands import Invocation
from bot.domain.messages import Draft, Message, Reply
from bot.errors import ChannelClosed, DeliveryError, RetryLater, Uncertain
from bot.ports.platform import FrontDesk

MOST_PEOPLE = 1_000
"""People who are remembered."""

KNOWN_FOR = 3600.0
"""Seconds after which Slack is asked about a person again: people travel, and change their names."""

ASKED_WITHIN = 2.0
"""Seconds that Slack may take to say who somebody is, since they wait for an answer."""

log = logging.getLogger(__name__)


class Turns:
    """What one person asks in one place is done, and then answered, in the order in which they asked."""

    def __init__(self) -> None:
        self.asking = asyncio.Lock()
        self.telling = asyncio.Lock()


class Answering:
    """Brings commands to the desk, and its replies to people."""

    def __init__(self, web: WebApi, desk: FrontDesk) -> None:
        self.desk = desk
        self._web = web
        self._sending = Sending(web)
        self._people: dict[str, tuple[float, Mapping[str, Any]]] = {}
        self._turns: WeakValueDictionary[tuple[str, str], Turns] = WeakValueDictionary()

    async def ask(self, place: Place, command: str, text: str, *, has_room: bool = False) -> Reply:
        """The desk's reply, which is not shown to anybody yet; ``has_room`` is that of `Invocation`."""
        entry = self.desk.find(command, text)
        # Slack is only asked who is an admin where that matters: it takes one or two requests.
        is_admin = entry is not None and self.desk.needs_admin(entry) and await self._is_admin(place)
        # Only schedules and pauses, which are changes, are about a person's own clock.
        wants_zone = entry is not None and bool(entry.word) and (entry.changes or entry.word == "zone")
        said = await self._invocation(place, command, text, wants_zone=wants_zone)
        direct = await self._direct(place) if entry is not None and entry.is_direct else None
        return await self.desk.answer(replace(said, is_admin=is_admin, has_room=has_room, direct=direct))

    async def draft(self, place: Place, number: int) -> Draft:
        """What a form starts from; 0 is for a new subscription."""
        return await self.desk.draft(
            await self._invocation(place, "subscribe", str(number) if number else "", wants_zone=True)
        )

    async def _invocation(self, place: Place, command: str, text: str, *, wants_zone: bool) -> Invocation:
        return Invocation(
            place.address,
            await self.name(place),
            command,
            text,
            person_id=place.person,
            time_zone=await self.time_zone(place.person) if wants_zone else "",
            locale=text_of(await self._person(place.person), "locale") if wants_zone else "",
        )

    async def _direct(self, place: Place) -> Address | None:
        """The person's direct messages with us; None if we may not write any."""
        try:  # also in a direct message, which may be one between two other people
            return address_of(await self._web.direct(place.person))
        except DeliveryError as error:
            log.warning("Could not open somebody's direct messages: %s", error)
            return None

    async def name(self, place: Place) -> str:
        """The name that the person chose, as far as Slack tells."""
        if place.name:
            return place.name
        return _called(await self._person(place.person)) or place.person or "somebody"

    async def time_zone(self, person: str) -> str:
        """The IANA name of the person's time zone; empty if Slack does not tell."""
        zone = text_of(await self._person(person), "tz")
        try:
            return ZoneInfo(zone).key if zone else ""
        except (LookupError, OSError, ValueError):  # one that this machine does not know
            return ""

    async def may_give(self, place: Place, command: str, text: str = "") -> bool:
        """Whether the desk takes the command from this person: nobody should fill in a form only to be refused."""
        entry = self.desk.find(command, text)
        return entry is None or not self.desk.needs_admin(entry) or await self._is_admin(place)

    async def answer(self, place: Place, command: str, text: str) -> None:
        """Answer a command to the person alone, and announce in the channel what concerns everyone there."""
        turns = self._turns_of(place)
        async with turns.asking:
            reply = await self.ask(place, command, text)
        await self.tell(place, reply)

    async def tell(self, place: Place, reply: Reply, *, elsewhere: bool = False) -> None:
        """Make the reply's announcement, if it has one, and show the person the reply, and whether we cannot post.

        ``elsewhere`` is whether the person is not looking at that channel, and may read the reply in another place.
        """
        turns = self._turns_of(place)
        late: Way | None = None
        async with turns.telling:
            if reply.announcement:
                closed, late = await self._announce(place, reply)
                if closed:
                    await self.desk.left(place.address, closed, is_told=True)
                    reply = reply.with_closed_notice(closed.reason, closed.repair)
                    if elsewhere:
                        reply = await self._named(place, reply)
            await self.show(place, reply)
        # Only now, so that the person does not wait for it.
        if late:
            await self._sending.by(late, doing=f"announce a change in {place.channel}")

    async def show(self, place: Place, message: Message) -> None:
        """Show the message to the person alone: as a response, else in the channel, else in a direct message."""
        # A response works even in channels that we are not in, but only for half an hour. An ephemeral message needs us
        # in the channel. A direct message always works, but stands elsewhere.
        ways: list[Way] = []
        if place.response_url:
            ways.append(self._sending.response(place, message))
        if place.channel and not place.is_private:
            ways.append(partial(self._web.whisper, place.channel, place.person, message, thread=place.thread))
        if place.is_private:
            ways.append(self._sending.post(place.channel, message, thread=place.thread))
        else:
            ways.append(self._sending.post(place.person, without_commands(message)))
        await self._sending.by(*ways, doing=f"answer in {place.channel or 'Slack'}")

    async def insist(self, request: Way, *, doing: str) -> None:
        """Make a request that may be repeated without harm, for as long as an answer is tried; see `Sending.by`."""
        await self._sending.by(request, doing=doing)

    async def greet(self, channel: str, greeting: Reply) -> None:
        """Post the greeting in the channel."""
        await self._sending.by(self._sending.post(channel, greeting), doing=f"greet {channel}")

    async def _announce(self, place: Place, reply: Reply) -> tuple[ChannelClosed | None, Way | None]:
        """Tell the channel; return why it is closed, if it is, and how to tell it later, if Slack does not take it yet.

        A direct message needs no announcement. But it may be one between two people, which we are not part of: then
        asking Slack about it fails, as posting would.
        """
        post = self._sending.post(place.channel, Reply(reply.announcement), thread=place.thread)
        try:
            if place.is_private:
                await self._web.channel(place.channel)
            else:
                await post()
        except MissingScope as closed:
            return None if place.is_private else closed, None
        except ChannelClosed as closed:
            return closed, None
        except (RetryLater, Uncertain):
            return None, None if place.is_private else post
        except DeliveryError as error:
            log.warning("Could not announce a change in %s: %s", place.channel, error)
        return None, None

    async def _named(self, place: Place, reply: Reply) -> Reply:
        """The reply with the channel's name, as far as Slack tells us the name."""
        try:
            name = text_of(await self._web.channel(place.channel), "name")
        except DeliveryError:
            name = ""
        called = f"#{name}" if name else "the channel you chose"
        advice = reply.advice.replace("post here", f"post in {called}").replace("that channel", called)
        return replace(reply, text=f"In {called}: {reply.text}", advice=advice)

    def _turns_of(self, place: Place) -> Turns:
        return self._turns.setdefault((place.channel, place.person), Turns())

    async def _person(self, person: str) -> Mapping[str, Any]:
        """Slack's description of a person; empty if it does not tell."""
        now = time.monotonic()
        known_at, user = self._people.get(person, (now - KNOWN_FOR, {}))
        if not person or now - known_at < KNOWN_FOR:
            return user
        try:
            async with asyncio.timeout(ASKED_WITHIN):
                user = await self._web.person(person)
        except (DeliveryError, TimeoutError):
            return user
        if len(self._people) >= MOST_PEOPLE:
            self._people.clear()
        self._people[person] = (now, user)
        return user

    async def _is_admin(self, place: Place) -> bool:
        """Whether the person is an admin of the workspace, created the channel, or is alone with us in it."""
        if place.is_private:
            return True
        try:
            try:
                return await self._is_admin_there(place)
            except (RetryLater, Uncertain) as error:  # nobody is refused because Slack was busy once
                await asyncio.sleep(min(max(error.after or FIRST_PAUSE, FIRST_PAUSE), LONGEST_PAUSE).total_seconds())
                return await self._is_admin_there(place)
        except DeliveryError as error:
            log.warning("Cannot tell who is an admin in %s: %s", address_of(place.channel), error)
            return False

    async def _is_admin_there(self, place: Place) -> bool:
        user = await self._web.person(place.person)
        if any(user.get(mark) is True for mark in ("is_admin", "is_owner", "is_primary_owner")):
            return True
        return bool(place.person) and (await self._web.channel(place.channel)).get("creator") == place.person


def without_commands(message: Message) -> Message:
    """The message without the buttons that give commands: elsewhere they would be about that other place."""
    if not isinstance(message, Reply):
        return message
    entries = tuple(replace(entry, buttons=()) for entry in message.entries)
    return replace(message, buttons=(), menu=None, entries=entries)


def _called(user: Mapping[str, Any]) -> str:
    profile = part_of(user, "profile")
    return (text_of(profile, "display_name") or text_of(profile, "real_name") or text_of(user, "name")).strip()
