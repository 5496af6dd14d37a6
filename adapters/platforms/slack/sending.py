"""Sends people what they wait for, again and again while Slack does not take it.

Slack takes about a message per second and channel, and asks whoever sends more to wait; an answer is not lost by that,
nor by a lost connection.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from itertools import count

from adapters.platforms.slack.errors import MissingScope
from adapters.platforms.slack.payloads import Place, address_of, part_of, text_of
from adapters.platforms.slack.web_api import WebApi
from bot.domain import message_key
from bot.domain.messages import Message
from bot.domain.times import pauses
from bot.errors import ChannelClosed, DeliveryError, Rejected, RetryLater, Uncertain

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(minutes=1)

PATIENCE = timedelta(minutes=30)
"""How long something is tried, which is also how long Slack takes responses to a command."""

MOST_WAITING = 1_000
"""How many may wait for their next try; more are dropped, since an outage must not fill the memory."""

MOST_RESPONSES = 4
"""Slack takes five: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses.

One is kept, because a message with a broken picture is sent twice.
"""

CLOCK_SKEW = timedelta(minutes=5)
"""How far Slack's clock may be from ours when it is asked whether a message arrived."""

Way = Callable[[], Awaitable[object]]

log = logging.getLogger(__name__)


class Sending:
    """Sends what is worth repeating."""

    def __init__(self, web: WebApi) -> None:
        self._web = web
        self._waiting = 0

    def post(self, channel: str, message: Message, *, thread: str = "") -> Way:
        """A way that posts the message, once, however often it is taken."""
        return _Post(self._web, channel, message, thread)

    def response(self, place: Place, message: Message) -> Way:
        """A way that responds to a command or button, as often as Slack takes that."""
        uses = count(1)

        async def respond() -> None:
            if next(uses) > MOST_RESPONSES:
                raise Rejected("Slack takes no more responses to this command")
            await self._web.respond(place.response_url, message, thread=place.thread)

        return respond

    async def by(self, *ways: Way, doing: str) -> None:
        """Take the first way that works, for as long as one may, and log it if none does.

        Args:
            ways: The ways, best first.
            doing: What is being done, for the log: "answer in C0123456789".
        """
        loop = asyncio.get_running_loop()
        deadline, left, reason = loop.time() + PATIENCE.total_seconds(), list(ways), ""
        for pause in pauses(FIRST_PAUSE, LONGEST_PAUSE):
            passing: list[Way] = []
            wish = timedelta()
            for way in left:
                try:
                    await way()
                except (RetryLater, Uncertain) as error:
                    reason = str(error)
                    passing.append(way)
                    wish = max(wish, error.after or wish)
                except DeliveryError as error:
                    reason = reason or str(error)
                else:
                    return
            left, wait = passing, max(pause, wish).total_seconds()
            if not left or self._waiting >= MOST_WAITING or loop.time() + wait > deadline:
                break
            if pause == FIRST_PAUSE:
                log.warning("Could not %s yet, and will try again: %s", doing, reason)
            await self._rest(wait)
        log.warning("Could not %s: %s", doing, reason)

    async def _rest(self, seconds: float) -> None:
        self._waiting += 1
        try:
            await asyncio.sleep(seconds)
        finally:
            self._waiting -= 1


class _Post:
    """Posts a message; before it posts it again, it looks whether the message arrived."""

    def __init__(self, web: WebApi, channel: str, message: Message, thread: str) -> None:
        self._web = web
        self._channel = channel
        self._message = message
        self._thread = thread
        self._key = message_key(address_of(channel, thread), [secrets.token_hex(16)])
        self._since = datetime.now(UTC) - CLOCK_SKEW
        self._may_be_there = False

    async def __call__(self) -> None:
        """Post, unless an earlier try did.

        Raises:
            DeliveryError: See `WebApi.post`.
        """
        if self._may_be_there and await self._is_there():
            return
        try:
            await self._web.post(self._channel, self._message, key=self._key, thread=self._thread)
        except Uncertain:
            self._may_be_there = True
            raise

    async def _is_there(self) -> bool:
        """Whether the message is in the channel; not if we may not look: an answer twice is better than none."""
        try:
            async for sent in self._web.history(self._channel, since=self._since, thread=self._thread):
                metadata = part_of(sent, "metadata")
                if text_of(part_of(metadata, "event_payload"), "key") == self._key:
                    return True
        except (MissingScope, ChannelClosed, Rejected):
            pass
        return False
