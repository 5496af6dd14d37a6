"""Tries everything that a host can get wrong, and says what to do about it; posts nothing, leaves no file behind."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from bot.app.health import running_service
from bot.app.wiring import ask_the_time, clock, inspect_database, make_platforms, make_sources
from bot.config import Settings
from bot.delivery.digest_schedules import Schedule
from bot.domain import Address, Finding
from bot.errors import CommandError, ConfigError, NotYetListed, SourceError, StorageError
from bot.ports.platform import Platform
from bot.ports.source import PaperSource
from bot.text.figures import counted, day, listed

if TYPE_CHECKING:
    from adapters.monitoring.clock_probe import Answer

PATIENCE = timedelta(seconds=60)
"""How long a source or platform may take to answer everything."""

CLOCK_OFF = timedelta(minutes=5)
"""How much our clock may differ from others'; more, and lists are read for the wrong day and digests come late."""

ROOM = 200_000_000
"""Bytes that should be free on the database's disk."""

SET_CLOCK = "let this machine set its clock by the network, such as with timedatectl set-ntp true"

BEGIN_ANEW = "choose a schedule anew with /papers digest there"


async def check(settings: Settings) -> Sequence[Finding]:
    """What was found of the database, the HTTP address, the clock, the sources, the platforms and their channels."""
    stored, channels = await asyncio.to_thread(check_database, settings)
    addresses = addresses_of(settings)
    answers = dict(zip(addresses, await asyncio.gather(*map(ask_the_time, addresses.values())), strict=True))
    asked_at = clock()
    found = [*stored, check_http(settings), *check_clock(answers, asked_at)]
    found += await asyncio.gather(
        *(check_source(each, addresses.get(each.name, ""), answers) for each in make_sources(settings, tries=1))
    )
    try:
        platforms = make_platforms(settings)
    except ConfigError as error:
        first, _, rest = str(error).partition("\n")
        return [*found, Finding("platforms", "failed", first, rest.replace("\n", " "))]
    theirs = await asyncio.gather(*(check_platform(each, channels_on(each.name, channels)) for each in platforms))
    served = {platform.name for platform in platforms}
    return [
        *found,
        *chain.from_iterable(theirs),
        *(
            Finding(str(address), "warning", f"{address.platform} is not configured", "configure it, or unsubscribe")
            for address in channels
            if address.platform not in served
        ),
    ]


def channels_on(platform: str, channels: Iterable[Address]) -> list[Address]:
    """Those of that platform."""
    return [address for address in channels if address.platform == platform]


def check_database(settings: Settings) -> tuple[list[Finding], list[Address]]:
    """Whether the database can be used and who uses it, and which channels have subscriptions in it."""
    path = settings.storage.path
    try:
        inspection = inspect_database(settings)
    except StorageError as error:
        what, _, repair = str(error).removesuffix(".").rpartition(". ")
        return [Finding("database", "failed", what or repair, repair if what else "look at its folder")], []
    found = [Finding("database", "ok", f"{path} will be made at the first start")]
    channels: list[Address] = []
    if inspection is not None:
        channels = [address for address, _ in inspection.channels]
        where = f" in {counted(len(channels), 'channel')}" if channels else ""
        said = f"{path}, {counted(inspection.subscriptions, 'subscription')}{where}"
        upgrade = "; the next start upgrades it" if inspection.upgrades else ""
        found = [Finding("database", "ok", f"{said}{upgrade}")]
        found += [finding for address, schedule in inspection.channels for finding in check_schedule(address, schedule)]
    service = running_service(settings)
    if service is not None:
        where = f", and answers at {service.http}" if service.http else ""
        found.append(Finding("service", "ok", f"process {service.pid} is at work on this database{where}"))
    return [*found, *check_room(settings)], channels


def check_schedule(address: Address, schedule: str) -> list[Finding]:
    """Whether the channel's digests still have a time that can be told."""
    try:
        if schedule:
            Schedule.parse(schedule)
    except CommandError as error:
        said = f"its schedule “{schedule}” is no longer understood: {error.message.rstrip('.')}"
        return [Finding(f"digests of {address}", "warning", said, BEGIN_ANEW)]
    return []


