"""``make crash``: kills the service hundreds of times, and counts papers that are lost, doubled or out of order."""

from __future__ import annotations

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from tests.crash.life import Verdict, alone
from tests.crash.scenes import SCENES

A_LIFE = 25
"""How often the service is killed on one database."""

WORKERS = 2


@click.command()
@click.option("--platform", type=click.Choice([*SCENES, "both"]), default="both", show_default=True)
@click.option("--kills", default=100, show_default=True, help="At least this many for each platform.")
@click.option(
    "--seed", default=1, show_default=True, help=f"Of the first life; the next one follows after {A_LIFE} kills."
)
@click.option("--workers", default=WORKERS, show_default=True, help="How many lives run at the same time.")
def main(platform: str, kills: int, seed: int, workers: int) -> None:
    """Kill the service again and again, and count what arrives."""
    platforms = list(SCENES) if platform == "both" else [platform]
    sums = {name: Verdict() for name in platforms}
    console = Console()
    console.print(f"Seed {seed}, {kills} kills on {' and '.join(platforms)}, {workers} lives at a time")
    failed = False
    jobs = [
        (name, seed + number, min(A_LIFE, kills - number * A_LIFE))
        for number in range(-(-kills // A_LIFE))
        for name in platforms
    ]
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawning) as pool, progress(console) as shown:
        task = shown.add_task("Kills", total=kills * len(platforms))
        for done in as_completed([pool.submit(alone, *job) for job in jobs]):
            name, number, verdict, report = done.result()
            sums[name].add(verdict)
            shown.advance(task, verdict.kills.total())
            if not verdict.is_good:
                failed = True
                arguments = f"--platform {name} --seed {number} --kills {min(A_LIFE, kills)}"
                shown.console.print(f"{summary(verdict)}\n{report}", markup=False, highlight=False, soft_wrap=True)
                shown.console.print(
                    f'Again: make crash ARGUMENTS="{arguments}"', markup=False, highlight=False, soft_wrap=True
                )
    console.print(table(sums))
    sys.exit(failed)


def progress(console: Console) -> Progress:
    """A progress bar."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, TimeRemainingColumn(), console=console)


def summary(verdict: Verdict) -> str:
    """A verdict in one line."""
    return (
        f"{verdict.kills.total()} kills, {verdict.posted} papers in {verdict.messages} messages:"
        f" {verdict.lost} lost, {verdict.twice} twice, {verdict.disordered} out of order, {verdict.strange} strange"
    )


def table(sums: dict[str, Verdict]) -> Table:
    """A table of all counts, with a column for each platform."""
    shown = Table("", *sums)
    for title, part in (("killed: ", "kills"), ("fault: ", "faults")):
        for name in sorted({kind for verdict in sums.values() for kind in getattr(verdict, part)}):
            shown.add_row(f"{title}{name}", *(f"{getattr(verdict, part)[name]:,}" for verdict in sums.values()))
        totals = (f"{getattr(verdict, part).total():,}" for verdict in sums.values())
        shown.add_row(f"all {part}", *totals, style="bold", end_section=True)
    for name in ("starts", "messages", "posted", "lost", "twice", "disordered", "strange"):
        shown.add_row(name, *(f"{getattr(verdict, name):,}" for verdict in sums.values()))
    shown.add_row("seconds", *(f"{verdict.seconds:,.0f}" for verdict in sums.values()))
    return shown


if __name__ == "__main__":
    main()
