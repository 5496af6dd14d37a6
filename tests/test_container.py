"""What the container runs, as far as it can be seen without an engine."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = (ROOT / "compose.yaml").read_text()


def instructions(name: str) -> list[str]:
    """The arguments of every such instruction of the last stage."""
    stage = re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)[-1].replace("\\\n", " ")
    return re.findall(rf"^{name} (.*)$", stage, re.MULTILINE)


def test_the_entry_point_and_command_are_in_exec_form() -> None:
    assert [json.loads(each) for each in instructions("ENTRYPOINT")] == [["paperwire"]]
    assert [json.loads(each) for each in instructions("CMD")] == [["run"]]


def test_it_runs_as_a_user_without_privileges() -> None:
    assert instructions("USER") == ["paperwire"]


def test_health_is_asked_of_the_program_itself() -> None:
    [check] = instructions("HEALTHCHECK")
    assert json.loads(check.partition(" CMD ")[2]) == ["paperwire", "health"]


def test_data_is_a_volume_and_the_database_is_on_it() -> None:
    assert instructions("VOLUME") == ["/data"]
    assert "PAPERWIRE_STORAGE__PATH=/data/" in DOCKERFILE


def test_packages_are_installed_by_hash_alone() -> None:
    installs = re.findall(r"pip install ([^\n]*)", DOCKERFILE)
    assert all("--require-hashes" in each or "--no-deps" in each for each in installs)


def test_everything_that_is_copied_is_let_in_and_exists() -> None:
    copied = [
        name for line in re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.MULTILINE) for name in line.split()[:-1]
    ]
    let_in = re.findall(r"^!(.*)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert [name for name in copied if not any(Path(name).match(pattern) for pattern in let_in)] == []


def test_compose_gives_the_service_time_to_stop_and_a_read_only_root() -> None:
    assert "read_only: true" in COMPOSE
    grace = re.search(r"stop_grace_period: (\d+)s", COMPOSE)
    assert grace is not None
    assert int(grace[1]) > 10
