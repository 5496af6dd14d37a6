"""What the guides in docs/ tell people to type works, and what they point at is there."""

from __future__ import annotations

import configparser
import importlib
import os
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner

from bot.cli import cli
from bot.commands.table import COMMANDS
from bot.config import keys, load_settings
from bot.config.loading import RESERVED, VARIABLES
from bot.config.settings import SECRET_FILES, SECRETS, USUAL_NAMES
from bot.delivery.digest_schedules import Schedule
from bot.matching.subject_file import MOST_NAMES, read_subjects
from bot.matching.subject_table import Subject, built_in
from bot.ports.platform import Platform
from bot.query import Term, parse
from tests.builders import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
HOSTING = (ROOT / "docs" / "hosting.md").read_text()
MEMBERS = (ROOT / "docs" / "members.md").read_text()

IN_COMPOSE = re.compile(r"^docker compose (?:exec|run)(?: --rm)? paperwire (?:paperwire )?")
"""What stands before a command that runs in a container: ``run`` has the entry point, ``exec`` has not."""


def blocks(page: Path, kind: str) -> list[str]:
    """The page's blocks of code of that kind, however far they are indented."""
    found = re.findall(rf"^ *```{kind}\n(.*?)^ *```", page.read_text(), re.DOTALL | re.MULTILINE)
    return [re.sub(r"^ +", "", block, flags=re.MULTILINE) for block in found]


OWN_SUBJECTS = next(block for block in blocks(ROOT / "docs" / "hosting.md", "toml") if block.startswith('["'))
"""The example of a host's own file of subjects."""


def typed(page: Path) -> list[list[str]]:
    """Every ``paperwire …`` that the page shows, in words: in code within a line, or on a line of its own."""
    shown = re.findall(r"`((?:\.venv/bin/)?paperwire [^`]+)`", page.read_text())
    shown += [line for block in blocks(page, "sh") for line in block.splitlines()]
    shown = [IN_COMPOSE.sub("paperwire ", line).removeprefix(".venv/bin/") for line in shown]
    lines = [shlex.split(line, comments=True) for line in shown if line.startswith("paperwire ")]
    return [words[1:] for words in lines if len(words) > 1]


def take(command: click.Command, name: str, words: list[str]) -> None:
    """Parse what was typed as the program does, down to the command in the group; a name alone is only looked up."""
    if not words and command.params and command is not cli:
        return
    context = command.make_context(name, list(words))
    if isinstance(command, click.Group):
        found, below, rest = command.resolve_command(context, [*context._protected_args, *context.args])  # noqa: SLF001
        assert found is not None
        assert below is not None
        take(below, found, rest)


def commands_of(group: click.Group, before: str = "paperwire") -> list[str]:
    """Every command with the names of its groups."""
    found = []
    for name, command in group.commands.items():
        if not command.hidden:
            found.append(f"{before} {name}")
            found += commands_of(command, f"{before} {name}") if isinstance(command, click.Group) else []
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_line_of_a_page_is_one_that_paperwire_takes(page: Path) -> None:
    for words in typed(page):
        placed = ["slack:C0123456789" if word in {"FROM", "TO"} else word for word in words]
        placed = ["-" if word == "FILE" or word.endswith(".toml") else word for word in placed]
        if placed[0] != "--version":
            take(cli, "paperwire", placed)


def test_the_hosts_page_shows_command_lines() -> None:
    assert len(typed(ROOT / "docs" / "hosting.md")) > 30


def test_the_hosts_page_names_every_command_of_the_command_line() -> None:
    assert [name for name in commands_of(cli) if f"`{name}" not in HOSTING] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_chat_command_of_a_page_is_in_the_table(page: Path) -> None:
    names = {command.name for command in COMMANDS}
    shown = re.findall(r"`/(subscribe|unsubscribe|subscriptions|papers [a-z]+)\b", page.read_text())
    assert set(shown) <= names


def test_the_members_page_names_every_chat_command() -> None:
    typed = [command.name for command in COMMANDS if not command.by_button]
    assert [name for name in typed if f"`/{name}" not in MEMBERS] == []


