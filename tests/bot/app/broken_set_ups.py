"""Ways to break a set-up, and what ``paperwire check`` has to say about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tests.machine import Machine


class Case(NamedTuple):
    """A way to break a set-up, and the finding that it gives."""

    name: str
    broken: Callable[[Machine], object]
    subject: str
    state: str
    detail: str
    repair: str


def setting(**settings: str) -> Callable[[Machine], object]:
    """Set these variables."""
    return lambda machine: machine.settings.update(settings)


def config(text: str) -> Callable[[Machine], object]:
    """Write this to the configuration file."""

    def broken(machine: Machine) -> None:
        machine.config = text

    return broken


def secret(name: str, text: str) -> Callable[[Machine], object]:
    """Put this secret into a file."""
    return lambda machine: machine.secret(name, text)


def assert_found(machine: Machine, case: Case) -> None:
    """Break the set-up; the mistake is found, with its repair."""
    case.broken(machine)
    found = machine.check()
    row = next(finding for finding in found if finding["subject"].startswith(case.subject))
    assert row["state"] == case.state
    assert case.detail in row["detail"]
    assert case.repair in row["repair"]
    assert bool(row["repair"]) == (row["state"] != "ok")
    assert "planted" not in str(found)