def check_room(settings: Settings, room: int = ROOM) -> list[Finding]:
    """Whether the database's disk has so many bytes left."""
    folder = settings.storage.path.absolute().parent
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free >= room:
        return []
    return [Finding("disk", "warning", f"{free // 1_000_000} MB are free on the disk of {folder}", "free some space")]


def check_http(settings: Settings) -> Finding:
    """Whether ``/healthz`` and ``/metrics`` can be answered."""
    host, port = settings.http.host, settings.http.port
    service = running_service(settings)
    if service is not None and urlsplit(service.http).port == port:
        return Finding("HTTP address", "ok", f"the service answers at {service.http}")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
            tried.listen(1)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else "there is no such address"
        repair = "set http.port to one that is free (0 takes any), and http.host to an address of this machine"
        return Finding("HTTP address", "failed", f"cannot listen on {host}:{port} ({why})", repair)
    return Finding("HTTP address", "ok", f"{host}:{port} is free" if port else f"any free port of {host} will do")


def addresses_of(settings: Settings) -> Mapping[str, str]:
    """What is asked over HTTP, by the name of the source or platform: whatever has an address and is on."""
    sections = [*settings.sources, *settings.platforms]
    addresses = {name: getattr(each, "base_url", "") or getattr(each, "api_url", "") for name, each in sections}
    on = {name for name, each in sections if getattr(each, "is_on", True)}
    return {name: address for name, address in addresses.items() if address and name in on}


def check_clock(answers: Mapping[str, Answer | None], now: datetime) -> list[Finding]:
    """Whether our clock agrees with that of anybody who answered; nothing is said when nobody did."""
    told = {name: answer.at for name, answer in answers.items() if answer and answer.at}
    if not told:
        return []
    agreeing = [name for name, at in told.items() if abs(now - at) <= CLOCK_OFF]
    if agreeing:
        return [Finding("clock", "ok", f"agrees with that of {listed(agreeing)}")]
    nearest = min((now - at for at in told.values()), key=abs)
    minutes = counted(round(abs(nearest).total_seconds() / 60), "minute")
    said = f"is {minutes} {'ahead of' if nearest > timedelta() else 'behind'} that of {listed(list(told))}"
    return [
        Finding("clock", "warning", said, "let this machine set its clock by the network: timedatectl set-ntp true")
    ]


async def check_source(source: PaperSource, address: str, answers: Mapping[str, Answer | None]) -> Finding:
    """Whether yesterday's list can be read."""
    yesterday = clock().date() - timedelta(days=1)
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            papers = await source.fetch(yesterday)
    except NotYetListed:
        return Finding(source.name, "warning", f"it has no list of {day(yesterday)} yet", "try again later")
    except (SourceError, TimeoutError) as error:
        said = str(error) or "it did not answer in time"
        return Finding(source.name, "failed", said, repair_of_source(source.name, address, answers.get(source.name)))
    finally:
        await source.aclose()
    return Finding(source.name, "ok", f"{counted(len(papers.papers), 'paper')} on the list of {day(yesterday)}")


def repair_of_source(name: str, address: str, answer: Answer | None) -> str:
    """What to do about a source that cannot be read, though something (or nothing) answers at its address."""
    parts = urlsplit(address or f"https://{name}")
    host = parts.hostname or name
    if answer is not None:
        return (
            f"open {address} from this machine: a proxy or a sign-in page may answer in its place; else correct the"
            " source's address, or try again later"
        )
    proxy = "" if proxy_bypass(parts.netloc) else getproxies().get(parts.scheme, "")
    if proxy:
        variable = f"{parts.scheme.upper()}_PROXY"
        return f"see that the proxy of {variable} works ({without_secrets(proxy)}), or name {host} in NO_PROXY"
    return f"see that this machine reaches {host}; if its way out is a proxy, set {parts.scheme.upper()}_PROXY"


def without_secrets(proxy: str) -> str:
    """A proxy's host and port alone: it may have a password."""
    try:
        parts = urlsplit(proxy if "://" in proxy else f"//{proxy}")
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)
    except ValueError:
        return "which is no address"


async def check_platform(platform: Platform, channels: Sequence[Address]) -> Sequence[Finding]:
    """What the platform says of its tokens, permissions and channels."""
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            return await platform.check(channels)
    except TimeoutError:
        return [Finding(platform.name, "failed", "it did not answer in time", "see that it can be reached from here")]
    finally:
        await platform.aclose()
