"""Which source, platform and database stand behind the ports.

Adapters are imported where they are needed: chat clients take a second each to import.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app.paper_lookup import PaperLookup, look_up
from bot.app.sources import make_sources
from bot.commands.desk import Desk
from bot.commands.table import ACTIONS, COMMANDS
from bot.config import Settings
from bot.delivery.courier import Courier
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.edits import Editor
from bot.delivery.reasons import Reasons
from bot.domain import Paper
from bot.domain.sources import ARXIV
from bot.errors import ConfigError
from bot.matching.glossary import Glossary
from bot.matching.matcher import Matcher
from bot.matching.meaning.judging import Judge
from bot.matching.meaning.learning import Meaning
from bot.matching.subject_file import read_subjects
from bot.matching.subject_table import SubjectTable, built_in
from bot.polling.poller import Poller
from bot.ports.meter import UNMEASURED, Meter
from bot.ports.platform import Platform
from bot.ports.source import PaperSource
from bot.ports.stores import Stores
from bot.service.retention import Retention
from bot.service.service import Service
from bot.service.set_clock import SetClock
from bot.status import Status

if TYPE_CHECKING:
    from adapters.monitoring.clock_probe import Answer
    from storage.sqlite.files.inspection import Inspection
    from storage.sqlite.files.service_lock import ServiceLock


NOTHING_CONFIGURED = """\
No platform is configured, so there is nowhere to post papers.
Slack: create an app from what “paperwire slack-manifest” prints, then set SLACK_BOT_TOKEN and SLACK_APP_TOKEN.
Discord: create an application, then set DISCORD_TOKEN. Or look around first, without either: “paperwire demo”."""


def clock() -> datetime:
    """The time."""
    return datetime.now(UTC)


@contextlib.contextmanager
def open_stores(settings: Settings, meter: Meter = UNMEASURED, *, reads_through: bool = False) -> Iterator[Stores]:
    """Open the stores of the configured database, and close them afterwards; see `storage.open_stores`.

    Raises:
        StorageError: The database cannot be used.
    """
    import storage

    with storage.open_stores(settings.storage.path, meter.storage_failed, reads_through=reads_through) as stores:
        yield stores


def inspect_database(settings: Settings) -> Inspection | None:
    """What the configured database holds; it is left as it is. None if it does not exist yet.

    Raises:
        StorageError: It cannot be used, or cannot be created.
    """
    from storage.sqlite.files.inspection import inspect

    return inspect(settings.storage.path)


async def ask_the_time(url: str) -> Answer | None:
    """What time it is for the server at that address; None if nothing answers there."""
    from adapters.monitoring.clock_probe import probe

    return await probe(url)


def proxy_place(url: str) -> tuple[str, str] | None:
    """The variable that names a proxy for the address, and the proxy's host and port; None to connect directly.

    Raises:
        ConfigError: The address or its proxy cannot be used, or the certificates cannot that it is trusted by.
    """
    from adapters.connections import certificates, proxy_for

    certificates()
    proxy = proxy_for(url)
    return (proxy.variable, proxy.place) if proxy else None


def make_subjects(settings: Settings) -> SubjectTable:
    """The built-in subjects, and the host's own.

    Raises:
        ConfigError: The host's file is wrong.
    """
    path = settings.meaning.subjects
    return built_in().with_own(read_subjects(path, f"meaning.subjects: {path}")) if path else built_in()


def make_glossary(settings: Settings, stores: Stores, meaning: Meaning) -> Glossary:
    """What queries are read with.

    Raises:
        ConfigError: The host's file of subjects is wrong.
    """
    return Glossary(stores.papers, make_subjects(settings), Judge(meaning, stores.nearness))


def make_desk(
    settings: Settings,
    stores: Stores,
    meaning: Meaning,
    glossary: Glossary,
    status: Status | None = None,
    changed: Callable[[], None] = lambda: None,
    fetch: Callable[[str], Paper | None] = lambda _: None,
) -> Desk:
    """The desk that answers commands; see `bot.commands.desk`."""
    return Desk(
        ACTIONS,
        stores,
        glossary,
        who=settings.commands.who,
        max_subscriptions=settings.commands.max_subscriptions,
        now=clock,
        status=status,
        time_zone=settings.digest.time_zone,
        arxiv_categories=settings.sources.arxiv.categories,
        changed=changed,
        fetch=fetch,
        learned=meaning,
    )


def desk_for_one_command(settings: Settings, stores: Stores) -> Desk:
    """The desk outside a service."""

    def fetch(paper_id: str) -> Paper | None:
        return asyncio.run(look_up_once(settings, paper_id))

    meaning = Meaning(stores, clock)
    return make_desk(settings, stores, meaning, make_glossary(settings, stores, meaning), fetch=fetch)


async def look_up_once(settings: Settings, paper_id: str) -> Paper | None:
    """The paper with that id, from the configured sources, which are closed afterwards; None if none knows it.

    Raises:
        SourceError: A source could not be read.
    """
    async with contextlib.AsyncExitStack() as stack:
        sources = make_sources(settings)
        for source in sources:
            stack.push_async_callback(source.aclose)
        return await look_up(sources, paper_id)


def make_platforms(settings: Settings) -> tuple[Platform, ...]:
    """The platforms that are on.

    Raises:
        ConfigError: No platform is on.
    """
    platforms: list[Platform] = []
    if settings.platforms.terminal.enabled:
        from adapters.platforms.terminal.platform import Terminal

        platforms.append(Terminal(log_path=terminal_log(settings.storage.path)))
    slack = settings.platforms.slack
    if slack.is_on:
        from adapters.platforms.slack import Slack

        tokens = slack.bot_token.get_secret_value(), slack.app_token.get_secret_value()
        platforms.append(Slack(*tokens, api_url=slack.api_url, unfurl=slack.unfurl))
    discord = settings.platforms.discord
    if discord.is_on:
        from adapters.platforms.discord import Discord

        token = discord.token.get_secret_value()
        platforms.append(Discord(token, api_url=discord.api_url, gateway_url=discord.gateway_url))
    if not platforms:
        raise ConfigError(NOTHING_CONFIGURED)
    return tuple(platforms)


def slack_manifest(settings: Settings) -> str:
    """The manifest of the Slack app, in JSON."""
    from adapters.platforms.slack.manifest import manifest

    return json.dumps(manifest(COMMANDS, unfurl=settings.platforms.slack.unfurl), indent=2, ensure_ascii=False)


def discord_invite(application_id: int) -> str:
    """The address that invites the Discord application to a server."""
    from adapters.platforms.discord.invite import invite_url

    return invite_url(application_id)


def terminal_log(database: Path) -> Path:
    """Where the terminal records what it showed: beside the database, since the two belong together."""
    database = database.resolve()
    return database.with_name(f"{database.name}.terminal.log")


def files_in_use(settings: Settings) -> dict[Path, str]:
    """The files that Paperwire works with, and what each is."""
    from storage.sqlite.files.copies import files_of

    path = settings.storage.path
    return {**files_of(path), terminal_log(path): "the terminal's log"}


def holding(settings: Settings) -> ServiceLock:
    """The lock that keeps a second service off the database; the database is opened within it, and closed.

    Raises:
        AlreadyRunning: On entering, if another service holds it, or a backup is being restored.
    """
    from storage.sqlite.files.service_lock import ServiceLock

    return ServiceLock(settings.storage.path)


@contextlib.asynccontextmanager
async def open_service(
    settings: Settings, sources: Sequence[PaperSource], platforms: Sequence[Platform], meter: Meter = UNMEASURED
) -> AsyncIterator[Service]:
    """Put the service together, and close everything afterwards.

    Raises:
        StorageError: The database cannot be used.
    """
    from adapters.monitoring.heartbeat import beating

    async with contextlib.AsyncExitStack() as stack:
        for source in sources:
            stack.push_async_callback(source.aclose)
        for platform in platforms:
            stack.push_async_callback(platform.aclose)
        stores = stack.enter_context(open_stores(settings, meter, reads_through=True))
        # Threads finish their work before the database is closed under them.
        stack.push_async_callback(asyncio.get_running_loop().shutdown_default_executor)
        lookup = PaperLookup(sources, asyncio.get_running_loop())
        stack.callback(lookup.close)
        pulse = await stack.enter_async_context(beating(settings.heartbeat.url.get_secret_value()))
        by_name = {platform.name: platform for platform in platforms}
        meaning = Meaning(stores, clock)
        glossary = make_glossary(settings, stores, meaning)
        status = Status(clock(), settings.poll.interval)
        loop = asyncio.get_running_loop()

        def wake() -> None:
            loop.call_soon_threadsafe(dispatcher.wake)

        desk = make_desk(settings, stores, meaning, glossary, status, wake, lookup)
        courier = Courier(
            stores,
            Reasons(stores, glossary, meaning),
            by_name,
            max_attempts=settings.delivery.max_attempts,
            flood_limit=settings.delivery.flood_limit,
            now=clock,
            chance=random.random,
            meter=meter,
        )
        status.posting = courier.outages.known
        await courier.outages.load()
        dispatcher = Dispatcher(courier, stores.outbox, tuple(by_name), now=clock, trouble=status.storage)
        yield Service(
            poller=Poller(sources, stores.papers, lookback_days=settings.poll.lookback_days),
            matcher=Matcher(stores, glossary, now=clock),
            stores=stores,
            courier=courier,
            dispatcher=dispatcher,
            editor=Editor(stores, by_name, now=clock),
            platforms=tuple(platforms),
            desk=desk,
            status=status,
            retention=Retention(stores, settings.storage.keep, {ARXIV: settings.sources.arxiv.keep}),
            now=clock,
            set_clock=SetClock(clock),
            meter=meter,
            pulse=pulse,
        )
