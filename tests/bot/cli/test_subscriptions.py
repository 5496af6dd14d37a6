"""Commands that run and end: what they print, and their exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from tests.servers.huggingface import HuggingFaceServer, an_item


@pytest.fixture
def hub() -> Iterator[HuggingFaceServer]:
    """A source on loopback."""
    with HuggingFaceServer() as server:
        yield server


class Shell:
    """Runs ``paperwire …`` with a database and a source of its own."""

    def __init__(self, folder: Path, hub: HuggingFaceServer) -> None:
        """Begin with an empty database."""
        self._environment = {
            "PAPERWIRE_STORAGE__PATH": str(folder / "paperwire.db"),
            "PAPERWIRE_SOURCES__HUGGINGFACE__BASE_URL": hub.base_url,
        }

    def __call__(self, *arguments: str) -> Result:
        """Run a command."""
        return CliRunner().invoke(cli, arguments, env=self._environment, prog_name="paperwire")


@pytest.fixture
def paperwire(tmp_path: Path, hub: HuggingFaceServer) -> Shell:
    """A shell with an empty database."""
    return Shell(tmp_path, hub)


def days_ago(days: int) -> datetime:
    """That many days before today."""
    return datetime.now(UTC) - timedelta(days=days)


def test_subscribing_says_what_was_understood(paperwire: Shell) -> None:
    result = paperwire("subscribe", "slack:C0123456789", "rlhf, reward model")
    assert result.exit_code == 0
    assert result.stdout.startswith("Subscribed to papers that mention “rlhf” or “reward model”")
    assert "“reinforcement learning from human feedback”" in result.stdout


def test_a_query_may_be_given_in_several_words_and_with_a_minus(paperwire: Shell) -> None:
    paperwire("subscribe", "slack:C0123456789", "diffusion", "-survey")
    [subscription] = json.loads(paperwire("subscriptions", "--json").stdout)
    assert subscription["query"] == "diffusion -survey"


def test_a_minus_before_a_word_with_an_h_is_not_the_help_option(paperwire: Shell) -> None:
    paperwire("subscribe", "slack:C0123456789", "diffusion", "-hallucination")
    [subscription] = json.loads(paperwire("subscriptions", "--json").stdout)
    assert subscription["query"] == "diffusion -hallucination"


def test_subscriptions_are_listed_as_json(paperwire: Shell) -> None:
    paperwire("subscribe", "slack:C0123456789", "robots")
    [subscription] = json.loads(paperwire("subscriptions", "slack:C0123456789", "--json").stdout)
    assert (subscription["channel"], subscription["query"], subscription["matches_30_days"]) == (
        "slack:C0123456789",
        "robots",
        0,
    )
    assert datetime.fromisoformat(subscription["created_at"]).utcoffset() == timedelta(0)


def test_subscriptions_are_listed_for_people_by_channel(paperwire: Shell) -> None:
    paperwire("subscribe", "slack:C0123456789", "robots")
    paperwire("subscribe", "terminal:local", "dance")
    printed = paperwire("subscriptions").stdout
    assert [line for line in printed.splitlines() if ":" in line and not line.startswith("This")] == [
        "slack:C0123456789",
        "terminal:local",
    ]


def test_without_subscriptions_the_list_says_how_to_begin(paperwire: Shell) -> None:
    assert "paperwire subscribe" in paperwire("subscriptions").stdout


def test_unsubscribing_removes_a_subscription(paperwire: Shell) -> None:
    paperwire("subscribe", "terminal:local", "robots")
    assert paperwire("unsubscribe", "terminal:local", "1").exit_code == 0
    assert json.loads(paperwire("subscriptions", "--json").stdout) == []


def test_unsubscribing_prints_everything_that_remains(paperwire: Shell) -> None:
    for number in range(1, 31):
        paperwire("subscribe", "terminal:local", f"topic{number}")
    printed = paperwire("unsubscribe", "terminal:local", "1").stdout
    assert "This channel has 29 subscriptions:" in printed
    assert "30. topic30 " in printed


def test_a_failure_is_one_line_on_stderr_and_exit_code_1(paperwire: Shell) -> None:
    paperwire("subscribe", "terminal:local", "robots")
    for arguments in (("subscribe", "terminal:local", "robots"), ("unsubscribe", "terminal:local", "violins")):
        result = paperwire(*arguments)
        assert result.exit_code == 1
        assert result.stdout == ""
        assert result.stderr.startswith("paperwire: This channel")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("subscribe", "terminal:local", "(robots"), "(robots\n^"),
        (("try", "robots AND"), "robots AND\n       ^"),
        (("subscribe", "nowhere", "robots"), "platform:channel-id"),
        (("subscribe", "irc:lab", "robots"), "“irc” is not a platform"),
        (("subscriptions", "--config", "missing.toml"), "--config names missing.toml"),
        (("try", "robots", "--days", "0"), "--days"),
        (("sing",), "sing"),
        (("run",), "No platform is configured"),
    ],
)
def test_wrong_usage_says_what_is_right_and_exits_with_2(
    paperwire: Shell, arguments: tuple[str, ...], expected: str
) -> None:
    result = paperwire(*arguments)
    assert result.exit_code == 2
    assert expected in result.stderr


def test_backfill_fetches_past_lists_which_try_then_searches(paperwire: Shell, hub: HuggingFaceServer) -> None:
    hub.lists[days_ago(3).date()] = [an_item("9901.00001", title="Robots Dance"), an_item("9901.00002", title="Cellos")]
    assert paperwire("backfill", "--days", "5").stdout == "Read 5 lists with 2 papers, 2 of them new.\n"
    [found] = json.loads(paperwire("try", "title:dance", "--json").stdout)
    assert found == {
        "id": "9901.00001",
        "title": "Robots Dance",
        "url": f"{hub.base_url}/papers/9901.00001",
        "list_day": days_ago(3).date().isoformat(),
        "matched": ["Dance"],
    }


def test_try_shows_why_and_how_many(paperwire: Shell, hub: HuggingFaceServer) -> None:
    hub.lists[days_ago(3).date()] = [an_item("9901.00001", title="Robots Dance")]
    paperwire("backfill", "--days", "5")
    printed = paperwire("try", "title:dance").stdout
    assert "title: Robots Dance" in printed
    assert "1 paper in 30 days" in printed


def test_try_names_what_comes_near_and_a_wider_form(paperwire: Shell, hub: HuggingFaceServer) -> None:
    hub.lists[days_ago(3).date()] = [an_item("9901.00001", title="Robots Dance")]
    paperwire("backfill", "--days", "5")
    printed = paperwire("try", "robots dance ballet").stdout
    assert "• Robots Dance: it doesn't mention “robots dance ballet”" in printed
    assert "• robots dance: 1 paper" in printed


def test_try_looks_no_further_back_than_asked(paperwire: Shell, hub: HuggingFaceServer) -> None:
    hub.lists[days_ago(3).date()] = [an_item("9901.00001")]
    paperwire("backfill", "--days", "5")
    assert json.loads(paperwire("try", "robots", "--days", "3", "--json").stdout) == []


def test_try_says_what_it_understood_in_a_sentence(paperwire: Shell) -> None:
    assert paperwire("try", "robots").stdout == "Papers that mention “robots”: no papers in 30 days\n"


def test_try_over_an_empty_store_says_how_to_fill_it(paperwire: Shell) -> None:
    result = paperwire("try", "robots")
    assert result.exit_code == 0
    assert "paperwire backfill" in result.stderr


def test_a_backfill_that_could_not_read_a_list_says_which_and_exits_with_1(
    paperwire: Shell, hub: HuggingFaceServer
) -> None:
    hub.faults.append(404)
    result = paperwire("backfill", "--days", "2")
    assert result.exit_code == 1
    assert f"list of {days_ago(1).date()}" in result.stderr


def test_the_demo_shows_cards_and_ends_without_input(paperwire: Shell) -> None:
    result = paperwire("demo")
    assert result.exit_code == 0
    assert "Teacups in Orbit" in result.stdout
    assert result.stdout.count("https://papers.example/papers/") >= 3


def test_commands_that_are_piped_into_the_demo_are_answered() -> None:
    typed = "/subscriptions\n/subscribe agents -robot\n"
    done = subprocess.run(
        [sys.executable, "-m", "bot", "demo"], input=typed, capture_output=True, text=True, timeout=30, check=True
    )
    _, answers = done.stdout.split("Control-D ends the demo.")
    assert "1. reinforcement learning\n   by " in answers
    assert "Agents that Ask First\nhttps://papers.example/papers/" in answers


def test_the_demo_does_not_wait_for_a_silent_pipe() -> None:
    read, write = os.pipe()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "demo"], stdin=read, capture_output=True, text=True, timeout=30, check=True
        )
    finally:
        os.close(read)
        os.close(write)
    assert "Teacups in Orbit" in done.stdout


@pytest.mark.parametrize("arguments", [("slack-manifest",), ("--help",), ("--version",), ("run", "--help"), ("help",)])
def test_output_to_a_full_disk_fails_in_one_line(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "bot", *arguments], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.stderr == "paperwire: No space left on device\n"
    assert done.returncode == 1


@pytest.mark.parametrize(("arguments", "code"), [(("run",), 2), (("--halp",), 2), (("health",), 1)])
def test_the_exit_code_is_the_same_if_its_reason_cannot_be_written(arguments: tuple[str, ...], code: int) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "bot", *arguments], stderr=full, stdout=subprocess.DEVNULL, check=False
        )
    assert done.returncode == code


def test_the_version_is_printed(paperwire: Shell) -> None:
    assert paperwire("--version").stdout.startswith("paperwire, version ")
