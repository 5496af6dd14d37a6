"""What the process does: the service, one pass of it, the demo, and reading past lists."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import FrameType

from adapters.monitoring.http_server import serve_http
from adapters.monitoring.metrics import Metrics
from adapters.platforms.terminal.platform import CHANNEL, Terminal
from adapters.sources.sample import Sample
from bot.app.sources import make_sources
from bot.app.stopping import SIGNALS
from bot.app.which_database import remarks_on_writing
from bot.app.wiring import clock, holding, make_platforms, open_service, open_stores, terminal_log
from bot.config import Settings, load_settings
from bot.domain.commands import Invocation
from bot.domain.messages import Reply
from bot.domain.polls import Poll
from bot.polling.poller import Poller
from storage.sqlite.errors import FAULTS

log = logging.getLogger(__name__)


async def run_once(settings: Settings) -> bool:
    """Do one poll, match and delivery pass; return whether everything went well.

    Raises:
        ConfigError: No platform is on.
        StorageError: The database cannot be used, or another service is running on it.
    """
    platforms = make_platforms(settings)
    log_remarks(settings)
    with holding(settings):
        async with open_service(settings, make_sources(settings), platforms) as service:
            return await service.once()


async def run(settings: Settings) -> None:
    """Poll, match, deliver and answer until SIGTERM or SIGINT.

    Raises:
        ConfigError: No platform is on, or the HTTP address cannot be listened on.
        StorageError: The database cannot be used, or another service is running on it.
    """
    platforms = make_platforms(settings)
    log_remarks(settings)
    sources = make_sources(settings)
    metrics = Metrics([platform.name for platform in platforms], FAULTS, [source.name for source in sources])
    with stop_signal() as stop, holding(settings) as lock:
        async with open_service(settings, sources, platforms, metrics) as service:
            metrics.watch(service.status, service.stores, clock)

            def troubles() -> list[str]:
                return service.status.troubles(now=clock())

            async with serve_http(settings.http.host, settings.http.port, troubles, metrics.answer) as address:
                lock.announce(http=address)
                names = ", ".join(platform.name for platform in platforms)
                log.info("Paperwire is up: %s, health at %s/healthz", names, address)
                await service.run(stop)
        log.info("Paperwire has stopped")


def log_remarks(settings: Settings) -> None:
    """Log what there is to say about the database that the service is about to open.

    Raises:
        StorageError: It would be a new one that nobody asked for, while another service works with another.
    """
    for remark in remarks_on_writing(settings):
        log.info(remark)


async def demo(folder: Path, queries: Sequence[str], *, invitation: str) -> None:
    """Show a day of the sample feed in this terminal, with a database in ``folder``.

    Args:
        folder: An empty folder, which the caller removes.
        queries: What to subscribe to.
        invitation: What to say before commands are read, until the input ends; "" reads none.
    """
    settings = load_settings(None, {"PAPERWIRE_STORAGE__PATH": str(folder / "demo.db")})
    terminal = Terminal(terminal_log(settings.storage.path), is_demo=True)
    async with open_service(settings, (Sample(clock().date()),), (terminal,)) as service:
        await service.poll()
        for query in queries:
            invocation = Invocation(CHANNEL, "you", "subscribe", query, is_admin=True)
            reply = await service.desk.answer(invocation)
            await terminal.post(CHANNEL, replace(reply, text=f"> /subscribe {query}\n{reply.text}"), key=query)
            await service.look()
            await service.dispatcher.run_once()
        if invitation:
            await terminal.post(CHANNEL, Reply(invitation), key="invitation")
            typing = asyncio.create_task(terminal.serve(service.desk))
            with stop_signal() as stop:
                typing.add_done_callback(lambda _: stop.set())
                await replace(service, platforms=()).run(stop)
            if typing.done():  # the last subscription's papers come too
                await service.look()
                await service.dispatcher.run_once()
            typing.cancel()


async def backfill(settings: Settings, span: timedelta, on_day: Callable[[date], None]) -> Poll:
    """Read the lists of the days up to ``span`` ago into the store; ``on_day`` is called when a day is done.

    Raises:
        StorageError: The database cannot be used.
    """
    async with contextlib.AsyncExitStack() as stack:
        sources = make_sources(settings)
        for source in sources:
            stack.push_async_callback(source.aclose)
        stores = stack.enter_context(open_stores(settings))
        poller = Poller(sources, stores.papers, lookback_days=settings.poll.lookback_days)
        return await poller.backfill(span, now=clock(), on_day=on_day)


@contextlib.contextmanager
def stop_signal() -> Iterator[asyncio.Event]:
    """An event that SIGTERM and SIGINT set, while the context lasts."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def tell(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stop.set)

    # Not asyncio's own handlers: where these end, a signal would kill the process while it is still closing.
    before = {name: signal.signal(name, tell) for name in SIGNALS}
    try:
        yield stop
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
