"""What a host can get wrong with Discord, checked one thing after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import discord

from adapters.platforms.discord.errors import FAILURES, as_delivery_error
from adapters.platforms.discord.permissions import MAY_BE_MISSING, NAMES, allowed_in, missing, quoted
from adapters.platforms.discord.rest import LONGEST_REQUEST, Rest
from bot.domain import Address, Finding
from bot.errors import ChannelClosed, DeliveryError

TOKEN = "Discord token"  # noqa: S105 - what is checked

INVITE = "open the link that paperwire discord-invite prints, and choose a server"

NEW_TOKEN = "put the bot's token from https://discord.com/developers/applications into DISCORD_TOKEN"  # noqa: S105


async def check(rest: Rest, channels: Sequence[Address]) -> list[Finding]:
    """Check the token, and our permissions in each channel; see `Platform.check`."""
    try:
        client = await rest.client()
    except FAILURES as error:
        refused = as_delivery_error(error, "Discord", posting=False)
        is_token = "token" in str(refused)
        detail = "Discord refuses it" if is_token else str(refused)
        repair = NEW_TOKEN if is_token else "check that this machine can reach Discord, then try again"
        untried = [
            Finding(str(channel), "failed", "not tried: Discord cannot be used", "see above") for channel in channels
        ]
        return [Finding(TOKEN, "failed", detail, repair), *untried]
    found = [Finding(TOKEN, "ok", f"belongs to {client.user}")]
    if client.application is not None and client.application.interactions_endpoint_url:
        found.append(
            Finding(
                "Discord commands",
                "failed",
                "Discord sends them to another address instead of here",
                "empty “Interactions Endpoint URL” at https://discord.com/developers/applications",
            )
        )
    found += await _servers(client)
    return found + [await _channel(rest, channel) for channel in channels]


async def _servers(client: discord.Client) -> list[Finding]:
    """A warning if the bot is in no server yet."""
    try:
        async with asyncio.timeout(LONGEST_REQUEST):
            async for _ in client.fetch_guilds(limit=1):
                return []
    except FAILURES as error:
        detail = str(as_delivery_error(error, "Discord", posting=False))
        return [Finding("Discord servers", "warning", detail, "try again later")]
    return [Finding("Discord servers", "warning", "the bot is in no server", INVITE)]


async def _channel(rest: Rest, channel: Address) -> Finding:
    subject = str(channel)
    try:
        async with rest.requesting(channel):
            place = await rest.place(channel, fresh=True)
            allowed = await allowed_in(await rest.client(), place)
    except ChannelClosed as closed:
        return Finding(subject, "failed", closed.reason, closed.repair)
    except DeliveryError as error:
        return Finding(subject, "failed", str(error), "try again later")
    name = rest.called(channel)
    lacking = missing(place, allowed) if allowed is not None else []
    if not lacking:
        return Finding(subject, "ok", f"{name} can be posted to")
    repair = f"give me {quoted(lacking)} in {name}"
    if lacking == [NAMES[MAY_BE_MISSING]]:
        return Finding(
            subject, "warning", f"{name} can be posted to, but I cannot find my messages again there", repair
        )
    return Finding(subject, "failed", f"I may not post in {name}", repair)
