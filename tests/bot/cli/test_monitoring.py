"""What monitoring sees of a running service."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.bot.cli.host import PATIENCE, Host, is_up, today, wait_until
from tests.builders import HERE
from tests.servers.huggingface import HuggingFaceServer, an_item
from tests.servers.monitor import Monitor


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Host]:
    """A host with a paper on today's list, and a subscription to it."""
    with HuggingFaceServer() as hub:
        hub.lists[today().date()] = [an_item("9901.00001", title="Robots Dance")]
        host = Host(tmp_path, hub)
        host.command("subscribe", str(HERE), "dance")
        yield host


@pytest.fixture
def running(watched: Host) -> Iterator[subprocess.Popen[str]]:
    """The running service of that host."""
    process = watched.start("run")
    yield process
    process.kill()
    process.communicate()


@pytest.fixture
def monitor(watched: Host) -> Iterator[Monitor]:
    """A monitor that the service calls."""
    with Monitor() as monitor:
        (watched.folder / "url").write_text(f"{monitor.url}\n")
        watched.settings["PAPERWIRE_HEARTBEAT__URL_FILE"] = str(watched.folder / "url")
        yield monitor


def scraped(host: Host) -> str:
    """The metrics as Prometheus reads them."""
    lock = json.loads((host.folder / "data" / "paperwire.db.lock").read_text())
    return httpx.get(f"{lock['http']}/metrics").text


def test_metrics_count_polls_papers_and_deliveries(watched: Host, running: subprocess.Popen[str]) -> None:
    wait_until(lambda: is_up(watched))
    delivered = 'paperwire_deliveries_total{outcome="delivered",platform="terminal"} 1.0'
    wait_until(lambda: delivered in scraped(watched))
    page = scraped(watched)
    for line in (
        'paperwire_polls_total{outcome="good"} 1.0',
        'paperwire_papers_total{source="huggingface"} 1.0',
        'paperwire_source_up{source="huggingface"} 1.0',
        "paperwire_matches_total 1.0",
        'paperwire_delivery_delay_seconds_count{message="card",platform="terminal"} 1.0',
        'paperwire_queue_deliveries{state="due"} 0.0',
        "paperwire_database_up 1.0",
        'paperwire_platform_up{platform="terminal"} 1.0',
    ):
        assert line in page
    assert running.poll() is None


def test_no_metric_names_a_channel_a_query_or_a_secret(watched: Host, monitor: Monitor) -> None:
    watched.settings["HF_TOKEN"] = "planted-token"  # noqa: S105 - no secret
    process = watched.start("run")
    try:
        wait_until(lambda: is_up(watched))
        wait_until(lambda: bool(monitor.calls))
        page = scraped(watched)
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)
    assert not [word for word in ("local", "dance", "planted", "9901") if word in page]


def test_the_monitor_is_called_after_a_good_poll_and_its_address_is_never_printed(
    watched: Host, monitor: Monitor
) -> None:
    process = watched.start("run")
    wait_until(lambda: bool(monitor.calls))
    process.terminate()
    shown, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert monitor.calls == [("GET", "/ping/planted-secret", "")]
    assert "planted-secret" not in shown + errors


def test_a_run_for_cron_reports_to_the_monitor_what_failed(watched: Host, monitor: Monitor) -> None:
    watched.hub.faults.append(404)
    watched.fail("run", "--once")
    [(method, path, body)] = monitor.calls
    assert (method, path) == ("POST", "/ping/planted-secret/fail")
    assert body.startswith("huggingface, list of ")


def test_a_monitor_that_hangs_delays_neither_papers_nor_the_end(watched: Host, monitor: Monitor) -> None:
    monitor.faults.append(0)
    process = watched.start("run")
    assert process.stdout is not None
    assert process.stdout.readline() == "Robots Dance\n"
    process.terminate()
    process.communicate(timeout=10)
    assert process.returncode == 0


@pytest.mark.parametrize("arguments", [("health",), ("subscriptions",), ("--help",)])
def test_commands_that_measure_nothing_load_no_metrics(watched: Host, arguments: tuple[str, ...]) -> None:
    script = (
        "import sys\nfrom bot.cli import cli\n"
        f"try:\n    cli({list(arguments)!r})\nfinally:\n    print('loaded', 'prometheus_client' in sys.modules)"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", script], env=watched.environment(), capture_output=True, text=True, check=False
    )
    assert done.stdout.endswith("loaded False\n")
