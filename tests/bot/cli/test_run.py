"""The program as a process: started, fed, killed and asked, as those who host it do."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from bot.cli import cli
from bot.ports.stores import Stores
from storage import open_database, stores_of
from tests.builders import HERE
from tests.servers.huggingface import HuggingFaceServer, an_item

PATIENCE = 20.0
"""Seconds that anything here may take at most."""


def today() -> datetime:
    """The real time: the program's clock cannot be moved from outside."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Host:
    """A machine that hosts Paperwire, with the source on loopback.

    Attributes:
        folder: Where the database is.
        hub: The source.
        settings: Environment variables besides those that every test needs.
    """

    folder: Path
    hub: HuggingFaceServer
    settings: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """What the process is started with."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "PAPERWIRE_STORAGE__PATH": str(self.folder / "data" / "paperwire.db"),
            "PAPERWIRE_SOURCES__HUGGINGFACE__BASE_URL": self.hub.base_url,
            "PAPERWIRE_PLATFORMS__TERMINAL__ENABLED": "true",
            "PAPERWIRE_HTTP__PORT": "0",
            **self.settings,
        }

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start ``paperwire`` with these arguments."""
        return subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "bot", *arguments],
            env=self.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def command(self, *arguments: str) -> str:
        """Give what a command printed that the test is not about; a process of its own would take half a second."""
        done = CliRunner().invoke(cli, arguments, env=self.environment(), prog_name="paperwire")
        assert done.exit_code == 0, done.output
        return done.stdout

    def complaint(self, *arguments: str, code: int = 1) -> str:
        """The same for a command that fails so, and what it printed on stderr."""
        done = CliRunner().invoke(cli, arguments, env=self.environment(), prog_name="paperwire")
        assert done.exit_code == code, done.output
        return done.stderr

    def do(self, *arguments: str, code: int = 0) -> str:
        """Run ``paperwire`` to its end, expect this exit code, and give what it printed on stdout."""
        process = self.start(*arguments)
        printed, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == code, errors
        return printed

    def fail(self, *arguments: str, code: int = 1) -> str:
        """Run ``paperwire`` to its end, expect it to fail so, and give what it printed on stderr."""
        process = self.start(*arguments)
        _, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == code, errors
        assert "Traceback" not in errors
        return errors


@contextmanager
def stores_of_host(host: Host) -> Iterator[Stores]:
    """What is in the host's database."""
    database = open_database(host.folder / "data" / "paperwire.db")
    yield stores_of(database)
    database.close()


def set_schedule(host: Host, *, due: datetime) -> None:
    """The terminal gets daily digests, the next one at ``due``."""
    with stores_of_host(host) as stores:
        stores.channels.set_schedule(HERE, "daily 09:00 UTC", due, at=today())


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """A host with an empty folder and an empty source."""
    with HuggingFaceServer() as hub:
        yield Host(tmp_path, hub)


@pytest.fixture
def service(host: Host) -> Iterator[subprocess.Popen[str]]:
    """A running service on that host, killed at the end if it still runs."""
    process = host.start("run")
    yield process
    process.kill()
    process.communicate()


