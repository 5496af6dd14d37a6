"""What the guides in docs/ tell people to type works, and what they point at is there."""

from __future__ import annotations

import configparser
import re
import shlex
from pathlib import Path

import pytest

from bot.cli import cli
from bot.commands import COMMANDS
from bot.query import parse

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def typed(page: Path) -> list[list[str]]:
    """Every ``paperwire …`` that the page shows, in words: in code within a line, or on a line of its own."""
    text = page.read_text()
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL))
    shown = re.findall(r"`(?:\.venv/bin/)?paperwire ([^`]+)`", text)
    shown += re.findall(r"^(?:docker compose .*|\.venv/bin/)?\bpaperwire (.+)$", blocks, re.MULTILINE)
    return [shlex.split(line, comments=True) for line in shown]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_line_of_a_page_is_one_that_paperwire_takes(page: Path) -> None:
    for name, *words in typed(page):
        if not name.startswith("-"):
            cli.commands[name].make_context(name, words)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_chat_command_of_a_page_is_in_the_table(page: Path) -> None:
    names = {command.name for command in COMMANDS}
    shown = re.findall(r"`/(subscribe|unsubscribe|subscriptions|papers [a-z]+)\b", page.read_text())
    assert set(shown) <= names


def test_every_query_that_members_are_shown_is_in_the_language() -> None:
    table = (ROOT / "docs" / "members.md").read_text().split("| to say | write |")[1].split("\n\n")[0]
    queries = [query for row in table.splitlines()[2:] for query in re.findall("`([^`]+)`", row.split(" | ")[1])]
    assert len(queries) > 12
    for query in queries:
        parse(query)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_everything_that_a_page_points_at_in_the_repository_is_there(page: Path) -> None:
    linked = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", page.read_text())
    assert [each for each in linked if not (page.parent / each).exists()] == []


def test_the_systemd_unit_runs_the_service_and_lets_it_stop_in_time() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(ROOT / "docs" / "paperwire.service")
    service = unit["Service"]
    assert service["ExecStart"].split("/")[-1] == "paperwire run"
    assert int(service["TimeoutStopSec"]) > 10
    assert service["NoNewPrivileges"] == "true"
