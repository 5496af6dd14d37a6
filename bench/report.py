"""What was measured, as tables for a terminal and for docs/measurements.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

Measured = Mapping[str, Any]
"""What `bench.measure` printed, by the name of the measurement."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table.

    Attributes:
        title: What it is about.
        head: What each column is.
        rows: As many cells as there are columns.
        note: What one has to know to read it.
    """

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str


def sheets(runs: Mapping[str, Measured]) -> list[Sheet]:
    """All tables, from the measurements by the name of their workload."""
    return [sheet for sheet in (_matching(runs), _keeping(runs), _fanning_out(runs), _rivals(runs)) if sheet.rows]


def show(sheet: Sheet, console: Console) -> None:
    """Print a table on a terminal."""
    table = Table(title=sheet.title, caption=sheet.note, title_justify="left", caption_justify="left")
    for number, column in enumerate(sheet.head):
        table.add_column(column, justify="left" if number == 0 else "right")
    for row in sheet.rows:
        table.add_row(*row)
    console.print(table)


def markdown(sheet: Sheet) -> str:
    """A table in Markdown."""
    lines = [sheet.head, ["---", *["---:"] * (len(sheet.head) - 1)], *sheet.rows]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"**{sheet.title}**\n\n{table}\n\n{sheet.note}\n"


def _matching(runs: Mapping[str, Measured]) -> Sheet:
    rows = [
        [
            name,
            f"{run['load']['queries']:,}",
            *_times(run["match"]["finding"]),
            _milliseconds(run["match"]["folding"]["100"]),
            f"{run['match']['matches']['100']:,}",
        ]
        for name, run in runs.items()
    ]
    head = ["subscriptions", "queries", "1 paper", "100 papers", "1,000 papers", "folding 100", "matches of 100"]
    note = "Milliseconds from papers to the ids of the queries that match, folding included."
    return Sheet("Matching", head, rows, note)


def _keeping(runs: Mapping[str, Measured]) -> Sheet:
    rows = [
        [
            name,
            f"{run['load']['file'] / 1e6:,.0f}",
            f"{run['load']['loaded'] + run['load']['filed']:,.1f}",
            _milliseconds(run["start"]["seconds"]),
            f"{(run['start']['after'] - run['start']['before']) / 1e6:,.0f}",
            f"{run['start']['after'] / 1e6:,.0f}",
            _milliseconds(run["subscribe"]["p50"]),
            _milliseconds(run["subscribe"]["p99"]),
        ]
        for name, run in runs.items()
    ]
    head = ["subscriptions", "file MB", "load s", "start ms", "grows MB", "memory MB", "subscribe p50 ms", "p99 ms"]
    note = (
        "Start: from opening the file to the first paper's matches. Grows: resident memory after the most papers, over"
        " that before the file was opened; memory: all that the process then has. Load: all subscriptions at once, and"
        " filing their queries."
    )
    return Sheet("Keeping", head, rows, note)


def _fanning_out(runs: Mapping[str, Measured]) -> Sheet:
    rows = [
        [
            name,
            f"{fanned['papers']:,}",
            f"{fanned['rows']:,}",
            f"{fanned['rate']:,.0f}",
            _milliseconds(fanned["hold"]),
            _milliseconds(fanned["wait"]),
        ]
        for name, run in runs.items()
        for fanned in run["fan-out"]
    ]
    head = ["subscriptions", "papers", "outbox rows", "rows a second", "lock held ms", "longest wait ms"]
    note = (
        "The write lock as other processes see it: held, by one that asks without a pause; wait, by one that waits as"
        " commands do. Each is the longest of its run."
    )
    return Sheet("Fanning out", head, rows, note)


def _rivals(runs: Mapping[str, Measured]) -> Sheet:
    rows = []
    for name, run in runs.items():
        if not run["rivals"]:
            continue
        ours, folding = run["match"]["finding"], run["match"]["folding"]
        rows.append([name, "Paperwire", "100%", *_times(ours), "1", "1", "", ""])
        for rival, found in run["rivals"].items():
            finding = found["finding"]
            rows.append(
                [
                    name,
                    rival,
                    f"{found['share']:.1%}",
                    *_times(finding),
                    _ratio(finding["1"] + folding["1"], ours["1"]),
                    _ratio(finding["100"] + folding["100"], ours["100"]),
                    f"{found['prepared']:,.1f}",
                    f"{found['grown'] / 1e6:,.0f}" if rival != "regex" else "–",
                ]
            )
    head = ["subscriptions", "by", "share", "1 paper", "100", "1,000", "×, 1", "×, 100", "start s", "memory MB"]
    note = (
        "Milliseconds, and × so many times Paperwire's. The rivals are given words that are folded already; folding is"
        " added to their times for ×. Their start leaves out parsing the queries. The same answers were asserted on the"
        " share of the queries that a line of words can answer; the others are not run. Regex: from a sample."
    )
    return Sheet("Beside the alternatives", head, rows, note)


def _times(finding: Mapping[str, float]) -> list[str]:
    """The times of 1, 100 and 1,000 papers, as far as they were measured."""
    return [_milliseconds(finding[count]) if count in finding else "–" for count in ("1", "100", "1000")]


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1e3:,.0f}" if seconds >= 0.1 else f"{seconds * 1e3:,.2g}"


def _ratio(theirs: float, ours: float) -> str:
    times = theirs / ours
    return f"{times:,.0f}" if times >= 10 else f"{times:.1f}"
