"""Servers and desks of the gateway's tests, and what they then say."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.domain import Address, Channel, Pause
from tests.fakes.desk import Reception
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.stage import at, until
from tests.servers.discord.world import Payload


def channels_of(server: DiscordServer, guild: Payload) -> list[Payload]:
    return [channel for channel in server.world.channels.values() if channel.get("guild_id") == guild["id"]]


def knowing(*channels: Payload, pause: Pause | None = None) -> Reception:
    """A desk where somebody subscribed in these channels."""
    return Reception(known=[Channel(at(channel), pause) for channel in channels])


def answered(server: DiscordServer, channel: Payload) -> Callable[[], Awaitable[None]]:
    async def ask() -> None:
        asked = server.slash(channel, "papers", "status")
        await until(lambda: asked.is_answered)

    return ask


def reasons(reception: Reception) -> dict[Address, tuple[str, str]]:
    return {channel: (closed.reason, closed.repair) for channel, closed in reception.closed}
