"""``make setup`` on machines that lack something, with a Python that only pretends to install."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.builders import ROOT

PYTHON = """\
#!/bin/sh
# As on Debian: "venv" is there, but without the package python3-venv it stops halfway, leaving a folder without pip.
if [ "$1 $2" = "-m venv" ]; then
    for folder; do :; done
    [ "$3" = --clear ] && rm -rf "$folder"
    mkdir -p "$folder/bin"
    cp "$0" "$folder/bin/python"
    test -e "$MACHINE/python3-venv" || { echo "ensurepip is not available" >&2; exit 1; }
    touch "$folder/bin/pip"
elif [ "$1 $2" = "-m pip" ]; then
    test -e "$(dirname "$0")/pip" || { echo "No module named pip" >&2; exit 1; }
fi
"""


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine without python3-venv, with the repository's Makefile."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("requirements-dev.lock", "pyproject.toml"):
        (tmp_path / name).touch()
    python = tmp_path / "python3"
    python.write_text(PYTHON)
    python.chmod(0o755)
    return tmp_path


def set_up(machine: Path) -> subprocess.CompletedProcess[str]:
    """Run ``make setup`` there."""
    return subprocess.run(  # noqa: S603 - our own Makefile
        ["/usr/bin/env", "make", "setup", f"PYTHON={machine / 'python3'}"],
        cwd=machine,
        env={"PATH": os.environ["PATH"], "MACHINE": str(machine)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_is_missing_is_named_and_the_second_attempt_succeeds(machine: Path) -> None:
    first = set_up(machine)
    assert first.returncode != 0
    assert "sudo apt-get install python3-venv" in first.stderr
    again = set_up(machine)
    assert again.returncode != 0
    assert "sudo apt-get install python3-venv" in again.stderr
    (machine / "python3-venv").touch()
    second = set_up(machine)
    assert second.returncode == 0, second.stderr
    assert (machine / ".venv" / ".ready").exists()


def test_an_environment_that_works_is_kept(machine: Path) -> None:
    (machine / "python3-venv").touch()
    assert set_up(machine).returncode == 0
    (machine / ".venv" / "bin" / "kept").touch()
    os.utime(machine / "pyproject.toml")
    assert set_up(machine).returncode == 0
    assert (machine / ".venv" / "bin" / "kept").exists()
