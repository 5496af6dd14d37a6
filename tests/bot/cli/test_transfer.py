"""Subscriptions as a file, and from one channel to another, on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.domain import Address, Saver
from storage import open_stores
from tests.builders import NOW, a_paper

Shell = Callable[..., Result]

HAND_WRITTEN = """
[[channels]]
channel = "slack:C0123456789"
schedule = "daily 09:00 Europe/Berlin"

[[channels.subscriptions]]
query = "rlhf, reward model"
created_by = "ben"
created_at = 2026-03-10T12:00:00Z
"""


def shell(database: Path) -> Shell:
    """A function that runs ``paperwire …`` with that database."""

    def run(*arguments: str, typed: str = "") -> Result:
        environment = {"PAPERWIRE_STORAGE__PATH": str(database), "PAPERWIRE_COMMANDS__MAX_SUBSCRIPTIONS": "3"}
        return CliRunner().invoke(cli, arguments, env=environment, prog_name="paperwire", input=typed)

    return run


@pytest.fixture
def paperwire(tmp_path: Path) -> Shell:
    """A shell with an empty database."""
    return shell(tmp_path / "paperwire.db")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that somebody wrote."""
    path = tmp_path / "subscriptions.toml"
    path.write_text(HAND_WRITTEN)
    return path


def listed(paperwire: Shell) -> list[tuple[str, str]]:
    """The channel and query of every subscription."""
    return [
        (subscription["channel"], subscription["query"])
        for subscription in json.loads(paperwire("subscriptions", "--json").stdout)
    ]


def test_an_export_is_imported_elsewhere_and_is_the_same_there(paperwire: Shell, file: Path, tmp_path: Path) -> None:
    paperwire("subscriptions", "import", str(file))
    paperwire("subscribe", "terminal:local", 'title:"quoted \\ words" -survey')
    written = tmp_path / "written.toml"
    assert paperwire("subscriptions", "export", str(written)).stdout == f"Wrote 2 subscriptions to {written}.\n"
    other = shell(tmp_path / "other.db")
    assert other("subscriptions", "import", str(written)).exit_code == 0
    assert other("subscriptions", "export").stdout == written.read_text()


def test_an_import_says_what_it_did_and_does_it_once(paperwire: Shell, file: Path) -> None:
    assert paperwire("subscriptions", "import", str(file)).stdout.splitlines() == [
        "Added 1 subscription.",
        "Set the schedule of 1 channel.",
    ]
    again = paperwire("subscriptions", "import", str(file))
    assert again.stdout == "Added no subscriptions: 1 was there already.\n"


def test_a_pause_is_imported_listed_and_exported(paperwire: Shell, tmp_path: Path) -> None:
    paused = f'{HAND_WRITTEN}paused = true\npaused_by = "cleo"\npaused_at = 2026-03-12T12:00:00Z\n'
    (tmp_path / "paused.toml").write_text(paused)
    done = paperwire("subscriptions", "import", str(tmp_path / "paused.toml"))
    assert done.stdout.splitlines()[-1] == "Paused 1 subscription."
    [subscription] = json.loads(paperwire("subscriptions", "--json").stdout)
    assert (subscription["paused"], subscription["paused_by"]) == (True, "cleo")
    assert subscription["paused_at"] == "2026-03-12T12:00:00+00:00"
    assert "paused by cleo since 12 March 2026" in paperwire("subscriptions").stdout
    assert paused[paused.index("[[channels.") :] in paperwire("subscriptions", "export").stdout


def test_an_import_may_come_from_a_pipe(paperwire: Shell) -> None:
    assert paperwire("subscriptions", "import", "-", typed=HAND_WRITTEN).exit_code == 0
    assert listed(paperwire) == [("slack:C0123456789", "rlhf, reward model")]


def test_a_file_with_mistakes_changes_nothing_and_shows_each_place(paperwire: Shell, file: Path) -> None:
    file.write_text(f'{HAND_WRITTEN}\n[[channels.subscriptions]]\nquery = "robots AND"\n[[channels]]\n')
    result = paperwire("subscriptions", "import", str(file))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "Line 11, subscription 2 of channel 1:" in result.stderr
    assert "    robots AND\n           ^" in result.stderr
    assert "Line 13, channel 2: channel is missing." in result.stderr
    assert listed(paperwire) == []


def test_a_file_that_is_not_text_is_refused(paperwire: Shell, file: Path) -> None:
    file.write_bytes(b"\xff\xfe")
    assert "not UTF-8 text" in paperwire("subscriptions", "import", str(file)).stderr


