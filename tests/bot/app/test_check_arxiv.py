"""``paperwire check`` where arXiv is on."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from tests.bot.app.broken_set_ups import Case, assert_found, setting
from tests.machine import Machine

NOWHERE = "http://127.0.0.1:1"
"""An address where nothing listens."""

CATEGORIES, OAI, RSS = (f"PAPERWIRE_SOURCES__ARXIV__{key}" for key in ("CATEGORIES", "OAI_URL", "RSS_URL"))

CASES = [
    Case(
        "records that cannot be reached",
        setting(**{CATEGORIES: "cs.LG", OAI: NOWHERE, RSS: NOWHERE}),
        "arxiv records",
        "failed",
        "no answer",
        "check that this machine can reach 127.0.0.1",
    ),
    Case(
        "a category that there cannot be",
        setting(**{CATEGORIES: "cs.robots"}),
        "configuration",
        "failed",
        "a list of up to 50 categories of arXiv",
        "correct it",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_is_broken_is_named_with_its_repair(machine: Machine, case: Case) -> None:
    assert_found(machine, case)


def test_without_categories_arxiv_is_not_checked(machine: Machine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        machine.settings[OAI] = f"http://127.0.0.1:{listening.getsockname()[1]}"
        assert not [finding for finding in machine.check() if finding["subject"].startswith("arxiv")]


def test_a_service_without_categories_loads_nothing_for_arxiv() -> None:
    made = (
        "import sys; from bot.app.sources import make_sources; from bot.config import Settings;"
        " make_sources(Settings());"
        " print([name for name in sys.modules if 'arxiv.' in name or 'defusedxml' in name])"
    )
    command = [sys.executable, "-c", made]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert shown.stdout.strip() == "[]"
