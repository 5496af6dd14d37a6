"""The command line as people of a shell expect it: help, mistakes, pipes, closed streams, exit codes."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from bot.cli import cli
from bot.cli.in_shell import in_shell
from bot.domain import Address
from tests.bot.cli.host import Host, shell, stores_of_host, today
from tests.builders import HERE, subscribe
from tests.servers.huggingface import an_item

GENERAL = Address("slack", "C0123456789")


def names(group: click.Group, before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every command in words."""
    found: list[tuple[str, ...]] = []
    for name, command in group.commands.items():
        found.append((*before, name))
        found += names(command, (*before, name)) if isinstance(command, click.Group) else []
    return found


@pytest.fixture
def filled(host: Host) -> Host:
    """A host with papers, more than a pipe holds."""
    host.hub.lists[today().date()] = [
        an_item(f"9901.{number:05}", title=f"Robots {number}", summary="Robots. " * 200) for number in range(300)
    ]
    host.command("backfill", "--days", "1")
    return host


@pytest.mark.parametrize("name", [(), *names(cli)], ids=" ".join)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_every_command_has_help_by_both_names(name: tuple[str, ...], option: str) -> None:
    done = CliRunner().invoke(cli, [*name, option], prog_name="paperwire")
    assert done.exit_code == 0
    assert done.stdout.startswith("Usage: ")


@pytest.mark.parametrize("typed", ["help", "help run", "help subscriptions export", "-h", "run -h"])
def test_help_is_a_word_too(typed: str) -> None:
    done = CliRunner().invoke(cli, typed.split(), prog_name="paperwire")
    assert (done.exit_code, done.stdout[:7]) == (0, "Usage: ")
    assert typed.removeprefix("help").removesuffix("-h").strip() in done.stdout


def test_a_misspelled_command_of_a_group_is_not_taken_for_a_channel() -> None:
    done = CliRunner().invoke(cli, ["subscriptions", "expor", "file"], prog_name="paperwire")
    assert done.exit_code == 2
    assert "Did you mean 'export'" in done.stderr


def test_names_of_people_play_no_tricks_on_the_terminal(host: Host) -> None:
    with stores_of_host(host) as stores:
        subscribe(stores, HERE, "robots", by="ada\x1b[2J\u202e")
    for arguments in (("subscriptions",), ("subscriptions", "terminal:local"), ("subscribe", "terminal:local", "x")):
        printed = host.command(*arguments)
        assert "\x1b" not in printed
        assert "\u202e" not in printed


@pytest.mark.parametrize("name", names(cli), ids=" ".join)
def test_every_command_refuses_an_option_that_it_does_not_have(name: tuple[str, ...]) -> None:
    done = CliRunner().invoke(cli, [*name, "--nonsense"], prog_name="paperwire")
    assert done.exit_code == 2
    assert "--nonsense" in done.stderr


def test_a_misspelled_option_of_a_command_with_a_query_is_not_a_part_of_the_query() -> None:
    done = CliRunner().invoke(cli, ["try", "robots", "--dyas", "7"], prog_name="paperwire")
    assert done.exit_code == 2
    assert "Did you mean '--days'" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("try", "robots", "--days", "9" * 5_000),
        ("subscribe", "x" * 5_000, "robots"),
        ("backfill", f"--{'x' * 5_000}"),
        ("x" * 5_000,),
        ("discord-invite", "--application", "9" * 5_000),
    ],
)
def test_an_error_of_usage_repeats_only_the_beginning_of_what_was_typed(arguments: tuple[str, ...]) -> None:
    done = CliRunner().invoke(cli, arguments, prog_name="paperwire")
    assert done.exit_code == 2
    assert len(done.stderr) < 500


@pytest.mark.parametrize("application", ["0", "-1", "123", "x", "9" * 30])
def test_what_cannot_be_an_application_gets_no_invitation(application: str) -> None:
    done = CliRunner().invoke(cli, ["discord-invite", "--application", application], prog_name="paperwire")
    assert done.exit_code == 2
    assert "--application" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("token", ["MA.x.y", "LTE.x.y", "secret", "####.x.y"])
