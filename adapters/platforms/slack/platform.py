"""Slack as a platform: see `Platform`."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.platforms.slack.answering import Answering
from adapters.platforms.slack.channel_events import ChannelEvents
from adapters.platforms.slack.check import check, mistaken
from adapters.platforms.slack.errors import BadToken, MissingScope
from adapters.platforms.slack.listening import Listener
from adapters.platforms.slack.payloads import PLATFORM, part_of, parts_of, text_of
from adapters.platforms.slack.rate_limit import EVERY, RateLimit
from adapters.platforms.slack.socket_mode import SocketMode
from adapters.platforms.slack.web_api import EVENT_TYPE, TIMEOUT, WebApi
from bot.domain import Address, Finding, Receipt
from bot.domain.messages import Message, Reply
from bot.errors import ChannelClosed, DeliveryError, Rejected, RetryLater, Uncertain, UnknownRefusal
from bot.ports.platform import FrontDesk

log = logging.getLogger(__name__)


class Slack:
    """See `Platform`; listens through Socket Mode, so it needs no public address."""

    name = PLATFORM
    edits = True

    def __init__(
        self,
        bot_token: str,
        app_token: str,
        *,
        api_url: str = "https://slack.com/api/",
        timeout: int = TIMEOUT,
        post_every: timedelta = EVERY,
        unfurl: bool = False,
    ) -> None:
        """Prepare; nothing is asked or opened yet.

        Args:
            bot_token: Begins with ``xoxb-``.
            app_token: Begins with ``xapp-``.
            api_url: Where the Web API is; ends in a slash.
            timeout: Seconds that a request may take.
            post_every: The pause between messages to one channel, after a short burst.
            unfurl: Whether to show the cards of papers whose addresses people paste.
        """
        self._tokens = (bot_token, app_token)
        self._web = WebApi(bot_token, app_token, api_url=api_url, timeout=timeout, pace=RateLimit(post_every))
        self._socket = SocketMode(self._web, self._tell_trouble)
        self._unfurl = unfurl
        self.trouble = ""

    async def serve(self, desk: FrontDesk) -> None:
        """Listen and answer; see `Platform.serve`."""
        wrong = mistaken(*self._tokens)
        if wrong:
            raise wrong
        try:
            await self._web.identity(anew=True)
        except BadToken:
            raise
        except DeliveryError as error:
            log.info("Slack does not say who we are: %s", error)  # it is asked again when needed
        answering = Answering(self._web, desk)
        events = ChannelEvents(self._web, answering)
        listener = Listener(self._web, answering, events, unfurl=self._unfurl)
        listening = asyncio.create_task(self._socket.listen(listener.app))
        try:
            await asyncio.wait([listening, events.ended], return_when=asyncio.FIRST_COMPLETED)
            for ended in (events.ended, listening):
                if ended.done():
                    ended.result()
        finally:
            listening.cancel()
            await asyncio.wait([listening])
            await listener.settle()

    async def post(self, channel: Address, message: Message, *, key: str) -> Receipt:
        """Post to the channel; see `Platform.post`."""
        place, thread = _parts_of(channel)
        return await self._web.post(place, message, key=key, thread=thread)

    async def update(self, channel: Address, receipt: Receipt, message: Message, *, key: str) -> None:
        """Change the message; see `Platform.update`."""
        await self._web.update(_parts_of(channel)[0], receipt.id, message, key=key)

    async def tell(self, person: str, reply: Reply) -> None:
        """Send a direct message; see `Platform.tell`."""
        await self._web.post(person, reply)

    async def find(self, channel: Address, key: str, *, since: datetime) -> Receipt | None:
        """Look through the channel's history for the key; see `Platform.find`.

        Without the scope to read it, "not found" might post the message twice and "found" might lose it. So it waits
        until the scope is granted.
        """
        with _looking(channel):
            async for sent, payload in self._ours(channel, since):
                if payload.get("key") == key:
                    return await self._receipt(channel, sent)
        return None

    def posted_at(self, receipt: Receipt) -> datetime | None:
        """The time in the message's timestamp; see `Platform.posted_at`."""
        try:
            return datetime.fromtimestamp(float(receipt.id), UTC)
        except (ValueError, OverflowError, OSError):
            return None

    async def delivered(self, channel: Address, *, since: datetime, until: datetime) -> Mapping[str, Receipt]:
        """Look through the channel's history for papers; see `Platform.delivered`, and `find`."""
        with _looking(channel):
            return {
                paper_id: await self._receipt(channel, sent)
                async for sent, payload in self._ours(channel, since, until)
                for paper_id in text_of(payload, "papers").split()
            }

    async def check(self, channels: Sequence[Address]) -> Sequence[Finding]:
        """Check the tokens, the scopes and the channels; see `Platform.check`."""
        return await check(self._web, channels, unfurl=self._unfurl)

    async def aclose(self) -> None:
        """Nothing to close: every request has its own connection, and `serve` closes the socket."""

    def _tell_trouble(self, trouble: str) -> None:
        self.trouble = trouble

    async def _receipt(self, channel: Address, sent: str) -> Receipt:
        place, thread = _parts_of(channel)
        return await self._web.receipt(place, sent, thread)

    async def _ours(
        self, channel: Address, since: datetime, until: datetime | None = None
    ) -> AsyncIterator[tuple[str, Mapping[str, Any]]]:
        """Our own messages of that time: their timestamps, and the payload of their metadata."""
        ours = (await self._web.identity()).user_id  # which also tells the time there
        place, thread = _parts_of(channel)
        async for message in self._web.history(place, since=since, until=until, thread=thread):
            metadata, sent = part_of(message, "metadata"), text_of(message, "ts")
            # Only Paperwire has this type of metadata, so the user only matters if another one posts in the channel.
            is_ours = not ours or text_of(message, "user") in {"", ours}
            if is_ours and sent and metadata.get("event_type") == EVENT_TYPE:
                yield sent, part_of(metadata, "event_payload")


@contextlib.contextmanager
def _looking(channel: Address) -> Iterator[None]:
    """Make a message wait while Slack cannot tell whether it arrived."""
    try:
        yield
    except MissingScope as error:
        log.warning("Cannot tell whether a message arrived in %s: %s. Please %s", channel, error, error.repair)
        raise RetryLater(f"cannot tell whether the message arrived: {error}; {error.repair}") from None
    except Uncertain as error:
        raise RetryLater(f"cannot tell whether the message arrived: {error}") from None
    except Rejected as error:  # of the question, not of the message
        raise UnknownRefusal(f"cannot tell whether the message arrived: {error}") from None


def _parts_of(channel: Address) -> tuple[str, str]:
    """The channel's id, and that of the thread in it; the latter may be empty."""
    if channel.platform != PLATFORM:
        raise ChannelClosed("it is not a Slack channel", repair="write it as slack:C0123456789")
    return parts_of(channel.id)
