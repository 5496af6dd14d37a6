"""``python -m bench``: measures how fast everything is, each thing in a process of its own, and shows tables.

``python -m bench quality`` measures how well subscriptions and searches find what people mean.
"""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from bench.quality.command import quality
from bench.report import Measured, markdown, sheets, show
from bench.rivals import RIVALS
from bench.workload import SIZES, Workload

DISTINCT = "1M, all distinct"

STARTS = 3
"""How often the start is measured, each time in a new process."""

WIDTH = 120
"""Characters per line where the output is not a terminal."""

FANNED_OUT = (1, 100, 1_000)
"""Papers that are fanned out together, up to the number of rows that are written."""


@click.group(invoke_without_command=True)
@click.option("--sizes", default=",".join(SIZES), show_default=True, help="How many subscribe, of these.")
@click.option("--distinct/--no-distinct", default=True, help="Also a million, of which no two have the same query.")
@click.option("--rivals/--no-rivals", default=True, help="Beside the alternatives.")
@click.option("--quick", is_flag=True, help="1k and 10k with 100 papers at most: a minute.")
@click.option("--seed", default=1, show_default=True, help="Another seed, another workload.")
@click.option("--markdown", "file", type=click.Path(path_type=Path), help="Write the tables in Markdown there.")
@click.pass_context
def bench(
    context: click.Context, sizes: str, seed: int, file: Path | None, *, distinct: bool, rivals: bool, quick: bool
) -> None:
    """Measure how many subscriptions Paperwire can take, beside its alternatives."""
    if context.invoked_subcommand:
        return
    names = ["1k", "10k"] if quick else sizes.split(",")
    unknown = [name for name in names if name not in SIZES]
    if unknown:
        raise click.BadParameter(f"“{unknown[0]}” is not one of {', '.join(SIZES)}.", param_hint="--sizes")
    most = FANNED_OUT[1 if quick else -1]
    runs: dict[str, Measured] = {}
    for name in names:
        runs[name] = _measured(name, Workload(SIZES[name], seed), list(RIVALS) if rivals else [], most)
    if distinct and not quick:
        runs[DISTINCT] = _measured(DISTINCT, Workload(SIZES["1M"], seed, distinct=True), [], most)
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    written = [f"Measured on {_machine()}; the best of several runs, seed {seed}.\n"]
    console.print(written[0])
    for sheet in sheets(runs):
        show(sheet, console)
        written.append(markdown(sheet))
    if file:
        file.write_text("\n".join(written))


bench.add_command(quality)


def _measured(name: str, workload: Workload, rivals: Sequence[str], most: int) -> Measured:
    """Measure one workload, in a database that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="paperwire-bench-") as folder:
        given = ["--database", f"{folder}/paperwire.db", "--size", str(workload.size), "--seed", str(workload.seed)]
        given += ["--most", str(most), *(["--distinct"] * workload.distinct)]

        def run(what: str, *options: str) -> Measured:
            click.echo(f"{name}: {' '.join([what, *options])} …", err=True)
            return _run([*given, what, *options])

        found: dict[str, Any] = {"load": run("load"), "check": run("check"), "match": run("match")}
        found["start"] = min((run("start") for _ in range(STARTS)), key=lambda start: float(start["seconds"]))
        found["fan-out"] = []
        for count in (count for count in FANNED_OUT if count <= most):
            found["fan-out"].append(run("fan-out", "--papers", str(count)))
            if found["fan-out"][-1]["ended"]:
                break
        found["subscribe"] = run("subscribe")
        found["rivals"] = {rival: run("rival", "--name", rival) for rival in rivals}
        return found


def _run(arguments: Sequence[str]) -> Measured:
    """Run a measurement in a process of its own; return what it found."""
    done = subprocess.run([sys.executable, "-m", "bench.measure", *arguments], stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise click.ClickException("A measurement failed; no figure counts.")
    found: Measured = json.loads(done.stdout)
    return found


def _machine() -> str:
    """The day, and the machine that the figures depend on."""
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return (
        f"{datetime.now(UTC).date()} with {os.cpu_count()} cores, {versions}, {platform.system()} {platform.machine()}"
    )


if __name__ == "__main__":
    bench(prog_name="make bench")
