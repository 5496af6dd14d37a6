"""``python -m bench.backlog``: a slow platform, and up to a million deliveries that wait for it.

The real stores, courier and dispatcher; the platform is one of our own that takes its time. One channel in a thousand
is closed. While the others wait, somebody subscribes in a new channel of the same platform, and in one of another.
Each size is measured in a process of its own.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import click
from rich.console import Console

from bench.papers import papers
from bench.paperwire import NOW, Paperwire, opened, subscribe_all
from bench.report import Sheet, markdown, show
from bench.resources import memory, timed
from bot.delivery.courier import Courier
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.reasons import Reasons
from bot.domain import Address, Finding, NewSubscription, Receipt
from bot.domain.messages import Message, Reply
from bot.errors import ChannelClosed
from bot.matching.glossary import Glossary
from bot.matching.meaning.learning import Meaning
from bot.matching.verdicts import BATCH
from bot.ports.platform import FrontDesk

WAITING = 200
"""Deliveries that wait in each channel."""

CLOSED = 1_000
"""One in this many channels is closed."""

SIZES = {"10k": 10_000, "100k": 100_000, "1M": 1_000_000}

WAITED_FOR = 3.0
"""Seconds after which the newcomers subscribe."""


@dataclass(slots=True)
class Slow:
    """A platform whose answers take ``delay`` seconds; it records when a channel's first message arrived."""

    name: str
    delay: float
    trouble: str = ""
    edits: bool = False
    posted: int = 0
    tried_closed: int = 0
    first: dict[Address, float] = field(default_factory=dict)

    async def serve(self, desk: FrontDesk) -> None:  # noqa: ARG002 - the contract's
        """Serve without any commands."""
        await asyncio.Event().wait()

    async def post(self, channel: Address, message: Message, *, key: str) -> Receipt:  # noqa: ARG002 - the contract's
        """Take a while, then take the message, unless the channel is closed."""
        await asyncio.sleep(self.delay)
        if channel.id.endswith("closed"):
            self.tried_closed += 1
            raise ChannelClosed("the channel is archived", repair="unarchive it")
        self.posted += 1
        self.first.setdefault(channel, time.perf_counter())
        return Receipt(key)

    async def update(self, channel: Address, receipt: Receipt, message: Message, *, key: str) -> None:
        """Do nothing: no message is edited here."""

    async def tell(self, person: str, reply: Reply) -> None:
        """Do nothing: nobody is notified here."""

    async def find(self, channel: Address, key: str, *, since: datetime) -> Receipt | None:  # noqa: ARG002
        """Find nothing: no answer is lost here."""
        return None

    def posted_at(self, receipt: Receipt) -> datetime | None:  # noqa: ARG002 - the contract's
        """Unknown: see above."""
        return None

    async def delivered(self, channel: Address, *, since: datetime, until: datetime) -> Mapping[str, Receipt]:  # noqa: ARG002
        """Find nothing: no backup is restored here."""
        return {}

    async def check(self, channels: Sequence[Address]) -> Sequence[Finding]:  # noqa: ARG002 - the contract's
        """Find nothing wrong."""
        return []

    async def aclose(self) -> None:
        """Do nothing: there is nothing to close."""


@click.group(invoke_without_command=True)
@click.option("--sizes", default=",".join(SIZES), show_default=True, help="How many wait, of these.")
@click.option("--seconds", default=20.0, show_default=True, help="How long each size is delivered from.")
@click.option("--delay", default=50.0, show_default=True, help="Milliseconds that the platform takes for a message.")
@click.pass_context
def backlog(context: click.Context, sizes: str, seconds: float, delay: float) -> None:
    """Measure how a backlog is worked off, and how that affects others."""
    if context.invoked_subcommand:
        return
    unknown = [name for name in sizes.split(",") if name not in SIZES]
    if unknown:
        raise click.BadParameter(f"“{unknown[0]}” is not one of {', '.join(SIZES)}.", param_hint="--sizes")
    rows = []
    for name in sizes.split(","):
        with tempfile.TemporaryDirectory(prefix="paperwire-bench-") as folder:
            database = f"{folder}/paperwire.db"
            _run("fill", database, str(SIZES[name]))
            rows.append([name, *_run("drain", database, str(seconds), str(delay / 1000))])
    sheet = Sheet(
        "A backlog",
        ["waiting", "channels", "a second", "memory MB", "peak MB", "same platform s", "another ms", "count ms"],
        rows,
        f"Messages a second while the platform takes {delay:g} ms for each, 32 at once. Memory before the first and at"
        f" the most, in {seconds:g} seconds of it. Same platform, another: from subscribing in a new channel to its"
        " first card; the paper is enqueued at once, not matched. Count: all that waits, as “/papers status” does.",
    )
    show(sheet, Console(width=None if sys.stdout.isatty() else 120))
    click.echo(markdown(sheet))