def test_every_query_that_members_are_shown_is_in_the_language() -> None:
    table = MEMBERS.split("| to say | write |")[1].split("\n\n")[0]
    queries = [query for row in table.splitlines()[2:] for query in re.findall("`([^`]+)`", row.split(" | ", 1)[1])]
    assert len(queries) > 20
    for query in queries:
        parse(query.replace("\\|", "|"))


def test_every_schedule_that_members_are_shown_is_one() -> None:
    table = MEMBERS.split("| schedule | when |")[1].split("\n\n")[0]
    schedules = re.findall(r"^\| `([^`]+)`", table, re.MULTILINE)
    assert schedules[-1] == "instant"
    for schedule in schedules[:-1]:
        Schedule.parse(schedule)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_everything_that_a_page_points_at_in_the_repository_is_there(page: Path) -> None:
    linked = re.findall(r"\]\((?!https?://)([^)#\s]*)(?:#([^)\s]+))?\)", page.read_text())
    assert [path for path, _ in linked if not (page.parent / path).exists()] == []
    for path, place in linked:
        if place:
            target = page.parent / path if path else page
            headings = re.findall(r"^#+ (.+)$", target.read_text(), re.MULTILINE)
            assert place in {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def test_the_hosts_page_names_every_setting_in_its_section_and_no_other() -> None:
    rows = re.findall(r"^\| `\[([a-z.]+)\]` \| (.*?) \|", HOSTING, re.MULTILINE)
    named = [f"{section}.{key}" for section, cell in rows for key in re.findall("`([a-z_]+)`", cell)]
    assert named == [key for key, _ in keys()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_variable_of_a_page_is_one_that_is_read(page: Path) -> None:
    read = {*VARIABLES, *RESERVED, *USUAL_NAMES}
    files = {f"{name}_FILE" for name, key in (VARIABLES | USUAL_NAMES).items() if key in SECRETS}
    named = re.findall(r"\b(PAPERWIRE_[A-Z_]+|(?:SLACK|DISCORD|HF)_[A-Z_]+)\b", page.read_text())
    others = {"PAPERWIRE_X", "PAPERWIRE_PORT", "PAPERWIRE_SERVICE_"}
    assert [name for name in named if name not in read | files | others] == []


def test_the_hosts_page_names_every_file_of_a_folder_of_secrets() -> None:
    assert [name for name in SECRET_FILES if f"`{name}`" not in HOSTING] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_setting_in_a_block_is_one(page: Path, tmp_path: Path) -> None:
    for block in blocks(page, "toml"):
        if block != OWN_SUBJECTS:
            (tmp_path / "config.toml").write_text(block)
            assert tomllib.loads(block)
            load_settings(tmp_path / "config.toml", {})


def test_the_hosts_page_shows_a_subject_to_add_and_a_built_in_one_to_remove(tmp_path: Path) -> None:
    path = tmp_path / "subjects.toml"
    path.write_text(OWN_SUBJECTS)
    added, removed = read_subjects(path, path.name)
    assert built_in().related(Term(added.name)) == ()
    assert built_in().related(Term(removed.name)) != ()
    assert removed == Subject(removed.name)


def test_the_hosts_page_says_how_many_names_a_subject_can_have() -> None:
    assert f"A subject can have {MOST_NAMES} names." in HOSTING


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_metric_of_a_page_is_in_the_table_of_metrics(page: Path) -> None:
    known = re.findall(r"^\| `(paperwire_\w+)` ", (ROOT / "docs" / "monitoring.md").read_text(), re.MULTILINE)
    assert set(re.findall(r"`(paperwire_\w+)`", page.read_text())) <= set(known)


def test_exit_codes_are_those_of_the_table(tmp_path: Path) -> None:
    """Of something done, something that could not be done, and a configuration with which nothing can be."""
    table = HOSTING.split("### Exit codes")[1].split("##")[0]
    environment = {"PAPERWIRE_STORAGE__PATH": str(tmp_path / "paperwire.db"), "PAPERWIRE_CONFIG": os.devnull}
    shown = [["subscriptions"], ["restore", "missing.db"], ["run"]]
    codes = [CliRunner().invoke(cli, words, env=environment).exit_code for words in shown]
    assert [str(code) for code in codes] == re.findall(r"^\| (\d+) \|", table, re.MULTILINE)


def test_everything_that_make_is_asked_for_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    asked = [name for page in PAGES for name in re.findall(r"(?:^|`)make ([a-z]+)", page.read_text(), re.MULTILINE)]
    assert set(asked) <= targets


def test_every_part_of_compose_that_the_hosts_page_names_exists() -> None:
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())
    assert set(re.findall(r"--profile (\w+)", HOSTING)) == set(compose["services"]["browse"]["profiles"])
    named = re.findall(r"docker compose (?:exec|run)(?: -[-\w]+| sh)* ([a-z]+)", HOSTING)
    assert set(named) == {"paperwire"}


def test_every_message_among_the_symptoms_is_one_of_the_programs() -> None:
    rows = re.findall(r"^\| (.*?) \| ", HOSTING.split("| what you see |")[1], re.MULTILINE)
    quoted = [quote for row in rows if not row.startswith("Slack says") for quote in re.findall("“(.+?)”", row)]
    sources = [path for part in ("bot", "adapters", "storage") for path in (ROOT / part).rglob("*.py")]
    written = " ".join(re.sub(r'"\s+f?"', "", path.read_text()) for path in sources)
    pieces = [piece.strip() for quote in quoted for piece in re.split("…|SLACK_BOT_TOKEN|127.0.0.1:8080", quote)]
    assert len(quoted) > 8
    assert [piece for piece in pieces if piece not in written and "command not found" not in piece] == []


def test_the_systemd_unit_runs_the_service_and_lets_it_stop_in_time() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(ROOT / "docs" / "paperwire.service")
    service = unit["Service"]
    assert service["ExecStart"].split("/")[-1] == "paperwire run"
    assert int(service["TimeoutStopSec"]) > 10
    assert service["NoNewPrivileges"] == "true"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="a machine without systemd")
