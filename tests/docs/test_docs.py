"""The documents and the program say the same."""

from __future__ import annotations

import re

import click
import pytest

from adapters.platforms.slack.manifest import SCOPES
from bot.cli import cli
from bot.commands.table import COMMANDS
from bot.query import parse
from tests.builders import ROOT

README = (ROOT / "README.md").read_text()
SECURITY = (ROOT / "SECURITY.md").read_text()
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text()


def test_the_readme_has_every_chat_command_with_its_summary() -> None:
    rows = [f"| `{command.usage}` | {command.summary} |" for command in COMMANDS]
    assert [row for row in rows if row not in README] == []


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_has_help_with_an_example(name: str) -> None:
    text = cli.commands[name].get_help(click.Context(cli.commands[name], info_name=name))
    assert f"paperwire {name}" in text


def test_the_list_of_commands_says_what_each_does_in_whole_sentences() -> None:
    for group in (cli, cli.commands["subscriptions"]):
        listed = group.get_help(click.Context(group, info_name="paperwire", terminal_width=80)).split("Commands:")[1]
        assert "..." not in listed


@pytest.mark.parametrize("name", sorted(set(cli.commands) - {"demo"}))
def test_every_command_takes_a_configuration(name: str) -> None:
    assert "config" in {parameter.name for parameter in cli.commands[name].params}


def test_every_query_that_the_readme_shows_is_in_the_language() -> None:
    shown = re.findall("`([^`]+)`", README.split("A query may say more:")[1].split("\n")[0])
    assert len(shown) == 4
    for query in shown:
        parse(query)


def test_the_readme_fits_on_a_few_screens() -> None:
    assert len(README.splitlines()) < 80


def test_the_architecture_names_every_module_of_the_core() -> None:
    modules = [path.name for path in (ROOT / "bot").glob("*.py") if path.name not in {"__init__.py", "__main__.py"}]
    assert [name for name in modules if name not in ARCHITECTURE] == []


def test_the_architecture_names_every_library_that_is_needed() -> None:
    project = (ROOT / "pyproject.toml").read_text().split("dependencies = [")[1].split("]")[0]
    needed = re.findall(r'"([a-z-]+)', project)
    assert [name for name in needed if name not in ARCHITECTURE.lower()] == []


def test_every_test_that_the_threat_model_names_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", SECURITY)
    assert len(named) > 30
    assert [name for path, name in named if f"def {name}(" not in (ROOT / path).read_text()] == []


def test_the_threat_model_explains_every_scope_and_no_other() -> None:
    table = SECURITY.split("Slack, as bot scopes")[1].split("| --- | --- |")[1]
    assert set(re.findall(r"`([a-z_]+(?::[a-z]+)?)`", table)) == set(SCOPES)


def test_every_row_of_the_failure_table_names_a_test_that_exists() -> None:
    table = ARCHITECTURE.split("## What goes wrong, and what follows")[1].split("\n## ")[0]
    named = [re.findall(r"`(test_\w+)` \|$", row) for row in table.splitlines() if row.startswith("| ")][2:]
    assert len(named) > 20
    written = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    existing = set(re.findall(r"def (test_\w+)", written))
    assert [names for names in named if not names or not set(names) <= existing] == []


@pytest.mark.parametrize("name", [f"requirements{kind}.lock" for kind in ("", "-build", "-dev", "-bench", "-browse")])
def test_lock_files_have_hashes_and_name_no_index(name: str) -> None:
    text = (ROOT / name).read_text()
    packages = re.findall(r"^[a-z0-9][a-z0-9._-]*==", text, re.MULTILINE)
    assert packages
    assert text.count("--hash=sha256:") >= len(packages)
    assert "://" not in text
    assert "index-url" not in text
