"""Verdicts in words and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from rich.table import Table

from tests.crash.odds import Tried
from tests.crash.verdict import COUNTS, Verdict

PARTS = {"kills": "killed: ", "faults": "fault: ", "events": "event: "}


def summary(verdict: Verdict) -> str:
    """A verdict in one line."""
    return (
        f"{verdict.kills.total()} kills, {verdict.tried.total()} odd answers, {verdict.posted} papers in"
        f" {verdict.messages} messages: {verdict.lost} lost, {verdict.twice} twice, {verdict.disordered} out of order,"
        f" {verdict.strange} strange"
    )


def counts(sums: Mapping[str, Verdict]) -> Table:
    """A table of all counts, with a column for each platform."""
    shown = Table("", *sums)
    for part, title in PARTS.items():
        for name in sorted({kind for verdict in sums.values() for kind in getattr(verdict, part)}):
            shown.add_row(f"{title}{name}", *(f"{getattr(verdict, part)[name]:,}" for verdict in sums.values()))
        totals = (f"{getattr(verdict, part).total():,}" for verdict in sums.values())
        shown.add_row(f"all {part}", *totals, style="bold", end_section=True)
    shown.add_row("odd answers", *(f"{verdict.tried.total():,}" for verdict in sums.values()))
    for name in COUNTS:
        shown.add_row(name, *(f"{getattr(verdict, name):,}" for verdict in sums.values()))
    shown.add_row("seconds", *(f"{verdict.seconds:,.0f}" for verdict in sums.values()))
    return shown


def answers(platform: str, tried: Counter[Tried]) -> Table:
    """What kinds of odd answers each kind of request met, as “not carried out + carried out”."""
    requests = sorted({what.request for what in tried})
    shown = Table(f"{platform}: odd answers", *requests, "all")
    for family in sorted({what.family for what in tried}):
        cells = [_cell(tried, request, family) for request in requests]
        shown.add_row(family, *cells, f"{sum(count for what, count in tried.items() if what.family == family):,}")
    sums = [sum(count for what, count in tried.items() if what.request == request) for request in requests]
    shown.add_section()
    shown.add_row("all", *(f"{count:,}" for count in sums), f"{tried.total():,}", style="bold")
    return shown


def _cell(tried: Counter[Tried], request: str, family: str) -> str:
    undone, done = (tried[Tried(request, family, is_done)] for is_done in (False, True))
    return f"{undone:,} + {done:,}" if done else f"{undone:,}" if undone else ""
