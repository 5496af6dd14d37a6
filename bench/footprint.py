"""``python -m bench.footprint``: what the service itself takes, as a process, with its platforms on loopback.

Measured for each set of platforms: from starting the process to the end of its first poll (30 days of lists that nobody
read before, 25 papers each, 1,000 subscriptions), the memory it then has, and the processor time at rest.
"""

from __future__ import annotations

import contextlib
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import httpx

from bench.papers import paper
from bench.paperwire import subscribe_all
from bench.workload import Workload
from bot.domain import NewSubscription
from bot.query import parse
from storage import open_database, stores_of
from storage.sqlite.files.service_lock import read_service
from tests.servers.discord.server import TOKEN, DiscordServer
from tests.servers.huggingface import HuggingFaceServer, an_item
from tests.servers.slack.server import SlackServer

DAYS, PAPERS_A_DAY, SUBSCRIPTIONS = 30, 25, 1_000

SETTLED_AFTER = 5.0
"""Seconds after the first poll and the last connection, before memory is read and rest begins."""

PATIENCE = 120.0
"""Seconds that a start may take."""

LOOK_EVERY = 0.1
"""Seconds; more often, and looking would be most of what is measured."""

FIRST_POLL = 'paperwire_polls_total{outcome="good"} 1.0'

PLATFORMS = {
    "terminal": ("terminal",),
    "Slack": ("slack",),
    "Discord": ("discord",),
    "Slack and Discord": ("slack", "discord"),
}


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a service took: seconds to its first poll's end, bytes resident, share of a processor at rest."""

    start: float
    memory: int
    rest: float


@dataclass(slots=True)
class Hosted:
    """Loopback servers, and the settings to use them."""

    settings: dict[str, str]
    connected: Callable[[], bool]


@click.command()
@click.option("--rest", default=60.0, show_default=True, help="Seconds to watch the service at rest.")
@click.option("--starts", default=3, show_default=True, help="Starts of which the quickest counts.")
def footprint(rest: float, starts: int) -> None:
    """Measure start-up time, memory and processor time at rest."""
    click.echo(
        f"{datetime.now(UTC).date()}, {os.cpu_count()} cores, Python {platform.python_version()},"
        f" {platform.system()} {platform.machine()}; start is the best of {starts}, rest was watched for {rest:g} s."
    )
    click.echo("\n| platforms | first poll done s | memory MB | processor at rest |\n| --- | ---: | ---: | ---: |")
    for name, names in PLATFORMS.items():
        with hosted(names) as host:
            measured = [measure(host, rest if run == 0 else 0.0) for run in range(starts)]
        start = min(footprint.start for footprint in measured)
        click.echo(f"| {name} | {start:.1f} | {measured[0].memory / 1e6:.0f} | {measured[0].rest:.2%} |")


@contextlib.contextmanager
def hosted(names: Sequence[str]) -> Iterator[Hosted]:
    """A source with lists, and servers for these platforms."""
    with contextlib.ExitStack() as stack:
        hub = stack.enter_context(HuggingFaceServer())
        fill(hub)
        settings = {"PAPERWIRE_SOURCES__HUGGINGFACE__BASE_URL": hub.base_url, "PAPERWIRE_HTTP__PORT": "0"}
        connections: list[Callable[[], bool]] = []
        if "terminal" in names:
            settings["PAPERWIRE_PLATFORMS__TERMINAL__ENABLED"] = "true"
        if "slack" in names:
            slack = stack.enter_context(SlackServer())
            settings |= {
                "SLACK_BOT_TOKEN": slack.workspace.bot_token,
                "SLACK_APP_TOKEN": slack.workspace.app_token,
                "PAPERWIRE_PLATFORMS__SLACK__API_URL": slack.api_url,
            }
            connections.append(lambda: slack.socket.connected > 0)
        if "discord" in names:
            discord = stack.enter_context(DiscordServer())
            discord.invite()
            settings |= {
                "DISCORD_TOKEN": TOKEN,
                "PAPERWIRE_PLATFORMS__DISCORD__API_URL": discord.api_url,
                "PAPERWIRE_PLATFORMS__DISCORD__GATEWAY_URL": discord.gateway_url,
            }
            connections.append(lambda: discord.gateway.is_heard)
        yield Hosted(settings, lambda: all(is_connected() for is_connected in connections))


def fill(hub: HuggingFaceServer) -> None:
    """Past lists; today's is empty, so that nothing is posted."""
    today = datetime.now(UTC).date()
    for ago in range(1, DAYS + 1):
        numbers = range(ago * PAPERS_A_DAY, (ago + 1) * PAPERS_A_DAY)
        hub.lists[today - timedelta(days=ago)] = [
            an_item(listed.id, title=listed.title, summary=listed.abstract, ai_keywords=list(listed.keywords))
            for listed in (paper(1, number) for number in numbers)
        ]


def measure(host: Hosted, rest: float) -> Footprint:
    """Start a service with a new database, and watch it."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "paperwire.db"
        subscribe(database)
        environment = {"PATH": os.environ["PATH"], "HOME": folder, **host.settings}
        environment["PAPERWIRE_STORAGE__PATH"] = str(database)
        began = time.monotonic()
        with subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            try:
                wait_until(lambda: has_polled(database))
                start = time.monotonic() - began
                wait_until(host.connected)
                time.sleep(SETTLED_AFTER)
                memory, used = resident(process.pid), processor_seconds(process.pid)
                time.sleep(rest)
                share = (processor_seconds(process.pid) - used) / rest if rest else 0.0
            finally:
                process.terminate()
        return Footprint(start, memory, share)


def subscribe(database: Path) -> None:
    """A new database with subscriptions."""
    opened = open_database(database)
    stores = stores_of(opened)
    new = [
        NewSubscription(where, query, parse(query).canonical, "bench")
        for where, query in Workload(SUBSCRIPTIONS, 1).subscriptions()
    ]
    subscribe_all(stores, new, at=datetime.now(UTC))
    opened.close()


def has_polled(database: Path) -> bool:
    """Whether the first poll has ended."""
    service = read_service(database)
    if service is None or not service.http:
        return False
    try:
        return FIRST_POLL in httpx.get(f"{service.http}/metrics", timeout=PATIENCE).text
    except httpx.TransportError:
        return False


def wait_until(true: Callable[[], bool]) -> None:
    """Wait until it is true."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise RuntimeError("It did not come about.")
        time.sleep(LOOK_EVERY)


def resident(pid: int) -> int:
    """Bytes of memory that the process has: https://man7.org/linux/man-pages/man5/proc_pid_status.5.html."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:"))


def processor_seconds(pid: int) -> float:
    """Seconds of processor time used so far: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    user, system = int(fields[11]), int(fields[12])
    return (user + system) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    footprint()
