"""Tries everything that a host can get wrong, and says what to do about it; posts nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from bot.app import clock, make_platforms, make_sources, open_stores
from bot.config import Settings
from bot.domain import Address, Finding
from bot.errors import ConfigError, NotYetListed, SourceError, StorageError
from bot.ports import PaperSource, Platform
from bot.wording import counted, day

PATIENCE = timedelta(seconds=60)
"""How long a source or platform may take to answer everything."""


async def check(settings: Settings) -> Sequence[Finding]:
    """What was found of the database, the sources, and the platforms with their channels."""
    found, channels = check_database(settings)
    for source in make_sources(settings):
        found.append(await check_source(source))
    try:
        platforms = make_platforms(settings)
    except ConfigError as error:
        first, _, rest = str(error).partition("\n")
        return [*found, Finding("platforms", "failed", first, rest.replace("\n", " "))]
    for platform in platforms:
        theirs = [address for address in channels if address.platform == platform.name]
        found += await check_platform(platform, theirs)
    served = {platform.name for platform in platforms}
    found += [
        Finding(str(address), "warning", f"{address.platform} is not configured", "configure it, or unsubscribe")
        for address in channels
        if address.platform not in served
    ]
    return found


def check_database(settings: Settings) -> tuple[list[Finding], list[Address]]:
    """Whether the database can be used, and which channels have subscriptions in it."""
    path = settings.storage.path
    try:
        with open_stores(settings) as stores:
            subscriptions = stores.subscriptions.all(now=clock())
            stores.channels.resume(Address("check", "nowhere"))  # a write that changes nothing
    except StorageError as error:
        return [Finding("database", "failed", str(error))], []
    channels = sorted({each.channel for each in subscriptions})
    said = f"{path}, {counted(len(subscriptions), 'subscription')} in {counted(len(channels), 'channel')}"
    return [Finding("database", "ok", said)], channels


async def check_source(source: PaperSource) -> Finding:
    """Whether yesterday's list can be read."""
    yesterday = clock().date() - timedelta(days=1)
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            papers = await source.fetch(yesterday)
    except NotYetListed:
        return Finding(source.name, "warning", f"it has no list of {day(yesterday)} yet", "try again later")
    except SourceError as error:
        return Finding(source.name, "failed", str(error), f"see that {source.name} can be reached from here")
    except TimeoutError:
        return Finding(source.name, "failed", "it did not answer in time", f"see that {source.name} can be reached")
    finally:
        await source.aclose()
    return Finding(source.name, "ok", f"{counted(len(papers.papers), 'paper')} on the list of {day(yesterday)}")


async def check_platform(platform: Platform, channels: Sequence[Address]) -> Sequence[Finding]:
    """What the platform says of its tokens, permissions and channels."""
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            return await platform.check(channels)
    except TimeoutError:
        return [Finding(platform.name, "failed", "it did not answer in time", "see that it can be reached from here")]
    finally:
        await platform.aclose()
