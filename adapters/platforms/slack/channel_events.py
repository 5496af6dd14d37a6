"""Events of channels and of the app itself: joined, archived, deleted, given another id, uninstalled."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from adapters.platforms.slack.answering import Answering
from adapters.platforms.slack.codes import CLOSED
from adapters.platforms.slack.errors import BOT_TOKEN, meaning_of_code
from adapters.platforms.slack.payloads import (
    CHANNEL_ID,
    PLATFORM,
    address_of,
    part_of,
    parts_of,
    place_of_event,
    text_of,
)
from adapters.platforms.slack.web_api import WebApi
from bot.domain import Address
from bot.domain.messages import Reply
from bot.errors import ChannelClosed, DeliveryError

LEFT = {"channel_left", "group_left"}
"""Slack sends these only to those who left."""

ANYBODYS = {"member_joined_channel", "member_left_channel"}
ARCHIVED = {"channel_archive", "group_archive"}
DELETED = {"channel_deleted", "group_deleted"}
UNARCHIVED = {"channel_unarchive", "group_unarchive"}

log = logging.getLogger(__name__)


class ChannelEvents:
    """Tells the desk which channels we are added to and removed from, and notices when the app is uninstalled."""

    def __init__(self, web: WebApi, answering: Answering) -> None:
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._web = web
        self._answering = answering
        self._in_order = asyncio.Lock()

    async def hear(self, body: Mapping[str, Any], event: Mapping[str, Any]) -> None:
        """Handle an event; those of channels in the order in which they come.

        https://docs.slack.dev/reference/events
        """
        kind, channel = text_of(event, "type"), place_of_event(event).channel
        if kind == "app_uninstalled" or (kind == "tokens_revoked" and await self._is_ours_revoked(body, event)):
            self._end("app_uninstalled" if kind == "app_uninstalled" else "token_revoked")
        elif kind == "channel_id_changed":
            await self._rename(text_of(event, "old_channel_id"), text_of(event, "new_channel_id"))
        elif channel:
            # "Left" and "joined" may come in quick succession; handled at once, the earlier one might be recorded last.
            async with self._in_order:
                greeting = await self._follow(kind, channel, body, event)
            if greeting:  # posted outside of the lock: it may take seconds
                await self._answering.greet(channel, greeting)

    async def our_user(self, body: Mapping[str, Any]) -> str:
        """Our own user's id: from the event's authorizations, else from Slack; empty if neither tells."""
        authorizations = body.get("authorizations")
        for entry in authorizations if isinstance(authorizations, list) else []:
            if isinstance(entry, dict) and entry.get("is_bot") is True and text_of(entry, "user_id"):
                return text_of(entry, "user_id")
        try:
            return (await self._web.identity()).user_id
        except DeliveryError:
            return ""

    async def _follow(self, kind: str, channel: str, body: Mapping[str, Any], event: Mapping[str, Any]) -> Reply | None:
        """Tell the desk; return the greeting to post, if it wants one."""
        is_ours = kind in LEFT or (kind in ANYBODYS and text_of(event, "user") == await self.our_user(body))
        if kind in UNARCHIVED:
            closed = await self._still_closed(channel)
        elif kind in DELETED:
            closed = ChannelClosed("the channel was deleted", repair="subscribe in another channel")
        elif kind in ARCHIVED:
            closed = as_closed("is_archived")
        elif is_ours and kind != "member_joined_channel":
            closed = as_closed("not_in_channel")
        elif is_ours:
            closed = None
        else:
            return None
        desk = self._answering.desk
        greeting = await desk.joined(address_of(channel)) if closed is None else None
        for address in await self._known_in(channel):
            if closed is not None:
                await desk.left(address, closed)
            elif address.id != channel:
                await desk.joined(address)  # a thread, which needs no greeting of its own
        return greeting

    async def _known_in(self, channel: str) -> list[Address]:
        """The channel, and those of its threads that the desk knows."""
        known = [place.address for place in await self._answering.desk.channels(PLATFORM)]
        threads = [address for address in known if address.id.startswith(f"{channel}/")]
        return [address_of(channel), *threads]

    async def _rename(self, old: str, new: str) -> None:
        """Follow a channel that got another id, as when it is shared with another workspace.

        https://docs.slack.dev/reference/events/channel_id_changed
        """
        if not (CHANNEL_ID.fullmatch(old) and CHANNEL_ID.fullmatch(new)):
            return
        async with self._in_order:
            for address in await self._known_in(old):
                await self._answering.desk.moved(address, address_of(new, parts_of(address.id)[1]))

    async def _still_closed(self, channel: str) -> ChannelClosed | None:
        """Why an unarchived channel cannot be posted to, if that is so.

        Slack sends the event for every public channel, whether we are in it or not.
        """
        try:
            is_member = (await self._web.channel(channel)).get("is_member") is True
        except DeliveryError as error:
            log.info("Slack does not say whether %s is open again: %s", channel, error)
            return None  # posting the next card will show
        return None if is_member else as_closed("not_in_channel")

    async def _is_ours_revoked(self, body: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
        """Whether our bot's token was revoked, and not only tokens of people."""
        revoked = part_of(event, "tokens").get("bot")
        ours = await self.our_user(body)
        return isinstance(revoked, list) and (ours in revoked or (not ours and bool(revoked)))

    def _end(self, code: str) -> None:
        if not self.ended.done():
            self.ended.set_exception(meaning_of_code({"error": code}, BOT_TOKEN))


def as_closed(code: str) -> ChannelClosed:
    """An error code of Slack's as the reason why a channel is closed."""
    reason, repair = CLOSED[code]
    return ChannelClosed(reason, repair=repair)