def wait_until(true: Callable[[], bool]) -> None:
    """Look again until it is so."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.01)  # so that whatever is waited for has the processor


def is_up(host: Host) -> bool:
    """Whether the service says over HTTP that all is well.

    Where it answers is only read: to try the lock for that, as ``paperwire health`` does, could keep it from starting.
    """
    lock = host.folder / "data" / "paperwire.db.lock"
    told = lock.read_text() if lock.exists() else ""
    address = json.loads(told)["http"] if told else ""
    return address != "" and httpx.get(f"{address}/healthz").is_success


def is_healthy(host: Host) -> bool:
    """Whether ``paperwire health`` says so."""
    process = host.start("health")
    process.communicate(timeout=PATIENCE)
    return process.returncode == 0


def addresses(host: Host, printed: str) -> list[str]:
    """The ids of the papers whose address stands on a line of its own."""
    prefix = f"{host.hub.base_url}/papers/"
    return [line.removeprefix(prefix) for line in printed.splitlines() if line.startswith(prefix)]


def test_run_once_prints_the_papers_that_match_and_no_others(host: Host) -> None:
    host.hub.lists[today().date()] = [
        an_item("9901.00001", title="Deep Reinforcement\nLearning"),
        an_item("9901.00002", title="Reinforced Concrete, and Learning"),
        an_item("9901.00003", summary="With reinforcement-learning."),
    ]
    host.command("subscribe", "terminal:local", "reinforcement learning")
    assert addresses(host, host.do("run", "--once")) == ["9901.00001", "9901.00003"]


def test_a_second_run_prints_nothing(host: Host) -> None:
    host.hub.lists[today().date()] = [an_item("9901.00001")]
    host.command("subscribe", "terminal:local", "robots")
    assert len(addresses(host, host.do("run", "--once"))) == 1
    assert host.do("run", "--once") == ""


def test_a_recorded_day_brings_exactly_the_papers_in_which_the_phrase_stands(host: Host, recordings: Path) -> None:
    items = json.loads((recordings / "2026-08-18.json").read_text())
    host.hub.lists[today().date()] = items
    host.command("subscribe", "terminal:local", '"reinforcement learning"')
    phrase = re.compile(r"\breinforcement[\s-]+learning\b", re.IGNORECASE)
    texts = {
        item["paper"]["id"]: [item["paper"]["title"], item["paper"]["summary"], *item["paper"].get("ai_keywords", [])]
        for item in items
    }
    expected = [paper for paper, written in texts.items() if any(phrase.search(text) for text in written)]
    assert expected
    assert addresses(host, host.do("run", "--once")) == expected


def test_a_new_database_reads_thirty_days_and_posts_none_of_them(host: Host) -> None:
    for ago in range(1, 31):
        host.hub.lists[today().date() - timedelta(days=ago)] = [an_item(f"9901.{ago:05}")]
    host.command("subscribe", "terminal:local", "robots")
    assert host.do("run", "--once") == ""
    assert len(json.loads(host.command("try", "robots", "--days", "31", "--json"))) == 30


@pytest.mark.parametrize("is_first", [True, False])
def test_what_was_subscribed_to_elsewhere_long_ago_brings_today_and_nothing_before(host: Host, is_first: bool) -> None:  # noqa: FBT001
    long_ago = (today() - timedelta(days=200)).replace(microsecond=0).isoformat()
    host.hub.lists[today().date()] = [an_item("9901.00000")]
    for ago in range(1, 31):
        host.hub.lists[today().date() - timedelta(days=ago)] = [an_item(f"9901.{ago:05}")]
    file = host.folder / "subscriptions.toml"
    file.write_text(
        '[[channels]]\nchannel = "terminal:local"\n[[channels.subscriptions]]\n'
        f'query = "robots"\ncreated_by = "ben"\ncreated_at = {long_ago}\n'
    )
    if not is_first:
        assert host.do("run", "--once") == ""
    host.command("subscriptions", "import", str(file))
    assert addresses(host, host.do("run", "--once")) == ["9901.00000"]
    assert host.do("run", "--once") == ""
    assert json.loads(host.command("subscriptions", "--json"))[0]["created_at"].startswith(long_ago[:10])


def test_a_run_that_is_killed_anywhere_loses_nothing(host: Host) -> None:
    host.hub.lists[today().date()] = [an_item(f"9901.{number:05}") for number in range(15)]
    host.command("subscribe", "terminal:local", "robots")
    seen: list[str] = []
    for lines in (1, 20, 60):
        process = host.start("run", "--once")
        assert process.stdout is not None
        printed = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        rest = process.stdout.read()
        process.communicate()
        seen += addresses(host, "".join([*printed, rest]))
    seen += addresses(host, host.do("run", "--once"))
    assert set(seen) == {f"9901.{number:05}" for number in range(15)}


def test_a_digest_that_fell_due_while_nothing_ran_comes_once(host: Host) -> None:
    host.hub.lists[today().date()] = [an_item("9901.00001"), an_item("9901.00002")]
    host.command("subscribe", "terminal:local", "robots")
    set_schedule(host, due=today() + timedelta(days=1))
    assert host.do("run", "--once") == ""
    set_schedule(host, due=today() - timedelta(hours=3))
    assert host.do("run", "--once").startswith("2 papers · ")
    assert host.do("run", "--once") == ""


def test_a_digest_without_papers_is_skipped(host: Host) -> None:
    host.command("subscribe", "terminal:local", "robots")
    set_schedule(host, due=today() - timedelta(hours=3))
    assert host.do("run", "--once") == ""
    with stores_of_host(host) as stores:
        channel = stores.channels.get(HERE)
    assert channel is not None
    assert channel.digest_due is not None
    assert channel.digest_due > today()


def test_a_source_that_fails_is_told_and_the_exit_code_is_1(host: Host) -> None:
    host.hub.faults.append(404)
    assert "list of" in host.fail("run", "--once")


def test_the_service_shows_what_is_subscribed_to_while_it_runs(host: Host, service: subprocess.Popen[str]) -> None:
    host.hub.lists[today().date()] = [an_item("9901.00001", title="Robots Dance")]
    wait_until(lambda: is_up(host))
    host.command("subscribe", "terminal:local", "dance")
    assert service.stdout is not None
    assert service.stdout.readline() == "Robots Dance\n"


def test_commands_are_typed_into_the_service(host: Host, service: subprocess.Popen[str]) -> None:
    assert service.stdin is not None
    assert service.stdout is not None
    service.stdin.write("/subscribe world model\n")
    service.stdin.flush()
    assert service.stdout.readline() == "Subscribed to papers that mention “world model”.\n"
    assert [each["query"] for each in json.loads(host.command("subscriptions", "--json"))] == ["world model"]


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_the_service_cleanly(host: Host, service: subprocess.Popen[str], name: signal.Signals) -> None:
    wait_until(lambda: is_up(host))
    service.send_signal(name)
    _, errors = service.communicate(timeout=10)
    assert service.returncode == 0
    assert "Paperwire has stopped" in errors
    assert "Traceback" not in errors


def test_a_service_stops_in_time_while_its_source_hangs(host: Host) -> None:
    host.hub.faults.extend(["hang"] * 9)
    process = host.start("run")
    wait_until(lambda: len(host.hub.requests) > 0)
    process.terminate()
    _, errors = process.communicate(timeout=10)
    assert process.returncode == 0, errors


def test_a_service_stops_in_time_while_nobody_reads_its_output(host: Host) -> None:
    host.settings["PAPERWIRE_DELIVERY__FLOOD_LIMIT"] = "1000"
    host.hub.lists[today().date()] = [an_item(f"9901.{number:05}", summary="Robots. " * 60) for number in range(150)]
    host.command("subscribe", "terminal:local", "robots")
    process = host.start("run")
    wait_until(lambda: json.loads(host.command("subscriptions", "--json"))[0]["matches_30_days"] == 150)
    process.terminate()
    process.wait(timeout=10)
    assert process.returncode == 0
    process.communicate()


def test_health_answers_over_http_where_the_service_says(host: Host, service: subprocess.Popen[str]) -> None:
    wait_until(lambda: is_up(host))
    assert is_healthy(host)
    lock = json.loads((host.folder / "data" / "paperwire.db.lock").read_text())
    assert lock["pid"] == service.pid
    assert httpx.get(f"{lock['http']}/healthz").status_code == 200


def test_health_fails_when_no_service_runs(host: Host) -> None:
    assert "no service is running" in host.fail("health")
    assert json.loads(host.do("health", "--json", code=1))["ok"] is False


def test_health_fails_after_a_service_was_killed(host: Host, service: subprocess.Popen[str]) -> None:
    wait_until(lambda: is_up(host))
    assert is_healthy(host)
    service.kill()
    service.wait()
    assert not is_healthy(host)


def test_a_second_service_on_the_same_database_says_so_and_stops(host: Host, service: subprocess.Popen[str]) -> None:
    wait_until(lambda: is_up(host))
    assert f"process {service.pid}" in host.fail("run")
    assert "process" in host.fail("run", "--once")


def test_with_nothing_configured_run_says_what_is_missing_in_three_lines(host: Host) -> None:
    host.settings["PAPERWIRE_PLATFORMS__TERMINAL__ENABLED"] = "false"
    errors = host.fail("run", code=2)
    assert len(errors.splitlines()) == 3
    assert "SLACK_BOT_TOKEN" in errors
    assert "paperwire demo" in errors


def test_logs_are_json_when_asked_for(host: Host) -> None:
    host.settings["PAPERWIRE_LOG_FORMAT"] = "json"
    process = host.start("run", "--once")
    _, errors = process.communicate(timeout=PATIENCE)
    assert {"at", "level", "logger", "message"} == set(json.loads(errors.splitlines()[0]))


def test_a_wrong_token_stops_its_platform_alone_and_is_never_printed(host: Host) -> None:
    host.settings["DISCORD_TOKEN"] = "planted-token"  # noqa: S105 - no secret
    host.settings["PAPERWIRE_PLATFORMS__DISCORD__API_URL"] = f"{host.hub.base_url}/nowhere"
    host.hub.lists[today().date()] = [an_item("9901.00001", title="Robots")]
    host.command("subscribe", "terminal:local", "robots")
    process = host.start("run", "--once")
    shown, errors = process.communicate(timeout=PATIENCE)
    assert "Robots" in shown
    assert "planted-token" not in shown + errors