def test_the_systemd_unit_is_hardly_exposed() -> None:
    """Below 2.5 of 10, by systemd's own reckoning."""
    unit = str(ROOT / "docs" / "paperwire.service")
    analysis = subprocess.run(  # noqa: S603 - systemd's own program
        ["/usr/bin/env", "systemd-analyze", "security", "--offline=true", "--threshold=24", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    assert analysis.returncode == 0, analysis.stdout[-200:]


def test_the_systemd_unit_is_not_started_again_with_a_configuration_that_is_wrong() -> None:
    unit = (ROOT / "docs" / "paperwire.service").read_text()
    assert "Restart=on-failure" in unit
    assert "RestartPreventExitStatus=2" in unit


def test_the_systemd_commands_use_what_the_unit_uses() -> None:
    unit = (ROOT / "docs" / "paperwire.service").read_text()
    for used in (
        "/etc/paperwire.env",
        "/opt/paperwire/.venv/bin",
        "PAPERWIRE_STORAGE__PATH=/var/lib/paperwire/paperwire.db",
    ):
        assert used in unit
        assert used in HOSTING


def test_whoever_adds_a_platform_is_told_of_everything_that_it_has() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text()
    table = text.split("## Add a platform")[1].split("## Release")[0]
    members = {*Platform.__annotations__, *(name for name in vars(Platform) if not name.startswith("_"))}
    named = [name for row in re.findall(r"^ +\| (`.*?) \|", table, re.MULTILINE) for name in re.findall("`(.+?)`", row)]
    assert set(named) == members
    assert len(named) == len(members)


def test_everything_that_contributors_are_pointed_at_in_the_code_exists() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text()
    paths = re.findall(r"`((?:bot|adapters|storage|tests|scripts|\.ci)/[\w./]*)`", text)
    assert len(paths) > 10
    assert [path for path in paths if not (ROOT / path).exists()] == []
    touched = re.findall(r"^([a-z]\w+(?:/\w+)+\.(?:py|md))( \+)?", text.replace("  ", "\n"), re.MULTILINE)
    assert len(touched) > 30
    assert [path for path, is_new in touched if not is_new and not (ROOT / path).exists()] == []
    for module, name in re.findall(r"`(bot(?:\.[a-z]+)+)\.([A-Za-z_]+)`", text):
        if not hasattr(importlib.import_module(module), name):
            importlib.import_module(f"{module}.{name}")
