"""Tries everything that a host can get wrong, and says how to repair it; posts nothing, and leaves no file behind."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.app.check_sources import check_sources
from bot.app.health import running_service, service_elsewhere
from bot.app.wiring import (
    ask_the_time,
    clock,
    inspect_database,
    make_platforms,
    make_subjects,
    proxy_place,
)
from bot.config import Settings
from bot.delivery.digest_schedules import Schedule
from bot.domain import Address, Finding
from bot.domain.posting import PostingOutage
from bot.errors import CommandError, ConfigError, StorageError
from bot.matching.meaning import ENOUGH
from bot.ports.platform import Platform
from bot.ports.stores.meaning import Fitting
from bot.text.figures import counted, day, listed

if TYPE_CHECKING:
    from adapters.monitoring.clock_probe import Answer

PATIENCE = timedelta(seconds=60)
"""How long a platform may take for all of its answers."""

CLOCK_OFF = timedelta(minutes=5)
"""How far our clock may be off; with more, lists of the wrong day are read, and digests come late."""

ROOM = 200_000_000
"""Bytes that should be free on the database's disk."""

SET_CLOCK = "let this machine set its clock from the network: timedatectl set-ntp true"

SEE_PLATFORM = "see the rows of the platform below; papers that wait are tried again for seven days"

CORRECT_SUBJECTS = "correct the file, or set meaning.subjects to another; “Your own subjects” in the guide shows how"

NEW_SCHEDULE = "set a new schedule with /papers digest there"


async def check(settings: Settings) -> Sequence[Finding]:
    """Check the database, the subjects, the HTTP address, the clock, the sources, the platforms and their channels."""
    stored, channels = await asyncio.to_thread(check_database, settings)
    stored += await asyncio.to_thread(check_subjects, settings)
    addresses = addresses_of(settings)
    others = [settings.heartbeat.url.get_secret_value(), *addresses_of_arxiv(settings)]
    if wrong := check_connections([*addresses.values(), *others]):
        untried = "not tried: repair the connections first"
        return [*stored, check_http(settings), *wrong, *(Finding(name, "warning", untried) for name in addresses)]
    answers = dict(zip(addresses, await asyncio.gather(*map(ask_the_time, addresses.values())), strict=True))
    asked_at = clock()
    found = [*stored, check_http(settings), *check_clock(answers, asked_at)]
    found += await check_sources(settings, answers)
    try:
        platforms = make_platforms(settings)
    except ConfigError as error:
        first, _, rest = str(error).partition("\n")
        return [*found, Finding("platforms", "failed", first, rest.replace("\n", " "))]
    on_platforms = await asyncio.gather(
        *(
            check_platform(platform, [address for address in channels if address.platform == platform.name])
            for platform in platforms
        )
    )
    served = {platform.name for platform in platforms}
    return [
        *found,
        *chain.from_iterable(on_platforms),
        *(
            Finding(
                str(address),
                "warning",
                f"{address.platform.capitalize()} is not configured",
                "configure it, or unsubscribe",
            )
            for address in channels
            if address.platform not in served
        ),
    ]


def check_database(settings: Settings) -> tuple[list[Finding], list[Address]]:
    """Whether the database can be used and a service uses it, and which channels have subscriptions."""
    path = settings.storage.path
    try:
        inspection = inspect_database(settings)
    except StorageError as error:
        what, _, repair = str(error).removesuffix(".").rpartition(". ")
        return [Finding("database", "failed", what or repair, repair if what else "look at its folder")], []
    found = [Finding("database", "ok", f"{path} will be created at the first start")]
    channels: list[Address] = []
    if inspection is not None:
        channels = [address for address, _ in inspection.channels]
        where = f" in {counted(len(channels), 'channel')}" if channels else ""
        contents = f"{path}, {counted(inspection.subscriptions, 'subscription')}{where}"
        upgrade = "; the next start upgrades it" if inspection.upgrades else ""
        found = [Finding("database", "ok", f"{contents}{upgrade}")]
        found += [finding for address, schedule in inspection.channels for finding in check_schedule(address, schedule)]
        found += check_posting(inspection.outages, clock())
        found.append(check_meaning(inspection.fitting, inspection.papers))
    service = running_service(settings)
    if service is not None:
        where = f", and answers at {service.http}" if service.http else ""
        found.append(Finding("service", "ok", f"process {service.pid} is running on this database{where}"))
    return [*found, *check_room(settings)], channels


def check_schedule(address: Address, schedule: str) -> list[Finding]:
    """Whether the channel's schedule can still be read."""
    try:
        if schedule:
            Schedule.parse(schedule)
    except CommandError as error:
        detail = f"its schedule “{schedule}” can no longer be read: {error.message.rstrip('.')}"
        return [Finding(f"digests of {address}", "warning", detail, NEW_SCHEDULE)]
    return []


def check_posting(outages: Sequence[PostingOutage], now: datetime) -> list[Finding]:
    """Whether what a service posts goes through."""
    return [
        Finding(f"posting to {outage.platform}", "failed", str(outage), SEE_PLATFORM)
        for outage in outages
        if outage.lasts(now)
    ]