@backlog.command()
@click.argument("database", type=click.Path(path_type=Path))
@click.argument("size", type=int)
def fill(database: Path, size: int) -> None:
    """Make that many deliveries wait."""
    channels = size // WAITING
    with opened(database) as paperwire:
        addresses = (
            Address("slow", f"c{number}{'' if number % CLOSED else 'closed'}") for number in range(1, channels + 1)
        )
        subscribe_all(paperwire.stores, (NewSubscription(address, "*", "*", "bench") for address in addresses))
        listed = papers(1, WAITING)
        for first in range(0, WAITING, BATCH):
            some = listed[first : first + BATCH]
            paperwire.store(some)
            paperwire.enqueue(paperwire.find(some))
        while pending := paperwire.stores.subscriptions.pending(limit=CLOSED):
            for subscription in pending:  # all their papers are there
                paperwire.stores.outbox.enqueue_first(subscription, [], at=NOW)
    click.echo(json.dumps([]))


@backlog.command()
@click.argument("database", type=click.Path(path_type=Path))
@click.argument("seconds", type=float)
@click.argument("delay", type=float)
def drain(database: Path, seconds: float, delay: float) -> None:
    """Deliver for that long, and print the cells of the table's row in JSON."""
    with opened(database) as paperwire:
        click.echo(json.dumps(asyncio.run(_drained(paperwire, seconds, delay))))


async def _drained(paperwire: Paperwire, seconds: float, delay: float) -> list[str]:
    slow, other = Slow("slow", delay), Slow("other", delay)
    stores, began = paperwire.stores, time.perf_counter()

    def now() -> datetime:
        return NOW + timedelta(hours=1, seconds=time.perf_counter() - began)

    glossary = Glossary(stores.papers)
    courier = Courier(
        stores,
        Reasons(stores, glossary, Meaning(stores, now)),
        {"slow": slow, "other": other},
        max_attempts=3,
        flood_limit=WAITING,
        now=now,
        chance=lambda: 0.5,
    )
    dispatcher = Dispatcher(courier, stores.outbox, ("slow", "other"), now=now)
    counted, _ = timed(stores.outbox.counts)
    channels = len(stores.channels.all())
    before, started = memory(), time.perf_counter()
    running = asyncio.create_task(dispatcher.run())
    await asyncio.sleep(WAITED_FOR)
    newcomers = Address("slow", "newcomer"), Address("other", "newcomer")
    asked = time.perf_counter()
    await asyncio.to_thread(_subscribe, paperwire, newcomers, now())
    dispatcher.wake()
    await asyncio.sleep(max(0.0, seconds - (time.perf_counter() - started)))
    posted, took = slow.posted, time.perf_counter() - started
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    same, another = (platform.first.get(channel) for platform, channel in zip((slow, other), newcomers, strict=True))
    return [
        f"{channels:,}",
        f"{posted / took:,.0f}",
        f"{before / 1e6:,.0f}",
        f"{memory('VmHWM') / 1e6:,.0f}",
        f"{same - asked:,.1f}" if same else f"> {seconds - WAITED_FOR:g}",
        f"{(another - asked) * 1000:,.0f}" if another else "never",
        f"{counted * 1000:,.1f}",
    ]


def _subscribe(paperwire: Paperwire, newcomers: Sequence[Address], at: datetime) -> None:
    """Subscribe in new channels, and enqueue a paper for each: what it matches is not measured here."""
    for channel in newcomers:
        paperwire.subscribe(channel, "*")
    for subscription in paperwire.stores.subscriptions.pending(limit=len(newcomers)):
        paperwire.stores.outbox.enqueue_first(subscription, [papers(1, 1)[0].id], at=at)


def _run(*arguments: str) -> list[str]:
    """Run a step in a process of its own; return what it printed."""
    done = subprocess.run([sys.executable, "-m", "bench.backlog", *arguments], stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise click.ClickException("A measurement failed; no figure counts.")
    found: list[str] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    backlog(prog_name="python -m bench.backlog")
