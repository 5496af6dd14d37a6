"""The app's home: a person's channels with their subscriptions."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from adapters.platforms.slack.answering import Answering
from adapters.platforms.slack.cards import more
from adapters.platforms.slack.dialog import CHANNEL_ID, OPEN, TEACHING
from adapters.platforms.slack.elements import (
    Block,
    button,
    context,
    cut,
    header,
    line,
    numbered,
    paragraph,
    plain,
    said_in,
    says,
    size,
    that_fit,
)
from adapters.platforms.slack.payloads import PLATFORM, Place, text_of
from adapters.platforms.slack.replies import ADVICE, ENTRY, said_blocks
from adapters.platforms.slack.web_api import WebApi
from bot.domain.messages import Entry, Reply
from bot.errors import DeliveryError

MOST_ROOMS = 100
"""Channels in one home: no fewer than it has blocks."""

log = logging.getLogger(__name__)

BLOCKS = 100
"""Blocks of a view."""

HOME = 100_000
"""Bytes of a home as JSON; Slack refuses views of more than 250 kB: https://docs.slack.dev/reference/methods/views.publish."""

ROOM_TEXT = 2_000
"""Bytes of JSON."""

SMALLEST = 3_000
"""Bytes that a subscription takes at most."""

CONFIRMED = 300
"""Characters: https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object."""

NAME = 80
"""Characters of a channel's name: https://docs.slack.dev/reference/methods/conversations.create."""

WELCOME = Reply(
    "I post new research papers in the channels that subscribe to them. No channel of yours does so yet.\n"
    "• Press the button above, or write /subscribe reinforcement learning in a channel.\n"
    "• In a private channel, let me in first: /invite @Paperwire.\n"
    "• /papers try QUERY shows what a query would have brought, without subscribing.",
    advice=TEACHING,
)
"""What a person sees whose channels have no subscriptions."""


class HomeTab:
    """Shows people the channels that they are in and that have subscriptions."""

    def __init__(self, web: WebApi, answering: Answering) -> None:
        """Nobody has looked yet."""
        self._web = web
        self._answering = answering
        self._seen: set[str] = set()

    async def show(self, place: Place) -> None:
        """Draw the person's home."""
        self._seen.add(place.person)
        try:
            place = replace(place, name=await self._answering.name(place))
            channels = (await self._channels(place))[:MOST_ROOMS]
            replies = await asyncio.gather(
                *(self._answering.ask(self._in(channel, place), "subscriptions", "") for channel, _ in channels)
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
            await self._answering.answer(self._in(channel, place), command, text)
        await self.show(place)

    async def _channels(self, place: Place) -> list[tuple[str, str]]:
        """The person's channels that somebody ever subscribed in: their ids and names, by name."""
        known = {channel.address.id for channel in await self._answering.desk.channels(PLATFORM)}
        theirs = await self._web.channels_of(place.person) if known else []
        found = [(text_of(each, "id"), text_of(each, "name") or "direct message") for each in theirs]
        return sorted((each for each in found if each[0] in known), key=lambda each: (each[1], each[0]))

    def _in(self, channel: str, place: Place) -> Place:
        return Place(channel, place.person, place.name)


def home(rooms: Sequence[tuple[str, str, Reply]]) -> dict[str, Any]:
    """The App Home: a person's channels with their subscriptions.

    Args:
        rooms: Each channel's id, its name, and the answer to ``/subscriptions`` there.
    """
    blocks = [_open_button()]
    if not rooms:
        blocks += [*said_blocks(WELCOME, ROOM_TEXT), context(WELCOME.advice)]
    left, room = BLOCKS - len(blocks) - 1, HOME - size(blocks)
    for number, (channel, name, reply) in enumerate(rooms):
        shown = _room(channel, name, reply, space=left, room=room)
        if not shown:
            blocks.append(more(len(rooms) - number, "channel"))
            break
        blocks += shown
        left, room = left - len(shown), room - size(shown)
    return {"type": "home", "blocks": numbered(blocks)}


def removal(value: str) -> tuple[str, str, str] | None:
    """The channel, command and text that a button of `home` stands for; None when ``value`` is none of ours."""
    said = said_in(value)
    if not said or not CHANNEL_ID.fullmatch(said.get("channel", "")):
        return None
    return said["channel"], said["command"], said["text"]


def _open_button() -> Block:
    opener = {"type": "button", "action_id": OPEN, "style": "primary", "text": plain("Subscribe a channel")}
    return {"type": "actions", "elements": [opener]}


def _room(channel: str, name: str, reply: Reply, *, space: int, room: int) -> list[Block]:
    """A channel with as many of its subscriptions as ``space`` blocks and ``room`` bytes hold; none if none do."""
    top = [header(line(f"#{name}", NAME)), *said_blocks(reply, ROOM_TEXT)]
    tail = [context(line(reply.advice, ADVICE))] if says(reply.advice) else []
    rows = [_row(entry, channel) for entry in reply.entries]
    least = len(top) + len(tail) + min(len(rows), 2)
    if space < least or room < size(top + tail) + 2 * SMALLEST:
        return []
    count = min(that_fit(rows, room - size(top + tail) - SMALLEST), space - len(top) - len(tail))
    if count < len(rows):
        count = min(count, space - len(top) - len(tail) - 1)
        tail = [more(len(rows) - count, "subscription"), *tail]
    return [*top, *rows[:count], *tail]


def _row(entry: Entry, channel: str) -> Block:
    said = line(entry.text, ENTRY)
    made = button(entry.button, channel=channel) if entry.button else None
    if made is None:
        return paragraph(said)
    confirm = {
        "title": plain("Unsubscribe this channel?"),
        "text": plain(cut(said, CONFIRMED)),
        "confirm": plain("Unsubscribe"),
        "deny": plain("Keep it"),
        "style": "danger",
    }
    return paragraph(said, made | {"confirm": confirm})