def check_meaning(fitting: Fitting | None, papers: int) -> Finding:
    """Whether papers can be found by what they mean; that it has to wait for papers is no fault."""
    if fitting is None:
        few = (
            f"not ready: it takes {ENOUGH} papers of two months, and {counted(papers, 'paper is', 'papers are')} stored"
        )
        ready = "not ready: a running service learns it within minutes"
        return Finding("meaning", "ok", few if papers < ENOUGH else ready)
    new = f", {counted(fitting.new, 'paper')} new since" if fitting.new else ""
    when = f"learned from {counted(fitting.papers, 'paper')} on {day(fitting.fitted_at.date())}"
    return Finding("meaning", "ok", f"{when}{new}")


def check_subjects(settings: Settings) -> list[Finding]:
    """Whether the host's own subjects can be read, if there are any."""
    path = settings.meaning.subjects
    if path is None:
        return []
    try:
        subjects = make_subjects(settings).subjects
    except ConfigError as error:
        return [Finding("subjects", "failed", line, CORRECT_SUBJECTS) for line in str(error).splitlines()]
    return [Finding("subjects", "ok", f"{counted(len(subjects), 'subject')} with those of {path}")]


def check_room(settings: Settings, room: int = ROOM) -> list[Finding]:
    """Whether the database's disk has that many bytes left."""
    folder = settings.storage.path.absolute().parent
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free >= room:
        return []
    return [
        Finding("disk", "warning", f"only {free // 1_000_000} MB are free on the disk of {folder}", "free some space")
    ]


def check_http(settings: Settings) -> Finding:
    """Whether ``/healthz`` and ``/metrics`` can be answered."""
    host, port = settings.http.host, settings.http.port
    service = running_service(settings)
    # The port is taken by the service itself, as it should be.
    if service is not None and urlsplit(service.http).port == port:
        return Finding("HTTP address", "ok", f"the service answers at {service.http}")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as tried:
            # As the service does: without it, connections that have just ended would make the port look taken.
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
            tried.listen(1)
    except OSError as error:
        if elsewhere := service_elsewhere(settings):
            repair = "give it another http.port, or use that service's folder and settings"
            return Finding("HTTP address", "failed", f"a service with another database answers at {elsewhere}", repair)
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else "no such address"
        repair = "set http.port to a free port (0 takes any), and http.host to an address of this machine"
        return Finding("HTTP address", "failed", f"cannot listen on {host}:{port} ({why})", repair)
    return Finding("HTTP address", "ok", f"{host}:{port} is free" if port else f"any free port of {host} will do")


def check_connections(addresses: Sequence[str]) -> list[Finding]:
    """What the environment says about proxies and certificates that cannot be so; an empty address is passed over."""
    wrong = set()
    for address in filter(None, addresses):
        try:
            proxy_place(address)
        except ConfigError as error:
            wrong.add(str(error))
    return [Finding("connections", "failed", *error.split(". ", 1)) for error in sorted(wrong)]


def addresses_of(settings: Settings) -> Mapping[str, str]:
    """The HTTP addresses of the sources and platforms that are on, by their names."""
    sections = [*settings.sources, *settings.platforms]
    on = {name: section for name, section in sections if getattr(section, "is_on", True)}
    addresses = {
        name: getattr(section, "base_url", "") or getattr(section, "api_url", "") for name, section in on.items()
    }
    return {name: address for name, address in addresses.items() if address}


def addresses_of_arxiv(settings: Settings) -> Sequence[str]:
    """The HTTP addresses of arXiv, if it is on; its clock is not asked for, since each request to it counts."""
    arxiv = settings.sources.arxiv
    return (arxiv.oai_url, arxiv.rss_url) if arxiv.is_on else ()


def check_clock(answers: Mapping[str, Answer | None], now: datetime) -> list[Finding]:
    """Whether our clock agrees with that of any server that answered; no finding where none did."""
    times = {name: answer.at for name, answer in answers.items() if answer and answer.at}
    if not times:
        return []
    agreeing = [name for name, at in times.items() if abs(now - at) <= CLOCK_OFF]
    if agreeing:
        return [Finding("clock", "ok", f"agrees with {listed(agreeing)}")]
    nearest = min((now - at for at in times.values()), key=abs)
    minutes = counted(round(abs(nearest).total_seconds() / 60), "minute")
    detail = f"is {minutes} {'ahead of' if nearest > timedelta() else 'behind'} {listed(list(times))}"
    return [Finding("clock", "warning", detail, SET_CLOCK)]


async def check_platform(platform: Platform, channels: Sequence[Address]) -> Sequence[Finding]:
    """Whether the platform's tokens, permissions and channels are in order."""
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            return await platform.check(channels)
    except TimeoutError:
        return [Finding(platform.name, "failed", "it did not answer in time", "check that this machine can reach it")]
    finally:
        await platform.aclose()
