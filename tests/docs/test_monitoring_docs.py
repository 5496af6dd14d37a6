"""docs/monitoring.md, docs/alerts.yaml and what ``/metrics`` says are the same."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import Any

import pytest
import yaml
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families

from adapters.monitoring.metrics import DELAYS, POLLS, Metrics
from bot.domain.polls import Poll, SourceRead
from bot.ports.stores import Stores
from bot.status import Status
from storage.sqlite.errors import FAULTS
from tests.builders import NOW, ROOT

DOCS = ROOT / "docs"
MONITORING = (DOCS / "monitoring.md").read_text()
RULES: list[dict[str, Any]] = yaml.safe_load((DOCS / "alerts.yaml").read_text())["groups"][0]["rules"]


@pytest.fixture
def families(stores: Stores) -> dict[str, Metric]:
    """Everything that a service says which has done a little of everything."""
    metrics = Metrics(["slack"], FAULTS, ["huggingface"])
    status = Status(NOW, timedelta(minutes=10))
    status.polled(Poll(NOW, by_source={"huggingface": SourceRead(1, 1, 1, NOW.date())}))
    metrics.watch(status, stores, lambda: NOW)
    body, _ = asyncio.run(metrics.answer("text/plain"))
    found = text_string_to_metric_families(body.decode())
    return {each.name + "_total" * (each.type == "counter"): each for each in found}


def documented() -> dict[str, tuple[str, str]]:
    """The kind and the labels of each metric in the table."""
    rows = re.findall(r"^\| `(paperwire_\w+)` \| (\w+) \| (.*?) \|", MONITORING, re.MULTILINE)
    return {name: (kind, labels) for name, kind, labels in rows}


def test_the_table_has_every_metric_and_no_other(families: dict[str, Metric]) -> None:
    ours = {name for name in families if name.startswith("paperwire_")}
    assert set(documented()) == ours


def test_the_table_says_which_kind_and_labels_each_metric_has(families: dict[str, Metric]) -> None:
    for name, (kind, labels) in documented().items():
        family = families[name]
        assert (name, kind) == (name, family.type)
        had = {label for sample in family.samples for label in sample.labels} - {"le"}
        assert had == set(re.findall(r"`(\w+)`", re.sub(r": [^;]*", "", labels))), name


def test_the_values_that_labels_have_are_in_the_table() -> None:
    for outcome in POLLS:
        assert f"`{outcome}`" in documented()["paperwire_polls_total"][1]


def test_there_are_few_series(families: dict[str, Metric]) -> None:
    assert sum(len(family.samples) for family in families.values()) < 120
    assert list(DELAYS) == sorted(DELAYS)


def test_alerts_ask_for_metrics_and_values_that_exist(families: dict[str, Metric]) -> None:
    known = {sample.name for family in families.values() for sample in family.samples} | {"up"}
    for rule in RULES:
        named = set(re.findall(r"\b(?:paperwire|process)_\w+", rule["expr"])) | set(re.findall(r"^up\b", rule["expr"]))
        assert named, rule["alert"]
        assert named <= known, rule["alert"]


def test_every_alert_is_explained_and_every_one_explained_exists() -> None:
    assert re.findall(r"^\| `(Paperwire\w+)`", MONITORING, re.MULTILINE) == [rule["alert"] for rule in RULES]
    for rule in RULES:
        assert rule["annotations"]["summary"]
        assert rule["labels"]["severity"] in {"critical", "warning", "info"}
