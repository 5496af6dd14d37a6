"""The app's Home tab: a person's channels with their subscriptions."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from adapters.platforms.slack.answering import Answering
from adapters.platforms.slack.cards import more
from adapters.platforms.slack.dialog import OPEN, TEACHING
from adapters.platforms.slack.elements import (
    Block,
    button,
    cut,
    header,
    line,
    numbered,
    paragraph,
    parse_value,
    plain,
    size,
    that_fit,
)
from adapters.platforms.slack.payloads import CHANNEL_ID, PLATFORM, THREAD, Place, parts_of, text_of
from adapters.platforms.slack.replies import ENTRY, advice_blocks, text_blocks
from adapters.platforms.slack.web_api import WebApi
from bot.domain import Address
from bot.domain.messages import Entry, Reply

MOST_CHANNELS = 100
"""Channels that are asked about for one Home tab; it has no room for more."""

BLOCKS = 100
"""Blocks of a view: https://docs.slack.dev/reference/block-kit/blocks."""

HOME = 100_000
"""Bytes of a Home tab as JSON; Slack refuses views of more than 250 kB: https://docs.slack.dev/reference/methods/views.publish."""

CHANNEL_TEXT = 2_000
"""Bytes of JSON for the text above a channel's subscriptions."""

SMALLEST = 3_000
"""Bytes of JSON that a subscription takes at most."""

CONFIRMED = 300
"""Characters: https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object."""

NAME = 80
"""Characters of a channel's name: https://docs.slack.dev/reference/methods/conversations.create."""

WELCOME = Reply(
    "I post new research papers in channels that subscribe to them. None of your channels does yet.\n"
    "• Press the button above, or type /subscribe reinforcement learning in a channel.\n"
    "• In a private channel, invite me first: /invite @Paperwire.\n"
    "• /papers try QUERY shows what a query would have brought, without subscribing.",
    advice=TEACHING,
)
"""Shown to a person whose channels have no subscriptions."""


class HomeTab:
    """Shows people those of their channels that have subscriptions."""

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
        replies = await asyncio.gather(
            *(
                self._answering.ask(self._in(channel, place), "subscriptions", "", has_room=True)
                for channel, _ in channels
            )
        )
        listed = [(channel, name, reply) for (channel, name), reply in zip(channels, replies, strict=True)]
        await self._web.publish_home(place.person, home(listed))

    async def show_again(self, place: Place) -> None:
        """Draw the person's Home tab again, if they ever opened it."""
        if place.person in self._seen:
            await self.show(place)

    async def act(self, place: Place, channel: str, command: str, text: str) -> None:
        """Give a command from the Home tab, in one of the person's own channels."""
        own: set[str] = set()

        async def look() -> None:
            own.update(channel_id for channel_id, _ in await self._channels(place))

        await self._answering.insist(look, doing="carry out a command from the Home tab")
        if channel in own:  # they may have left it since the tab was drawn
            await self._answering.answer(self._in(channel, place), command, text)
        await self.show(place)

    async def _channels(self, place: Place) -> list[tuple[str, str]]:
        """Ids and names of the person's channels that somebody ever subscribed in, sorted by name."""
        known = {channel.address.id for channel in await self._answering.desk.channels(PLATFORM)}
        theirs = await self._web.channels_of(place.person) if known else []
        named = {text_of(channel, "id"): text_of(channel, "name") or "direct message" for channel in theirs}
        shown = [
            (key, named[channel] + (", a thread" if thread else ""))
            for key, (channel, thread) in ((key, parts_of(key)) for key in known)
            if channel in named
        ]
        return sorted(shown, key=lambda pair: (pair[1], pair[0]))

    def _in(self, channel: str, place: Place) -> Place:
        return Place.at(Address(PLATFORM, channel), place.person, place.name)


def home(channels: Sequence[tuple[str, str, Reply]]) -> dict[str, Any]:
    """The Home tab: a person's channels with their subscriptions.

    Args:
        channels: The id, the name, and the reply to ``/subscriptions`` of each channel.
    """
    blocks = [_open_button()]
    if not channels:
        blocks += [*text_blocks(WELCOME, CHANNEL_TEXT), *advice_blocks(WELCOME)]
    left, room = BLOCKS - len(blocks) - 1, HOME - size(blocks)
    for number, (channel, name, reply) in enumerate(channels):
        shown = _channel(channel, name, reply, space=left, room=room)
        if not shown:
            blocks.append(more(len(channels) - number, "channel"))
            break
        blocks += shown
        left, room = left - len(shown), room - size(shown)
    return {"type": "home", "blocks": numbered(blocks)}


def removal(value: str) -> tuple[str, str, str] | None:
    """The channel, command and text of a button of `home`; None if Paperwire did not make ``value``."""
    command = parse_value(value)
    channel, thread = parts_of((command or {}).get("channel", ""))
    if not command or not CHANNEL_ID.fullmatch(channel) or (thread and not THREAD.fullmatch(thread)):
        return None
    return command["channel"], command["command"], command["text"]


def _open_button() -> Block:
    opener = {"type": "button", "action_id": OPEN, "style": "primary", "text": plain("Subscribe a channel")}
    return {"type": "actions", "elements": [opener]}


def _channel(channel: str, name: str, reply: Reply, *, space: int, room: int) -> list[Block]:
    """A channel with the subscriptions that fit ``space`` blocks and ``room`` bytes; an empty list if nothing fits."""
    top = [header(line(f"#{name}", NAME)), *text_blocks(reply, CHANNEL_TEXT)]
    tail = advice_blocks(reply)
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
    text = line(entry.text, ENTRY)
    remove = button(entry.buttons[0], channel=channel) if entry.buttons else None
    if remove is None:
        return paragraph(text)
    confirm = {
        "title": plain("Unsubscribe this channel?"),
        "text": plain(cut(text, CONFIRMED)),
        "confirm": plain("Unsubscribe"),
        "deny": plain("Keep it"),
        "style": "danger",
    }
    return paragraph(text, remove | {"confirm": confirm})
