"""``backup`` and ``restore``, as hosts use them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.cli.host import Host, addresses, is_up, shell, today, wait_until
from tests.servers.huggingface import an_item


def queries(host: Host) -> list[str]:
    """The queries of all subscriptions."""
    return [subscription["query"] for subscription in json.loads(host.command("subscriptions", "--json"))]


def test_a_backup_of_a_running_service_is_restored_and_nothing_is_shown_twice(host: Host) -> None:
    copy = host.folder / "copy.db"
    host.hub.lists[today().date()] = [an_item("9901.00001", title="Robots Walk")]
    host.command("subscribe", "terminal:local", "robots")
    service = host.start("run")
    assert service.stdout is not None
    assert service.stdout.readline() == "Robots Walk\n"
    wait_until(lambda: is_up(host))
    assert "1 paper, 1 subscription" in host.command("backup", str(copy))
    assert "is running on" in host.fail("restore", str(copy))
    service.terminate()
    service.communicate()
    host.hub.lists[today().date()] += [an_item(f"9901.{number:05}", title="Robots Run") for number in range(2, 25)]
    host.command("subscribe", "terminal:local", "kettles")
    assert host.do("run", "--once").startswith("Papers 1–10 of 23 · ")
    output = host.command("restore", str(copy))
    assert "1 subscription." in output
    assert "paperwire.db.replaced-" in output
    assert queries(host) == ["robots"]
    host.hub.lists[today().date()].append(an_item("9901.00025", title="Robots Fly"))
    assert addresses(host, host.do("run", "--once")) == ["9901.00025"]
    assert host.do("run", "--once") == ""


def test_a_failed_backup_is_one_line_with_its_repair(host: Host) -> None:
    missing, copy = str(host.folder / "missing.db"), str(host.folder / "copy.db")
    assert host.complaint("backup", copy).startswith("paperwire: There is no database at ")
    assert host.complaint("restore", missing).startswith(f"paperwire: There is no file at {missing}. ")
    host.command("subscribe", "terminal:local", "robots")
    host.command("backup", copy)
    assert "--force" in host.complaint("backup", copy)
    host.command("backup", copy, "--force")
    assert "Usage" in host.complaint("backup", code=2)


def test_a_backup_goes_through_a_pipe(host: Host) -> None:
    host.command("subscribe", "terminal:local", "robots")
    program = [sys.executable, "-m", "bot"]
    copied = subprocess.run(  # noqa: S603 - our own program
        [*program, "backup", "-"], env=host.environment(), capture_output=True, check=True
    )
    assert b"1 subscription" in copied.stderr
    host.command("subscribe", "terminal:local", "kettles")
    subprocess.run(  # noqa: S603 - our own program
        [*program, "restore", "-"], env=host.environment(), input=copied.stdout, capture_output=True, check=True
    )
    assert queries(host) == ["robots"]


@pytest.mark.parametrize(("read", "why"), [("/dev/null", "it is empty"), ("<(yes)", "it is not an SQLite database")])
def test_what_comes_from_a_pipe_and_is_not_a_backup_is_refused_at_once_and_by_that_name(
    host: Host, read: str, why: str
) -> None:
    host.command("subscribe", "terminal:local", "robots")
    done = shell(host, f"paperwire restore - < {read}")
    assert done.returncode == 1
    assert done.stderr.startswith(f"paperwire: stdin is not a backup of Paperwire: {why}")
    assert queries(host) == ["robots"]


def test_a_backup_that_the_disk_cannot_take_changes_nothing_and_is_refused_in_a_line(host: Host) -> None:
    host.command("subscribe", "terminal:local", "robots")
    host.command("backup", str(host.folder / "copy.db"))
    for read in ("- < copy.db", "copy.db"):
        done = shell(host, f"ulimit -f 40; paperwire restore {read}")
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert "Traceback" not in done.stderr
        assert queries(host) == ["robots"]
    assert sorted(file.name for file in (host.folder / "data").iterdir()) == ["paperwire.db", "paperwire.db.lock"]


@pytest.mark.parametrize("form", ["itself", "symbolic link", "hard link", "another spelling"])
@pytest.mark.parametrize("command", [("backup",), ("subscriptions", "export"), ("preview", "robots", "--output")])
def test_no_command_writes_over_the_database_or_the_configuration(
    host: Host, command: tuple[str, ...], form: str
) -> None:
    config = host.folder / "config.toml"
    config.write_text("[commands]\nmax_subscriptions = 7\n")
    host.settings["PAPERWIRE_CONFIG"] = str(config)
    host.command("subscribe", "terminal:local", "robots")
    for file in (host.folder / "data" / "paperwire.db", config):
        before = file.read_bytes()
        complaint = host.complaint(*command, str(named(file, form)), "--force")
        assert "never overwritten" in complaint
        assert file.read_bytes() == before


@pytest.mark.parametrize("command", [("backup",), ("subscriptions", "export"), ("preview", "robots", "--output")])
def test_no_command_writes_over_a_secret_or_where_one_would_be_read(host: Host, command: tuple[str, ...]) -> None:
    folder, single = host.folder / "secrets", host.folder / "token"
    folder.mkdir()
    (folder / "hf_token").write_text("hf_planted")
    single.write_text("discord.planted.token")
    host.settings |= {"PAPERWIRE_SECRETS": str(folder), "DISCORD_TOKEN_FILE": str(single)}
    host.command("subscribe", "terminal:local", "robots")
    for file in (folder / "hf_token", single, folder / "heartbeat_url"):
        before = file.read_bytes() if file.exists() else None
        assert "never overwritten" in host.complaint(*command, str(file), "--force")
        assert (file.read_bytes() if file.exists() else None) == before


def named(file: Path, form: str) -> Path:
    """Another name of the file."""
    other = file.with_name(f"other-{file.name}")
    if form == "symbolic link":
        other.symlink_to(file)
    elif form == "hard link":
        other.hardlink_to(file)
    elif form == "another spelling":
        return file.parent / ".." / file.parent.name / file.name
    return other if other.exists() else file


@pytest.mark.parametrize("command", [("backup",), ("subscriptions", "export"), ("preview", "robots", "--output")])
def test_a_file_that_somebody_else_made_is_overwritten_only_by_force(host: Host, command: tuple[str, ...]) -> None:
    host.command("subscribe", "terminal:local", "robots")
    diary = host.folder / "diary"
    diary.write_text("Dear diary")
    assert "--force" in host.complaint(*command, str(diary))
    assert diary.read_text() == "Dear diary"
    host.command(*command, str(diary), "--force")
    assert diary.read_bytes() != b"Dear diary"


def test_an_export_that_people_may_have_edited_is_overwritten_only_by_force(host: Host) -> None:
    file = host.folder / "subscriptions.toml"
    host.command("subscriptions", "export", str(file))
    assert "already exists" in host.complaint("subscriptions", "export", str(file))
