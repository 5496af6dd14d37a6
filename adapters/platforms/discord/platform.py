"""Discord as a platform: it posts over REST, and listens to people over the gateway."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime

import discord
import yarl

from adapters.connections import certificates, ensure_usable, proxy_for
from adapters.platforms.discord.check import check
from adapters.platforms.discord.components import to_payload
from adapters.platforms.discord.errors import (
    GONE,
    LACKS_PERMISSION,
    OUTCOMES,
    as_delivery_error,
    blames_picture,
    fatal,
    is_verdict,
)
from adapters.platforms.discord.gateway import LONGEST_FAREWELL, Gateway
from adapters.platforms.discord.laying_out import LayingOut
from adapters.platforms.discord.permissions import MAY_BE_MISSING, NAMES, allowed_in, obstacle
from adapters.platforms.discord.posting import carries, change, fitting_tags, latest, own, papers_of, send
from adapters.platforms.discord.rest import Place, Rest, channel_id_of
from bot.domain import Address, Finding, Receipt, message_key
from bot.domain.messages import Message, Reply
from bot.errors import ChannelClosed, DeliveryError, Rejected
from bot.ports.platform import FrontDesk

API_URL = "https://discord.com/api/v10"

GATEWAY_URL = "wss://gateway.discord.gg/"

log = logging.getLogger(__name__)


class Discord:
    """See `Platform`.

    One client posts over REST and needs no gateway, so messages go out without `serve`, and while the gateway is
    lost. Another one, made by each `serve`, listens to people.
    """

    name = "discord"
    edits = True

    def __init__(
        self, token: str, *, api_url: str = API_URL, gateway_url: str = GATEWAY_URL, pace: float = 1.0
    ) -> None:
        """Prepare; nothing is connected yet.

        Args:
            token: The bot's token.
            api_url: Where REST requests go.
            gateway_url: Where the gateway is, if not where the REST API says.
            pace: A factor for pauses: 1 as Discord asks for, less in tests.

        Raises:
            ConfigError: An address, the proxy or the certificates cannot be used.
        """
        self.trouble = ""
        self._token = token
        self._gateway = yarl.URL(gateway_url) if gateway_url != GATEWAY_URL else None
        self._pace = pace
        self._gateway_now: Gateway | None = None
        self._laying_out = LayingOut(pace)
        ensure_usable(api_url, "platforms.discord.api_url")
        ensure_usable(gateway_url, "platforms.discord.gateway_url")
        certificates()
        proxy = proxy_for(api_url)
        self._proxy = proxy.url if proxy else None
        self._rest = Rest(token, proxy=self._proxy)
        # discord.py can only be pointed at another server by these two attributes of its classes. They are set for the
        # usual server as well, since another instance in this process may have changed them.
        if api_url.rstrip("/") != discord.http.Route.BASE:
            discord.http.Route.BASE = api_url.rstrip("/")
        if yarl.URL(gateway_url) != discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY:
            discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)

    async def serve(self, desk: FrontDesk) -> None:
        """Listen to people until cancelled; see `Platform.serve`."""
        report = self._tell_trouble
        gateway = Gateway(desk, self.post, report, gateway=self._gateway, proxy=self._proxy, pace=self._pace)
        self._gateway_now = gateway
        listening = asyncio.create_task(gateway.start(self._token))
        try:
            # Not awaited directly: discord.py swallows a cancellation while it reconnects, and goes on.
            await asyncio.wait([listening])
            await listening
        except Exception as error:
            self._tell_trouble(f"the connection ended with {type(error).__name__}")
            refusal = fatal(error)
            if refusal is not None:
                raise refusal from error
            if isinstance(error, OUTCOMES):
                log.debug("Discord's client ended with this", exc_info=True)
                raise ConnectionError(str(as_delivery_error(error, "it", posting=False))) from error
            raise
        finally:
            self._gateway_now = None
            listening.cancel()
            await gateway.leave()
            listening.cancel()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LONGEST_FAREWELL):
                    await asyncio.gather(listening, return_exceptions=True)
            await asyncio.sleep(0)  # a connection that was cut short closes in the loop's next round
        raise ConnectionError("Discord's gateway closed the connection")

    async def post(self, channel: Address, message: Message, *, key: str) -> Receipt:
        """Post the message; see `Platform.post`."""
        try:
            # Looked up first, and apart: when the answer to this is lost, nothing has been posted, so nothing is
            # uncertain.
            async with self._rest.requesting(channel):
                place = await self._rest.place(channel)
            async with self._rest.requesting(channel, posting=True):
                receipt = await self._send(channel, place, message, key=key)
        except ChannelClosed as closed:
            raise await self._precisely(channel, closed) from closed
        await self._lay_out(channel, receipt, message, key=key)
        return receipt

    async def _lay_out(self, channel: Address, receipt: Receipt, message: Message, *, key: str) -> None:
        """Take the second step of posting; nothing fails or waits long because of it."""

        async def step() -> None:
            await self.update(channel, receipt, message, key=key)

        await self._laying_out.lay_out(channel, step)

    async def _send(self, channel: Address, place: Place, message: Message, *, key: str) -> Receipt:
        """Post the message; in a forum again with other tags, if Discord refuses it for these."""
        payload = to_payload(message, key=key)
        try:
            return await send(place, payload, message, key=key)
        except discord.HTTPException as error:
            if not (isinstance(place, discord.ForumChannel) and is_verdict(error)):
                raise
            # The forum is remembered from an earlier post; its tags may have changed since.
            forum = await self._rest.place(channel, fresh=True)
            if not isinstance(forum, discord.ForumChannel) or fitting_tags(forum, message) == fitting_tags(
                place, message
            ):
                raise
        return await send(forum, payload, message, key=key)

    async def _precisely(self, channel: Address, closed: ChannelClosed) -> ChannelClosed:
        """The same with just those permissions that are missing, where Discord only says that some are."""
        error = closed.__cause__
        if not (isinstance(error, discord.HTTPException) and error.code in LACKS_PERMISSION):
            return closed
        if self._gateway_now and (known := self._gateway_now.obstacle_in(channel_id_of(channel))):
            return known
        try:
            async with self._rest.requesting(channel):
                place = await self._rest.place(channel, fresh=True)
                allowed = await allowed_in(await self._rest.client(), place)
        except DeliveryError:
            return closed
        return (obstacle(place, allowed) if allowed is not None else None) or closed

    async def update(self, channel: Address, receipt: Receipt, message: Message, *, key: str) -> None:
        """Edit the message; see `Platform.update`."""
        async with self._rest.requesting(channel):
            client, place = await self._rest.client(), channel_id_of(channel)
            try:
                await change(client, place, receipt, to_payload(message, key=key))
            except discord.HTTPException as error:
                if error.code in GONE:
                    raise Rejected("the message was deleted, archived, or is not ours") from error
                if not blames_picture(error):
                    raise
                await change(client, place, receipt, to_payload(message, key=key, thumbnails=False))

    async def tell(self, person: str, reply: Reply) -> None:
        """Send a direct message; see `Platform.tell`."""
        recipient = Address("discord", person)
        async with self._rest.requesting(recipient):
            client = await self._rest.client()
            place = await client.create_dm(discord.Object(channel_id_of(recipient)))
        key = message_key(recipient, [reply.text])
        async with self._rest.requesting(recipient, posting=True):
            receipt = await send(place, to_payload(reply, key=key), reply, key=key)
        await self._lay_out(Address("discord", str(place.id)), receipt, reply, key=key)

    async def find(self, channel: Address, key: str, *, since: datetime) -> Receipt | None:
        """Look for the key in our own messages since then; see `Platform.find`."""
        client, place = await self._look_into(channel)
        begin = self._rest.clock.earliest(since)  # heard just now
        # Of many messages, the oldest come first: what was posted a moment ago should not have to wait for them.
        for looked in (latest(client, place, since=begin), own(client, place, since=begin)):
            async for message, receipt in self._each(channel, looked):
                if carries(message, key):
                    return receipt
        return None

    def posted_at(self, receipt: Receipt) -> datetime | None:
        """The time in the message's id; see `Platform.posted_at`."""
        try:
            return discord.utils.snowflake_time(int(receipt.id.rpartition(":")[2]))
        except (ValueError, OverflowError, OSError):
            return None

    async def delivered(self, channel: Address, *, since: datetime, until: datetime) -> Mapping[str, Receipt]:
        """Look for papers in our own messages of that time; see `Platform.delivered`."""
        found: dict[str, Receipt] = {}
        client, place = await self._look_into(channel)
        clock = self._rest.clock  # heard just now
        messages = own(client, place, since=clock.earliest(since), until=clock.latest(until))
        async for message, receipt in self._each(channel, messages):
            found |= dict.fromkeys(papers_of(message), receipt)
        return found

    async def _look_into(self, channel: Address) -> tuple[discord.Client, Place]:
        """What asks for the channel's messages, and the channel as it is now."""
        async with self._rest.requesting(channel):
            client = await self._rest.client()
            place = await self._rest.place(channel, fresh=True)
            await self._ensure_visible(client, channel, place)
            return client, place

    async def _each(
        self, channel: Address, messages: AsyncIterator[tuple[discord.Message, Receipt] | None]
    ) -> AsyncIterator[tuple[discord.Message, Receipt]]:
        """Those of the messages that are ours; each request has its own time limit, as a long channel takes many."""
        while True:
            async with self._rest.requesting(channel):
                try:
                    next_one = await anext(messages)
                except StopAsyncIteration:
                    return
            if next_one is not None:
                yield next_one

    async def check(self, channels: Sequence[Address]) -> Sequence[Finding]:
        """Check the token, and our permissions in each channel; see `Platform.check`."""
        return await check(self._rest, channels)

    async def aclose(self) -> None:
        """Close connections; see `Platform.aclose`."""
        await self._laying_out.aclose()
        await self._rest.aclose()

    async def _ensure_visible(self, client: discord.Client, channel: Address, place: Place) -> None:
        """Make sure that we can see messages that were posted.

        Without “Read Message History”, Discord shows an empty channel:
        https://discord.com/developers/docs/resources/message#get-channel-messages.

        Raises:
            ChannelClosed: We may not look.
        """
        allowed = await allowed_in(client, place)
        if allowed is not None and not allowed.read_message_history:
            called = self._rest.called(channel)
            raise ChannelClosed(
                f"I cannot see whether my last message to {called} arrived",
                repair=f"give me “{NAMES[MAY_BE_MISSING]}” in {called}",
            )

    def _tell_trouble(self, trouble: str) -> None:
        self.trouble = trouble
