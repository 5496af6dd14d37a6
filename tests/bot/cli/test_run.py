"""The program as a process: started, given input, killed and asked, as hosts do."""

from __future__ import annotations

import json
import re
import signal
import subprocess
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from tests.bot.cli.host import (
    PATIENCE,
    Host,
    addresses,
    is_healthy,
    is_up,
    set_schedule,
    stores_of_host,
    today,
    wait_until,
)
from tests.builders import HERE
from tests.servers.huggingface import an_item


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


def test_a_recorded_day_brings_exactly_the_papers_that_contain_the_phrase(host: Host, recordings: Path) -> None:
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


def test_a_source_that_fails_is_reported_and_the_exit_code_is_1(host: Host) -> None:
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
    assert [subscription["query"] for subscription in json.loads(host.command("subscriptions", "--json"))] == [
        "world model"
    ]


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


def test_a_service_stops_in_time_while_its_output_is_not_read(host: Host) -> None:
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


def test_a_wrong_token_stops_only_its_platform_and_is_never_printed(host: Host) -> None:
    host.settings["DISCORD_TOKEN"] = "planted-token"  # noqa: S105 - no secret
    host.settings["PAPERWIRE_PLATFORMS__DISCORD__API_URL"] = f"{host.hub.base_url}/nowhere"
    host.hub.lists[today().date()] = [an_item("9901.00001", title="Robots")]
    host.command("subscribe", "terminal:local", "robots")
    process = host.start("run", "--once")
    shown, errors = process.communicate(timeout=PATIENCE)
    assert "Robots" in shown
    assert "planted-token" not in shown + errors
