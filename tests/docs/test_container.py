"""What the container and the workflows run, as far as it can be seen without an engine."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.image import IMPORT_ALL
from bot.config import find_config, load_settings
from tests.builders import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
WORKFLOWS = {path.name: path.read_text() for path in sorted((ROOT / ".github" / "workflows").glob("*.yml"))}


def instructions(name: str, stage: str = "") -> list[str]:
    """The arguments of every such instruction of that stage; without a name, of the last one."""
    stages = re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)[1:]
    text = next(each for each in reversed(stages) if not stage or each.splitlines()[0].endswith(f" AS {stage}"))
    return re.findall(rf"^{name} (.*)$", text.replace("\\\n", " "), re.MULTILINE)


def test_the_entry_point_and_command_are_in_exec_form() -> None:
    """So that the program itself is told to stop."""
    assert [json.loads(each) for each in instructions("ENTRYPOINT")] == [["paperwire"]]
    assert [json.loads(each) for each in instructions("CMD")] == [["run"]]
    assert instructions("STOPSIGNAL") == ["SIGTERM"]


def test_it_runs_as_a_user_without_privileges_who_is_known_by_number() -> None:
    for stage in ("", "browse"):
        [user] = instructions("USER", stage)
        assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", user)
    assert instructions("USER") == instructions("USER", "browse")


def test_health_is_asked_of_the_program_itself() -> None:
    [check] = instructions("HEALTHCHECK")
    assert json.loads(check.partition(" CMD ")[2]) == ["paperwire", "health"]


def test_data_is_a_volume_and_the_database_is_on_it() -> None:
    assert instructions("VOLUME") == ["/data"]
    assert "PAPERWIRE_STORAGE__PATH=/data/" in DOCKERFILE


def test_packages_are_installed_by_hash_alone() -> None:
    installs = re.findall(r"pip install ([^\n]*)", DOCKERFILE)
    assert len(installs) == 4
    assert all("--require-hashes" in each or "--no-deps" in each for each in installs)


def test_the_images_size_is_estimated_by_what_the_image_is_built_by() -> None:
    assert IMPORT_ALL in DOCKERFILE


def test_everything_that_is_copied_is_let_in_and_exists() -> None:
    copied = [
        name for line in re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.MULTILINE) for name in line.split()[:-1]
    ]
    let_in = re.findall(r"^!(.*)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert [name for name in copied if not any(Path(name).match(pattern) for pattern in let_in)] == []


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_can_write_to_its_volume_alone_and_has_no_privileges(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_compose_gives_the_service_time_to_stop() -> None:
    assert int(SERVICES["paperwire"]["stop_grace_period"].removesuffix("s")) > 10


def without_tokens(folder: Path) -> dict[str, str]:
    """What compose sets where no token is given, and secrets from that folder."""
    given = {key: re.sub(r"\$\{\w+:-\}", "", value) for key, value in SERVICES["paperwire"]["environment"].items()}
    return {**given, "PAPERWIRE_SECRETS": str(folder)}


def test_what_compose_sets_without_any_token_can_be_used_and_prints_no_cards_into_the_log(tmp_path: Path) -> None:
    settings = load_settings(None, without_tokens(tmp_path))
    assert not settings.platforms.terminal.enabled


def test_the_settings_that_compose_would_bring_are_found_and_leave_the_database_on_its_volume(tmp_path: Path) -> None:
    [mounted] = re.findall(r"# - (\./config\.toml:(\S+):ro)", (ROOT / "compose.yaml").read_text())
    assert mounted[1] == f"{instructions('WORKDIR')[0]}/config.toml"
    shutil.copy(ROOT / "config.example.toml", tmp_path / "config.toml")
    environment = {**without_tokens(tmp_path), "PAPERWIRE_STORAGE__PATH": "/data/paperwire.db"}
    settings = load_settings(find_config(None, environment, tmp_path), environment)
    assert settings.storage.path == Path("/data/paperwire.db")


def test_the_tokens_that_are_typed_land_in_files_where_they_are_looked_for(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "hosting.md").read_text()
    [asking] = re.findall(r"^ *(mkdir -p secrets\n.*?unset token)$", guide, re.DOTALL | re.MULTILINE)
    done = subprocess.run(  # noqa: S603 - our own page
        ["/bin/bash", "-c", asking],
        cwd=tmp_path,
        input="xoxb-1\nxapp-1\n\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert "xoxb" not in done.stdout + done.stderr
    settings = load_settings(None, without_tokens(tmp_path / "secrets"))
    assert settings.platforms.slack.is_on
    assert not settings.platforms.discord.is_on


def test_compose_takes_secrets_from_files_where_the_image_looks_for_them() -> None:
    assert "PAPERWIRE_SECRETS=/run/secrets" in DOCKERFILE
    assert "./secrets:/run/secrets:ro" in SERVICES["paperwire"]["volumes"]


def test_secrets_are_kept_out_of_the_repository_and_the_image() -> None:
    assert "/secrets/" in (ROOT / ".gitignore").read_text().splitlines()
    assert (ROOT / ".dockerignore").read_text().splitlines()[0] == "*"


def test_every_published_port_is_on_loopback() -> None:
    published = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_the_browser_of_the_database_is_off_unless_asked_for_and_may_only_read() -> None:
    browse = SERVICES["browse"]
    assert browse["profiles"] == ["browse"]
    assert browse["volumes"] == ["data:/data:ro"]
    assert browse["depends_on"] == {"paperwire": {"condition": "service_healthy"}}
    [entry], [database] = (map(json.loads, instructions(name, "browse")) for name in ("ENTRYPOINT", "CMD"))
    assert entry[:2] == ["datasette", "serve"]
    assert not {"--immutable", "-i", "--nolock", "--root"} & {*entry, *database}, "the file changes, and is locked"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflows_run_only_what_is_pinned_by_commit(name: str) -> None:
    used = re.findall(r"uses: (\S+)(.*)$", WORKFLOWS[name], re.MULTILINE)
    assert used
    for action, comment in used:
        assert action.startswith("./") or re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action), action
        assert action.startswith("./") or re.fullmatch(r" # v\d+\.\d+\.\d+", comment), comment


@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflows_may_read_unless_a_job_says_otherwise(name: str) -> None:
    workflow = yaml.safe_load(WORKFLOWS[name])
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert "timeout-minutes" in job or "uses" in job


def test_what_is_supported_is_tested() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = {each.rpartition(" ")[2] for each in project["classifiers"] if re.search(r":: 3\.\d+$", each)}
    assert set(yaml.safe_load(WORKFLOWS["ci.yml"])["jobs"]["test"]["strategy"]["matrix"]["python"]) == named


def test_every_lock_that_something_shipped_is_made_of_is_audited() -> None:
    for lock in ("requirements.lock", "requirements-build.lock", "requirements-browse.lock", "requirements-dev.lock"):
        assert lock in WORKFLOWS["ci.yml"]


def test_a_release_is_tested_and_has_two_architectures_a_parts_list_and_provenance() -> None:
    jobs = yaml.safe_load(WORKFLOWS["release.yml"])["jobs"]
    assert jobs["image"]["needs"] == "ci"
    build = jobs["image"]["steps"][-1]["with"]
    assert build["platforms"] == "linux/amd64,linux/arm64"
    assert build["sbom"] is True
    assert build["provenance"] == "mode=max"
