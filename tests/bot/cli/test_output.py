"""What is printed where it cannot all be shown."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib

import pytest

from tests.bot.cli.host import PATIENCE, Host, today
from tests.servers.huggingface import an_item

TITLE = "强化学习: β‑VAE → 🤖"


@pytest.fixture(params=["latin-1", "ascii"])
def narrow(host: Host, request: pytest.FixtureRequest) -> Host:
    """A host whose terminal knows few characters, with a paper that needs others."""
    host.hub.lists[today().date()] = [an_item("2611.00001", title=TITLE)]
    host.command("subscribe", "terminal:local", "强化学习 OR VAE")
    host.command("backfill", "--days", "1")
    host.settings["PYTHONIOENCODING"] = request.param
    return host


def printed(host: Host, *arguments: str) -> bytes:
    """What the command prints; it succeeds."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot", *arguments],
        env=host.environment(),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "arguments", [("try", "VAE"), ("subscriptions",), ("run", "--once"), ("check",), ("demo", "--no-input")]
)
def test_a_terminal_that_cannot_show_a_character_shows_a_replacement(narrow: Host, arguments: tuple[str, ...]) -> None:
    assert printed(narrow, *arguments) != b""


def test_json_loses_nothing(narrow: Host) -> None:
    [found] = json.loads(printed(narrow, "try", "VAE", "--json"))
    assert found["title"] == TITLE.replace("‑", "-") or found["title"] == TITLE
    [subscription] = json.loads(printed(narrow, "subscriptions", "--json"))
    assert subscription["query"] == "强化学习 OR VAE"


def test_an_export_is_in_utf_8(narrow: Host) -> None:
    exported = tomllib.loads(printed(narrow, "subscriptions", "export").decode())
    assert exported["channels"][0]["subscriptions"][0]["query"] == "强化学习 OR VAE"