def test_a_token_without_an_application_gets_no_invitation_and_is_not_printed(token: str) -> None:
    done = CliRunner().invoke(cli, ["discord-invite"], env={"DISCORD_TOKEN": token}, prog_name="paperwire")
    assert done.exit_code == 2
    assert "not a Discord token" in done.stderr
    assert token not in done.stderr


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("/subscriptions lists them.", "paperwire subscriptions slack:C0123456789 lists them."),
        ("Remove one with /unsubscribe, or", "Remove one with paperwire unsubscribe slack:C0123456789, or"),
        ("For example /subscribe rlhf", "For example paperwire subscribe slack:C0123456789 rlhf"),
        ("/papers help lists every command.", "paperwire --help lists every command."),
        ("until someone runs /papers resume", "until someone runs /papers resume"),
        ("https://chat.example/subscribe", "https://chat.example/subscribe"),
        ("and/or /subscribers", "and/or /subscribers"),
    ],
)
def test_chat_commands_are_named_as_they_are_typed_here(said: str, expected: str) -> None:
    assert in_shell(said, GENERAL) == expected


def test_without_a_channel_its_place_is_shown() -> None:
    assert in_shell("/subscribe rlhf", None) == "paperwire subscribe CHANNEL rlhf"


@pytest.mark.parametrize(
    "arguments",
    [
        ("subscribe", "slack:C0123456789", "robots"),
        ("unsubscribe", "slack:C0123456789", "7"),
        ("unsubscribe", "slack:C0123456789", "kettles"),
        ("subscribe", "slack:C0123456789", "kettles"),
    ],
)
def test_errors_name_no_command_of_the_chat(host: Host, arguments: tuple[str, ...]) -> None:
    host.settings["PAPERWIRE_COMMANDS__MAX_SUBSCRIPTIONS"] = "1"
    host.command("subscribe", "slack:C0123456789", "robots")
    complaint = host.complaint(*arguments)
    assert "paperwire " in complaint.partition("\n")[2]
    assert " /" not in complaint
    assert "\n/" not in complaint


@pytest.mark.parametrize(
    "command", ["try '*'", "try '*' --json", "try robots --days 3", "subscriptions export", "slack-manifest", "--help"]
)
def test_a_reader_that_leaves_early_is_not_a_failure(filled: Host, command: str) -> None:
    done = shell(filled, f"paperwire {command} | head -1")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1


def test_a_command_that_fails_does_so_without_readers_too(filled: Host) -> None:
    filled.hub.faults.extend([404] * 9)
    assert shell(filled, "paperwire backfill --days 2 2>&1 | true").returncode == 1


def test_a_backup_that_nobody_reads_to_its_end_is_not_done(filled: Host) -> None:
    done = shell(filled, "paperwire backup - | head -c 10 > /dev/null")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_there_is_no_bar_in_a_pipe(host: Host) -> None:
    done = shell(host, "paperwire backfill --days 3 2>&1 | cat")
    assert "Reading" not in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    "command",
    ["try robots", "subscriptions", "check", "slack-manifest", "run --once", "health"],
)
def test_commands_work_with_closed_streams(host: Host, command: str, closed: str) -> None:
    host.command("subscribe", "terminal:local", "robots")
    done = shell(host, f"paperwire {command} {closed}")
    assert "Traceback" not in done.stdout + done.stderr
    assert done.returncode == (1 if command == "health" else 0), done.stderr


def test_the_demo_says_that_nothing_can_be_shown_where_stdout_is_closed(host: Host) -> None:
    assert shell(host, "paperwire demo >&-").stderr == "paperwire: the terminal is closed\n"


@pytest.mark.parametrize("line", ["paperwire demo <&-", "paperwire demo --no-input | head -1", "paperwire demo 2>&-"])
def test_the_demo_needs_nobody_who_types_or_reads_on(host: Host, line: str) -> None:
    done = shell(host, line)
    assert (done.returncode, done.stderr) == (0, "")


def test_narrow_and_colourless_terminals_are_respected(host: Host) -> None:
    host.settings |= {"COLUMNS": "20", "NO_COLOR": "1", "TERM": "xterm"}
    for command in ("check", "--help", "demo --no-input", "subscriptions"):
        done = shell(host, f"paperwire {command}")
        assert done.returncode == 0, done.stderr
        assert "\x1b" not in done.stdout + done.stderr


def test_nothing_that_was_typed_reaches_the_terminal_unseen() -> None:
    hidden = "\x1b[31m\u202e\x07"
    for words in (
        ["subscribe", f"slack:{hidden}", "x"],
        [f"x{hidden}"],
        ["subscriptions", f"{hidden}:x"],
        ["try", f"({hidden}"],
    ):
        done = CliRunner().invoke(cli, words, prog_name="paperwire")
        assert done.exit_code == 2
        assert not set(hidden[:1] + "\u202e\x07") & set(done.stderr)
