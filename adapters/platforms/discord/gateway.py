"""The gateway connection: what people do, and what happens to channels."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import yarl

from adapters.connections import connector, limiting_answers
from adapters.platforms.discord.answering import FAILED, Answering, Post
from adapters.platforms.discord.errors import FAILURES
from adapters.platforms.discord.invite import INTENTS
from adapters.platforms.discord.invocations import Interaction
from adapters.platforms.discord.obstacles import Known, deleted, obstacle_to, tags_of
from adapters.platforms.discord.rest import LONGEST_LIMIT
from adapters.platforms.discord.slash_commands import SlashCommands
from bot.domain import Address, message_key
from bot.domain.messages import Button
from bot.errors import ChannelClosed, DeliveryError
from bot.ports.platform import FrontDesk

SETTLED = 2.0
"""Seconds without a further server after which the start counts as complete."""

IDENTIFY_PAUSE = 5.0
"""Seconds between the starts of two shards: https://discord.com/developers/docs/events/gateway#rate-limiting."""

LONGEST_FAREWELL = 2.0
"""Seconds that closing the connection may take."""

NEWLY = timedelta(days=1)
"""A server that invited us while we were away is greeted if that was no longer ago."""


class OneLine(logging.Filter):
    """Logs a lost connection in one line: it is not a bug that a traceback would help to find."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record pass, shortened."""
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, FAILURES):
            record.msg, record.args = f"{record.getMessage()} ({type(error).__name__})", ()
            record.exc_info = record.exc_text = None
        return True


for _name in ("discord.client", "discord.shard"):
    logging.getLogger(_name).addFilter(OneLine())

log = logging.getLogger(__name__)


