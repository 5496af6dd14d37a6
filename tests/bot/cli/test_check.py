"""``paperwire check``: mistakes are found, with their repairs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import cli
from tests.servers.huggingface import HuggingFaceServer, an_item


@pytest.fixture
def hub() -> Iterator[HuggingFaceServer]:
    """A source on loopback, with a paper on yesterday's list."""
    with HuggingFaceServer() as server:
        server.lists[(datetime.now(UTC) - timedelta(days=1)).date()] = [an_item("9901.00001")]
        yield server


@dataclass(slots=True)
class Setup:
    """A set-up that works; tests break it."""

    folder: Path
    hub: HuggingFaceServer
    settings: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str) -> tuple[int, str]:
        """The exit code, and what was printed."""
        environment = {
            "PAPERWIRE_STORAGE__PATH": str(self.folder / "paperwire.db"),
            "PAPERWIRE_SOURCES__HUGGINGFACE__BASE_URL": self.hub.base_url,
            "PAPERWIRE_PLATFORMS__TERMINAL__ENABLED": "true",
            **self.settings,
        }
        result = CliRunner().invoke(cli, arguments, env=environment, prog_name="paperwire")
        return result.exit_code, result.output

    def check(self) -> dict[str, dict[str, str]]:
        """The findings by subject; the exit code agrees with them."""
        code, printed = self.run("check", "--json")
        found = json.loads(printed)
        assert code == any(finding["state"] == "failed" for finding in found)
        return {finding["subject"]: finding for finding in found}


@pytest.fixture
def setup(tmp_path: Path, hub: HuggingFaceServer) -> Setup:
    """A set-up that works."""
    return Setup(tmp_path, hub)


def test_a_set_up_that_works_is_ok_before_its_first_start(setup: Setup) -> None:
    found = setup.check()
    assert {finding["state"] for finding in found.values()} == {"ok"}
    assert "1 paper" in found["huggingface"]["detail"]


def test_every_channel_with_a_subscription_is_tried(setup: Setup) -> None:
    setup.run("subscribe", "terminal:local", "robots")
    setup.run("subscribe", "terminal:elsewhere", "robots")
    found = setup.check()
    assert found["database"]["detail"].endswith("2 subscriptions in 2 channels")
    assert found["terminal:local"]["state"] == "ok"
    assert found["terminal:elsewhere"]["state"] == "failed"
    assert found["terminal:elsewhere"]["repair"]


def test_a_database_without_subscriptions_has_none(setup: Setup) -> None:
    setup.run("backfill", "--days", "1")
    assert setup.check()["database"]["detail"].endswith("paperwire.db, no subscriptions")


def test_a_channel_of_a_platform_that_is_off_is_a_warning(setup: Setup) -> None:
    setup.run("subscribe", "slack:C0123456789", "robots")
    assert setup.check()["slack:C0123456789"]["state"] == "warning"


def test_a_wrong_setting_is_found_and_named(setup: Setup) -> None:
    setup.settings["PAPERWIRE_POLL__INTERVAL"] = "soon"
    found = setup.check()
    assert found["configuration"]["state"] == "failed"
    assert "poll.interval" in found["configuration"]["detail"].lower().replace("__", ".")


def test_a_source_that_cannot_be_reached_is_found(setup: Setup) -> None:
    setup.settings["PAPERWIRE_SOURCES__HUGGINGFACE__BASE_URL"] = "http://127.0.0.1:1"
    assert setup.check()["huggingface"]["state"] == "failed"


def test_a_source_without_yesterdays_list_is_not_a_failure(setup: Setup, hub: HuggingFaceServer) -> None:
    hub.lists.clear()
    assert setup.check()["huggingface"]["state"] == "ok"


def test_a_folder_that_is_a_file_is_found(setup: Setup) -> None:
    (setup.folder / "file").touch()
    setup.settings["PAPERWIRE_STORAGE__PATH"] = str(setup.folder / "file" / "paperwire.db")
    assert setup.check()["database"]["state"] == "failed"


def test_another_programs_database_is_found(setup: Setup) -> None:
    (setup.folder / "paperwire.db").write_text("This is a letter to my aunt, and no database at all.\n" * 50)
    assert "not an SQLite database" in setup.check()["database"]["repair"]


def test_a_set_up_without_a_platform_says_how_to_get_one(setup: Setup) -> None:
    setup.settings["PAPERWIRE_PLATFORMS__TERMINAL__ENABLED"] = "false"
    found = setup.check()["platforms"]
    assert found["state"] == "failed"
    assert "SLACK_BOT_TOKEN" in found["repair"]


def test_people_read_a_table_with_the_repairs(setup: Setup) -> None:
    setup.run("subscribe", "terminal:elsewhere", "robots")
    code, printed = setup.run("check")
    assert code == 1
    assert "→ Subscribe terminal:local instead" in printed
