"""The documents and the program say the same."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from adapters.platforms.slack.manifest import SCOPES
from bot.cli import cli
from bot.commands.table import COMMANDS
from bot.config import keys
from bot.query import parse
from tests.builders import ROOT

README = (ROOT / "README.md").read_text()
SECURITY = (ROOT / "SECURITY.md").read_text()
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text()
FAILURES = (ROOT / "docs" / "failures.md").read_text()
LIBRARIES = (ROOT / "docs" / "libraries.md").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())

TOLD_OF_THE_CODE = [ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").glob("*.md"))]
"""The pages that say where things are in the code."""


def test_the_readme_has_every_chat_command_with_its_summary() -> None:
    rows = [f"| `{command.usage}` | {command.summary} |" for command in COMMANDS if not command.by_button]
    assert [row for row in rows if row not in README] == []


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_has_help_with_an_example(name: str) -> None:
    text = CliRunner().invoke(cli, [name, "--help"], prog_name="paperwire").stdout
    assert f"paperwire {name}" in text


def test_the_list_of_commands_says_what_each_does_in_whole_sentences() -> None:
    for words in ([], ["subscriptions"]):
        listed = CliRunner().invoke(cli, [*words, "--help"], prog_name="paperwire").stdout.split("Commands:")[1]
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


def test_the_architecture_is_one_page() -> None:
    assert len(ARCHITECTURE.splitlines()) <= 150


def test_the_architecture_names_every_room() -> None:
    """Every folder of ``bot/``, ``adapters/`` and ``storage/`` and every file beside those of ``bot/``."""
    table = ARCHITECTURE.split("## Rooms")[1].split("\n## ")[0]
    rooms = [f"bot/{path.name}/" for path in folders(ROOT / "bot")]
    rooms += [f"bot/{path.name}" for path in (ROOT / "bot").glob("*.py") if path.name != "__init__.py"]
    rooms += [f"adapters/{path.name}/" for path in folders(ROOT / "adapters")]
    assert len(rooms) > 15
    assert [room for room in rooms if f"`{room}`" not in table] == []
    inside = [
        *folders(ROOT / "adapters" / "platforms"),
        *folders(ROOT / "storage"),
        *folders(ROOT / "storage" / "sqlite"),
    ]
    assert [path.name for path in inside if f"{path.name}/`" not in table] == []


def folders(path: Path) -> list[Path]:
    """The packages in a folder."""
    return [each.parent for each in sorted(path.glob("*/__init__.py"))]


@pytest.mark.parametrize("page", TOLD_OF_THE_CODE, ids=lambda page: page.name)
def test_every_path_that_a_page_names_exists(page: Path) -> None:
    named = re.findall(r"`((?:bot|adapters|storage|tests|bench|scripts|docs)/[\w./-]*)`", page.read_text())
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", TOLD_OF_THE_CODE, ids=lambda page: page.name)
def test_every_file_and_module_that_a_page_names_exists(page: Path) -> None:
    """Files of a folder that was just named stand without it."""
    tracked = [
        path for part in ("bot", "adapters", "storage", "tests", "bench") for path in (ROOT / part).rglob("*.py")
    ]
    names = {path.name for path in tracked}
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in tracked}
    text = page.read_text()
    assert [name for name in re.findall(r"`(\w+\.py)`", text) if name not in names] == []
    dotted = re.findall(r"`((?:bot|adapters|storage)(?:\.\w+)+)`", text)
    known = {*modules, *(name.removesuffix(".__init__") for name in modules), *(key for key, _ in keys())}
    assert [name for name in dotted if name not in known] == []


def test_the_architecture_shows_the_layers_that_are_checked() -> None:
    section = ARCHITECTURE.split("## Layers")[1].split("\n## ")[0]
    rows = re.findall(r"^(\d+)\. (`[^:]+`): .+$", section, re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, len(rows) + 1))
    [contract] = [each for each in PROJECT["tool"]["importlinter"]["contracts"] if each["type"] == "layers"]
    assert [re.findall("`(.+?)`", names) for _, names in rows] == [layer.split(" | ") for layer in contract["layers"]]


def test_every_library_that_is_needed_has_its_reason() -> None:
    needed = [re.split(r"[^\w.-]", library)[0] for library in PROJECT["project"]["dependencies"]]
    named = re.findall(r"^\| ([\w.-]+)", LIBRARIES.lower(), re.MULTILINE)
    assert len(needed) > 10
    assert [name for name in needed if name not in named] == []


def test_every_test_that_the_threat_model_names_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", SECURITY)
    assert len(named) > 30
    assert [name for path, name in named if f"def {name}(" not in (ROOT / path).read_text()] == []


def test_the_threat_model_explains_every_scope_and_no_other() -> None:
    table = SECURITY.split("Slack, as bot scopes")[1].split("| --- | --- |")[1]
    assert set(re.findall(r"`([a-z_]+(?::[a-z]+)?)`", table)) == set(SCOPES)


def test_every_row_of_the_failure_tables_names_a_test_that_exists() -> None:
    rows = [row for row in FAILURES.splitlines() if row.startswith("| ") and "shown by" not in row and "---" not in row]
    named = [re.findall(r"`(test_\w+)` \|$", row) for row in rows]
    assert len(named) > 40
    written = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    existing = set(re.findall(r"def (test_\w+)", written))
    assert [row for row, names in zip(rows, named, strict=True) if not names or not set(names) <= existing] == []


@pytest.mark.parametrize("name", [f"requirements{kind}.lock" for kind in ("", "-build", "-dev", "-bench", "-browse")])
def test_lock_files_have_hashes_and_name_no_index(name: str) -> None:
    text = (ROOT / name).read_text()
    packages = re.findall(r"^[a-z0-9][a-z0-9._-]*==", text, re.MULTILINE)
    assert packages
    assert text.count("--hash=sha256:") >= len(packages)
    assert "://" not in text
    assert "index-url" not in text
