"""Requests over REST, by a client that needs no gateway and logs in when it is first used."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord

from adapters.connections import connector
from adapters.platforms.discord.answers import check_histories, failing_at_once
from adapters.platforms.discord.errors import OUTCOMES, TAG_GONE, as_delivery_error
from adapters.platforms.discord.invite import INTENTS
from bot.domain import Address
from bot.domain.platform_clock import PlatformClock
from bot.errors import ChannelClosed, Rejected, UnknownRefusal

LONGEST_LIMIT = 60.0
"""Seconds that discord.py waits before a request, so that no rate limit is met."""

LONGEST_REQUEST = 90.0
"""Seconds that a request may take, including waits for rate limits."""

LONGEST_ID = 20
"""Digits of a 64-bit number."""

REMEMBERED = 5_000
"""Channels whose description is remembered."""

discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # warnings about missing voice support

Place = discord.abc.GuildChannel | discord.abc.PrivateChannel | discord.Thread
"""A channel as discord.py has it."""


class Rest:
    """A client for requests, and the channels that it has seen."""

    def __init__(self, token: str, *, proxy: str | None = None) -> None:
        """Prepare; nothing is requested yet. ``proxy`` is the proxy's address."""
        self._token = token
        self._proxy = proxy
        self._client: discord.Client | None = None
        self._logging_in = asyncio.Lock()
        self._places: dict[int, Place] = {}
        self.clock = PlatformClock()

    async def client(self) -> discord.Client:
        """The client, logged in.

        Raises:
            Exception: One of `OUTCOMES`.
        """
        async with self._logging_in:  # couriers of many channels start at once, and only one of them may log in
            if self._client is None:
                client = discord.Client(
                    intents=INTENTS,
                    max_messages=None,
                    max_ratelimit_timeout=LONGEST_LIMIT,
                    http_trace=failing_at_once(self.clock),
                    connector=connector(limit=0),  # as many as discord.py would allow itself
                    proxy=self._proxy,
                )
                try:
                    await client.login(self._token)
                except BaseException:
                    await client.close()
                    raise
                check_histories(client.http)
                self._client = client
            return self._client

    async def place(self, channel: Address, *, fresh: bool = False) -> Place:
        """The channel as discord.py has it; it is requested once, unless ``fresh``.

        Raises:
            ChannelClosed: It is not an address of Discord.
            Exception: One of `OUTCOMES`.
        """
        channel_id = channel_id_of(channel)
        if fresh or channel_id not in self._places:
            self._places.pop(channel_id, None)
            place = await (await self.client()).fetch_channel(channel_id)
            while len(self._places) >= REMEMBERED:
                del self._places[next(iter(self._places))]
            self._places[channel_id] = place
        return self._places[channel_id]

    @asynccontextmanager
    async def requesting(self, channel: Address, *, posting: bool = False) -> AsyncIterator[None]:
        """Turn what requests about the channel raise into the errors that `Platform` promises.

        Raises:
            DeliveryError: See `as_delivery_error`.
        """
        try:
            async with asyncio.timeout(LONGEST_REQUEST):
                yield
        except OUTCOMES as error:
            if isinstance(error, TimeoutError) and self._client is not None:
                # discord.py holds back every request while it waits for a global limit, and if that wait is cut off,
                # for ever: https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
                self._client.http._global_over.set()  # noqa: SLF001
            raise self.delivery_error(error, channel, posting=posting) from error

    def delivery_error(self, error: Exception, channel: Address, *, posting: bool) -> Exception:
        """See `as_delivery_error`; a channel that refuses is requested anew next time."""
        raised = as_delivery_error(error, self.called(channel), posting=posting)
        is_refused = isinstance(raised, ChannelClosed | Rejected | UnknownRefusal)
        if is_refused or getattr(error, "code", 0) == TAG_GONE:
            self._places.pop(channel_id_of(channel), None)
        return raised

    def called(self, channel: Address) -> str:
        """The channel's name, or its id if the name is not known."""
        place = self._places.get(channel_id_of(channel))
        return name_of(place) if place is not None else f"channel {channel.id}"

    async def aclose(self) -> None:
        """Close connections."""
        if self._client is not None:
            await self._client.close()


def channel_id_of(channel: Address) -> int:
    """The channel's id.

    Raises:
        ChannelClosed: It is not an address of Discord.
    """
    if channel.platform != "discord" or not (
        channel.id.isascii() and channel.id.isdecimal() and len(channel.id) <= LONGEST_ID
    ):
        raise ChannelClosed(
            f"{channel} is not a channel of Discord",
            repair="write discord: and the channel's id, a long number (“Copy Channel ID” in Discord)",
        )
    return int(channel.id)


def name_of(place: Place) -> str:
    """The channel's name as people know it: ``#papers``."""
    match place:
        case discord.DMChannel() | discord.GroupChannel():
            return "our direct messages"
        case discord.Thread(name=name):
            return f"“{name}”"
    return f"#{getattr(place, 'name', place.id)}"
