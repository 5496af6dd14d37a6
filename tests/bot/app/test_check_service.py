"""What ``paperwire check`` says of what a service has met: a platform that takes nothing, records without sense."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.bot.app.broken_set_ups import Case, assert_found
from tests.builders import HERE
from tests.machine import Machine


def posting_fails(machine: Machine) -> None:
    machine.make_database(HERE)
    now = datetime.now(UTC)
    since, later = (now - timedelta(minutes=40)).isoformat(), (now + timedelta(minutes=5)).isoformat()
    values = f"'slack', '{since}', 'Slack has a problem (503)', '{later}'"
    machine.sql(f"INSERT INTO posting_outages VALUES ({values})")  # noqa: S608 - moments


def nonsense_is_listed(machine: Machine) -> None:
    machine.hub.lists[datetime.now(UTC).date()] = [{"paper": {"id": "9901.00002"}}]


CASES = [
    Case(
        "a platform that takes nothing",
        posting_fails,
        "posting to slack",
        "failed",
        "UTC: Slack has a problem (503)",
        "tried again for seven days",
    ),
    Case(
        "a record that makes no sense",
        nonsense_is_listed,
        "records of huggingface",
        "warning",
        "made no sense and would be left out: 9901.00002",
        "update Paperwire",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_went_wrong_is_named_with_its_repair(machine: Machine, case: Case) -> None:
    assert_found(machine, case)
