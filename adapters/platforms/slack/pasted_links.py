"""Addresses of papers that people paste, shown as the papers' cards below their message.

https://docs.slack.dev/messaging/unfurling-links-in-messages
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from adapters.platforms.slack.answering import Answering
from adapters.platforms.slack.payloads import CHANNEL_ID, Place, text_of
from adapters.platforms.slack.web_api import WebApi
from bot.errors import DeliveryError

MOST_LINKS = 5
"""Addresses of a message that are shown; Slack tells of five at most."""

COMPOSER = "COMPOSER"
"""What stands in place of the channel while a message is being written."""

log = logging.getLogger(__name__)


class PastedLinks:
    """Shows the cards of papers whose addresses people paste where we are."""

    def __init__(self, web: WebApi, answering: Answering) -> None:
        self._web = web
        self._answering = answering

    async def show(self, event: Mapping[str, Any]) -> None:
        """Show what an event tells of; an address that is no paper's is passed over.

        Slack tells of every conversation, also of those that we are not in, and of what is only being written, which
        has no channel yet: https://docs.slack.dev/reference/events/link_shared.
        """
        channel, sent = text_of(event, "channel"), text_of(event, "message_ts")
        is_written = channel == COMPOSER or not CHANNEL_ID.fullmatch(channel)
        if is_written or not sent or event.get("is_bot_user_member") is not True:
            return
        place = Place(channel, text_of(event, "user"))
        links = event.get("links")
        for link in links[:MOST_LINKS] if isinstance(links, list) else ():
            url = text_of(link, "url") if isinstance(link, dict) else ""
            if url:
                await self._show(place, sent, url)

    async def _show(self, place: Place, sent: str, url: str) -> None:
        reply = await self._answering.ask(place, "papers", f"show {url}")
        if not (reply.ok and reply.cards):
            return
        try:
            await self._web.unfurl(place.channel, sent, url, reply.cards[0])
        except DeliveryError as error:
            log.info("Could not show a pasted paper in %s: %s", place.channel, error)
