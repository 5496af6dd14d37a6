"""Which database a command works with: none is made unasked, and a service that works with another is named."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.bot.cli.host import Host, is_up, wait_until


@pytest.fixture
def elsewhere(host: Host, service: subprocess.Popen[str]) -> Host:
    """Another folder on the host, with the service's port but without its database."""
    assert service.poll() is None
    wait_until(lambda: is_up(host))
    address = json.loads((host.folder / "data" / "paperwire.db.lock").read_text())["http"]
    folder = host.folder / "elsewhere"
    folder.mkdir()
    return Host(folder, host.hub, {"PAPERWIRE_HTTP__PORT": address.rpartition(":")[2]})


def database(host: Host) -> Path:
    """The host's database."""
    return host.folder / "data" / "paperwire.db"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("subscriptions",), 0),
        (("subscriptions", "--json"), 0),
        (("subscriptions", "terminal:local"), 0),
        (("subscriptions", "export"), 0),
        (("subscriptions", "move", "terminal:local", "slack:C0123456789"), 1),
        (("try", "robots", "--json"), 0),
        (("unsubscribe", "terminal:local", "1"), 1),
        (("preview", "robots", "--output", "/dev/null"), 0),
        (("check",), 0),
        (("health",), 1),
        (("backup", "copy.db"), 1),
        (("subscribe", "terminal:local", "(robots"), 2),
    ],
)
def test_what_has_nothing_to_keep_makes_no_database(host: Host, command: tuple[str, ...], code: int) -> None:
    host.do(*command, code=code)
    assert not database(host).parent.exists()


def test_a_command_that_only_looks_says_that_there_is_no_database(host: Host) -> None:
    process = host.start("subscriptions", "--json")
    printed, remarks = process.communicate()
    assert json.loads(printed) == []
    assert remarks == f"There is no database at {database(host)} yet.\n"


@pytest.mark.parametrize("command", [("subscribe", "terminal:local", "robots"), ("backfill", "--days", "1")])
def test_a_command_that_starts_a_database_says_so_once(host: Host, command: tuple[str, ...]) -> None:
    said = f"Starting with a new, empty database: {database(host)}.\n"
    assert [said in host.start(*command).communicate()[1] for _ in range(2)] == [True, False]


def test_a_service_that_starts_a_database_says_so(host: Host) -> None:
    assert "Starting with a new, empty database" in host.start("run", "--once").communicate()[1]


@pytest.mark.parametrize("command", [("subscribe", "terminal:local", "robots"), ("subscriptions",), ("try", "robots")])
def test_a_service_that_works_with_another_database_is_named(elsewhere: Host, command: tuple[str, ...]) -> None:
    port = elsewhere.settings["PAPERWIRE_HTTP__PORT"]
    said = f"The service that answers at http://127.0.0.1:{port} works with another database."
    assert said in elsewhere.start(*command).communicate()[1]
    assert f"http://127.0.0.1:{port} works with another database" in elsewhere.fail("health")


def test_check_names_such_a_service_too(elsewhere: Host) -> None:
    found = json.loads(elsewhere.do("check", "--json", code=1))
    [address] = [finding for finding in found if finding["subject"] == "HTTP address"]
    assert "a service with another database answers at" in address["detail"]


def test_beside_such_a_service_no_database_is_made_that_nobody_named(elsewhere: Host) -> None:
    for command in (("subscribe", "terminal:local", "robots"), ("backfill",), ("run", "--once")):
        errors = elsewhere.start(*command, without=("PAPERWIRE_STORAGE__PATH",)).communicate()[1]
        assert "nothing was changed" in errors
        assert "--config" in errors
    assert list(elsewhere.folder.iterdir()) == []


def test_the_service_of_the_database_itself_is_not_somewhere_else(host: Host, service: subprocess.Popen[str]) -> None:
    assert service.poll() is None
    wait_until(lambda: is_up(host))
    lock = json.loads((host.folder / "data" / "paperwire.db.lock").read_text())
    host.settings["PAPERWIRE_HTTP__PORT"] = lock["http"].rpartition(":")[2]
    assert host.start("subscribe", "terminal:local", "robots").communicate()[1] == ""


def test_another_program_on_the_port_is_not_a_service(host: Host) -> None:
    host.settings["PAPERWIRE_HTTP__PORT"] = host.hub.base_url.rpartition(":")[2]
    assert "another database" not in host.start("subscriptions").communicate()[1]


@pytest.mark.parametrize(
    ("channel", "why"),
    [
        ("slack:C0123456789", "SLACK_BOT_TOKEN"),
        ("slack:foo", "look like C0123456789"),
        ("slack:#general", "look like C0123456789"),
        ("slack:C0123456789/reply", "look like C0123456789"),
        ("slack:C0123456789/1712345678.123456", "SLACK_BOT_TOKEN"),
        ("discord:123456789012345678", "DISCORD_TOKEN"),
        ("discord:general", "long numbers"),
        ("terminal:elsewhere", "one channel, terminal:local"),
        ("terminal:local", "platforms.terminal.enabled"),
    ],
)
def test_a_channel_that_nothing_can_be_posted_to_is_subscribed_with_a_warning(
    host: Host, channel: str, why: str
) -> None:
    host.settings["PAPERWIRE_PLATFORMS__TERMINAL__ENABLED"] = "false"
    printed, remarks = host.start("subscribe", channel, "robots").communicate()
    assert printed.startswith("Subscribed to")
    assert f"Nothing can be posted to {channel} yet" in remarks
    assert why in remarks


def test_an_import_and_a_move_warn_as_well(host: Host) -> None:
    file = host.folder / "subscriptions.toml"
    file.write_text('[[channels]]\nchannel = "slack:foo"\n[[channels.subscriptions]]\nquery = "robots"\n')
    assert "posted to slack:foo" in host.start("subscriptions", "import", str(file)).communicate()[1]
    assert "posted to discord:x" in host.start("subscriptions", "move", "slack:foo", "discord:x").communicate()[1]


def test_a_channel_where_papers_come_has_no_warning(host: Host) -> None:
    host.command("backfill", "--days", "1")
    host.settings |= {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "DISCORD_TOKEN": "a.b.c"}
    for channel in ("terminal:local", "slack:C0123456789", "slack:D0123456789", "discord:123456789012345678"):
        assert host.start("subscribe", channel, "robots").communicate()[1] == ""


@pytest.mark.parametrize(
    ("terminal", "token", "channel"),
    [
        ("true", "", "terminal:local"),
        ("false", "", "slack:C0123456789"),
        ("false", "a.b.c", "discord:123456789012345678"),
    ],
)
def test_the_example_of_an_empty_list_is_a_channel_that_can_be_posted_to(
    host: Host, terminal: str, token: str, channel: str
) -> None:
    host.settings |= {"PAPERWIRE_PLATFORMS__TERMINAL__ENABLED": terminal, "DISCORD_TOKEN": token}
    assert f"paperwire subscribe {channel} " in host.command("subscriptions")