class Gateway(discord.AutoShardedClient):
    """Receives people's actions and channels' events; for one use: `start`, then `leave`."""

    def __init__(
        self,
        desk: FrontDesk,
        post: Post,
        tell_trouble: Callable[[str], None],
        *,
        gateway: yarl.URL | None = None,
        proxy: str | None = None,
        pace: float = 1.0,
    ) -> None:
        """Prepare; nothing is connected yet.

        Args:
            desk: Answers commands, and is told of channels.
            post: Posts a message; see `Platform.post`.
            tell_trouble: Called with a clause when the connection is lost, and with "" when it is back.
            gateway: Where the gateway is; None to ask Discord.
            proxy: The proxy's address; None to connect directly.
            pace: A factor for pauses: 1 as Discord asks for, less in tests.
        """
        super().__init__(
            intents=INTENTS,
            max_messages=None,
            max_ratelimit_timeout=LONGEST_LIMIT,
            guild_ready_timeout=SETTLED * pace,
            proxy=proxy,
            connector=connector(limit=0),  # as many as discord.py would allow itself
            http_trace=limiting_answers(),
        )
        self._desk = desk
        self._post = post
        self._tell_trouble = tell_trouble
        self._gateway = gateway
        self._answering = Answering(desk, post)
        self.tree = SlashCommands(self, desk, self._answering)
        self._pace = pace
        self._launched: set[int] = set()
        self._lost: set[int] = set()
        tell_trouble(f"not connected yet, since {_clock()}")

    async def setup_hook(self) -> None:
        """Register the commands; if Discord refuses them, go on with those that it knows."""
        try:
            await self.tree.register()
        except discord.RateLimited as error:
            log.warning("Discord takes no new commands for %d s; the registered ones still work", error.retry_after)
        except discord.HTTPException as error:
            if error.status >= 500:  # noqa: PLR2004 - a problem of theirs that passes
                raise
            log.error("Discord did not take the commands: %s", error)  # noqa: TRY400 - a line says it all

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:  # noqa: ARG002
        """Wait between shards, as Discord asks."""
        if not initial:
            await asyncio.sleep(IDENTIFY_PAUSE * self._pace)

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard for the first time, to the configured gateway if there is one.

        Raises:
            ConnectionError: The gateway cannot be reached. discord.py would call this again and again, one call inside
                the other, every five seconds; our supervisor retries with growing pauses instead.
        """
        if shard_id in self._launched:
            raise ConnectionError("Discord's gateway cannot be reached")
        self._launched.add(shard_id)
        await super().launch_shard(self._gateway or gateway, shard_id, initial=initial)

    async def leave(self) -> None:
        """Close the connection, within `LONGEST_FAREWELL`."""
        self._answering.close()
        closing = asyncio.create_task(self.close())
        await asyncio.wait([closing], timeout=LONGEST_FAREWELL)
        if not closing.done():
            closing.cancel()
            await self.http.close()
        # discord.py forgets the heartbeat threads of handshakes that were cut short, and they would run on.
        for thread in threading.enumerate():
            if isinstance(thread, discord.gateway.KeepAliveHandler) and thread.ws.loop is asyncio.get_running_loop():
                thread.stop()

    async def on_shard_connect(self, shard_id: int) -> None:
        """Note that a shard is connected, for the first time or again."""
        self._lost.discard(shard_id)
        if not self._lost:
            self._tell_trouble("")

    on_shard_resumed = on_shard_connect

    async def on_shard_disconnect(self, shard_id: int) -> None:
        """Note that a shard is lost; discord.py reconnects it."""
        if not self._lost:
            self._tell_trouble(f"the connection to Discord's gateway is lost, since {_clock()}")
        self._lost.add(shard_id)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer presses, choices and forms; the command tree handles commands."""
        if interaction.type is discord.InteractionType.component:
            await self._answering.press(interaction)
        elif interaction.type is discord.InteractionType.modal_submit:
            await self._answering.submit(interaction)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Greet a new server once, and resume the channels that were paused when we were removed from it."""
        await self._review(guild)
        await self._greet(guild)

    async def on_ready(self) -> None:
        """Review every channel after a start, and greet servers that invited us meanwhile."""
        # discord.py calls this again after each new session; the desk gives no second greeting.
        await self._review(*self.guilds)
        for guild in self.guilds:
            if guild.me.joined_at and datetime.now(UTC) - guild.me.joined_at < NEWLY:
                await self._greet(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Pause a server's channels."""
        closed = ChannelClosed("I am not in that server any more", repair="invite me again")
        await self._left([*guild.channels, *guild.threads], closed)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Pause a deleted channel and its threads."""
        threads = [thread for thread in channel.guild.threads if thread.parent_id == channel.id]
        await self._left([channel, *threads], deleted(channel))

    async def on_thread_delete(self, thread: discord.Thread) -> None:
        """Pause a deleted thread."""
        await self._left([thread], deleted(thread))

    async def on_guild_channel_update(self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> None:
        """Review the channel: we may have lost or regained permission to post, or its tags have changed."""
        if before.overwrites != after.overwrites or tags_of(before) != tags_of(after):
            await self._review(after.guild)

    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """Review the server: a role changed."""
        if before.permissions != after.permissions:
            await self._review(after.guild)

    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """Review the server: a role was deleted."""
        await self._review(role.guild)

    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        """Review the server: we got or lost a role, or were timed out.

        Without the members intent, Discord sends this only for ourselves:
        https://discord.com/developers/docs/events/gateway#list-of-intents.
        """
        if (before.roles, before.timed_out_until) != (after.roles, after.timed_out_until):
            await self._review(after.guild)

    async def on_thread_update(self, before: discord.Thread, after: discord.Thread) -> None:
        """Review the server: a thread was locked, unlocked or archived."""
        if (before.locked, before.archived) != (after.locked, after.archived):
            await self._review(after.guild)

    async def on_raw_thread_update(self, update: discord.RawThreadUpdateEvent) -> None:
        """Review the server: an archived thread, which discord.py had forgotten, is open again."""
        guild = self.get_guild(update.guild_id)
        if update.thread is None and guild is not None:
            await self._review(guild)

    async def on_error(self, event_method: str, /, *args: Any, **_kwargs: Any) -> None:  # noqa: ANN401 - discord.py's
        """Log an unexpected error, without what people wrote, and tell the person who waits for an answer."""
        log.exception("Unexpected error in %s", event_method)  # noqa: LOG004 - called where it is caught

        for interaction in args:
            if isinstance(interaction, discord.Interaction):
                await self._answering.say(interaction, FAILED)

    def obstacle_in(self, channel_id: int) -> ChannelClosed | None:
        """Why we cannot post there, as far as this connection knows; None if nothing is known."""
        place = self.get_channel(channel_id)
        return obstacle_to(place, place.guild.me) if isinstance(place, Known) else None

    async def _review(self, *guilds: discord.Guild) -> None:
        """Pause and resume the known channels of these servers by our permissions now."""
        places: dict[str, Known] = {}
        for guild in guilds:
            places |= {str(place.id): place for place in (*guild.channels, *guild.threads)}
        for channel in await self._desk.channels("discord"):
            place = places.get(channel.address.id)
            if place is None:  # in another server, or an archived thread
                continue
            closed = obstacle_to(place, place.guild.me)
            if closed is not None and channel.pause is None:
                await self._desk.left(channel.address, closed)
            elif closed is None and channel.pause is not None:
                await self._desk.joined(channel.address)

    async def _left(self, places: Iterable[Known], closed: ChannelClosed) -> None:
        ids = {str(place.id) for place in places}
        for channel in await self._desk.channels("discord"):
            if channel.address.id in ids:
                await self._desk.left(channel.address, closed)

    async def _greet(self, guild: discord.Guild) -> None:
        """Post a greeting in the system channel, else in the first channel that we may post to."""
        system = [guild.system_channel] if guild.system_channel else []
        for place in [*system, *guild.text_channels]:
            if obstacle_to(place, guild.me):
                continue
            address = Address("discord", str(place.id))
            greeting = await self._desk.joined(address)
            if greeting is not None:
                greeting = replace(greeting, buttons=(*greeting.buttons, Button("Subscribe…", "subscribe")))
                try:
                    await self._post(address, greeting, key=message_key(address, ["greeting"]))
                except DeliveryError as error:
                    log.warning("Could not greet %s: %s", address, error)
            return


def _clock() -> str:
    return f"{datetime.now(UTC):%H:%M} UTC"
