"""``make crash``: kills the service, answers it oddly, and counts papers that are lost, doubled or out of order."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import NamedTuple

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from tests.crash.lives import alone
from tests.crash.scenes import SCENES
from tests.crash.tables import answers as table_of_answers
from tests.crash.tables import counts, summary
from tests.crash.verdict import Verdict

A_LIFE = 25
"""How often the service is killed on one database."""

AN_ODD_LIFE = 500
"""How many odd answers it gets on one database."""

WORKERS = 2

WIDTH = 160
"""Columns of what is printed where there is no terminal."""


class Job(NamedTuple):
    """A life to run: with so many kills, or with so many odd answers."""

    platform: str
    seed: int
    kills: int
    answers: int

    @property
    def arguments(self) -> str:
        """How to run it again."""
        return f"--platform {self.platform} --seed {self.seed} --kills {self.kills} --answers {self.answers}"


def jobs(platforms: list[str], seed: int, kills: int, answers: int) -> Iterator[Job]:
    """The lives, each with a seed of its own: the longest first."""
    for count, at_a_time in ((answers, AN_ODD_LIFE), (kills, A_LIFE)):
        for number in range(-(-count // at_a_time)):
            here = min(at_a_time, count - number * at_a_time)
            for name in platforms:
                yield Job(name, seed + number, *((0, here) if at_a_time == AN_ODD_LIFE else (here, 0)))


@click.command()
@click.option("--platform", type=click.Choice([*SCENES, "both"]), default="both", show_default=True)
@click.option("--kills", default=100, show_default=True, help="At least this many for each platform.")
@click.option("--answers", default=500, show_default=True, help="At least this many odd answers on each platform.")
@click.option("--seed", default=1, show_default=True, help="Of the first life; the others follow.")
@click.option(
    "--jumps/--no-jumps",
    default=True,
    show_default=True,
    help="Set the clock of the service by up to 26 hours, also while it is backed up and restored.",
)
@click.option("--workers", default=WORKERS, show_default=True, help="How many lives run at the same time.")
def main(platform: str, kills: int, answers: int, seed: int, workers: int, *, jumps: bool) -> None:
    """Kill the service again and again, answer it oddly, and count what arrives."""
    platforms = list(SCENES) if platform == "both" else [platform]
    sums = {name: Verdict() for name in platforms}
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    console.print(
        f"Seed {seed}, {kills} kills and {answers} odd answers on {' and '.join(platforms)}, {workers} lives at a time"
    )
    failed = False
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawning) as pool, progress(console) as shown:
        task = shown.add_task("Kills and odd answers", total=(kills + answers) * len(platforms))
        running = {pool.submit(alone, *job, jumps=jumps): job for job in jobs(platforms, seed, kills, answers)}
        for done in as_completed(running):
            (verdict, report), job = done.result(), running[done]
            sums[job.platform].add(verdict)
            shown.advance(task, job.kills + job.answers)
            if not verdict.is_good:
                failed = True
                shown.console.print(f"{summary(verdict)}\n{report}", markup=False, highlight=False, soft_wrap=True)
                shown.console.print(
                    f'Again: make crash ARGUMENTS="{job.arguments}"', markup=False, highlight=False, soft_wrap=True
                )
    for name, verdict in sums.items():
        if verdict.tried:
            console.print(table_of_answers(name, verdict.tried))
    console.print(counts(sums))
    sys.exit(failed)


def progress(console: Console) -> Progress:
    """A progress bar."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, TimeRemainingColumn(), console=console)


if __name__ == "__main__":
    main()