def test_an_import_keeps_the_limit_of_a_channel(paperwire: Shell, file: Path) -> None:
    more = "".join(f'\n[[channels.subscriptions]]\nquery = "word{number}"\n' for number in range(3))
    file.write_text(HAND_WRITTEN + more)
    result = paperwire("subscriptions", "import", str(file))
    assert result.exit_code == 1
    assert "would have 4 subscriptions, and may have 3" in result.stderr
    assert listed(paperwire) == []


def test_an_export_that_cannot_be_written_says_so(paperwire: Shell, tmp_path: Path) -> None:
    result = paperwire("subscriptions", "export", str(tmp_path / "missing" / "file.toml"))
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_subscriptions_move_to_another_channel(paperwire: Shell) -> None:
    for channel, query in [("slack:C1", "robots"), ("slack:C1", "dance"), ("discord:2", "dance")]:
        paperwire("subscribe", channel, query)
    result = paperwire("subscriptions", "move", "slack:C1", "discord:2")
    assert result.stdout == "Moved 2 subscriptions from slack:C1 to discord:2 (1 was there already).\n"
    assert listed(paperwire) == [("discord:2", "dance"), ("discord:2", "robots")]


def test_the_reading_list_moves_along(paperwire: Shell, tmp_path: Path) -> None:
    paperwire("subscribe", "slack:C1", "robots")
    with open_stores(tmp_path / "paperwire.db") as stores:
        stores.saved.save(Address("slack", "C1"), a_paper(), Saver("U1", "ada", NOW), limit=9)
    result = paperwire("subscriptions", "move", "slack:C1", "slack:C2")
    assert result.stdout.splitlines() == [
        "Moved 1 subscription from slack:C1 to slack:C2.",
        "The reading list moved too, with 1 paper.",
    ]


def test_moving_from_a_channel_without_subscriptions_fails(paperwire: Shell) -> None:
    result = paperwire("subscriptions", "move", "slack:C1", "discord:2")
    assert result.exit_code == 1
    assert "slack:C1 has no subscriptions" in result.stderr


@pytest.mark.parametrize(
    "arguments", [(), ("slack:C1",), ("--json",), ("slack:C1", "--json"), ("--json", "slack:C1"), ("list", "slack:C1")]
)
def test_a_channel_or_nothing_lists(paperwire: Shell, arguments: tuple[str, ...]) -> None:
    paperwire("subscribe", "slack:C1", "robots")
    result = paperwire("subscriptions", *arguments)
    assert result.exit_code == 0
    assert "robots" in result.stdout


def test_a_channel_without_subscriptions_says_what_to_do(paperwire: Shell) -> None:
    assert 'Try: paperwire subscribe slack:C1 "' in paperwire("subscriptions", "slack:C1").stdout
    assert json.loads(paperwire("subscriptions", "slack:C1", "--json").stdout) == []


@pytest.mark.parametrize("command", ["export", "import", "move"])
def test_each_command_has_help_with_an_example(paperwire: Shell, command: str) -> None:
    assert f"Example: paperwire subscriptions {command}" in paperwire("subscriptions", command, "--help").stdout
    assert command in paperwire("subscriptions", "--help").stdout


def test_a_thread_is_a_channel_like_any_other(paperwire: Shell, tmp_path: Path) -> None:
    thread, written = "slack:C0123456789/1712345678.123456", tmp_path / "written.toml"
    assert paperwire("subscribe", thread, "robots").exit_code == 0
    paperwire("subscriptions", "export", str(written))
    other = shell(tmp_path / "other.db")
    assert other("subscriptions", "import", str(written)).exit_code == 0
    assert listed(other) == [(thread, "robots")]
    assert other("subscriptions", "move", thread, "slack:C0123456789").exit_code == 0
    assert listed(other) == [("slack:C0123456789", "robots")]


def test_a_file_that_never_ends_is_refused(paperwire: Shell) -> None:
    done = paperwire("subscriptions", "import", "/dev/zero")
    assert done.exit_code == 1
    assert done.stderr == "paperwire: The file is longer than 20,000,000 bytes.\n"


def test_an_import_shows_no_bar_where_nobody_looks_at_it(paperwire: Shell, tmp_path: Path) -> None:
    file = tmp_path / "subscriptions.toml"
    file.write_text(HAND_WRITTEN)
    done = paperwire("subscriptions", "import", str(file))
    assert done.exit_code == 0
    assert "Adding channels" not in done.stderr
